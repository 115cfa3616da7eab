"""文书里写多少、哪天：私下转账、付给游戏公司的不向快手要，账记得比答的早的照账写。"""

from datetime import date, datetime
from decimal import Decimal

from ....domain.interview.answers import Answer, Answers
from ....domain.ledger.entries import Entry
from ....domain.ledger.parts import total_of
from ....rulebook.money_models.claim_models import ClaimRole, load_claims
from ....rulebook.money_models.ledger_models import load_ledger
from ....rulebook.scenario_models.models import Question, QuestionKind
from ...base.turn import Turn
from .. import told_for_papers
from ..case_state import OpenedCase
from . import amounts, bookkeeping, claiming


def entries_of(case: OpenedCase) -> list[Entry]:
    """记的账里写进文书的：要另找收款人要的几笔不写。"""
    apart = {channel.id for channel in load_ledger().channels if channel.apart}
    return [entry for entry in bookkeeping.entries_of(case) if entry.channel not in apart]


def due_of(turn: Turn, case: OpenedCase) -> Decimal | None:
    """还要退多少；没说过要多少的，照能要的那笔退款；都不知道为空。"""
    due = amounts.due_of(case)
    if due is None:
        return _refund_of(turn, case) if amounts.claimed_of(case) is None else None
    whole = total_of(bookkeeping.entries_of(case))
    left = due - whole + total_of(entries_of(case)) if amounts.claimed_of(case) == whole else due
    return left if left > 0 else None


def answers_of(case: OpenedCase) -> Answers:
    """写进文书的答案：没答上、后来说了的总额补上，账上另找别人要的不算在内；最早一笔照账。"""
    return {
        **case.answers,
        **{
            question.id: changed
            for question in case.edition.scenario.questions
            if (changed := _changed(case, question)) is not None
        },
    }


def told_of(case: OpenedCase) -> Answers:
    """写进文书的、这条路没问到的答案：问答里说了的；总额照后来说的。"""
    totals = {
        question.id: total
        for question in case.edition.scenario.questions
        if question.kind is QuestionKind.AMOUNT and (total := _total(case, case.answers.get(question.id))) is not None
    }
    return {**told_for_papers.told_of(case), **totals}


def _changed(case: OpenedCase, question: Question) -> Answer | None:
    """这一题在文书里另写的；照原样写的为空。"""
    answer = case.answers.get(question.id)
    if question.kind is QuestionKind.AMOUNT:
        return _total(case, answer)
    if answer is not None and question.id == load_claims().interest.since.get(case.edition.scenario.id):
        earliest, answered = _earliest(case), answer.value
        if not isinstance(answered, date) or isinstance(answered, datetime) or earliest is None:
            return None
        return Answer(earliest) if earliest < answered else None
    return None


def _total(case: OpenedCase, answer: Answer | None) -> Answer | None:
    """总额：没答的用后来说的；答的就是账的合计的，减去另找别人要的。"""
    claimed, entries = amounts.claimed_of(case), bookkeeping.entries_of(case)
    whole, kept = total_of(entries), total_of(entries_of(case))
    if answer is None or answer.is_unsure:
        total = kept if entries and claimed == whole else claimed
        return None if total is None else Answer(float(total))
    return Answer(float(kept)) if kept and kept != whole and answer.value == float(whole) else None


def _earliest(case: OpenedCase) -> date | None:
    """账上最早的那天；只说到月的不算。"""
    days = [entry.first for entry in entries_of(case) if entry.first is not None and entry.first == entry.last]
    return min(days, default=None)


def _refund_of(turn: Turn, case: OpenedCase) -> Decimal | None:
    """能要的各项里退款的那一笔，减去已经到了的。"""
    lines = claiming.claim_for(turn, case).lines
    whole = next((line.amount for line in lines if line.words.role is ClaimRole.REFUND), None)
    left = None if whole is None else whole - amounts.arrived_before(case)
    return left if left is not None and left > 0 else None

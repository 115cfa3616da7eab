"""问答里说了、这条路没问到的答案：不影响结论和日子，只写进文书。"""

from collections.abc import Mapping

from ...domain.case.papers import cited_in
from ...domain.interview.answers import Answer, Answers, answers_from_plain, answers_to_plain
from ...storage.case import cases
from ..base.turn import Turn
from .case_state import OpenedCase, opened

_TOLD = "papers_told"
"""在案件的钱数旁边存着的名字。"""


async def keep(turn: Turn, case: OpenedCase, told: Mapping[str, Answer]) -> OpenedCase:
    """文书写得到的几题记下；没有的原样。"""
    wanted = cited_in(case.edition.scenario) - case.answers.keys()
    kept = {question: answer for question, answer in told.items() if question in wanted and not answer.is_unsure}
    if not kept:
        return case
    amounts = {**case.record.amounts, _TOLD: answers_to_plain(kept)}
    return opened(await cases.save(turn.session, case.record, turn.now, amounts=amounts), case.edition)


def told_of(case: OpenedCase) -> Answers:
    """记下的；后来问到、答了的不算。"""
    told = answers_from_plain(case.edition.scenario, case.record.amounts.get(_TOLD, {}))
    return {question: answer for question, answer in told.items() if question not in case.answers}


def written_on(case: OpenedCase) -> Answers:
    """记下的里，这件案件的文书会写上的。"""
    cited = cited_in(case.edition.scenario, case.record.rule_id)
    return {question: answer for question, answer in told_of(case).items() if question in cited}

"""文书：列出这件案件能写的几份，选一份就发全文，PDF 跟在后面。"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from ...domain.case.papers import Happening, PaperCase, WrittenPaper, asked_for, papers_for, write_paper
from ...domain.days.calendar import SHANGHAI
from ...domain.understanding.writing.text import bare, normalise
from ...render.dates import due_in_words
from ...render.paper_docx import MEDIA_SUFFIX, can_write, paper_docx
from ...render.paper_pdf import paper_pdf
from ...render.texts.ledger_text import entry_facts, part_facts
from ...render.texts.offer_text import offered_in_words, yuan, yuan_between
from ...render.texts.paper_text import (
    PDF_NOT_SENT,
    WORD_FILE,
    WORD_MISSING,
    WORD_NOT_SENT,
    introduction,
    paper_messages,
    papers_message,
)
from ...rulebook.derived.stage_view import label_of
from ...rulebook.money_models.ledger_models import load_ledger
from ...rulebook.scenario_models.models import Scenario, TimerKind
from ...rulebook.scenario_models.paper_models import Figure, Paper
from ...storage.case import cases
from ...storage.records import CaseEventRecord, CaseRecord
from ..base import prompts
from ..base.prompts import picked_number
from ..base.turn import Attachment, Reply, Turn, replies
from ..interview.verdicts import judged, reopened
from ..reading.awaits import PickPaper
from ..reading.whole_line.named_papers import SHORTEST_PAPER_NAME, piece_asked
from .case_state import OpenedCase
from .money import amounts, claiming, paper_sums

ANSWER_WITHIN = timedelta(days=3)
"""回复对方的出价：请他几天内书面答复。"""


async def show(turn: Turn, case: OpenedCase) -> list[Reply]:
    """能写的文书，等用户回编号。"""
    facts = await _paper_case(turn, case)
    papers = papers_for(facts) if facts else ()
    if facts is not None and (named := _named_in(papers, turn.incoming.text)) is not None:
        return _written(turn, case, facts, named)
    if papers:
        await prompts.ask(turn, PickPaper(case=case.record.code, titles=tuple(paper.title for paper in papers)))
    return replies(papers_message(case.record.code, papers))


async def hear(turn: Turn, case: OpenedCase, text: str) -> list[Reply]:
    """选了一份：怎么用、全文、PDF。听不出是哪一份返回空。"""
    facts = await _paper_case(turn, case)
    paper = _picked(papers_for(facts), text) if facts else None
    return [] if facts is None or paper is None else _written(turn, case, facts, paper)


def _written(turn: Turn, case: OpenedCase, facts: PaperCase, paper: Paper) -> list[Reply]:
    written = replace(write_paper(paper, facts, turn.services.calendar), by_when=_by_when(turn, case))
    # PDF 要排几十毫秒，等提交之后再做
    file = Attachment(file_name(case.record.code, written), partial(paper_pdf, written), PDF_NOT_SENT)
    *first, last = paper_messages(written)
    return [*replies(introduction(written), *first), Reply(last, attachment=file), *_word_file(case, written)]


def _by_when(turn: Turn, case: OpenedCase) -> str:
    """最近一个还没过的截止。"""
    ahead = [
        plan
        for plan in case.timers(turn.services.calendar)
        if plan.kind is TimerKind.DEADLINE and plan.due_at >= turn.now
    ]
    first = min(ahead, key=lambda plan: plan.due_at, default=None)
    if first is None:
        return ""
    return f"{first.title}，最晚 {due_in_words(first.due_at, turn.now.astimezone(SHANGHAI).date())}"


def _word_file(case: OpenedCase, written: WrittenPaper) -> list[Reply]:
    """要填的文书另给一份 Word 文件；没装那个库就说一声。"""
    if not written.to_fill_in:
        return []
    if not can_write():
        return replies(WORD_MISSING)
    name = file_name(case.record.code, written, MEDIA_SUFFIX)
    return [Reply(WORD_FILE, attachment=Attachment(name, partial(paper_docx, written), WORD_NOT_SENT))]


async def everything(turn: Turn) -> list[tuple[str, WrittenPaper]]:
    """本人全部案件现在能写的每一份：案件号和写好的文书，新案件在前。"""
    written: list[tuple[str, WrittenPaper]] = []
    for record in await cases.listed(turn.session, turn.person, include_closed=True):
        case = await reopened(turn, record)
        facts = await _paper_case(turn, case) if case is not None else None
        if facts is not None:
            calendar = turn.services.calendar
            written += [(record.code, write_paper(paper, facts, calendar)) for paper in papers_for(facts)]
    return written


def file_name(code: str, written: WrittenPaper, suffix: str = ".pdf") -> str:
    """一份文书的文件叫什么。"""
    return f"{written.title.replace(' ', '')}-{code}{suffix}"


def _picked(papers: Sequence[Paper], text: str) -> Paper | None:
    """按编号，或按名字里的几个字；几份都对得上就不算。"""
    number = picked_number(text, len(papers))
    if number is not None:
        return papers[number - 1]
    said = bare(text)
    named = [paper for paper in papers if len(said) >= SHORTEST_PAPER_NAME and said in normalise(paper.title)]
    return named[0] if len(named) == 1 else None


def _named_in(papers: Sequence[Paper], text: str) -> Paper | None:
    """要的时候就说了是哪一份（“帮我写个申请说明”“给苹果的信”）；几份都对得上的不算。"""
    named = asked_for(papers, bare(text), piece_asked(text))
    return named[0] if len(named) == 1 else None


async def _paper_case(turn: Turn, case: OpenedCase) -> PaperCase | None:
    """写文书要用到的一切；案件读不出判断时为空。"""
    _, assessment = await judged(turn, case.record.code)
    if assessment is None:
        return None
    events = await cases.events(turn.session, case.record)
    return PaperCase(
        assessment=assessment,
        answers=paper_sums.answers_of(case),
        judged_at=case.record.opened_at,
        stage_id=case.record.stage_id,
        is_closed=case.record.closed_at is not None,
        ticked=await cases.ticked_evidence(turn.session, case.record),
        happenings=_happenings(case.edition.scenario, case.record, events),
        figures=_figures(turn, case),
        claim=claiming.claimed_lines(turn, case),
        ledger_parts=part_facts(load_ledger(), paper_sums.entries_of(case)),
        ledger_entries=entry_facts(load_ledger(), paper_sums.entries_of(case)),
        told=paper_sums.told_of(case),
    )


def _figures(turn: Turn, case: OpenedCase) -> dict[Figure, str]:
    """要的、对方肯给的、差的，和请对方哪天前答复。"""
    offered, claimed, comparison = amounts.offer_of(case), amounts.claimed_of(case), amounts.comparison_of(case)
    by = (turn.now.astimezone(SHANGHAI) + ANSWER_WITHIN).date()
    figures = {Figure.ANSWER_BY: f"{by.year}年{by.month}月{by.day}日"}
    if claimed is not None:
        figures[Figure.CLAIMED] = yuan(claimed)
    if (due := paper_sums.due_of(turn, case)) is not None:
        figures[Figure.DUE] = yuan(due)
    if offered is not None:
        figures[Figure.OFFERED] = offered_in_words(offered, comparison)
    if comparison is not None and not comparison.is_enough:
        figures[Figure.SHORT] = yuan_between(comparison.short_low, comparison.short_high)
    return figures


def _happenings(scenario: Scenario, case: CaseRecord, events: Sequence[CaseEventRecord]) -> tuple[Happening, ...]:
    """本人报告过的进展；时限到期、重新判断不是他说的，不算。

    记下的时刻早于说的时刻、又不是被推到上一步那一刻的，才是他说准的日子。
    """
    found: list[Happening] = []
    earlier = {case.opened_at}
    for event in events:
        happened = datetime.fromisoformat(event.detail["happened_at"]) if "happened_at" in event.detail else event.at
        label = label_of(scenario, event.from_stage or "", event.event_id, case.track_id)
        on = happened.astimezone(SHANGHAI).date()
        if label:
            said_when = on < event.at.astimezone(SHANGHAI).date() and happened not in earlier
            found.append(Happening(label, on, said_when))
        earlier |= {happened, event.at}
    return tuple(found)

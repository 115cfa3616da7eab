"""答题途中说的进展：应一声、记着，有了结论再记进新立的案件；一直没答上那一题的，先按不清楚给出结论。"""

from collections.abc import Sequence
from dataclasses import replace

from ...domain.days.calendar import SHANGHAI
from ...domain.hearing.cues import VALUED
from ...domain.interview.early import EarlyReport
from ...domain.understanding.terms.told_limits import told_limit
from ...render.dates import long_ago_in_words
from ...render.texts.interview_text import asked_shortly
from ..base import wording
from ..base.turn import Reply, Turn, replies
from ..case import casework
from ..case.case_state import OpenedCase
from ..case.progress import told_limits, waiting
from ..interview import interviewing
from ..interview.under_way import OpenInterview
from ..reading import intents
from ..reading.before_verdict.early_news import possible_events
from ..reading.before_verdict.filings import told_at_first
from ..reading.context import OpenQuestion
from ..reading.intents import Reading
from ..scene import Scene

_BEFORE_GIVING_UP = 2
"""选择题要多一次：没答上多半是没听懂他的话；日子、数目的题多半是他记不清。"""
PUT_RIGHT = "好，改过来了：{label}（{day}）。"
NOT_KEPT = "好，「{label}」不记了。"


async def hear(scene: Scene, intent: intents.EarlyNews) -> list[Reply]:
    """记着这件进展，接着问；是了结的，说明怎么放下问答。"""
    interview, opened = scene.interview, scene.context.open_question
    if interview is None or opened is None:
        return []
    scene.turn.changed("answer", f"进展：{intent.label}")
    are_sure = intent.sure and all(one.sure for one in intent.earlier)
    told = wording.EARLY_END if intent.ends else wording.EARLY_NEWS if are_sure else wording.EARLY_MAYBE
    kept = interview.at(replace(interview.dialogue, early=told_early(interview, scene.turn, intent)))
    day = told_limits.day_said(scene.turn, scene.turn.incoming.text)
    labels = "、".join((*(one.label for one in intent.earlier), intent.label))
    said = told.format(label=labels, question=asked_shortly(opened.question, opened.dialogue))
    noted = wording.EARLY_KEPT.format(label=labels) if are_sure and not intent.ends else ""
    return await _ask_on(scene.turn, kept, opened, f"{day}\n{said}" if day else said, noted)


async def hear_vaguely(scene: Scene) -> list[Reply]:
    """说的是进展，听不准是哪件：应一声，接着问。"""
    interview, opened = scene.interview, scene.context.open_question
    if interview is None or opened is None:
        return []
    told = wording.NEWS_IN_INTERVIEW.format(question=asked_shortly(opened.question, opened.dialogue))
    return await _ask_on(scene.turn, interview, opened, told)


async def settle(scene: Scene, reading: Reading) -> list[Reply]:
    """这句话有了结论、立了案：把途中说起的进展按先后记进去；走不到的多半已经算在结论里。"""
    turn, interview, first = scene.turn, scene.interview, reading.first
    if turn.known.opened is None:
        return []
    if interview is None:
        return await _settle_first(turn, first) if isinstance(first, intents.NewMatter) else []
    early = told_early(interview, turn, first) if isinstance(first, intents.EarlyNews) else interview.dialogue.early
    return await put_in(turn, early)


async def _settle_first(turn: Turn, intent: intents.NewMatter) -> list[Reply]:
    """头一句就有了结论：里面说的投诉、起诉一并记上。"""
    edition = turn.services.editions.current(intent.scenario)
    told = None if edition is None else told_at_first(edition.scenario, intent.said, turn.said_at)
    return [] if told is None else await put_in(turn, (told.report,))


async def put_in(turn: Turn, early: Sequence[EarlyReport]) -> list[Reply]:
    """把先记着的几件按先后记进刚立的案。"""
    case = await _opened(turn) if early else None
    return [] if case is None or case.position is None else await waiting.put_in(turn, case.record.code, early)


async def put_right(scene: Scene, intent: intents.EarlyCorrected) -> list[Reply]:
    """先记着的一件说错了：改成另一天、另一件，或不记了；题再短短问一遍。"""
    interview, opened = scene.interview, scene.context.open_question
    if interview is None or opened is None:
        return []
    early = [report for report in interview.dialogue.early if report.event_id != intent.event]
    before = next((report for report in interview.dialogue.early if report.event_id == intent.event), None)
    if before is None:
        return []
    labels = {event.id: event.label for event in possible_events(opened.scenario)}
    label = labels.get(intent.event, "")
    if intent.denied:
        said = NOT_KEPT.format(label=label)
    else:
        event = intent.instead or intent.event
        happened = intent.happened_at or before.happened_at
        early.insert(interview.dialogue.early.index(before), replace(before, event_id=event, happened_at=happened))
        today = scene.turn.now.astimezone(SHANGHAI).date()
        day = long_ago_in_words(happened.astimezone(SHANGHAI).date(), today)
        said = PUT_RIGHT.format(label=labels.get(event, label), day=day)
    scene.turn.changed("answer", f"进展：{label}")
    after = replace(interview.dialogue, early=tuple(early))
    await interviewing.keep(scene.turn, interview.at(after))
    return replies(f"{said}还差这一题：\n{asked_shortly(opened.question, opened.dialogue)}")


async def _ask_on(
    turn: Turn, interview: OpenInterview, opened: OpenQuestion, told: str, noted: str = ""
) -> list[Reply]:
    """接着问这一题；又说了进展、这一题还没有答案又允许不清楚的，说一声记着 ``noted``，按不清楚往下走。"""
    question = opened.question
    patience = 1 if question.kind in VALUED else _BEFORE_GIVING_UP
    if interview.dialogue.misreads < patience or not question.offers_unsure or opened.is_revision:
        await interviewing.note_miss(turn, interview)
        return replies(told)
    return await interviewing.take_unsure(turn, interview, question, noted)


def told_early(interview: OpenInterview, turn: Turn, intent: intents.EarlyNews) -> tuple[EarlyReport, ...]:
    """连同这句话里的几件；同一件又说一遍的，以后说的为准。"""
    several = {intent.event, *(one.event for one in intent.earlier)}
    others = tuple(report for report in interview.dialogue.early if report.event_id not in several)
    return (
        *others,
        *(EarlyReport(one.event, one.happened_at or turn.said_at, sure=one.sure) for one in intent.earlier),
        EarlyReport(
            intent.event,
            intent.happened_at or turn.said_at,
            told_limit(turn.incoming.text, turn.said_at),
            sure=intent.sure,
        ),
    )


def dated_label(turn: Turn, intent: intents.EarlyNews) -> str:
    """先记着的这件说给本人听：说了是哪天的带上那天。"""
    if intent.happened_at is None:
        return intent.label
    day = long_ago_in_words(intent.happened_at.astimezone(SHANGHAI).date(), turn.now.astimezone(SHANGHAI).date())
    return f"{intent.label}，{day}"


async def _opened(turn: Turn) -> OpenedCase | None:
    return next((case for case in await casework.open_cases(turn) if case.record.id == turn.known.opened), None)

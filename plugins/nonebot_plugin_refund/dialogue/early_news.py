"""答题途中说的进展：应一声、记着，有了结论再记进新立的案件；一直没答上那一题的，先按不清楚给出结论。"""

from dataclasses import replace

from ..domain.case.case_routes import MOST_IMPLIED, RouteKind
from ..domain.days.calendar import SHANGHAI
from ..domain.hearing.cues import VALUED
from ..domain.interview.dialogue import EarlyReport
from ..domain.understanding.terms.told_limits import told_limit
from .base import wording
from .base.turn import Reply, Turn, replies
from .case import casework
from .case.keeper import OpenedCase
from .case.progress import confirming, reporting, told_limits
from .interview import interviewing
from .interview.interviewing import OpenInterview
from .reading import intents
from .reading.context import OpenQuestion
from .reading.intents import Reading
from .scene import Scene

_BEFORE_GIVING_UP = 2
"""选择题要多一次：没答上多半是没听懂他的话；日子、数目的题多半是他记不清。"""
_GOING_ON = frozenset({RouteKind.HERE, RouteKind.FORWARD})


async def hear(scene: Scene, intent: intents.EarlyNews) -> list[Reply]:
    """记着这件进展，接着问；是了结的，说明怎么放下问答。"""
    interview, opened = scene.interview, scene.context.open_question
    if interview is None or opened is None:
        return []
    scene.turn.changed("answer", f"进展：{intent.label}")
    told = wording.EARLY_END if intent.ends else wording.EARLY_NEWS
    kept = interview.at(replace(interview.dialogue, early=_told(interview, scene.turn, intent)))
    day = told_limits.day_said(scene.turn, scene.turn.incoming.text)
    said = told.format(label=intent.label, question=opened.question.text)
    return await _ask_on(scene.turn, kept, opened, f"{day}\n{said}" if day else said)


async def hear_vaguely(scene: Scene) -> list[Reply]:
    """说的是进展，听不准是哪件：应一声，接着问。"""
    interview, opened = scene.interview, scene.context.open_question
    if interview is None or opened is None:
        return []
    told = wording.NEWS_IN_INTERVIEW.format(question=opened.question.text)
    return await _ask_on(scene.turn, interview, opened, told)


async def settle(scene: Scene, reading: Reading) -> list[Reply]:
    """这句话有了结论、立了案：把途中说起的进展按先后记进去；走不到的多半已经算在结论里。"""
    turn, interview = scene.turn, scene.interview
    if interview is None or turn.known.opened is None:
        return []
    first = reading.first
    early = _told(interview, turn, first) if isinstance(first, intents.EarlyNews) else interview.dialogue.early
    said: list[Reply] = []
    for report in early:
        case = await _opened(turn)
        if case is None or case.position is None:
            break
        route = await confirming.find_route(turn, case, report.event_id)
        if route is None or route.kind not in _GOING_ON:
            continue
        is_today = report.happened_at.astimezone(SHANGHAI).date() == turn.now.astimezone(SHANGHAI).date()
        happened, sure = None if is_today else report.happened_at, len(route.implied) < MOST_IMPLIED
        said += await reporting.report(
            turn, intents.Reported(case.record.code, report.event_id, happened, "", sure=sure, told=report.told)
        )
        if not sure or confirming.asks_first(case, route):
            break  # 刚问了一句是不是，等他回
    return said


async def _ask_on(turn: Turn, interview: OpenInterview, opened: OpenQuestion, told: str) -> list[Reply]:
    """接着问这一题；又说了进展、这一题还没有答案又允许不清楚的，按不清楚往下走。"""
    question = opened.question
    patience = 1 if question.kind in VALUED else _BEFORE_GIVING_UP
    if interview.dialogue.misreads < patience or not question.offers_unsure or opened.is_revision:
        await interviewing.note_miss(turn, interview)
        return replies(told)
    return await interviewing.take_unsure(turn, interview, question)


def _told(interview: OpenInterview, turn: Turn, intent: intents.EarlyNews) -> tuple[EarlyReport, ...]:
    """连同这一件；同一件又说一遍的，以后说的为准。"""
    others = tuple(report for report in interview.dialogue.early if report.event_id != intent.event)
    return (
        *others,
        EarlyReport(intent.event, intent.happened_at or turn.said_at, told_limit(turn.incoming.text, turn.said_at)),
    )


async def _opened(turn: Turn) -> OpenedCase | None:
    return next((case for case in await casework.open_cases(turn) if case.record.id == turn.known.opened), None)

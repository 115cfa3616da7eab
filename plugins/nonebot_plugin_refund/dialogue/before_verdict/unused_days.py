"""有了结论：先前说过、记着，这条路却用不上的日子，说一声没放进去，写经过时自己带上。"""

from datetime import date, datetime

from ...domain.days.calendar import SHANGHAI
from ...render.dates import day_in_words
from ...rulebook.scenario_models.models import QuestionKind
from ..base.turn import Reply, replies
from ..case import casework, told_for_papers
from ..case.case_state import OpenedCase
from ..scene import Scene

UNUSED = "你先前说过的{days}，这条路上用不着，没放进去；写经过的时候带上就行。"


async def settle(scene: Scene) -> list[Reply]:
    """这句话有了结论、立了案的；没有这样的日子为空。"""
    turn, interview = scene.turn, scene.interview
    if turn.known.opened is None or interview is None:
        return []
    dialogue = interview.dialogue
    dates = [one for one in interview.edition.scenario.questions if one.kind is QuestionKind.DATE]
    held = {one.short: dialogue.held[one.id].value for one in dates if one.id in dialogue.held}
    if not held and dialogue.mentioned is None:
        return []
    opened = await casework.open_cases(turn)
    case = next((case for case in opened if case.record.id == turn.known.opened), None)
    if not isinstance(case, OpenedCase):
        return []
    used = {_day(answer.value) for answer in case.answers.values()}
    used |= {_day(report.happened_at) for report in dialogue.early}
    used |= {_day(answer.value) for answer in told_for_papers.written_on(case).values()}
    told = {short: day for short, value in held.items() if (day := _day(value)) is not None and day not in used}
    words = [f"{short} {day_in_words(day, day)}" for short, day in told.items()]
    mentioned = dialogue.mentioned
    if mentioned is not None and mentioned not in used and mentioned not in told.values():
        words.append(day_in_words(mentioned, mentioned))
    return replies(UNUSED.format(days="、".join(words))) if words else []


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).date()
    return value if isinstance(value, date) else None

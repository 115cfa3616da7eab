"""一件进展其实是哪天的：说了是哪件就改哪件，往前几件也改得到；没说的是刚记下的那件。了结了的也改得了。"""

from datetime import datetime

from ....domain.case.case_routes import likely_events
from ....domain.case.heard.named_event import named_event, told_of
from ....domain.hearing.cues import cued_answers
from ....domain.understanding.terms.told_limits import told_limit
from ....domain.understanding.writing.pieces import pieces_of
from ....rulebook.scenario_models.models import QuestionKind
from ....storage.case import cases, changes
from ....storage.case.changes import Change
from ...base.turn import Reply, Turn
from ...reading.progress.told_pieces import happened_at
from ..case_state import OpenedCase
from ..casework import by_code
from . import event_days, undoing
from .day_put_right import put_right

_LATELY = 4
"""改日子时，看最近这么几次改动：记下进展之后说的期限不算又一件。"""
_BARE = 2


async def redate(turn: Turn, text: str, whole: str = "", case_id: int | None = None, event_id: str = "") -> list[Reply]:
    """一件进展其实是哪天的：照那天改过来；没有这件进展、话里没有日子的返回空。

    ``text`` 只是说日子的那一截时，``whole`` 是整句：期限在整句里找。给了 ``case_id`` 的，只改那一件案件的；
    ``event_id`` 是说了的那件进展，为空由话去对，对不上的是刚记下的那件。
    """
    made = await changes.latest(turn.session, turn.person, limit=_LATELY)
    change = next((change for change in made if change.kind != "told"), None)
    happened = _meant_day(text, turn.said_at)
    if change is None or happened is None or change.case_id is None or case_id not in (None, change.case_id):
        return []
    record = await cases.get_by_id(turn.session, turn.person, change.case_id)
    case = await by_code(turn, record.code) if record is not None else []
    if isinstance(case, list) or case.position is None:
        return []
    named = event_id or await _named(turn, case, text)
    is_last = change.kind == "report" and named in ("", change.detail["event"])
    if named is None or (not is_last and not named and change.kind != event_days.REDATED):
        return []
    if not named and len(told_of(text)) > _BARE and _is_of_another(turn, case, change, text):
        return []
    before = next((row for row in change.before["cases"] if row["id"] == change.case_id), None)
    has_sums = before is not None and before["amounts"] != dict(case.record.amounts)
    if not is_last or has_sums or case.record.closed_at is not None:  # 重记一遍会丢了跟着记下的数
        return await put_right(turn, case, named or change.detail["event"], happened)
    limits = (told_limit(said, turn.said_at) for said in (text, *pieces_of(whole)))
    told = next((limit for limit in limits if limit is not None), None)
    kept = change.detail.get("told") if told is None and change is made[0] else None
    if told is None and change is not made[0]:
        kept = case.record.stage_told  # 之后才说起的期限还是那个期限，只是从改好的那天起算
    return await undoing.again(
        turn, change, change.detail["event"], happened, kept if told is None else told.to_plain()
    )


async def _named(turn: Turn, case: OpenedCase, text: str) -> str | None:
    """话里说的是报告过的哪一件；没说是空的，说的是没报告过的一件为 ``None``。"""
    assert case.position is not None
    walked = [event.event_id for event in await cases.events(turn.session, case.record)]
    found = named_event(text, likely_events(case.edition.scenario, case.position, walked), walked)
    if found.is_other and len(told_of(text)) > _BARE:
        return None
    return found.event.id if found.event is not None else ""


def _is_of_another(turn: Turn, case: OpenedCase, change: Change, text: str) -> bool:
    """话里的日子带着一题的提示的字，那件进展的名称里却没有它们：“鞋是17号到手的”不是哪天申请的介入。"""
    scenario = case.edition.scenario
    cued = [scenario.question(key) for key in cued_answers(scenario, text, turn.said_at)]
    dated = [question for question in cued if question.kind is QuestionKind.DATE]
    return bool(dated) and not any(word in change.label for question in dated for word in question.heard_by)


def _meant_day(text: str, said_at: datetime) -> datetime | None:
    """改成哪天；一句里说了两个日子的，后说的才是对的：“昨天拒的那个 记错了 是25号拒的”。"""
    if (day := happened_at(text, said_at)) is not None:
        return day
    told = (piece for piece in reversed(pieces_of(text)) if told_limit(piece, said_at) is None)
    days = (happened_at(piece, said_at) for piece in told)
    return next((day for day in days if day is not None), None)

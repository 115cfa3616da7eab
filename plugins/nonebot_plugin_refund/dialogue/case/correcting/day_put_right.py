"""报告过的一件进展其实是哪天的：照那天改，说回去。"""

from datetime import datetime

from ....domain.days.calendar import SHANGHAI
from ....render.dates import long_ago_in_words
from ....render.texts.case_text import stage_message
from ....rulebook.derived.stage_view import label_of
from ....storage.case import cases
from ...base import prompts
from ...base.turn import Reply, Turn, replies
from ...reading import intents
from ..case_state import OpenedCase
from . import event_days

PUT_RIGHT = "改好了：{label}（{day}）。"
STILL_CLOSED = "{code} 照旧算了结了。"


async def put_right(turn: Turn, case: OpenedCase, event_id: str, happened: datetime) -> list[Reply]:
    """把报告过的 ``event_id`` 改成 ``happened`` 那天的，说回去；没有报告过它的返回空。"""
    row = event_days.last_of(await cases.events(turn.session, case.record), event_id)
    changed = await event_days.put_day(turn, case, event_id, happened) if row is not None else None
    if row is None or changed is None or changed.stage is None or changed.position is None:
        return []
    label = label_of(case.edition.scenario, row.from_stage or "", event_id, changed.position.track_id)
    turn.changed(event_days.REDATED, f"{label}的日子", case.record.id, event=event_id, happened=happened.isoformat())
    await prompts.done(turn)
    today = turn.now.astimezone(SHANGHAI).date()
    day = happened.astimezone(SHANGHAI).date()
    first = PUT_RIGHT.format(label=label, day=long_ago_in_words(day, today))
    if changed.record.closed_at is not None:
        return replies(f"{first}\n{STILL_CLOSED.format(code=changed.record.code)}")
    timers = changed.timers(turn.services.calendar)
    return replies(f"{first}\n{stage_message(changed.record.code, changed.stage, timers, today)}")


async def told_since(turn: Turn, case: OpenedCase, intent: intents.Reported) -> list[Reply]:
    """先前没说哪天、照说的那天记下的，现在说了是更早的哪天、几点：照现在说的改；先前说过日子的、没另说的返回空。"""
    row = event_days.last_of(await cases.events(turn.session, case.record), intent.event)
    if row is None or intent.happened_at is None:
        return []
    noted, told = event_days.day_of(row).astimezone(SHANGHAI), intent.happened_at.astimezone(SHANGHAI)
    if noted.date() != row.at.astimezone(SHANGHAI).date() or told >= noted:
        return []  # 同一天的，说了更早的几点才改：“下午两点交的”
    return await put_right(turn, case, intent.event, intent.happened_at)

"""日历：把一件案件的日期做成文件，给手机自己记。"""

from functools import partial

from ...render.calendar_file import CalendarEntry, calendar_file, calendar_message
from ...rulebook.scenario_models.models import TimerKind
from ...storage.records import ReminderRecord, TimerRecord
from ...storage.reminding import reminders, timers
from ...storage.reminding.reminders import ReminderState
from ...storage.reminding.timers import TimerState
from ..base.turn import Attachment, Reply, Turn, replies
from .case_state import OpenedCase

FILE_NAME = "退款日期-{code}.ics"
HERE_IT_IS = "这是 {code} 的日期，点开文件就能加进手机日历。日期变了再发一次「日历」，导入后会换掉旧的。"
NO_DATES = "{code} 没有要记的日期。"
_AHEAD = frozenset({ReminderState.PENDING, ReminderState.CLAIMED, ReminderState.WAITING})


async def show(turn: Turn, case: OpenedCase) -> list[Reply]:
    """一件案件的日历文件；发不了文件的地方是同样内容的文字。"""
    code = case.record.code
    kept = await timers.latest_timers(turn.session, case.record.id)
    latest = [timer for timer in kept if timer.kind != TimerKind.CHECK_IN]
    if not latest:
        return replies(NO_DATES.format(code=code))
    planned = await reminders.of_case(turn.session, turn.person, case.record.id)
    hours = {plan.timer_id: f" {plan.at}" for plan in case.timers(turn.services.calendar) if plan.at}
    entries = [_entry(turn, timer, planned, hours.get(timer.timer_id, "")) for timer in latest]
    attachment = Attachment(
        FILE_NAME.format(code=code),
        partial(calendar_file, code, entries, turn.now),
        calendar_message(code, entries, turn.now),
    )
    return [Reply(HERE_IT_IS.format(code=code), attachment=attachment)]


def _entry(turn: Turn, timer: TimerRecord, planned: list[ReminderRecord], hour: str) -> CalendarEntry:
    alarms = {
        row.due_at
        for row in planned
        if (row.timer_id, row.timer_version) == (timer.timer_id, timer.timer_version)
        and row.due_at > turn.now
        and not reminders.is_question(timer, row.offset)
        and _rings(row)
    }
    return CalendarEntry(
        timer.timer_id,
        timer.timer_version,
        f"{timer.title}{hour}",
        timer.due_at,
        tuple(sorted(alarms)),
        cancelled=timer.state in (TimerState.CANCELLED, TimerState.DONE),
        certain=timer.certain,
    )


def _rings(row: ReminderRecord) -> bool:
    """手机该不该在这一刻响：与我们的提醒同时。他停的是我们的提醒，自己要的日历照样响。"""
    return row.state in _AHEAD or (row.state == ReminderState.CANCELLED and row.reason == reminders.STOPPED)

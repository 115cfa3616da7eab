"""他说到了一件案件：提醒有了回音，不用回访；几天没动静的问候，从这句话起重新数。"""

from ...domain.days.check_ins import FOLLOW_UP, is_needless, next_check_in
from ...storage.records import ReminderRecord
from ...storage.reminding import check_ins
from ...storage.reminding.reminders import ReminderState
from ..base.turn import Turn
from ..case import casework
from ..case.case_state import OpenedCase


async def heard_about(turn: Turn) -> None:
    """这一句说到的案件，一件件记着。"""
    for case_id, code in tuple(turn.known.spoken_of.items()):
        planned = await check_ins.planned(turn.session, case_id, turn.now)
        case = await casework.by_code(turn, code) if planned else []
        if isinstance(case, OpenedCase):
            for reminder in planned:
                await _heard(turn, case, reminder)


async def _heard(turn: Turn, case: OpenedCase, reminder: ReminderRecord) -> None:
    if reminder.offset == FOLLOW_UP:
        # 提醒还没发完的，后面几次发了也可能没有回音，回访先留着
        if not await check_ins.is_reminding(turn.session, reminder):
            await check_ins.cancel(turn.session, reminder, turn.now)
        return
    timer = case.stage.timer(reminder.timer_id) if case.stage is not None else None
    if timer is None or reminder.state != ReminderState.PENDING:
        # 送不到的不必再送：他已经来了
        await check_ins.cancel(turn.session, reminder, turn.now)
        return
    services = turn.services
    until = next_check_in(timer, turn.now, turn.now, services.calendar, services.quiet)
    dates = case.timers(services.calendar)
    told = await check_ins.reminded_at(turn.session, case.record.id)
    if until is None or is_needless(until, dates, told, turn.now):
        await check_ins.cancel(turn.session, reminder, turn.now)
    else:
        await check_ins.put_off(turn.session, reminder, until)

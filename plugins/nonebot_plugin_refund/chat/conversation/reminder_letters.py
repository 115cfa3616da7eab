"""写提醒的人：出手前看一眼案件，按此刻的样子写。"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from ...delivery.composer import Cancel, RecheckResult, Send
from ...render.reminder_text import MENTION, DueItem, reminder_message
from ...rulebook.models import Scenario, Timer
from ...storage import cases, timers
from ...storage.records import ReminderRecord
from ...storage.reminders import REDATED_PREFIX
from .editions import EditionShelf


class ReminderLetters:
    """按案件钉住的版本写提醒。"""

    def __init__(self, shelf: EditionShelf) -> None:
        self._shelf = shelf

    async def recheck(self, session: AsyncSession, reminder: ReminderRecord, now: datetime) -> RecheckResult:
        """手册里还有这个时限就发。结案、改期、办完、停止，发件箱自己查。"""
        del now
        return Send() if await self._item(session, reminder) else Cancel("timer_not_in_rulebook")

    async def compose(self, session: AsyncSession, reminders: Sequence[ReminderRecord], now: datetime) -> str | None:
        """几条提醒写成一条消息；同一个时限的几次只说一次。"""
        items: dict[tuple[int, str], DueItem] = {}
        for reminder in reminders:
            item = await self._item(session, reminder)
            if item is not None:
                told = items.get((reminder.case_id, reminder.timer_id))
                redated = item.redated or (told is not None and told.redated)
                items[reminder.case_id, reminder.timer_id] = replace(item, redated=redated)
        return reminder_message(list(items.values()), now) if items else None

    def mention(self, now: datetime) -> str:
        """群里点名的话，不带案情。"""
        del now
        return MENTION

    async def _item(self, session: AsyncSession, reminder: ReminderRecord) -> DueItem | None:
        case = await cases.get_by_id(session, reminder.person, reminder.case_id)
        if case is None:
            return None
        edition = await self._shelf.pinned(session, case.rulebook_digest, case.scenario_id)
        due = {timer.timer_id: timer.due_at for timer in await timers.current_timers(session, case.id)}
        timer = _timer(edition.scenario, reminder.timer_id) if edition else None
        if edition is None or timer is None or reminder.timer_id not in due:
            return None
        redated = reminder.offset.startswith(REDATED_PREFIX)
        return DueItem(case.code, edition.scenario, timer, due[reminder.timer_id], redated=redated)


def _timer(scenario: Scenario, timer_id: str) -> Timer | None:
    """案件可能已被到期带到下一阶段，所以在全部阶段里找。"""
    return next((timer for stage in scenario.stages for timer in stage.timers if timer.id == timer_id), None)

"""复核、写好文案、写明要发，全在一个事务里。"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ...clock import Clock
from ...domain.days.reminders import next_allowed
from ...rulebook.scenario_models.models import TimerKind
from ...storage.connection.database import Database
from ...storage.owner import controls
from ...storage.records import ReminderRecord
from ...storage.reminding.reminder_states import ReminderState
from ...storage.tables import TimerRow
from ..composer import Cancel, Composer, Postpone
from ..mentioning import Declined, may_mention
from ..messenger import Account
from ..settings import DeliverySettings
from . import outbox
from .outbox import Channel, Ending

DUPLICATE_PREFIX = "（可能重复）"
"""上一次不知道送到没有，这次再发时加在最前面。"""

_SHORTEST_POSTPONE = timedelta(seconds=30)


class TooLong(Exception):
    """几条合起来太长，要分开写；事务已回滚。"""


@dataclass(frozen=True)
class Prepared:
    """已经写明要发的一条消息。"""

    delivery_id: int
    reminders: Sequence[ReminderRecord]
    text: str
    channel: Channel
    lease_until: datetime
    """到这时还没出手就不许再出手：别的进程已经可以接走它们。"""
    deadlines: Mapping[int, datetime] = field(default_factory=dict[int, datetime])
    """各条提醒说的日子什么时候到期。"""


class Preparer:
    """出手前的准备：复核、写好话、写明要发。"""

    def __init__(self, database: Database, composer: Composer, clock: Clock, settings: DeliverySettings) -> None:
        self._database = database
        self._composer = composer
        self._clock = clock
        self._settings = settings

    async def prepare(
        self,
        account: Account,
        reminders: Sequence[ReminderRecord],
        channel: Channel,
        *,
        group_id: str | None = None,
        also: Sequence[ReminderRecord] = (),
    ) -> Prepared | None:
        """见 :meth:`....sender.Sender.prepare`。"""
        now = self._clock.now()
        async with self._database.transaction() as session:
            if channel is not Channel.ON_NEXT_MESSAGE and await controls.sending_paused_since(session):
                for reminder in reminders:
                    await outbox.release(session, reminder, reminder.next_try_at, reason="paused")
                return None
            kept = [
                reminder for reminder in reminders if await self._still_due(session, reminder, channel, now, group_id)
            ]
            if not kept and not also:
                return None
            text = await self._compose(session, [*also, *kept], channel, now)
            if text is None:
                nothing = Ending(ReminderState.CANCELLED, reason="nothing_to_say")
                for reminder in kept:
                    await outbox.settle(session, reminder, nothing, now)
                return None
            if len(text) > self._settings.longest_text and len(kept) + len(also) > 1:
                raise TooLong
            doubtful = any(reminder.possible_duplicate for reminder in (*kept, *also))
            text = f"{DUPLICATE_PREFIX}{text}" if doubtful and channel is not Channel.GROUP_MENTION else text
            delivery_id = await outbox.open_delivery(
                session,
                account,
                [*kept, *also],
                channel,
                now,
                text=text,
                marked_duplicate=doubtful,
                group_id=group_id,
            )
            # 从这里到有回音之间崩溃，详情给没给就不知道
            await outbox.doubt_detail(session, {reminder.id: True for reminder in also})
            deadlines = {reminder.id: await due_at_of(session, reminder) for reminder in kept}
        return Prepared(delivery_id, kept, text, channel, now + self._settings.lease, deadlines)

    async def why_unwritable(self, reminder: ReminderRecord) -> Exception | None:
        """单独写它出什么错；写得出来为空。只看，不改。"""
        try:
            async with self._database.session() as session:
                now = self._clock.now()
                if isinstance(await self._composer.recheck(session, reminder, now), Cancel):
                    return None
                await self._composer.compose(session, [reminder], now)
        except Exception as error:  # 文案、手册留底出什么错都可能；错交给调用者去记
            return error
        return None

    async def _still_due(
        self,
        session: AsyncSession,
        reminder: ReminderRecord,
        channel: Channel,
        now: datetime,
        group_id: str | None,
    ) -> bool:
        if not await outbox.mark_sending(session, reminder, now, self._settings.lease):
            reason = await outbox.why_not(session, reminder)
            if reason is not None:
                await outbox.cancel(session, reminder, reason, now)
            return False
        verdict = await self._composer.recheck(session, reminder, now)
        if isinstance(verdict, Cancel):
            await outbox.settle(session, reminder, Ending(ReminderState.CANCELLED, reason=verdict.reason), now)
            return False
        due_at = await due_at_of(session, reminder)
        until = verdict.until if isinstance(verdict, Postpone) else now
        if group_id is not None:
            allowed = await may_mention(session, reminder, group_id, due_at, now, self._settings.mentions)
            if isinstance(allowed, Declined):
                declined = Ending(ReminderState.WAITING, next_try_at=now, reason=allowed.reason)
                await outbox.settle(session, reminder, declined, now)
                return False
            until = max(until, allowed.until) if isinstance(allowed, Postpone) else until
        if channel is not Channel.ON_NEXT_MESSAGE:
            until = max(until, next_allowed(now, due_at, self._settings.quiet))
        if until > now:
            later = max(until, now + _SHORTEST_POSTPONE)
            await outbox.settle(
                session, reminder, Ending(outbox.state_when_idle(reminder), next_try_at=later, reason="postponed"), now
            )
            return False
        return True

    async def _compose(
        self, session: AsyncSession, reminders: Sequence[ReminderRecord], channel: Channel, now: datetime
    ) -> str | None:
        if channel is Channel.GROUP_MENTION:
            return self._composer.mention(now)
        return await self._composer.compose(session, reminders, now)


async def due_at_of(session: AsyncSession, reminder: ReminderRecord) -> datetime:
    """这条提醒说的时限什么时候到期；问候没有到期可误，等过安静时段也不迟。"""
    due_at = await session.scalar(
        select(TimerRow.due_at).where(
            TimerRow.case_id == reminder.case_id,
            TimerRow.timer_id == reminder.timer_id,
            TimerRow.timer_version == reminder.timer_version,
            TimerRow.kind != TimerKind.CHECK_IN,
        )
    )
    return due_at or reminder.due_at

"""把同一个人的几条提醒送出去：写明要发、发、了结；走不通就换一条路。"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ..clock import Clock
from ..domain.reminders import next_allowed
from ..log_lines import about
from ..rulebook.models import TimerKind
from ..storage import controls
from ..storage.database import Database
from ..storage.records import ReminderRecord
from ..storage.reminders import ReminderState
from ..storage.tables import TimerRow
from . import outbox
from .composer import Cancel, Composer, Postpone
from .endings import Outcome, ending_after, ending_after_failure, waiting
from .fault_report import where_it_broke
from .mentioning import Declined, group_to_mention_in, may_mention
from .messenger import Account, Messenger, NotConnected, OutcomeUnknown, Receipt, Rejected
from .observer import ENDED, NobodyWatching, Observer, failure_kind
from .outbox import Channel, DeliveryOutcome, Ending
from .reconcile import was_delivered
from .settings import DeliverySettings
from .spacing import Spacing

logger = logging.getLogger(__name__)

DUPLICATE_PREFIX = "（可能重复）"
"""上一次不知道送到没有，这次再发时加在最前面。"""

_SHORTEST_POSTPONE = timedelta(seconds=30)


@dataclass(frozen=True)
class Prepared:
    """已经写明要发的一条消息。"""

    delivery_id: int
    reminders: Sequence[ReminderRecord]
    text: str
    channel: Channel
    lease_until: datetime
    """到这时还没出手就不许再出手：别的进程已经可以接走它们。"""


class Sender:
    """一条消息从领到到了结的全过程。每一步先落库再动作，崩在哪里都接得上。"""

    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        composer: Composer,
        clock: Clock,
        settings: DeliverySettings,
        spacing: Spacing,
        draw: Callable[[], float] = random.random,
        observer: Observer | None = None,
    ) -> None:
        self._database = database
        self._messenger = messenger
        self._composer = composer
        self._clock = clock
        self._settings = settings
        self._spacing = spacing
        self._draw = draw
        self._observer = observer or NobodyWatching()

    async def deliver(self, account: Account, reminders: Sequence[ReminderRecord]) -> None:
        """送出领到的、属于同一个人的提醒；要么全是结果不明的，要么全不是。"""
        unsettled = await self._reconcile(reminders)
        if not unsettled:
            return
        friend = await self._is_friend(account, unsettled[0].user_id)
        if friend is None and account not in self._messenger.connected_accounts():
            # 领到之后掉了线：等它连上，不算失败，否则线路反复断几次就把提醒判死了
            await self._wait_for_connection(unsettled)
        elif friend is None:
            await self._fail(unsettled, "friend_lookup", "查不到是不是好友")
        elif friend:
            await self._send_private(account, unsettled)
        else:
            await self._fall_back(account, unsettled, "not_friend", "")

    async def prepare(
        self,
        account: Account,
        reminders: Sequence[ReminderRecord],
        channel: Channel,
        *,
        group_id: str | None = None,
        also: Sequence[ReminderRecord] = (),
    ) -> Prepared | None:
        """复核、写好文案、写明要发，全在一个事务里。没有一条该发为空。

        领到之后主人才暂停推送的，原样放回去。本人来说话时附在回复上的不受暂停影响：那是回答他，不是推送。

        Args:
            group_id: 在群里点名时，是哪个群。
            also: 已经了结、只是顺带说一说的提醒（群里点过名、欠着详情的）。

        Raises:
            Exception: 文案写不出来；事务已回滚，提醒仍是领着的。
        """
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
                for reminder in kept:
                    await outbox.settle(
                        session, reminder, Ending(ReminderState.CANCELLED, reason="nothing_to_say"), now
                    )
                return None
            doubtful = any(reminder.possible_duplicate for reminder in kept)
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
        return Prepared(delivery_id, kept, text, channel, now + self._settings.lease)

    async def attempt(self, sending: Awaitable[Receipt]) -> Outcome:
        """发出去，把结局归成四种；停机打断的不归类，留待租约过期后按不明处理。"""
        try:
            async with asyncio.timeout(self._settings.send_timeout.total_seconds()):
                return await sending
        except (Rejected, OutcomeUnknown, NotConnected) as error:
            return error
        except TimeoutError:
            return OutcomeUnknown(f"{self._settings.send_timeout.total_seconds():g} 秒没有回音", "timeout")
        except Exception as error:
            # 说不清的异常：可能已经发出去了，不能当作没发
            logger.error("发送提醒时出错：%s", where_it_broke(error), extra=about("send_failed"))
            return OutcomeUnknown(where_it_broke(error), type(error).__name__)

    async def settle(self, prepared: Prepared, outcome: Outcome) -> list[ReminderRecord]:
        """了结。返回仍由自己领着、要换一条路的提醒。"""
        now = self._clock.now()
        settled: list[tuple[ReminderRecord, Ending]] = []
        async with self._database.transaction() as session:
            for reminder in prepared.reminders:
                ending = ending_after(outcome, reminder, prepared.channel, now, self._settings, self._draw)
                written = await outbox.settle(session, reminder, ending, now)
                if written:
                    settled.append((reminder, ending))
                else:
                    logger.warning(
                        "提醒 %s 已被别处接走，这次的结局只记在送达里",
                        reminder.id,
                        extra=about("reminder_taken", reminder=reminder.id),
                    )
            await _close(session, prepared.delivery_id, outcome, now)
        _tell(prepared.channel, settled)
        self._observe([ending for _, ending in settled], failure_kind(outcome))
        return [reminder for reminder, ending in settled if ending.state is ReminderState.CLAIMED]

    async def _send_private(self, account: Account, reminders: Sequence[ReminderRecord]) -> None:
        prepared = await self._prepare_or_split(account, reminders, Channel.PRIVATE)
        for message in prepared:
            user_id = message.reminders[0].user_id
            outcome = await self._push(message, partial(self._messenger.send_private, account, user_id, message.text))
            stranded = await self.settle(message, outcome)
            if stranded and isinstance(outcome, Rejected):
                await self._fall_back(account, stranded, outcome.code, outcome.wording)

    async def _fall_back(self, account: Account, reminders: Sequence[ReminderRecord], code: str, wording: str) -> None:
        """私聊到不了：本人同意过、群里也许，就在群里点名，否则等他下次说话。"""
        async with self._database.session() as session:
            group_id = await group_to_mention_in(session, reminders, self._settings.mentions)
        if group_id is None:
            now = self._clock.now()
            await self._settle_claimed(reminders, lambda _: waiting(now, "unreachable", Channel.PRIVATE, code, wording))
            return
        await self._spacing.wait(account)
        for message in await self._prepare_or_split(account, reminders, Channel.GROUP_MENTION, group_id):
            user_id = message.reminders[0].user_id
            mention = partial(self._messenger.mention_in_group, account, group_id, user_id, message.text)
            await self.settle(message, await self._push(message, mention))

    async def _push(self, message: Prepared, send: Callable[[], Awaitable[Receipt]]) -> Outcome:
        """出手。写明要发之后停得太久（机器休眠、进程被挂起）就不发：别人也许已经发过了。"""
        if self._clock.now() >= message.lease_until:
            return NotConnected("写明要发之后停得太久，租约过期，没有发")
        return await self.attempt(send())

    async def _prepare_or_split(
        self, account: Account, reminders: Sequence[ReminderRecord], channel: Channel, group_id: str | None = None
    ) -> list[Prepared]:
        """写不成一条时逐条写，免得一条坏的拖住同一个人的其余几条。"""
        try:
            prepared = await self.prepare(account, reminders, channel, group_id=group_id)
        except Exception as error:
            # 文案出错的原因无法预料，但不能让提醒悄悄卡住
            logger.error("写提醒时出错：%s", where_it_broke(error), extra=about("compose_failed"))
            if len(reminders) == 1:
                await self._fail(reminders, type(error).__name__, where_it_broke(error))
                return []
            split: list[Prepared] = []
            for reminder in reminders:
                split += await self._prepare_or_split(account, [reminder], channel, group_id)
            return split
        return [] if prepared is None else [prepared]

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
        due_at = await _due_at(session, reminder)
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

    async def _reconcile(self, reminders: Sequence[ReminderRecord]) -> list[ReminderRecord]:
        """查清结果不明的；送到了的了结。返回还要发的。"""
        unsettled: list[ReminderRecord] = []
        for reminder in reminders:
            if not reminder.possible_duplicate:
                unsettled.append(reminder)
                continue
            now = self._clock.now()
            delivered = await was_delivered(self._database, self._messenger, reminder, now, self._settings.send_timeout)
            if delivered is True:
                found = Ending(ReminderState.SENT, reason="found_in_history", doubtful=False)
                await self._settle_claimed([reminder], lambda _, found=found: found)
            elif delivered is False:
                async with self._database.transaction() as session:
                    if await outbox.clear_doubt(session, reminder):
                        unsettled.append(replace(reminder, possible_duplicate=False))
            else:
                unsettled.append(reminder)
        return unsettled

    async def _is_friend(self, account: Account, user_id: str) -> bool | None:
        try:
            async with asyncio.timeout(self._settings.send_timeout.total_seconds()):
                return await self._messenger.is_friend(account, user_id)
        except Exception as error:
            # 查不到好友就不能发案情，稍后再试
            logger.warning("查好友失败：%s", where_it_broke(error), extra=about("friend_lookup_failed"))
            return None

    async def _wait_for_connection(self, reminders: Sequence[ReminderRecord]) -> None:
        now, offline = self._clock.now(), NotConnected("查好友时已掉线")
        await self._settle_claimed(
            reminders,
            lambda reminder: ending_after(offline, reminder, Channel.PRIVATE, now, self._settings, self._draw),
        )

    async def _fail(self, reminders: Sequence[ReminderRecord], code: str, wording: str) -> None:
        now = self._clock.now()
        await self._settle_claimed(
            reminders,
            lambda reminder: ending_after_failure(reminder, now, self._settings, self._draw, code, wording),
        )

    async def _settle_claimed(
        self, reminders: Sequence[ReminderRecord], ending_of: Callable[[ReminderRecord], Ending]
    ) -> None:
        now = self._clock.now()
        written: list[Ending] = []
        async with self._database.transaction() as session:
            for reminder in reminders:
                ending = ending_of(reminder)
                if await outbox.settle(session, reminder, ending, now, states=(ReminderState.CLAIMED,)):
                    written.append(ending)
        self._observe(written)

    def _observe(self, endings: Sequence[Ending], failure: str | None = None) -> None:
        for ending in endings:
            if ending.state in ENDED:
                self._observer.reminder_ended(ending.state)
        if failure is not None:
            self._observer.delivery_failed(failure)


async def _due_at(session: AsyncSession, reminder: ReminderRecord) -> datetime:
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


def _tell(channel: Channel, settled: Sequence[tuple[ReminderRecord, Ending]]) -> None:
    """提交之后，每条提醒的去处在日志里记一行。"""
    for reminder, ending in settled:
        state = str(ending.state)
        fields = about(
            "reminder_settled", reminder=reminder.id, account=reminder.self_id, channel=str(channel), outcome=state
        )
        logger.info("提醒 %s：%s（%s）", reminder.id, state, channel, extra=fields)


async def _close(session: AsyncSession, delivery_id: int, outcome: Outcome, now: datetime) -> None:
    if isinstance(outcome, Receipt):
        await outbox.close_delivery(session, delivery_id, DeliveryOutcome.ACCEPTED, now, message_id=outcome.message_id)
    elif isinstance(outcome, NotConnected):
        await outbox.close_delivery(session, delivery_id, DeliveryOutcome.NOT_SENT, now, wording=str(outcome))
    else:
        ended = DeliveryOutcome.REJECTED if isinstance(outcome, Rejected) else DeliveryOutcome.UNKNOWN
        await outbox.close_delivery(session, delivery_id, ended, now, code=outcome.code, wording=outcome.wording)

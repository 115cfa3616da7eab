"""把同一个人的几条提醒送出去：写明要发、发、了结；走不通就换一条路。"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from ..clock import Clock
from ..log_lines import about
from ..storage.connection.database import Database
from ..storage.records import ReminderRecord
from ..storage.reminding.reminder_states import ReminderState
from .composer import Composer
from .faults.fault_report import where_it_broke
from .mentioning import group_to_mention_in
from .messenger import Account, Messenger, NotConnected, OutcomeUnknown, Receipt, Rejected, RejectionKind
from .observer import ENDED, NoObserver, Observer, failure_kind
from .queue import outbox
from .queue.endings import (
    Outcome,
    Trying,
    ending_after,
    ending_after_failure,
    ending_after_reply,
    ending_while_offline,
    ending_without_lookup,
    is_doubted_too_often,
    waiting,
)
from .queue.outbox import Channel, DeliveryOutcome, Ending
from .queue.preparing import DUPLICATE_PREFIX as DUPLICATE_PREFIX
from .queue.preparing import Prepared, Preparer, TooLong, due_at_of
from .queue.reconcile import was_delivered
from .settings import DeliverySettings
from .spacing import Spacing

logger = logging.getLogger(__name__)


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
        self._preparer = Preparer(database, composer, clock, settings)
        self._clock = clock
        self._settings = settings
        self._spacing = spacing
        self._draw = draw
        self._observer = observer or NoObserver()

    async def deliver(self, account: Account, reminders: Sequence[ReminderRecord]) -> None:
        """送出领到的、属于同一个人的提醒；要么全是结果不明的，要么全不是。"""
        unsettled = await self._reconcile(account, reminders)
        if not unsettled:
            return
        friend = await self._is_friend(account, unsettled[0].user_id)
        if friend is None and account not in self._messenger.connected_accounts():
            # 领到之后掉了线：等它连上，不算失败，否则线路反复断几次就把提醒判死了
            await self._wait_for_connection(unsettled)
        elif friend is None:
            await self._settle_claimed(
                unsettled,
                lambda reminder, trying: ending_without_lookup(reminder, trying, "friend_lookup", "查不到是不是好友"),
            )
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
            TooLong: 几条合起来太长；事务已回滚，提醒仍是领着的。
            Exception: 文案写不出来；同样已回滚。
        """
        return await self._preparer.prepare(account, reminders, channel, group_id=group_id, also=also)

    async def unwritable(self, reminders: Sequence[ReminderRecord]) -> dict[int, Exception]:
        """这几条里写不出来的，和各是什么错。只看，不改。"""
        errors = {reminder.id: await self._preparer.why_unwritable(reminder) for reminder in reminders}
        return {reminder_id: error for reminder_id, error in errors.items() if error is not None}

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
        """了结一次推送。返回仍由自己领着、要换一条路的提醒。"""

        def ending_of(reminder: ReminderRecord, trying: Trying) -> Ending:
            if _is_refused_together(prepared, outcome):
                later = trying.now + self._settings.lease
                return Ending(ReminderState.CLAIMED, reason="refused_together", lease_until=later)
            return ending_after(outcome, reminder, prepared.channel, trying)

        return await self._settle(prepared, outcome, ending_of)

    async def settle_with_reply(
        self, prepared: Prepared, outcome: Outcome, homes: Mapping[int, ReminderRecord], blamed: str | None
    ) -> None:
        """了结附在回复上的。

        Args:
            homes: 附上之前各条的样子，没送成就回到那里。
            blamed: 去掉它们回复就发出去了：写进 ``reason`` 的话；不怪它们为空。
        """
        await self._settle(
            prepared,
            outcome,
            lambda reminder, trying: ending_after_reply(outcome, reminder, homes[reminder.id], trying, blamed),
        )

    async def _settle(
        self, prepared: Prepared, outcome: Outcome, ending_of: Callable[[ReminderRecord, Trying], Ending]
    ) -> list[ReminderRecord]:
        now = self._clock.now()
        settled: list[tuple[ReminderRecord, Ending]] = []
        async with self._database.transaction() as session:
            for reminder in prepared.reminders:
                ending = ending_of(reminder, self._trying(prepared.deadlines.get(reminder.id, reminder.due_at)))
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
        try:
            message = await self.prepare(account, reminders, Channel.PRIVATE)
        except Exception as error:
            await self._send_in_halves(account, reminders, error)
            return
        if message is None:
            return
        user_id = message.reminders[0].user_id
        outcome = await self._push(message, partial(self._messenger.send_private, account, user_id, message.text))
        stranded = await self.settle(message, outcome)
        if _is_refused_together(message, outcome):
            # 合在一起被拒：不知道是哪一条的缘故，各发各的
            for reminder in stranded:
                await self._spacing.wait(account)
                await self._send_private(account, [reminder])
        elif stranded and isinstance(outcome, Rejected):
            await self._fall_back(account, stranded, outcome.code, outcome.wording)

    async def _send_in_halves(self, account: Account, reminders: Sequence[ReminderRecord], error: Exception) -> None:
        """写不成一条时对半分开写，一条写不成，不影响同一个人的其余几条；太长的也这样分。"""
        if len(reminders) == 1:
            await self._cannot_write(reminders[0], error)
            return
        if not isinstance(error, TooLong):
            # 文案出错的原因无法预料，但不能让提醒悄悄卡住
            logger.error("写提醒时出错：%s", where_it_broke(error), extra=about("compose_failed"))
        middle = len(reminders) // 2
        await self._send_private(account, reminders[:middle])
        await self._spacing.wait(account)
        await self._send_private(account, reminders[middle:])

    async def _cannot_write(self, reminder: ReminderRecord, error: Exception) -> None:
        logger.error("写提醒时出错：%s", where_it_broke(error), extra=about("compose_failed"))
        code, wording = type(error).__name__, where_it_broke(error)
        await self._settle_claimed(
            [reminder], lambda reminder, trying: ending_after_failure(reminder, trying, code, wording)
        )

    async def _fall_back(self, account: Account, reminders: Sequence[ReminderRecord], code: str, wording: str) -> None:
        """私聊到不了：本人同意过、群里也许，就在群里点名，否则等他下次说话。"""
        async with self._database.session() as session:
            group_id = await group_to_mention_in(session, reminders, self._settings.mentions)
        if group_id is None:
            await self._settle_claimed(
                reminders, lambda _, trying: waiting(trying.now, "unreachable", Channel.PRIVATE, code, wording)
            )
            return
        await self._spacing.wait(account)
        # 点名的话里没有案情，但详情写不出来的不能拿去点名：他来问也答不上
        broken = await self.unwritable(reminders)
        for reminder in reminders:
            if reminder.id in broken:
                await self._cannot_write(reminder, broken[reminder.id])
        good = [reminder for reminder in reminders if reminder.id not in broken]
        message = await self.prepare(account, good, Channel.GROUP_MENTION, group_id=group_id) if good else None
        if message is not None:
            user_id = message.reminders[0].user_id
            mention = partial(self._messenger.mention_in_group, account, group_id, user_id, message.text)
            await self.settle(message, await self._push(message, mention))

    async def _push(self, message: Prepared, send: Callable[[], Awaitable[Receipt]]) -> Outcome:
        """出手。写明要发之后停得太久（机器休眠、进程被挂起）就不发：别人也许已经发过了。"""
        if self._clock.now() >= message.lease_until:
            return NotConnected("写明要发之后停得太久，租约过期，没有发")
        return await self.attempt(send())

    async def _reconcile(self, account: Account, reminders: Sequence[ReminderRecord]) -> list[ReminderRecord]:
        """查清结果不明的；送到了的了结，掉了线查不成的等连上，总也查不清的等本人来。返回还要发的。"""
        unsettled: list[ReminderRecord] = []
        for reminder in reminders:
            if not reminder.possible_duplicate:
                unsettled.append(reminder)
                continue
            now = self._clock.now()
            delivered = await was_delivered(self._database, self._messenger, reminder, now, self._settings.send_timeout)
            if delivered is True:
                found = Ending(ReminderState.SENT, reason="found_in_history", doubtful=False)
                await self._settle_claimed([reminder], lambda _, __, found=found: found)
            elif delivered is False:
                async with self._database.transaction() as session:
                    if await outbox.clear_doubt(session, reminder):
                        disproved = replace(reminder, possible_duplicate=False, disproved=reminder.unknowns)
                        unsettled.append(disproved)
            elif account not in self._messenger.connected_accounts():
                # 没查成是因为掉了线，不是查不清
                await self._wait_for_connection([reminder])
            elif is_doubted_too_often(reminder, self._settings):
                await self._settle_claimed(
                    [reminder], lambda _, trying: Ending(ReminderState.WAITING, trying.now, "outcome_unknown")
                )
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
        await self._settle_claimed(reminders, ending_while_offline)

    async def _settle_claimed(
        self, reminders: Sequence[ReminderRecord], ending_of: Callable[[ReminderRecord, Trying], Ending]
    ) -> None:
        now = self._clock.now()
        written: list[Ending] = []
        async with self._database.transaction() as session:
            for reminder in reminders:
                ending = ending_of(reminder, self._trying(await due_at_of(session, reminder)))
                if await outbox.settle(session, reminder, ending, now, states=(ReminderState.CLAIMED,)):
                    written.append(ending)
        self._observe(written)

    def _trying(self, deadline: datetime) -> Trying:
        return Trying(self._clock.now(), self._settings, self._draw, deadline)

    def _observe(self, endings: Sequence[Ending], failure: str | None = None) -> None:
        for ending in endings:
            if ending.state in ENDED:
                self._observer.reminder_ended(ending.state)
        if failure is not None:
            self._observer.delivery_failed(failure)


def _is_refused_together(message: Prepared, outcome: Outcome) -> bool:
    """几条合成的一条私聊被拒，再试也一样：分开也许就行。"""
    refused = isinstance(outcome, Rejected) and outcome.kind is RejectionKind.PERMANENT
    return refused and message.channel is Channel.PRIVATE and len(message.reminders) > 1


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

"""一次尝试有了结局之后，提醒去哪里：纯函数。"""

from collections.abc import Callable
from datetime import datetime

from ..storage.records import ReminderRecord
from ..storage.reminders import ReminderState
from .backoff import retry_delay
from .messenger import NotConnected, OutcomeUnknown, Receipt, Rejected, RejectionKind
from .outbox import Channel, Ending, state_when_idle
from .settings import DeliverySettings

Outcome = Receipt | Rejected | OutcomeUnknown | NotConnected
"""发送的四种结局。"""


def ending_after(
    outcome: Outcome,
    reminder: ReminderRecord,
    channel: Channel,
    now: datetime,
    settings: DeliverySettings,
    draw: Callable[[], float],
) -> Ending:
    """按结局和走的路决定去处。

    返回 ``claimed`` 表示仍由自己领着，接着走下一条路。
    """
    if isinstance(outcome, Receipt):
        owed = channel is Channel.GROUP_MENTION
        return Ending(ReminderState.SENT, channel=channel, detail_owed=owed, doubtful=False)
    if isinstance(outcome, NotConnected):
        return _after_not_connected(reminder, channel, now, settings)
    if isinstance(outcome, OutcomeUnknown):
        return _after_unknown(outcome, reminder, channel, now, settings)
    if channel is not Channel.PRIVATE:
        return waiting(now, "rejected", channel, outcome.code, outcome.wording)
    return _after_rejection(outcome, reminder, now, settings, draw)


def waiting(
    now: datetime, reason: str, channel: Channel, code: str | None = None, wording: str | None = None
) -> Ending:
    """推送不到，等本人下次说话。"""
    return Ending(
        ReminderState.WAITING, next_try_at=now, reason=reason, channel=channel, code=code, wording=wording, failures=1
    )


def ending_after_failure(
    reminder: ReminderRecord,
    now: datetime,
    settings: DeliverySettings,
    draw: Callable[[], float],
    code: str,
    wording: str,
) -> Ending:
    """过一会儿再试；次数用尽就转给运营者看。"""
    failures = reminder.failures + 1
    if failures >= settings.max_failures:
        return Ending(
            ReminderState.DEAD,
            reason="too_many_failures",
            channel=Channel.PRIVATE,
            code=code,
            wording=wording,
            failures=1,
        )
    return Ending(
        state_when_idle(reminder),
        next_try_at=now + retry_delay(failures, settings, draw),
        reason="retry",
        channel=Channel.PRIVATE,
        code=code,
        wording=wording,
        failures=1,
    )


def _after_not_connected(
    reminder: ReminderRecord, channel: Channel, now: datetime, settings: DeliverySettings
) -> Ending:
    # 一个字也没有发出去，不算失败
    if channel is Channel.ON_NEXT_MESSAGE:
        return Ending(ReminderState.WAITING, next_try_at=now, reason="not_connected")
    return Ending(state_when_idle(reminder), next_try_at=now + settings.offline_delay, reason="not_connected")


def _after_unknown(
    outcome: OutcomeUnknown, reminder: ReminderRecord, channel: Channel, now: datetime, settings: DeliverySettings
) -> Ending:
    too_often = reminder.unknowns + 1 >= settings.max_unknowns
    # 群里点名不重发：多一条打扰的是所有人
    give_up = too_often or channel is Channel.GROUP_MENTION
    return Ending(
        ReminderState.WAITING if give_up else ReminderState.UNKNOWN,
        next_try_at=now if give_up else now + settings.reconcile_delay,
        reason="outcome_unknown",
        channel=channel,
        code=outcome.code,
        wording=outcome.wording,
        unknowns=1,
        doubtful=True,
    )


def _after_rejection(
    outcome: Rejected,
    reminder: ReminderRecord,
    now: datetime,
    settings: DeliverySettings,
    draw: Callable[[], float],
) -> Ending:
    if outcome.kind is RejectionKind.PERMANENT:
        return Ending(
            ReminderState.DEAD,
            reason="rejected",
            channel=Channel.PRIVATE,
            code=outcome.code,
            wording=outcome.wording,
            failures=1,
        )
    if outcome.kind is RejectionKind.UNREACHABLE and reminder.failures + 1 >= settings.unreachable_tries:
        return Ending(
            ReminderState.CLAIMED,
            reason="unreachable",
            channel=Channel.PRIVATE,
            code=outcome.code,
            wording=outcome.wording,
            failures=1,
            lease_until=now + settings.lease,
        )
    return ending_after_failure(reminder, now, settings, draw, outcome.code, outcome.wording)

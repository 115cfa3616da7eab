"""一次尝试有了结局之后，提醒去哪里：纯函数。"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from ...storage.records import ReminderRecord
from ...storage.reminding.reminder_states import ReminderState
from ..messenger import NotConnected, OutcomeUnknown, Receipt, Rejected, RejectionKind
from ..settings import DeliverySettings
from .backoff import patient_delay, retry_delay
from .outbox import Channel, Ending, state_when_idle

Outcome = Receipt | Rejected | OutcomeUnknown | NotConnected
"""发送的四种结局。"""

RETRIED = "retried"
"""运营者重新排上的。"""
REFUSED_TOGETHER = "refused_together"
"""几条一起附在回复上，被退了回来：不知道是哪条的缘故，下次只附一条。"""
REFUSED_WITH_REPLY = "refused_with_reply"
"""单独附在回复上也被退：不再附，免得这个人的每句话都得不到回答。"""


_FLUKES = 2
"""单独附在回复上、说不清收没收，这么多回以内不怪它。"""


@dataclass(frozen=True)
class Trying:
    """决定去处时要知道的：此刻、设置、随机数，和这条提醒说的日子什么时候到期。"""

    now: datetime
    settings: DeliverySettings
    draw: Callable[[], float]
    deadline: datetime


def ending_after(outcome: Outcome, reminder: ReminderRecord, channel: Channel, trying: Trying) -> Ending:
    """推送按结局和走的路决定去处；附在回复上的见 :func:`ending_after_reply`。

    返回 ``claimed`` 表示仍由自己领着，接着走下一条路。
    """
    if isinstance(outcome, Receipt):
        owed = channel is Channel.GROUP_MENTION
        # 群里只说“有一条提醒”：私聊里那条送没送到，还是不知道
        return Ending(ReminderState.SENT, channel=channel, detail_owed=owed, doubtful=None if owed else False)
    if isinstance(outcome, NotConnected):
        return ending_while_offline(reminder, trying)
    if isinstance(outcome, OutcomeUnknown):
        return _after_unknown(outcome, reminder, channel, trying)
    if channel is not Channel.PRIVATE:
        return waiting(trying.now, "rejected", channel, outcome.code, outcome.wording)
    return _after_rejection(outcome, reminder, trying)


def ending_after_reply(
    outcome: Outcome, reminder: ReminderRecord, home: ReminderRecord, trying: Trying, blamed: str | None
) -> Ending:
    """附在回复上的：没送成就回到原来的地方，该推送的照旧推送，等他来的照旧等。

    Args:
        home: 附上之前的样子。
        blamed: 去掉它回复就发出去了，是它的缘故：写进 ``reason`` 的话。
    """
    if isinstance(outcome, Receipt):
        return Ending(ReminderState.SENT, channel=Channel.ON_NEXT_MESSAGE, doubtful=False)
    if isinstance(outcome, NotConnected):
        return _home_again(reminder, home, trying)
    told = {"channel": Channel.ON_NEXT_MESSAGE, "code": outcome.code, "wording": outcome.wording}
    if isinstance(outcome, OutcomeUnknown):
        if blamed is None or home.state == ReminderState.PENDING:
            return _after_unknown(outcome, reminder, Channel.ON_NEXT_MESSAGE, trying)
        # 说不清收没收的，一两回多半只是碰巧：下次还附，注明可能重复；几回都这样才怪它
        is_its_fault = blamed != REFUSED_WITH_REPLY or reminder.unknowns >= _FLUKES
        reason = blamed if is_its_fault else home.reason
        return replace(_home_again(reminder, home, trying), reason=reason, unknowns=1, doubtful=True, **told)
    back = _home_again(reminder, home, trying)
    return replace(back, reason=blamed or back.reason, failures=1, **told)


def waiting(
    now: datetime, reason: str, channel: Channel, code: str | None = None, wording: str | None = None
) -> Ending:
    """推送不到，等本人下次说话。"""
    return Ending(
        ReminderState.WAITING, next_try_at=now, reason=reason, channel=channel, code=code, wording=wording, failures=1
    )


def ending_while_offline(reminder: ReminderRecord, trying: Trying) -> Ending:
    """账号不在线，一个字也没有发出去，不算失败：连上以后照样送。"""
    later = trying.now + trying.settings.offline_delay
    return Ending(state_when_idle(reminder), next_try_at=later, reason="not_connected")


def ending_without_lookup(reminder: ReminderRecord, trying: Trying, code: str, wording: str) -> Ending:
    """连着却查不到是不是好友：不是被拒，多久都不算失败；拖得越久查得越稀。"""
    later = trying.now + patient_delay(trying.now - reminder.due_at, trying.settings, trying.draw)
    return Ending(
        state_when_idle(reminder),
        next_try_at=later,
        reason="friend_lookup",
        channel=Channel.PRIVATE,
        code=code,
        wording=wording,
    )


def ending_after_failure(reminder: ReminderRecord, trying: Trying, code: str, wording: str) -> Ending:
    """过一会儿再试，日子没到就一直试；过了日子、次数也用尽，转给运营者看。"""
    failures, now = reminder.failures + 1, trying.now
    if failures >= trying.settings.max_failures and now >= trying.deadline:
        return Ending(
            ReminderState.DEAD,
            reason="too_many_failures",
            channel=Channel.PRIVATE,
            code=code,
            wording=wording,
            failures=1,
        )
    delay = retry_delay(failures, trying.settings, trying.draw)
    if now < trying.deadline:
        # 越近越密：退避再长，也总还有几次在日子之前
        delay = min(delay, max((trying.deadline - now) / 2, trying.settings.backoff_base))
    return Ending(
        state_when_idle(reminder),
        next_try_at=now + delay,
        reason="retry",
        channel=Channel.PRIVATE,
        code=code,
        wording=wording,
        failures=1,
    )


def is_doubted_too_often(reminder: ReminderRecord, settings: DeliverySettings) -> bool:
    """查不清的不明次数到了上限：不再推送。查过历史、证明没有送到的不算；运营者要重试的，再发一次。"""
    return reminder.unknowns - reminder.disproved >= settings.max_unknowns and reminder.reason != RETRIED


def _home_again(reminder: ReminderRecord, home: ReminderRecord, trying: Trying) -> Ending:
    if home.state == ReminderState.PENDING:
        # 回复都没发成，紧接着推送多半也不成
        later = max(home.next_try_at, trying.now + trying.settings.offline_delay)
        return Ending(state_when_idle(reminder), next_try_at=later, reason=home.reason)
    return Ending(ReminderState(home.state), next_try_at=home.next_try_at, reason=home.reason, since=home.settled_at)


def _after_unknown(outcome: OutcomeUnknown, reminder: ReminderRecord, channel: Channel, trying: Trying) -> Ending:
    # 群里点名不重发：多一条打扰的是所有人
    give_up = channel is Channel.GROUP_MENTION
    delay = trying.settings.reconcile_delay * 3 ** min(reminder.unknowns - reminder.disproved, 8)
    return Ending(
        ReminderState.WAITING if give_up else ReminderState.UNKNOWN,
        next_try_at=trying.now if give_up else trying.now + min(delay, trying.settings.backoff_cap),
        reason="outcome_unknown",
        channel=channel,
        code=outcome.code,
        wording=outcome.wording,
        unknowns=1,
        doubtful=True,
    )


def _after_rejection(outcome: Rejected, reminder: ReminderRecord, trying: Trying) -> Ending:
    if outcome.kind is RejectionKind.PERMANENT:
        return Ending(
            ReminderState.DEAD,
            reason="rejected",
            channel=Channel.PRIVATE,
            code=outcome.code,
            wording=outcome.wording,
            failures=1,
        )
    if outcome.kind is RejectionKind.UNREACHABLE and reminder.failures + 1 >= trying.settings.unreachable_tries:
        return Ending(
            ReminderState.CLAIMED,
            reason="unreachable",
            channel=Channel.PRIVATE,
            code=outcome.code,
            wording=outcome.wording,
            failures=1,
            lease_until=trying.now + trying.settings.lease,
        )
    return ending_after_failure(reminder, trying, outcome.code, outcome.wording)

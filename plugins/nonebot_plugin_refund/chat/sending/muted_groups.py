"""哪些群里我们正被禁言：解除之前一句也不往里发。对着禁言的群接着发，账号会被封。

从三处知道：禁言的通知，发送时被退（120），退了以后去查的到期时刻；查不到就歇一阵再试。只记在内存里：重启后最多多试一次。
"""

from datetime import UTC, datetime, timedelta

from nonebot.adapters import Event
from nonebot.adapters.onebot.v11.event import GroupBanNoticeEvent

from ...clock import Clock
from ...delivery.messenger import Account

PAUSE = timedelta(minutes=10)
"""不知道什么时候解除，歇这么久。"""
_LONGEST = timedelta(days=30)
"""QQ 的禁言最长三十天；说得更久的不信。"""


class MutedGroups:
    """按（账号、群）记禁言到什么时候。"""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[tuple[Account, str], datetime] = {}

    def covers(self, account: Account, group_id: str) -> bool:
        """现在还禁着。"""
        until = self._until.get((account, group_id))
        if until is not None and self._clock.now() >= until:
            del self._until[account, group_id]
            return False
        return until is not None

    def refused(self, account: Account, group_id: str, ends_at: float | None) -> None:
        """刚被退了回来。

        Args:
            ends_at: 查到的到期时刻，Unix 秒；没查到为空。
        """
        now = self._clock.now()
        until = now + PAUSE
        if ends_at is not None and now.timestamp() < ends_at <= (now + _LONGEST).timestamp():
            until = datetime.fromtimestamp(ends_at, UTC)
        self._until[account, group_id] = until

    def lifted(self, account: Account, group_id: str) -> None:
        """解除了。"""
        self._until.pop((account, group_id), None)

    def note(self, account: Account, event: Event) -> None:
        """看一眼禁言的通知。

        全员禁言管不管得到我们要看是不是管理员，不知道：开始时不管，发了被退再歇；解除时照样作数。
        """
        if not isinstance(event, GroupBanNoticeEvent):
            return
        group_id, ours = str(event.group_id), event.user_id == event.self_id
        if event.sub_type == "lift_ban" or event.duration == 0:
            if ours or event.user_id == 0:
                self.lifted(account, group_id)
        elif ours and event.duration > 0:
            self.refused(account, group_id, self._clock.now().timestamp() + event.duration)

"""好友申请：同一个人的只通过一次，一个接一个慢慢来；刚成好友的记一会儿——头几句话可能被当成陌生人退回来。"""

from datetime import datetime, timedelta

from nonebot.adapters import Event
from nonebot.adapters.onebot.v11.event import FriendAddNoticeEvent, FriendRequestEvent

from ...clock import Clock
from ...delivery.messenger import Account
from ...delivery.spacing import Spacing

NEW_FOR = timedelta(minutes=10)
"""成了好友之后这么久，算刚成的；同一个人的申请这么久里再报来，不再通过。"""
GAP = timedelta(seconds=3)
JITTER = timedelta(seconds=4)
"""两次通过至少隔多久、再随机多等多久：一口气全通过像是机器。"""
_MOST = 2048


class NewFriends:
    """只记在内存里，记的是散列。

    Args:
        clock: 时钟。
        spacing: 两次通过的间隔；测试里换成不等的。
    """

    def __init__(self, clock: Clock, spacing: Spacing | None = None) -> None:
        self._clock = clock
        self._spacing = spacing or Spacing(GAP, JITTER)
        self._asked: dict[int, datetime] = {}
        self._added: dict[int, datetime] = {}

    async def may_approve(self, account: Account, event: FriendRequestEvent) -> bool:
        """轮到通过它了；这个人的申请刚办过（或正在办）为假。

        不看申请的 ``flag``：有的实现拿时刻当它，两个人同一秒来就相同。
        """
        key = hash((account, event.user_id))
        if self._recent(self._asked, key):
            return False
        self._note(self._asked, key)
        await self._spacing.wait(account)
        return True

    def failed(self, account: Account, event: FriendRequestEvent) -> None:
        """没通过成：再报来时再试。"""
        self._asked.pop(hash((account, event.user_id)), None)

    def added(self, account: Account, user_id: str) -> None:
        """他刚成了好友。"""
        self._note(self._added, hash((account, user_id)))

    def note(self, account: Account, event: Event) -> bool:
        """看一眼是不是“添加了好友”的通知。返回是不是。"""
        if not isinstance(event, FriendAddNoticeEvent):
            return False
        self.added(account, str(event.user_id))
        return True

    def is_new(self, account: Account, user_id: str) -> bool:
        """是不是刚成的好友。"""
        return self._recent(self._added, hash((account, user_id)))

    def _recent(self, kept: dict[int, datetime], key: int) -> bool:
        at = kept.get(key)
        return at is not None and timedelta() <= self._clock.now() - at <= NEW_FOR

    def _note(self, kept: dict[int, datetime], key: int) -> None:
        kept.pop(key, None)
        kept[key] = self._clock.now()
        if len(kept) > _MOST:
            del kept[next(iter(kept))]

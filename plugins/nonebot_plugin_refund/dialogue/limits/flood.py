"""限速：一个人说得太多、太快，不拖累别人，也不占满内存。

每条消息先问这里，问完才碰别的。三道限制各管一样：

- 排队：一个人最多有几句在等。机器人一时慢了，等着的也不会越积越多。
- 个人的额度：先攒着一批，用掉以后慢慢补。私聊与群里分开算。
- 群的额度：先过了个人的才算进群里，所以一个人刷屏用不光大家的。

没听的话不算数；第一次没听就说一声，此后一分钟里不再说，免得刷屏的人让机器人也刷屏。
全在内存里，条数有上限，重启就忘：最多多听几句。
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from ...clock import Clock
from ..base.incoming import Incoming, Kind
from .allowance import Allowance, Buckets, Key

_IN_PRIVATE = Allowance(30, 1.0)
_IN_GROUPS = Allowance(10, 0.5)
_GROUP = Allowance(30, 1.0)


@dataclass(frozen=True, slots=True)
class Limits:
    """各种上限。

    平常人打字，六秒答六个问题、十秒连发十句都碰不到；数是这样定的，不是测出来的。
    """

    waiting: int = 10
    """一个人最多有几句在等，不算正在办的那句。"""
    in_private: Allowance = _IN_PRIVATE
    in_groups: Allowance = _IN_GROUPS
    """一个人在所有的群里。"""
    group: Allowance = _GROUP
    """一个群里所有的人；比一个人的多得多，补得也快。"""
    told_every: timedelta = timedelta(minutes=1)
    """同一个人、同一个群，说一声“太快了”至少隔多久。"""
    remembered: int = 10_000
    """各记多少个人、群；多了先忘最久没说话的。"""


_PLENTY = Allowance(10**9, 10**9)
NO_LIMITS = Limits(waiting=10**9, in_private=_PLENTY, in_groups=_PLENTY, group=_PLENTY)
"""不限：重放对话时时间是写好的，一句接一句，不会自己走。"""


class Ruling(Enum):
    """一句话怎么办。"""

    HEARD = auto()
    """照常听。"""
    REFUSED = auto()
    """不听，说一声。"""
    IGNORED = auto()
    """不听，刚说过了，不再出声。"""


class FloodGuard:
    """记得谁最近说了多少。"""

    def __init__(self, limits: Limits, clock: Clock) -> None:
        self._limits = limits
        self._clock = clock
        self._private = Buckets(limits.in_private, limits.remembered)
        self._in_groups = Buckets(limits.in_groups, limits.remembered)
        self._groups = Buckets(limits.group, limits.remembered)
        self._told: OrderedDict[Key, datetime] = OrderedDict()

    def ruling(self, incoming: Incoming, waiting: int) -> Ruling:
        """这句话听不听；听就从额度里扣。

        Args:
            incoming: 刚收到的话。
            waiting: 这个人已经有几句在等。
        """
        now = self._clock.now()
        if waiting < self._limits.waiting and self._take(incoming, now):
            return Ruling.HEARD
        if incoming.kind is Kind.KEYWORD or self._told_lately(incoming, now):
            return Ruling.IGNORED
        self._told[_listener(incoming)] = now
        self._told.move_to_end(_listener(incoming))
        while len(self._told) > self._limits.remembered:
            self._told.popitem(last=False)
        return Ruling.REFUSED

    def ignores(self, incoming: Incoming, waiting: int) -> bool:
        """现在问 :meth:`ruling`，会不会是不听也不出声。什么也不改：收消息时先看一眼，省得为它走一遍事件处理。"""
        now = self._clock.now()
        if incoming.kind is Kind.KEYWORD or not self._told_lately(incoming, now):
            return False
        return waiting >= self._limits.waiting or not all(
            buckets.has(key, now) for buckets, key in self._allowances(incoming)
        )

    @property
    def remembered(self) -> int:
        """现在一共记着多少条。"""
        return len(self._told) + sum(len(buckets) for buckets in (self._private, self._in_groups, self._groups))

    def _take(self, incoming: Incoming, now: datetime) -> bool:
        # 先个人后群：个人那里就拦下的，不算进群里
        return all(buckets.take(key, now) for buckets, key in self._allowances(incoming))

    def _allowances(self, incoming: Incoming) -> "tuple[tuple[Buckets, Key], ...]":
        """要从哪几份额度里扣，依次。没叫我们的话另有冷却管着，也不该用掉他叫我们的额度。"""
        person = _anonymous(incoming)
        if incoming.kind is Kind.KEYWORD:
            return ()
        if incoming.group_id is None:
            return ((self._private, person),)
        return (self._in_groups, person), (self._groups, (incoming.platform, incoming.group_id))

    def _told_lately(self, incoming: Incoming, now: datetime) -> bool:
        told = self._told.get(_listener(incoming))
        # 钟往回拨过，就当没说过
        return told is not None and timedelta() <= now - told < self._limits.told_every


def _listener(incoming: Incoming) -> Key:
    """“太快了”说给谁听：私聊里是这个人，群里是整个群。"""
    if incoming.group_id is None:
        return _anonymous(incoming)
    return ("group", incoming.platform, incoming.group_id)


def _anonymous(incoming: Incoming) -> Key:
    """记的是散列，不是账号：他删了数据，这里也没有他。盐每次启动都换。"""
    return (str(hash((incoming.platform, incoming.user_id))),)

"""送达的设置。"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Self

from ..domain.days.reminders import QuietHours

_BATCH_LASTS = timedelta(seconds=60)
"""一批按间隔发完，大约这么久：再大的批，领到的要等太久。"""
_LARGEST_BATCH = 20
_SHORTEST_LEASE = timedelta(seconds=120)
_WAITS_PER_SEND = 4
"""一次送达里最多有几次要等到超时：查历史、查好友、发，再留一次余量。"""


@dataclass(frozen=True)
class DeliverySettings:
    """时长都是 ``timedelta``。一批的大小和租约要与间隔、超时相称，用 :meth:`paced` 按它们推出来。"""

    quiet: QuietHours = field(default_factory=QuietHours)
    """安静时段（上海时间）。"""
    mentions: bool = True
    """没设过的群，可不可以点名。"""
    spacing: timedelta = timedelta(seconds=1.5)
    """同一账号两次发送至少隔多久；QQ 端经验值是 1.1 秒以上。"""
    jitter: timedelta = timedelta(seconds=1)
    """间隔之外再随机加多少。"""
    batch: int = _LARGEST_BATCH
    """一次领取几个人的。"""
    lease: timedelta = timedelta(seconds=120)
    """领走之后多久没有动静就算那个进程死了。"""
    send_timeout: timedelta = timedelta(seconds=20)
    """一次发送最多等多久；NoneBot 自己 30 秒超时。"""
    reconcile_delay: timedelta = timedelta(seconds=20)
    """结果不明之后多久去查历史记录：晚到的消息要给它时间；再一次不明就三倍。"""
    offline_delay: timedelta = timedelta(seconds=10)
    """领取之后才发现账号掉线，多久再试。"""
    backoff_base: timedelta = timedelta(minutes=1)
    backoff_cap: timedelta = timedelta(hours=6)
    lookup_cap: timedelta = timedelta(minutes=15)
    """查不到好友的，最多隔多久再查。"""
    max_failures: int = 8
    """日子过了以后，被明确拒绝满几次不再重试；没过就一直试。"""
    unreachable_tries: int = 3
    """名单上是好友却说不是好友：刚通过申请的会这样一阵子，试几次再换路。"""
    max_unknowns: int = 3
    """查不清的不明满几次之后不再推送，等本人下次说话时补上。"""
    longest_text: int = 900
    """几条合成一条消息，最多这么多字；再长就分开发。"""
    wait_for_person: timedelta = timedelta(days=60)
    """等本人说话最多等多久，之后转给运营者看。"""
    longest_sleep: timedelta = timedelta(seconds=5)
    """最多睡多久就看一眼：墙上的钟会被拨动。"""
    shutdown_grace: timedelta = timedelta(seconds=1.5)
    """停机时等正在路上的消息多久；整个停机要在 5 秒之内（见 ``chat/winding_down.py``）。"""

    @classmethod
    def paced(cls, spacing: timedelta, jitter: timedelta, send_timeout: timedelta, **others: Any) -> Self:
        """按间隔和超时推出一批多大、租约多长：排在一批最后的，轮到他时租约也还没过。

        Args:
            others: 其余的设置。
        """
        pace = spacing + jitter
        batch = max(1, min(_LARGEST_BATCH, int(_BATCH_LASTS / pace))) if pace else _LARGEST_BATCH
        # 每个人可能要占两个发送时刻：私聊到不了，再去群里点名
        needed = pace * 2 * batch + send_timeout * _WAITS_PER_SEND
        return cls(
            spacing=spacing,
            jitter=jitter,
            send_timeout=send_timeout,
            batch=batch,
            lease=max(_SHORTEST_LEASE, needed),
            **others,
        )

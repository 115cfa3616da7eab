"""送达的设置。"""

from dataclasses import dataclass, field
from datetime import timedelta

from ..domain.reminders import QuietHours


@dataclass(frozen=True)
class DeliverySettings:
    """时长都是 ``timedelta``。租约要比一批的间隔之和、也比一次发送的超时长。"""

    quiet: QuietHours = field(default_factory=QuietHours)
    """安静时段（上海时间）。"""
    mentions: bool = True
    """没设过的群，可不可以点名。"""
    spacing: timedelta = timedelta(seconds=1.5)
    """同一账号两次发送至少隔多久；QQ 端经验值是 1.1 秒以上。"""
    jitter: timedelta = timedelta(seconds=1)
    """间隔之外再随机加多少。"""
    batch: int = 20
    """一次领取几条。"""
    lease: timedelta = timedelta(seconds=120)
    """领走之后多久没有动静就算那个进程死了。"""
    send_timeout: timedelta = timedelta(seconds=45)
    """一次发送最多等多久；NoneBot 自己 30 秒超时。"""
    reconcile_delay: timedelta = timedelta(seconds=20)
    """结果不明之后多久去查历史记录：晚到的消息要给它时间。"""
    offline_delay: timedelta = timedelta(seconds=10)
    """领取之后才发现账号掉线，多久再试。"""
    backoff_base: timedelta = timedelta(minutes=1)
    backoff_cap: timedelta = timedelta(hours=6)
    max_failures: int = 8
    """被明确拒绝几次之后不再重试。"""
    unreachable_tries: int = 3
    """名单上是好友却说不是好友：刚通过申请的会这样一阵子，试几次再换路。"""
    max_unknowns: int = 3
    """结果不明几次之后不再推送，等本人下次说话时补上。"""
    wait_for_person: timedelta = timedelta(days=60)
    """等本人说话最多等多久，之后转给运营者看。"""
    longest_sleep: timedelta = timedelta(seconds=5)
    """最多睡多久就看一眼：墙上的钟会被拨动。"""
    shutdown_grace: timedelta = timedelta(seconds=1.5)
    """停机时等正在路上的消息多久；整个停机要在 5 秒之内（见 ``chat/winding_down.py``）。"""

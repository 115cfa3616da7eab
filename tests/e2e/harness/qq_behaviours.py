"""假 QQ 会出的各种毛病。

返回码与措辞取自各实现的源码与问题报告：NapCat 与 LLBot 1200，go-cqhttp 与 SnowLuma 100，Lagrange 直接给 QQ 的结果码。
"""

from dataclasses import dataclass
from enum import Enum, auto


class Fate(Enum):
    """一次调用的下场。"""

    ACCEPT = auto()
    """送到，正常回音。"""
    REJECT = auto()
    """没送到，回音说失败。"""
    IGNORE = auto()
    """没送到，永不回音。"""
    SWALLOW = auto()
    """送到了，但回音丢了。"""
    LATE = auto()
    """送到了，回音迟到。"""
    TWICE = auto()
    """送到了，回音来了两遍。"""
    CUT_BEFORE = auto()
    """没送到，连接断了。"""
    CUT_AFTER = auto()
    """送到了，没等回音连接断了。"""


DELIVERING = frozenset({Fate.ACCEPT, Fate.SWALLOW, Fate.LATE, Fate.TWICE, Fate.CUT_AFTER})


@dataclass(frozen=True)
class Behaviour:
    """对下一次发送怎么反应。"""

    fate: Fate = Fate.ACCEPT
    retcode: int = 0
    wording: str = ""
    delay: float = 0.0
    """迟到多久，单位秒。"""


NOT_FRIEND_NAPCAT = Behaviour(
    Fate.REJECT,
    1200,
    'EventChecker Failed: NTEvent serviceAndMethod:NodeIKernelMsgService/sendMsg EventRet:\n{"result": 16,'
    '"errMsg": "发送失败，请先添加对方为好友"}',
)
MUTED_LLBOT = Behaviour(Fate.REJECT, 1200, "当前处于被禁言状态")
PICTURE_REFUSED_NAPCAT = Behaviour(Fate.REJECT, 1200, "-1 rich media transfer failed")

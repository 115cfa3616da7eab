"""看懂 OneBot V11 各家实现的失败：看文字和里面的数字，不看 retcode。

go-cqhttp 一律答 100，NapCat 与 LLBot 一律答 1200，Lagrange 把 QQ 的结果码直接当 retcode；
真正说明原因的是 QQ 发送接口的结果码，藏在各家的文字里。
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from ..messenger import Muted, NotConnected, OutcomeUnknown, Rejected, RejectionKind


class FailureKind(StrEnum):
    """失败的种类：三种拒绝，QQ 掉线，或说不清。"""

    TRANSIENT = "transient"
    UNREACHABLE = "unreachable"
    PERMANENT = "permanent"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Failure:
    """一次失败：种类，以及实现自己的码和原话。"""

    kind: FailureKind
    code: str
    wording: str
    timed_out: bool = False
    """是等不到 QQ 的回音，不是被退了回来。"""
    muted: bool = False
    """是在那个群里被禁言。"""

    def as_error(self) -> Rejected | OutcomeUnknown | NotConnected:
        """换成发送时该抛的异常。"""
        if self.kind is FailureKind.UNKNOWN:
            return OutcomeUnknown(self.wording, self.code, answered=not self.timed_out)
        if self.kind is FailureKind.OFFLINE:
            return NotConnected(f"{self.code} {self.wording}")
        rejected = Muted if self.muted else Rejected
        return rejected(RejectionKind(self.kind), self.code, self.wording)


_BY_RESULT = {
    16: FailureKind.UNREACHABLE,  # 请先添加对方为好友
    102: FailureKind.UNREACHABLE,  # 与对方不在共同的群
    110: FailureKind.UNREACHABLE,  # 已被移出该群
    120: FailureKind.TRANSIENT,  # 被禁言，会解除
    241: FailureKind.TRANSIENT,  # 太频繁
    299: FailureKind.TRANSIENT,  # 群的发言上限
    34: FailureKind.PERMANENT,  # 太长，照原样再发也不行
    1006514: FailureKind.OFFLINE,  # 网络连接异常：QQ 掉了线，当场答的
}
"""QQ 发送接口的结果码。"""

_MUTED = 120
_BY_RETCODE = {
    "1400": FailureKind.PERMANENT,  # 参数不对
    "1403": FailureKind.PERMANENT,  # token 不对
    "1404": FailureKind.PERMANENT,  # 没有这个动作
    "404": FailureKind.PERMANENT,  # 没有这个动作（Lagrange、go-cqhttp）
    "9000": FailureKind.UNKNOWN,  # Lagrange：没拿到序号，发没发出说不准
}

_WORDS: tuple[tuple[re.Pattern[str], FailureKind], ...] = (
    # 超时要先看：NapCat 的超时文字里也带着 "result": 0
    (re.compile(r"timeout|timed out|超时", re.IGNORECASE), FailureKind.UNKNOWN),
    (re.compile(r"网络连接异常|[账帐]号?已(?:离线|掉线)|kicked offline", re.IGNORECASE), FailureKind.OFFLINE),
    (re.compile(r"添加对方为好友|不是好友|非好友|无法获取用户信息|不在共同的群|移出该群"), FailureKind.UNREACHABLE),
    (re.compile(r"禁言|频繁|上限"), FailureKind.TRANSIENT),
    (re.compile(r"rich media transfer failed", re.IGNORECASE), FailureKind.TRANSIENT),
    # go-cqhttp 什么缘故都只答这一句，送到了也会这样答
    (re.compile(r"SEND_MSG_API_ERROR"), FailureKind.UNKNOWN),
)

_RESULT = re.compile(r"""["']?\bresult["']?\s*[:=]\s*(\d+)|\bcode\s*=\s*(\d+)""")


def classify_failure(retcode: object, wording: str) -> Failure:
    """判断一次 ``status == "failed"`` 的回答。

    Args:
        retcode: 回答里的 retcode，原样。
        wording: 回答里的 wording 与 message，连在一起，原样。

    Returns:
        种类与原话。认不出的算说不清：确有“说失败却送到了”的，盲目重发会发两遍，宁可先查历史。
    """
    code = str(retcode)
    result = _result_number(wording)
    if _WORDS[0][0].search(wording):
        return Failure(FailureKind.UNKNOWN, code, wording, timed_out=True)
    if result is None and not wording.strip() and code.isdigit():
        result = int(code)
    if result in _BY_RESULT:
        return Failure(_BY_RESULT[result], str(result), wording, muted=result == _MUTED)
    for pattern, kind in _WORDS:
        if pattern.search(wording):
            return Failure(kind, code, wording, muted="禁言" in wording)
    return Failure(_BY_RETCODE.get(code, FailureKind.UNKNOWN), code, wording)


def _result_number(wording: str) -> int | None:
    found = _RESULT.search(wording)
    return None if found is None else int(found[1] or found[2])

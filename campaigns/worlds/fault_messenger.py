"""会出各种毛病的对方：毛病由种子定，返回码与措辞取自各家实现的源码与问题报告。

它自己记着每次被叫、每次送到；发件箱对不对只看这本账。
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from nonebot_plugin_refund.delivery.faults.classify_failure import classify_failure
from nonebot_plugin_refund.delivery.messenger import Account, NotConnected, OutcomeUnknown, Receipt

from .simulated import ACCOUNT


class Fault(Enum):
    """一次发送怎样出毛病。"""

    NONE = "正常收下"
    NO_NUMBER = "收下但不给消息号"
    SWALLOWED = "收下但回音丢了"
    LOST = "没收到也没有回音"
    LATE = "收下，回音晚过租约，期间别处接走"
    HANGING = "收下，永不回音"
    DROPPED_BEFORE = "没送到，连接断了"
    DROPPED_AFTER = "送到了，连接断了"
    OFFLINE = "出手时已掉线"
    BROKEN = "适配器抛出意外的错"
    NOT_FRIEND = "不是好友"
    MUTED = "禁言"
    TOO_OFTEN = "太频繁"
    RISK = "风控，其实没送到"
    RISK_DELIVERED = "风控，其实送到了"
    REFUSED = "说不清的失败，其实没送到"
    FAILED_BUT_DELIVERED = "说失败，其实送到了"
    TOO_LONG = "太长"


_NAPCAT = (
    "EventChecker Failed: NTEvent serviceAndMethod:NodeIKernelMsgService/sendMsg EventRet:\n"
    '{"result": %d,"errMsg": "%s"}'
)
_TIMEOUT = 'Timeout: NTEvent serviceAndMethod:NodeIKernelMsgService/sendMsg EventRet:\n{"result": 0,"errMsg": ""}'
_GO_CQHTTP = "SEND_MSG_API_ERROR 请参考 go-cqhttp 端输出"

WORDINGS: dict[Fault, tuple[tuple[int, str], ...]] = {
    Fault.NOT_FRIEND: (
        (1200, _NAPCAT % (16, "发送失败，请先添加对方为好友")),
        (1200, "发送消息失败 (code=16): 发送失败，请先添加对方为好友"),
        (100, "send private message rejected: result=16 err=请先添加对方为好友"),
        (16, ""),
        (1200, "无法获取用户信息"),
    ),
    Fault.MUTED: ((1200, "当前处于被禁言状态"), (120, ""), (1200, _NAPCAT % (120, "禁言中"))),
    Fault.TOO_OFTEN: ((241, ""), (1200, _NAPCAT % (241, "发送频繁")), (299, "")),
    Fault.RISK: ((1200, _TIMEOUT), (1200, "waitForSelfEcho timeout"), (9000, "")),
    Fault.RISK_DELIVERED: ((1200, _TIMEOUT), (1200, "waitForSelfEcho timeout")),
    Fault.REFUSED: ((100, _GO_CQHTTP), (1200, "未知错误"), (1, "")),
    Fault.FAILED_BUT_DELIVERED: ((1200, "retcode -1"), (100, _GO_CQHTTP), (100, ""), (9000, "")),
    Fault.TOO_LONG: ((34, ""), (1200, _NAPCAT % (34, "消息过长"))),
}
"""失败的返回码与措辞。"""

DELIVERED = frozenset(
    {
        Fault.NONE,
        Fault.NO_NUMBER,
        Fault.SWALLOWED,
        Fault.LATE,
        Fault.HANGING,
        Fault.DROPPED_AFTER,
        Fault.RISK_DELIVERED,
        Fault.FAILED_BUT_DELIVERED,
    }
)
"""其实送到了的。"""

UNCLEAR = frozenset(
    {
        Fault.SWALLOWED,
        Fault.LOST,
        Fault.LATE,
        Fault.HANGING,
        Fault.DROPPED_BEFORE,
        Fault.DROPPED_AFTER,
        Fault.BROKEN,
        Fault.RISK,
        Fault.RISK_DELIVERED,
        Fault.REFUSED,
        Fault.FAILED_BUT_DELIVERED,
    }
)
"""发件箱无从知道送没送到的。"""


@dataclass(frozen=True)
class Call:
    """一次被叫。"""

    moment: datetime
    where: str
    """``private``、``group 群号`` 或 ``reply``。"""
    user_id: str
    text: str
    fault: Fault

    @property
    def delivered(self) -> bool:
        """对方真的收到了吗。"""
        return self.fault in DELIVERED


@dataclass
class FaultyMessenger:
    """出毛病的对方。

    Attributes:
        odds: 出毛病的机会，0 到 1；为 0 就是好的。
        friends: 谁现在是好友；没有的都算。
        looked_up: 上一次答的是不是好友：发件箱只能知道到这里。两批同时在发，各看自己问到的。
        during_call: 送到之后、回音之前要发生的事（回音晚到时）。
        before_answer: 查好友时顺便发生的事：用户正好在这时改了主意。
    """

    chance: random.Random
    now: Callable[[], datetime]
    odds: float = 0.5
    history: bool = False
    friends: dict[str, bool] = field(default_factory=dict)
    looked_up: dict[tuple[object, str], bool | None] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    during_call: Callable[[], Awaitable[None]] | None = None
    before_answer: Callable[[str], Awaitable[None]] | None = None
    judge_call: Callable[[str, str, str], Awaitable[None]] | None = None
    """每次被叫时对照承诺：``(where, user_id, text)``。"""
    connected: bool = True

    def connected_accounts(self) -> set[Account]:
        """连着的账号。"""
        return {ACCOUNT} if self.connected else set()

    async def is_friend(self, account: Account, user_id: str) -> bool | None:
        """查好友；有时查不到，有时查的工夫用户改了主意。"""
        if self.before_answer is not None:
            await self.before_answer(user_id)
        answer = None if self.chance.random() < self.odds / 10 else self.friends.get(user_id, True)
        self.looked_up[asyncio.current_task(), user_id] = answer
        return answer

    def knows_friend(self, user_id: str) -> bool:
        """正在发的这一批问过，答的是好友。"""
        return self.looked_up.get((asyncio.current_task(), user_id)) is True

    async def send_private(self, account: Account, user_id: str, text: str) -> Receipt:
        """私聊。"""
        return await self._call("private", user_id, text)

    async def mention_in_group(self, account: Account, group_id: str, user_id: str, text: str) -> Receipt:
        """群里点名。"""
        return await self._call(f"group {group_id}", user_id, text)

    async def reply(self, user_id: str, text: str) -> Receipt:
        """回复用户刚说的话。"""
        return await self._call("reply", user_id, text)

    async def sent_recently(self, account: Account, user_id: str, text: str, since: datetime) -> bool | None:
        """翻记录：有的实现没有，有时翻不出来；翻得出来就是真的。"""
        if not self.history or self.chance.random() < self.odds / 5:
            return None
        return any(
            call.delivered and call.user_id == user_id and text in call.text and call.moment >= since
            for call in self.calls
            if not call.where.startswith("group")
        )

    async def _call(self, where: str, user_id: str, text: str) -> Receipt:
        if self.judge_call is not None:
            await self.judge_call(where, user_id, text)
        fault = self._pick(where, user_id)
        self.calls.append(Call(self.now(), where, user_id, text, fault))
        number = len(self.calls)
        await asyncio.sleep(0)
        if fault is Fault.LATE and self.during_call is not None:
            await self.during_call()
        if fault in WORDINGS:
            retcode, wording = self.chance.choice(WORDINGS[fault])
            raise classify_failure(retcode, wording).as_error()
        if fault is Fault.OFFLINE:
            raise NotConnected("ApiNotAvailable")
        if fault is Fault.BROKEN:
            raise KeyError("data")
        if fault is Fault.HANGING:
            # 与等满时限一样的结局，不必真的等
            raise TimeoutError
        if fault in UNCLEAR and fault is not Fault.LATE:
            self.connected = self.connected and fault not in (Fault.DROPPED_BEFORE, Fault.DROPPED_AFTER)
            raise OutcomeUnknown("WebSocket call api send_private_msg timeout")
        return Receipt(None if fault is Fault.NO_NUMBER else f"m{number}")

    def _pick(self, where: str, user_id: str) -> Fault:
        if where == "private" and not self.friends.get(user_id, True):
            return Fault.NOT_FRIEND
        if self.chance.random() >= self.odds:
            return Fault.NONE
        fault = self.chance.choice([each for each in Fault if each is not Fault.NONE])
        # 晚到的回音里要再开一个进程，点名和回复时不必；太长的再试也一样，少来一些
        if (fault is Fault.LATE and where != "private") or (fault is Fault.TOO_LONG and self.chance.random() < 0.7):
            return Fault.NONE
        return fault

"""发消息的接口：由 ``chat`` 一层实现；这里定下发一次有哪几种结果。"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, order=True)
class Account:
    """一个机器人账号。"""

    platform: str
    self_id: str


@dataclass(frozen=True)
class Receipt:
    """对方收下了；有的实现不给消息号。"""

    message_id: str | None = None


class RejectionKind(StrEnum):
    """被拒绝之后该怎么办。"""

    TRANSIENT = "transient"
    """过一会儿再试。"""
    UNREACHABLE = "unreachable"
    """这条路到不了这个人，换一条路。"""
    PERMANENT = "permanent"
    """再试也一样，交给运营者。"""


class Rejected(Exception):
    """明确没有发出。``code``、``wording`` 是那边实现的原话。"""

    def __init__(self, kind: RejectionKind, code: str, wording: str) -> None:
        super().__init__(f"{kind}: {code} {wording}")
        self.kind = kind
        self.code = code
        self.wording = wording


class Muted(Rejected):
    """在这个群里正被禁言：解除之前别再往里发，换成文字也不行。"""


class OutcomeUnknown(Exception):
    """可能发出了，也可能没有：超时、连接断在半路、对方说不清。"""

    def __init__(self, wording: str, code: str = "", *, answered: bool = False) -> None:
        super().__init__(f"{code} {wording}".strip())
        self.code = code
        self.wording = wording
        self.answered = answered
        """对方答了失败，只是说不清是哪一种；没有等到回答为假。"""


class NotConnected(Exception):
    """账号不在线（没有连上，或连着的实现说 QQ 掉了线），一个字也没有发出去。"""


class Messenger(Protocol):
    """能发消息的东西。发送的方法只有四种结局：返回、``Rejected``、``OutcomeUnknown``、``NotConnected``。

    抛出别的异常按“不知道发没发出”处理。
    """

    def connected_accounts(self) -> set[Account]:
        """现在在线的机器人账号；连着、QQ 却掉了线的不算。"""
        ...

    async def is_friend(self, account: Account, user_id: str) -> bool | None:
        """对方是好友吗；现在查不到为 ``None``。没有好友一说的平台（如终端）返回 ``True``。"""
        ...

    async def send_private(self, account: Account, user_id: str, text: str) -> Receipt:
        """发给好友。不许带群号：有的实现查不到人时会把它发进群里。"""
        ...

    async def mention_in_group(self, account: Account, group_id: str, user_id: str, text: str) -> Receipt:
        """在群里点名。"""
        ...

    async def sent_recently(self, account: Account, user_id: str, text: str, since: datetime) -> bool | None:
        """``since`` 以来我们发给他的私聊里，有没有一条包含 ``text``。

        只有确实查过、查全了才答 ``True`` 或 ``False``；实现不提供历史记录或没查成为 ``None``。
        """
        ...

"""假的聊天平台：对话和送达的测试都用它，没有连着的 QQ 也没有网络。"""

import asyncio
from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from nonebot_plugin_refund.delivery.messenger import Account, OutcomeUnknown, Receipt

if TYPE_CHECKING:
    from collections.abc import Callable

Behaviour = str | Exception
"""``accept``；``deliver_then_lose``（送到了但没有回音）；``lose``（没送到也没有回音）；``hang``；或要抛的异常。"""


class FakeMessenger:
    """假的聊天平台：``received`` 是对方真正收到的 ``(往哪里, 给谁, 说了什么)``，独立于我们库里怎么记。"""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.connected = {account}
        self.friends: dict[str, bool | Exception | None] = {}
        """没写的照 ``strangers_are_friends``。"""
        self.strangers_are_friends = True
        self.behaviours: dict[str, list[Behaviour]] = defaultdict(list)
        """对每个人接下来几次怎样；没写的都收下。"""
        self.failure: Exception | None = None
        """不空时发什么都抛它。"""
        self.received: list[tuple[str, str, str]] = []
        self.calls: list[tuple[str, str, str]] = []
        self.history_offered = False
        self.before_delivery: Callable[[], Any] | None = None
        self.at_each_step: Callable[[str], None] = lambda _: None
        """走到调用的每一处边界时叫它；崩溃的测试在这里崩。"""

    @property
    def online(self) -> bool:
        """账号连着吗。"""
        return self.account in self.connected

    @online.setter
    def online(self, value: bool) -> None:
        self.connected = {self.account} if value else set()

    def connected_accounts(self) -> set[Account]:
        return set(self.connected)

    async def is_friend(self, account: Account, user_id: str) -> bool | None:
        answer = self.friends.get(user_id, self.strangers_are_friends)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def send_private(self, account: Account, user_id: str, text: str) -> Receipt:
        return await self._send("private", user_id, text)

    async def mention_in_group(self, account: Account, group_id: str, user_id: str, text: str) -> Receipt:
        return await self._send(f"group {group_id}", user_id, text)

    async def sent_recently(self, account: Account, user_id: str, text: str, since: datetime) -> bool | None:
        if not self.history_offered:
            return None
        return any(text in received for where, to, received in self.received if to == user_id and where == "private")

    async def _send(self, where: str, user_id: str, text: str) -> Receipt:
        self.at_each_step("before socket write")
        self.calls.append((where, user_id, text))
        if self.before_delivery is not None:
            await self.before_delivery()
        if self.failure is not None:
            raise self.failure
        script = self.behaviours[user_id]
        behaviour = script.pop(0) if script else "accept"
        if isinstance(behaviour, Exception):
            raise behaviour
        if behaviour == "hang":
            await asyncio.Event().wait()
        if behaviour != "lose":
            self.received.append((where, user_id, text))
        self.at_each_step("before receipt")
        if behaviour in ("lose", "deliver_then_lose"):
            raise OutcomeUnknown("WebSocket call api send_private_msg timeout")
        return Receipt(f"m{len(self.received)}")

    def received_by(self, user_id: str) -> list[str]:
        """他收到过的全部推送和点名。"""
        return [text for _, to, text in self.received if to == user_id]

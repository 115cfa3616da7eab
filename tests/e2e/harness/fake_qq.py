"""假 QQ：一个 OneBot V11 实现，用反向 WebSocket 连到真正的机器人，也会像真的那样出各种毛病。

它自己记着收到的每次调用（`receipts`）和真正「送到了人手里」的每条消息（`delivered`），测试只看这两样。
"""

import asyncio
import json
import time
import zlib
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.e2e.harness.qq_behaviours import DELIVERING, Behaviour, Fate

SENDING = frozenset({"send_msg", "send_private_msg", "send_group_msg", "upload_private_file", "upload_group_file"})


@dataclass(frozen=True)
class Receipt:
    """一次调用。"""

    action: str
    params: dict[str, Any]
    fate: Fate
    message_id: int | None


@dataclass(frozen=True)
class Delivered:
    """真正送到的一条消息。"""

    user_id: int | None
    group_id: int | None
    text: str
    segments: tuple[dict[str, Any], ...]
    message_id: int
    at: float
    """什么时候送到的，Unix 秒；查聊天记录时照着答。"""


@dataclass
class FakeQQ:
    """一个 QQ 账号。`async with FakeQQ(url)` 连上，离开时断开。"""

    url: str
    self_id: int = 10001
    token: str | None = None
    message_format: Literal["array", "string"] = "array"
    friends: set[int] = field(default_factory=set)
    roles: dict[tuple[int, int], str] = field(default_factory=dict)
    """（群号，QQ 号）-> 身份；查不到的人，上报时没有 role。"""
    has_history: bool = True
    """这个实现支不支持查私聊记录。"""
    known_messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    """别人的消息，`get_msg` 照着答，原样。"""
    missing: frozenset[str] = frozenset()
    """这个实现没有的接口，一律答 1404。"""
    clock: Callable[[], float] = time.time
    """QQ 那边的钟，Unix 秒。机器人的时间拨快了，要它们对得上就得一起拨。"""
    receipts: list[Receipt] = field(default_factory=list)
    delivered: list[Delivered] = field(default_factory=list)

    _plans: deque[tuple[Callable[[str, dict[str, Any]], bool], Behaviour]] = field(default_factory=deque)
    _numbers: int = 0
    _socket: ClientConnection | None = None
    _listener: asyncio.Task[None] | None = None
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def __aenter__(self) -> Self:
        await self.connect()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.disconnect()

    # ---- 连接 ----

    async def connect(self) -> None:
        """连上机器人并报到。

        Raises:
            websockets.exceptions.InvalidStatus: 口令不对，或同一账号已经连着。
        """
        headers = {"X-Self-ID": str(self.self_id), "X-Client-Role": "Universal"}
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        self._socket = await connect(self.url, additional_headers=headers, proxy=None)
        self._listener = asyncio.create_task(self._listen(self._socket))
        await self._report({"post_type": "meta_event", "meta_event_type": "lifecycle", "sub_type": "connect"})
        await self.heartbeat()

    async def disconnect(self) -> None:
        """断开。没连着时什么也不做。"""
        if self._socket is not None:
            await self._socket.close()
        if self._listener is not None:
            self._listener.cancel()
            with suppress(asyncio.CancelledError):
                await self._listener
        self._socket = self._listener = None

    async def heartbeat(self) -> None:
        """报一次心跳。"""
        status = {"online": True, "good": True}
        await self._report(
            {"post_type": "meta_event", "meta_event_type": "heartbeat", "status": status, "interval": 30000}
        )

    async def raw(self, frame: str) -> None:
        """原样送一帧过去，是不是 JSON 都行。"""
        assert self._socket is not None, "还没有连接"
        await self._socket.send(frame)

    async def closed(self, seconds: float = 10.0) -> None:
        """等机器人断开这条连接。"""
        assert self._socket is not None, "还没有连接"
        await asyncio.wait_for(self._socket.wait_closed(), seconds)

    # ---- 用户说话 ----

    async def say_private(
        self, user_id: int, message: str | list[dict[str, Any]], *, times: int = 1, **changes: Any
    ) -> int:
        """某人私聊机器人一句话；返回消息号。`times` 大于 1 是同一条消息重复上报。"""
        return await self._say(
            {"message_type": "private", "sub_type": "friend", "user_id": user_id, "sender": _sender(user_id)},
            message,
            times,
            changes,
        )

    async def say_group(
        self, group_id: int, user_id: int, message: str | list[dict[str, Any]], *, times: int = 1, **changes: Any
    ) -> int:
        """某人在群里说一句话；返回消息号。"""
        role = self.roles.get((group_id, user_id))
        sender = _sender(user_id, role=role) if role else _sender(user_id)
        report = {"message_type": "group", "sub_type": "normal", "group_id": group_id, "user_id": user_id}
        return await self._say(report | {"sender": sender}, message, times, changes)

    async def notice(self, notice_type: str, **fields: Any) -> None:
        """报一个通知，例如 `friend_add`、`group_ban`。"""
        await self._report({"post_type": "notice", "notice_type": notice_type, **fields})

    # ---- 出毛病 ----

    def next_send(self, behaviour: Behaviour, *, user_id: int | None = None, group_id: int | None = None) -> None:
        """安排下一次（发给这个人或这个群的）发送的下场；没有安排的都正常送到。"""

        def matches(action: str, params: dict[str, Any]) -> bool:
            return (
                action in SENDING
                and (user_id is None or params.get("user_id") == user_id)
                and (group_id is None or params.get("group_id") == group_id)
            )

        self._plans.append((matches, behaviour))

    # ---- 等结果 ----

    def texts_to(self, user_id: int) -> list[str]:
        """私聊送到某人手里的全部文字，按先后。"""
        return [message.text for message in self.delivered if message.user_id == user_id and message.group_id is None]

    def texts_in(self, group_id: int) -> list[str]:
        """送到某群的全部文字，按先后。"""
        return [message.text for message in self.delivered if message.group_id == group_id]

    async def wait_until(self, happened: Callable[[], bool], seconds: float = 60.0) -> None:
        """等到某事发生；每有一次调用就看一遍。

        Raises:
            TimeoutError: 等了 `seconds` 秒还没发生。
        """
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(happened)

    async def ask_private(self, user_id: int, text: str, seconds: float = 60.0) -> str:
        """私聊说一句，等到回答，返回这句之后的第一条回答。"""
        before = len(self.texts_to(user_id))
        await self.say_private(user_id, text)
        await self.wait_until(lambda: len(self.texts_to(user_id)) > before, seconds)
        return self.texts_to(user_id)[before]

    async def ask_group(self, group_id: int, user_id: int, text: str, seconds: float = 60.0) -> str:
        """群里说一句，等到回答，返回这句之后的第一条回答。"""
        before = len(self.texts_in(group_id))
        await self.say_group(group_id, user_id, text)
        await self.wait_until(lambda: len(self.texts_in(group_id)) > before, seconds)
        return self.texts_in(group_id)[before]

    # ---- 里面 ----

    def _new_message_id(self) -> int:
        """像真的一样：32 位有符号数，常为负。"""
        self._numbers += 1
        number = zlib.crc32(f"{self.self_id}:{self._numbers}".encode())
        return number - 2**32 if number >= 2**31 else number

    async def _say(
        self, report: dict[str, Any], message: str | list[dict[str, Any]], times: int, changes: dict[str, Any]
    ) -> int:
        segments = [{"type": "text", "data": {"text": message}}] if isinstance(message, str) else message
        message_id = self._new_message_id()
        as_string = "".join(_cq(segment) for segment in segments)
        event = {
            "post_type": "message",
            "message_id": message_id,
            "message": as_string if self.message_format == "string" else segments,
            "raw_message": as_string,
            "font": 14,
            **report,
            **changes,
        }
        for _ in range(times):
            await self._report(event)
        return message_id

    async def _report(self, event: dict[str, Any]) -> None:
        assert self._socket is not None, "还没有连接"
        stamp = int(asyncio.get_running_loop().time()) + 1_795_000_000
        await self._socket.send(json.dumps({"time": stamp, "self_id": self.self_id, **event}, ensure_ascii=False))

    async def _listen(self, socket: ClientConnection) -> None:
        with suppress(ConnectionClosed):
            async for frame in socket:
                call = json.loads(frame)
                await self._answer(socket, call["action"], call.get("params") or {}, call.get("echo"))

    async def _answer(self, socket: ClientConnection, action: str, params: dict[str, Any], echo: Any) -> None:
        behaviour = self._planned(action, params)
        message_id = self._deliver(action, params) if behaviour.fate in DELIVERING else None
        self.receipts.append(Receipt(action, params, behaviour.fate, message_id))
        async with self._changed:
            self._changed.notify_all()
        if behaviour.fate in (Fate.IGNORE, Fate.SWALLOW):
            return
        if behaviour.fate in (Fate.CUT_BEFORE, Fate.CUT_AFTER):
            await socket.close()
            return
        answer = json.dumps(self._result(action, params, behaviour, message_id) | {"echo": echo}, ensure_ascii=False)
        if behaviour.fate is Fate.LATE:
            asyncio.get_running_loop().call_later(
                behaviour.delay, lambda: asyncio.ensure_future(_send_quietly(socket, answer))
            )
            return
        await socket.send(answer)
        if behaviour.fate is Fate.TWICE:
            await socket.send(answer)

    def _planned(self, action: str, params: dict[str, Any]) -> Behaviour:
        if action in self.missing:
            return Behaviour(Fate.REJECT, 1404, f"不支持的Api {action}")
        for plan in self._plans:
            matches, behaviour = plan
            if matches(action, params):
                self._plans.remove(plan)
                return behaviour
        return Behaviour()

    def _deliver(self, action: str, params: dict[str, Any]) -> int | None:
        if action not in SENDING:
            return None
        group_id = None if params.get("message_type") == "private" else params.get("group_id")
        segments = _segments_of(params)
        text = "".join(segment["data"].get("text", "") for segment in segments if segment["type"] == "text")
        message_id = self._new_message_id()
        self.delivered.append(
            Delivered(params.get("user_id"), group_id, text, tuple(segments), message_id, self.clock())
        )
        return message_id

    def _result(
        self, action: str, params: dict[str, Any], behaviour: Behaviour, message_id: int | None
    ) -> dict[str, Any]:
        if behaviour.fate is Fate.REJECT:
            words = behaviour.wording
            return {"status": "failed", "retcode": behaviour.retcode, "data": None, "message": words, "wording": words}
        if message_id is not None:
            return _ok({"message_id": message_id})
        answers: dict[str, Callable[[dict[str, Any]], Any]] = {
            "get_login_info": lambda _: {"user_id": self.self_id, "nickname": "机器人"},
            "get_friend_list": lambda _: [{"user_id": user, "nickname": "好友"} for user in sorted(self.friends)],
            "get_group_list": lambda _: [{"group_id": group} for group in sorted({group for group, _ in self.roles})],
            "get_group_member_info": self._member,
            "get_version_info": lambda _: {"app_name": "FakeQQ", "app_version": "1", "protocol_version": "v11"},
            "get_status": lambda _: {"online": True, "good": True},
            "get_msg": self._message,
            "set_friend_add_request": lambda _: None,
        }
        if self.has_history:
            answers["get_friend_msg_history"] = self._history
        if action not in answers:
            return {"status": "failed", "retcode": 1404, "data": None, "message": f"不支持的Api {action}"}
        data = answers[action](params)
        if data is None and action in ("get_msg", "get_group_member_info"):
            return {"status": "failed", "retcode": 1200, "data": None, "message": "消息不存在", "wording": "消息不存在"}
        return _ok(data)

    def _member(self, params: dict[str, Any]) -> dict[str, Any] | None:
        role = self.roles.get((int(params["group_id"]), int(params["user_id"])))
        return {"group_id": params["group_id"], "user_id": params["user_id"], "role": role} if role else None

    def _message(self, params: dict[str, Any]) -> dict[str, Any] | None:
        if int(params["message_id"]) in self.known_messages:
            return self.known_messages[int(params["message_id"])]
        for message in self.delivered:
            if message.message_id == int(params["message_id"]):
                return self._as_history(message)
        return None

    def _history(self, params: dict[str, Any]) -> dict[str, Any]:
        wanted = int(params["user_id"])
        messages = [m for m in self.delivered if m.user_id == wanted and m.group_id is None]
        return {"messages": [self._as_history(message) for message in messages[-int(params.get("count", 20)) :]]}

    def _as_history(self, message: Delivered) -> dict[str, Any]:
        return {
            "time": int(message.at),
            "message_type": "group" if message.group_id else "private",
            "message_id": message.message_id,
            "real_id": message.message_id,
            "user_id": self.self_id,
            "sender": _sender(self.self_id),
            "message": list(message.segments),
            "raw_message": message.text,
        }


def _ok(data: Any) -> dict[str, Any]:
    return {"status": "ok", "retcode": 0, "data": data}


def _sender(user_id: int, **more: Any) -> dict[str, Any]:
    return {"user_id": user_id, "nickname": "某人", **more}


def _segments_of(params: dict[str, Any]) -> list[dict[str, Any]]:
    message = params.get("message", [])
    whole = {"type": "text", "data": {"text": message}} if isinstance(message, str) else message
    return [whole] if isinstance(whole, dict) else list(whole)


def _cq(segment: dict[str, Any]) -> str:
    """消息段的 CQ 码写法；文字里的特殊字符转义。"""
    if segment["type"] == "text":
        return segment["data"]["text"].replace("&", "&amp;").replace("[", "&#91;").replace("]", "&#93;")
    fields = "".join(f",{name}={value}" for name, value in segment["data"].items())
    return f"[CQ:{segment['type']}{fields}]"


async def _send_quietly(socket: ClientConnection, answer: str) -> None:
    with suppress(ConnectionClosed):
        await socket.send(answer)

"""HTTP 上报进来之前先看一遍：没有签名的、太大的，不等内容收完就回绝；地址写错的，说该写什么。"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from nonebot.log import logger

from ..repeat_filter import RepeatFilter

LONGEST_BODY = 4 * 1024 * 1024
"""一次上报最多这么多字节；图片、语音在上报里只是地址，一件事几千字节就够。"""
WEBSOCKET_PATHS = frozenset(("/onebot/v11", "/onebot/v11/", "/onebot/v11/ws", "/onebot/v11/ws/"))
_OURS = "/onebot/"
_MISTAKEN = ("/onebot", "/ws", "/event", "/api")
"""接 OneBot 的人容易写成的地址，以这几个开头。"""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]


class HttpReportFilter:
    """套在 ASGI 应用外面的一层，只管 OneBot 的地址。

    Args:
        app: 里面的应用。
        wants_signature: 上报要不要签名。
    """

    def __init__(self, app: Application, wants_signature: Callable[[], bool]) -> None:
        self._app = app
        self._wants_signature = wants_signature
        self._lost = RepeatFilter()

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """看一眼再放行。"""
        path = scope.get("path", "")
        if scope["type"] == "websocket" and path not in WEBSOCKET_PATHS:
            self._point_the_way(path)
        if scope["type"] != "http" or not path.startswith(_OURS) or scope.get("method") != "POST":
            await self._app(scope, receive, send)
            return
        refused = self._refused(dict(scope["headers"]))
        body = None if refused else await _body(receive)
        if refused or body is None:
            await _refuse(send, *(refused or (413, b"Too large")))
            return
        await self._app(scope, _given(body, receive), send)

    def _refused(self, headers: dict[bytes, bytes]) -> tuple[int, bytes] | None:
        """只看开头就能回绝的，怎么回绝。"""
        if self._wants_signature() and not headers.get(b"x-signature"):
            return 401, b"Missing Signature"
        declared = headers.get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > LONGEST_BODY:
            return 413, b"Too large"
        return None

    def _point_the_way(self, path: str) -> None:
        if (path == "/" or path.startswith(_MISTAKEN)) and self._lost.may_say():
            logger.warning(
                "有程序用 WebSocket 连过来，地址的后半截不对，连不上；"
                "反向 WebSocket 的地址应是 ws://主机:端口/onebot/v11/ws"
            )


async def _body(receive: Receive) -> bytes | None:
    """收完内容；没说多大、收着收着太大了为空。"""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > LONGEST_BODY:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _given(body: bytes, receive: Receive) -> Receive:
    """把收好的内容再给里面的应用一遍。"""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def give() -> Message:
        return left.pop() if left else await receive()

    return give


async def _refuse(send: Send, status: int, why: bytes) -> None:
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(why)).encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": why})

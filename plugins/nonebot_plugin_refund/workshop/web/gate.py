"""谁打得开：只有带着钥匙的浏览器。钥匙写在启动时印出的地址里，用一次就换成只有这个浏览器有的 cookie。

没有 cookie 的一律 403，网页、图片、文件和 WebSocket 都算；别的网站借这个浏览器发来的也不放。
"""

import hmac
import secrets
from collections.abc import Collection, Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "refund_workshop"
_KEY = "key"
_GUARDS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_REFUSED = "要用启动工作台时印出的那个地址打开；钥匙只能用一次，换浏览器就重新运行 refund workshop。"


def new_secret() -> str:
    """猜不出的一串字。"""
    return secrets.token_urlsafe(32)


class Keyring:
    """一把只能用一次的钥匙，和它换成的 cookie。"""

    def __init__(self, key: str) -> None:
        self._key: str | None = key
        self._session = new_secret()

    def exchange(self, key: str) -> str | None:
        """钥匙对就换成 cookie 的值，钥匙从此作废；不对为空。"""
        if self._key is None or not hmac.compare_digest(self._key.encode(), key.encode()):
            return None
        self._key = None
        return self._session

    def opens(self, session: str) -> bool:
        """这个 cookie 对不对。"""
        return hmac.compare_digest(self._session.encode(), session.encode())


class Gate:
    """包在网页外面的一层。"""

    def __init__(self, app: ASGIApp, keyring: Keyring, hosts: Collection[str]) -> None:
        """
        Args:
            app: 里面的网页。
            keyring: 钥匙。
            hosts: 认得的 ``Host``，如 ``127.0.0.1:8765``；别的域名指过来的不理。
        """
        self._app = app
        self._keyring = keyring
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """一次请求，或一条 WebSocket。"""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if self._is_ours(headers) and self._keyring.opens(_session_of(headers.getlist("cookie"))):
            await self._app(scope, receive, _guarded(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._answer(scope, headers, receive, send)

    def _is_ours(self, headers: Headers) -> bool:
        """是本页自己发的：地址对，不是别的网站借浏览器发的。"""
        origin = headers.get("origin")
        return headers.get("host") in self._hosts and (origin is None or origin.partition("://")[2] in self._hosts)

    async def _answer(self, scope: Scope, headers: Headers, receive: Receive, send: Send) -> None:
        key = parse_qs(scope["query_string"].decode("latin-1")).get(_KEY, [""])[0]
        session = self._keyring.exchange(key) if self._is_ours(headers) and scope["method"] == "GET" else None
        if session is None:
            await PlainTextResponse(_REFUSED, status_code=403)(scope, receive, _guarded(send))
            return
        response = RedirectResponse("/", status_code=303)
        response.set_cookie(COOKIE, session, httponly=True, samesite="strict", path="/")
        await response(scope, receive, _guarded(send))


def _session_of(cookies: Iterable[str]) -> str:
    for written in cookies:
        try:
            found = SimpleCookie(written).get(COOKIE)
        except CookieError:
            continue
        if found is not None:
            return found.value
    return ""


def _guarded(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(_GUARDS)
        await send(message)

    return sending

"""门：没有钥匙什么也看不到，钥匙只能用一次，别的网站借浏览器发来的不放。"""

from typing import Any

import pytest

pytest.importorskip("nicegui", reason="没装附加依赖 workshop")

import httpx
from nicegui import core

from tests.workshop.workshop_site import KEY, another_browser

ROUTES = ("/", "/?key=guess", "/no-such-page", "/_nicegui/anything", "/_nicegui_ws/socket.io/?EIO=4&transport=polling")


async def closed_websocket(site: httpx.AsyncClient, **headers: str) -> list[Any]:
    """直接连 WebSocket，返回门的回应。"""
    sent: list[Any] = []
    cookie = "; ".join(f"{name}={value}" for name, value in site.cookies.items())
    given = {"host": "test", "cookie": cookie, **headers}
    scope = {
        "type": "websocket",
        "path": "/_nicegui_ws/socket.io/",
        "query_string": b"EIO=4&transport=websocket",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "subprotocols": [],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await core.app(scope, receive, send)
    return sent


async def test_without_the_key_nothing_is_shown(site: httpx.AsyncClient) -> None:
    for path in ROUTES:
        answer = await site.get(path)

        assert answer.status_code == 403, path
        assert "refund workshop" in answer.text, path
        assert "set-cookie" not in answer.headers, path


async def test_the_key_becomes_a_cookie_once(site: httpx.AsyncClient) -> None:
    first = await site.get(f"/?key={KEY}")
    async with another_browser() as another:
        second = await another.get(f"/?key={KEY}")

    cookie = first.headers["set-cookie"].lower()
    assert (first.status_code, first.headers["location"]) == (303, "/")
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert second.status_code == 403
    page = await site.get("/")
    assert page.status_code == 200
    assert KEY not in page.text
    assert page.headers["referrer-policy"] == "no-referrer"


async def test_another_site_cannot_borrow_the_browser(site: httpx.AsyncClient) -> None:
    await site.get(f"/?key={KEY}")

    for headers in ({"host": "evil.example"}, {"origin": "http://evil.example"}, {"origin": "null"}):
        assert (await site.get("/", headers=headers)).status_code == 403, headers
        assert [message["type"] for message in await closed_websocket(site, **headers)] == ["websocket.close"], headers


async def test_a_websocket_needs_the_cookie(site: httpx.AsyncClient) -> None:
    assert [message["type"] for message in await closed_websocket(site)] == ["websocket.close"]

"""进机器人的门：没签名的大块头不收下，HTTP 报过的账号不占 WebSocket 的位子，少一条斜杠也进得来。"""

import asyncio
import hmac
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from launch.onebot.http_reports import LONGEST_BODY
from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from tests.e2e.harness.bot_process import BotProcess, free_port
from tests.e2e.harness.fake_qq import FakeQQ

TOKEN = "only-the-two-of-us-know"
USER = 30001
MEGABYTE = b"x" * 1024 * 1024


@pytest.fixture(scope="module")
async def guarded(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotProcess]:
    process = BotProcess(tmp_path_factory.mktemp("guarded"), {"ONEBOT_ACCESS_TOKEN": TOKEN})
    await process.start()
    yield process
    await process.stop()


def event(self_id: int) -> bytes:
    said = {
        "time": 1_795_400_000,
        "self_id": self_id,
        "post_type": "meta_event",
        "meta_event_type": "heartbeat",
        "interval": 5000,
        "status": {"online": True, "good": True},
    }
    return json.dumps(said).encode()


def signed(body: bytes) -> str:
    return "sha1=" + hmac.new(TOKEN.encode(), body, "sha1").hexdigest()


async def post(bot: BotProcess, body: Any, headers: dict[str, str], path: str = "/onebot/v11/") -> int:
    async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
        answer = await client.post(f"http://127.0.0.1:{bot.port}{path}", content=body, headers=headers)
    return answer.status_code


def memory_of(bot: BotProcess) -> int:
    """进程占过的内存的最高点，字节。"""
    assert bot._process is not None
    status = Path(f"/proc/{bot._process.pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


async def send_headers_only(bot: BotProcess, length: int, signature: str | None) -> str:
    """只送开头，不送内容；返回回答的第一行。"""
    reader, writer = await asyncio.open_connection("127.0.0.1", bot.port)
    lines = ["POST /onebot/v11/ HTTP/1.1", "Host: bot", "X-Self-ID: 10001", f"Content-Length: {length}"]
    lines += [f"X-Signature: {signature}"] if signature else []
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
    await writer.drain()
    answer = await asyncio.wait_for(reader.readline(), 10)
    writer.close()
    return answer.decode()


async def test_an_unsigned_giant_is_refused_at_its_headers(guarded: BotProcess) -> None:
    assert " 401 " in await send_headers_only(guarded, 300 * len(MEGABYTE), None)
    assert " 413 " in await send_headers_only(guarded, 300 * len(MEGABYTE), "sha1=00")


async def test_a_giant_that_hides_its_size_is_refused_before_it_is_held(guarded: BotProcess) -> None:
    before = memory_of(guarded)

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(300):
            yield MEGABYTE

    try:
        status = await post(guarded, pieces(), {"X-Self-ID": "10001", "X-Signature": "sha1=00"})
    except (httpx.WriteError, httpx.ReadError):
        status = 413
    assert status == 413
    assert memory_of(guarded) - before < 60 * len(MEGABYTE)


async def test_what_is_signed_and_of_ordinary_size_comes_in(guarded: BotProcess) -> None:
    body = event(10_901) + b" " * (LONGEST_BODY // 2)
    assert await post(guarded, body, {"X-Self-ID": "10901", "X-Signature": signed(body)}) == 204


async def test_an_account_that_reported_by_http_first_may_still_come_by_websocket(guarded: BotProcess) -> None:
    body = event(10_902)
    headers = {"X-Self-ID": "10902", "X-Signature": signed(body)}
    assert await post(guarded, body, headers) == 204
    async with FakeQQ(guarded.url, self_id=10_902, token=TOKEN, friends={USER}) as qq:
        assert await qq.ask_private(USER, "退款 帮助")
        assert await post(guarded, body, headers) == 204
        assert await qq.ask_private(USER, "退款 场景")
    assert await post(guarded, body, headers) == 204
    async with FakeQQ(guarded.url, self_id=10_902, token=TOKEN, friends={USER + 1}) as qq:
        assert await qq.ask_private(USER + 1, "退款 帮助")


async def test_the_address_works_with_and_without_the_slash(guarded: BotProcess) -> None:
    for number, path in enumerate(("/onebot/v11", "/onebot/v11/", "/onebot/v11/ws", "/onebot/v11/ws/")):
        url, user = f"ws://127.0.0.1:{guarded.port}{path}", USER + number
        async with FakeQQ(url, self_id=10_903, token=TOKEN, friends={user}) as qq:
            assert await qq.ask_private(user, "退款 帮助")


async def test_http_works_without_the_slash(guarded: BotProcess) -> None:
    body = event(10_904)
    headers = {"X-Self-ID": "10904", "X-Signature": signed(body)}
    assert await post(guarded, body, headers, "/onebot/v11") == 204


async def test_a_wrong_address_is_told_the_right_one(guarded: BotProcess) -> None:
    for _ in range(3):
        with pytest.raises(Exception, match="403"):
            await FakeQQ(f"ws://127.0.0.1:{guarded.port}/onebot", self_id=10_905, token=TOKEN).connect()
    await guarded.wait_for_output("/onebot/v11/ws")
    assert sum("反向 WebSocket 的地址应是" in line for line in guarded.output) == 1


async def test_metrics_are_given_to_whoever_has_the_token_and_name_no_account(guarded: BotProcess) -> None:
    url = f"http://127.0.0.1:{guarded.port}/metrics"
    async with FakeQQ(guarded.url, self_id=10_907, token=TOKEN, friends={30_907}) as qq:
        await qq.say_group(20_907, 30_907, "今天吃什么")
        await qq.ask_private(30_907, "退款 帮助")
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(url)).status_code == 401
        assert (await client.get(url, headers={"Authorization": "Bearer wrong"})).status_code == 401
        page = await client.get(url, headers={"Authorization": f"Bearer {TOKEN}"})
    assert page.status_code == 200
    assert "refund_loop_lag_seconds" in page.text
    assert not any(number in page.text for number in ("10907", "20907", "30907"))


@pytest.mark.parametrize("lets_in_first", [False, pytest.param(True, marks=pytest.mark.thorough)])
async def test_a_wrong_token_on_the_forward_socket_is_one_line(tmp_path: Path, lets_in_first: bool) -> None:
    """有的桥握手时就拒绝；NapCat、LLBot 先接通，说一声口令不对再断开。"""
    port, tries = free_port(), 0
    twice = asyncio.Event()

    def refuse(connection: ServerConnection, request: Request) -> Response | None:
        nonlocal tries
        tries += 1
        if tries == 2:
            twice.set()
        return None if lets_in_first else connection.respond(401, "no")

    async def turn_away(connection: ServerConnection) -> None:
        await connection.send(
            json.dumps({"status": "failed", "retcode": 1403, "data": None, "message": "token 验证失败"})
        )
        await connection.close()

    async with serve(turn_away, "127.0.0.1", port, process_request=refuse):
        bot = BotProcess(tmp_path, {"ONEBOT_WS_URLS": f'["ws://127.0.0.1:{port}/"]', "ONEBOT_ACCESS_TOKEN": TOKEN})
        await bot.start()
        await asyncio.wait_for(twice.wait(), 20)
        await bot.stop()
    assert sum("口令不对" in line for line in bot.output) == 1
    assert "Traceback" not in bot.text


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(("HTTP_PROXY", "HTTPS_PROXY"), marks=pytest.mark.thorough),
        ("ALL_PROXY",),
        pytest.param(("all_proxy",), marks=pytest.mark.thorough),
    ],
)
async def test_a_proxy_in_the_environment_does_not_stand_between_us_and_this_machine(
    tmp_path: Path, names: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = "socks5://127.0.0.1:9" if names == ("ALL_PROXY",) else "http://127.0.0.1:9"
    for name in names:
        monkeypatch.setenv(name, dead)
    port = free_port()
    met = asyncio.Event()
    said: list[str] = []

    async def bridge(connection: ServerConnection) -> None:
        hello = {"time": 1, "self_id": 10906, "post_type": "meta_event", "meta_event_type": "lifecycle"}
        await connection.send(json.dumps(hello | {"sub_type": "connect"}))
        met.set()
        async for frame in connection:
            call = json.loads(frame)
            said.append(call["action"])
            await connection.send(json.dumps({"status": "ok", "retcode": 0, "data": {}, "echo": call["echo"]}))

    async with serve(bridge, "127.0.0.1", port):
        bot = BotProcess(tmp_path, {"ONEBOT_WS_URLS": f'["ws://127.0.0.1:{port}/"]'})
        await bot.start()
        await asyncio.wait_for(met.wait(), 20)
        await bot.wait_for_output("Bot 10906 connected")
        await bot.stop()

"""日志里没有人的话：每一扇门都送一个认得出的词进去，TRACE 级的全部输出里一个也不许有。"""

import hmac
import json
from collections.abc import AsyncIterator
from itertools import count
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.e2e.harness.bot_process import BotProcess
from tests.e2e.harness.fake_qq import FakeQQ

TOKEN = "only/the+two=know"
USER = 30001
_users = count(30100)
WORD = "金丝雀"
CANARY = "canary"


@pytest.fixture(scope="module")
async def chatty(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotProcess]:
    """什么都往日志里写的机器人。"""
    settings = {"ONEBOT_ACCESS_TOKEN": TOKEN, "LOG_LEVEL": "TRACE"}
    process = BotProcess(tmp_path_factory.mktemp("chatty"), settings)
    await process.start()
    yield process
    await process.stop()


def message(number: int, **changes: Any) -> dict[str, Any]:
    """一句话的上报；`changes` 里给 ``None`` 的项去掉。"""
    said = f"{WORD}{CANARY}{number}"
    report = {
        "time": 1_795_400_000,
        "self_id": 10001,
        "post_type": "message",
        "message_type": "private",
        "sub_type": "friend",
        "user_id": USER,
        "message_id": number,
        "message": [{"type": "text", "data": {"text": said}}],
        "raw_message": said,
        "font": 0,
        "sender": {"user_id": USER, "nickname": said},
    }
    return {name: value for name, value in (report | changes).items() if value is not None}


REPORTS = [
    message(1),
    message(2, font=None),
    message(3, sender=None),
    message(4, post_type="whatever"),
    message(5, post_type=f"{CANARY}post"),
    message(6, message_type=f"{CANARY}type"),
    message(7, sub_type=f"{CANARY}sub"),
    message(8, user_id=f"{CANARY}user"),
    message(9, message_type="group", group_id=20001, anonymous=f"{CANARY}anonymous"),
    message(10, message=[{"type": f"{CANARY}segment", "data": {"x": WORD}}]),
    {"post_type": "notice", "notice_type": f"{CANARY}notice", "self_id": 10001, "time": 1, "words": WORD},
    {"post_type": "request", "request_type": "friend", "self_id": 10001, "time": 1, "user_id": 7, "comment": WORD},
    {
        "post_type": "request",
        "request_type": "friend",
        "self_id": 10001,
        "time": 1,
        "user_id": 7,
        "flag": "f",
        "comment": WORD,
    },
    {"post_type": None, "words": WORD},
    {"echo": CANARY, "status": WORD, "data": WORD},
    [WORD, CANARY],
]


async def post(bot: BotProcess, body: bytes, path: str = "/onebot/v11/", *, signed: bool = True) -> int:
    headers = {"X-Self-ID": "10001"}
    if signed:
        headers["X-Signature"] = "sha1=" + hmac.new(TOKEN.encode(), body, "sha1").hexdigest()
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.post(f"http://127.0.0.1:{bot.port}{path}", content=body, headers=headers)).status_code


async def everything_written(bot: BotProcess) -> None:
    """等到前面送进去的都办完、写完：再问一句，答了就是轮到了。"""
    user = next(_users)
    async with FakeQQ(bot.url, token=TOKEN, friends={user}) as qq:
        await qq.ask_private(user, "退款 帮助", seconds=20)


def leaked(bot: BotProcess) -> list[str]:
    return [line for line in bot.output if WORD in line or CANARY in line]


async def test_no_word_of_anybody_reaches_the_log_by_the_websocket(chatty: BotProcess) -> None:
    async with FakeQQ(chatty.url, token=TOKEN, friends={USER}) as qq:
        for report in REPORTS:
            await qq.raw(json.dumps(report, ensure_ascii=False))
        await qq.ask_private(USER, "退款 帮助", seconds=20)
    for broken in (f"{{{WORD}{CANARY}", f'"{WORD}', f"[{CANARY}"):
        async with FakeQQ(chatty.url, token=TOKEN) as qq:
            await qq.raw(broken)
            await qq.closed()
    assert leaked(chatty) == []


async def test_no_word_of_a_quoted_message_reaches_the_log(chatty: BotProcess) -> None:
    quote_of = {"type": "reply", "data": {"id": "404"}}
    async with FakeQQ(chatty.url, token=TOKEN, friends={USER}) as qq:
        qq.known_messages[404] = {"message_id": 404, "message": f"{WORD}{CANARY}", "sender": {"user_id": 3}, "time": 1}
        user = next(_users)
        await qq.say_private(user, [quote_of, {"type": "text", "data": {"text": "退款 帮助"}}])
        await qq.wait_until(lambda: len(qq.texts_to(user)) == 1, 20)
    assert leaked(chatty) == []


async def test_no_word_of_anybody_reaches_the_log_by_http(chatty: BotProcess) -> None:
    for report in REPORTS:
        await post(chatty, json.dumps(report, ensure_ascii=False).encode())
    for body in (f"{{{WORD}{CANARY}".encode(), WORD.encode("gbk"), CANARY.encode(), b""):
        await post(chatty, body)
        await post(chatty, body, signed=False)
    await everything_written(chatty)
    assert leaked(chatty) == []


@pytest.mark.parametrize(
    "query",
    [
        f"access_token={quote(TOKEN, safe='')}",
        "access_token=" + "".join(f"%{byte:02X}" for byte in TOKEN.encode()),
        "".join(f"%{byte:02x}" for byte in TOKEN.encode()),
    ],
)
async def test_a_query_is_not_written_however_it_is_encoded(chatty: BotProcess, query: str) -> None:
    before = len(chatty.output)
    await post(chatty, b"{}", f"/onebot/v11/?{query}", signed=False)
    await everything_written(chatty)
    written = "\n".join(chatty.output[before:])
    assert "POST /onebot/v11/" in written
    assert query not in written
    assert query.rpartition("=")[2] not in written

"""冒充 QQ：没有口令、口令不对的连接和上报一概不收。真的机器人，一次启动看全部。"""

import asyncio
import hmac
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import nonebot
import pytest
from nonebot.adapters.onebot.v11 import Adapter
from nonebot.adapters.onebot.v11.config import Config
from websockets.exceptions import InvalidStatus

from tests.e2e.harness.bot_process import BotProcess
from tests.e2e.harness.fake_qq import FakeQQ

TOKEN = "only-the-two-of-us-know"
VICTIM = 30001


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[BotProcess]:
    """只设了访问口令、没设签名口令的机器人。"""
    process = BotProcess(tmp_path / "bot", {"ONEBOT_ACCESS_TOKEN": TOKEN, "LOG_LEVEL": "DEBUG"})
    await process.start()
    yield process
    await process.stop()


async def post(bot: BotProcess, path: str, signature: str | None) -> int:
    headers = {"X-Self-ID": "10001", "Content-Type": "application/json", "Authorization": f"Bearer {TOKEN}"}
    if signature is not None:
        headers["X-Signature"] = signature
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(f"http://127.0.0.1:{bot.port}{path}", content=FORGED, headers=headers)
    return answer.status_code


FORGED = json.dumps(
    {
        "time": 1_795_400_000,
        "self_id": 10001,
        "post_type": "message",
        "message_type": "private",
        "sub_type": "friend",
        "user_id": VICTIM,
        "message_id": 1,
        "message": [{"type": "text", "data": {"text": "退款 帮助"}}],
        "raw_message": "退款 帮助",
        "font": 0,
        "sender": {"user_id": VICTIM},
    }
).encode()


def signed(key: str) -> str:
    return "sha1=" + hmac.new(key.encode(), FORGED, "sha1").hexdigest()


async def test_only_who_knows_the_token_is_let_in_by_either_door_and_the_log_never_shows_it(bot: BotProcess) -> None:
    for token in (None, "", "wrong", TOKEN[:-1]):
        with pytest.raises(InvalidStatus):
            await FakeQQ(bot.url, token=token).connect()
    async with FakeQQ(bot.url, token=TOKEN, friends={VICTIM}) as qq:
        for path in ("/onebot/v11/", "/onebot/v11/http", "/onebot/v11/http/"):
            assert await post(bot, path, None) == 401
            assert await post(bot, path, signed("wrong")) == 403
        assert qq.texts_to(VICTIM) == []
        assert await post(bot, "/onebot/v11/http", signed(TOKEN)) == 204
        await qq.wait_until(lambda: len(qq.texts_to(VICTIM)) == 1)
    await asyncio.sleep(0)
    assert "Config" in bot.text
    assert TOKEN not in bot.text


@pytest.mark.parametrize(
    ("token", "secret", "expected"),
    [("t", None, "t"), ("t", "", "t"), ("t", "s", "s"), (None, None, None), ("", "", "")],
)
def test_the_token_also_signs_http_unless_a_secret_is_set(
    token: str | None, secret: str | None, expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from launch.onebot.onebot_adapter import sign_http_with_the_token

    adapter = nonebot.get_adapter(Adapter)
    monkeypatch.setattr(
        adapter, "onebot_config", Config.model_validate({"onebot_access_token": token, "onebot_secret": secret})
    )
    sign_http_with_the_token(adapter)
    assert adapter.onebot_config.onebot_secret == expected

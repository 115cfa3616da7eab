"""真的机器人把图和文件发给假的 QQ：收下了只有图，被拒了改发文字，没有传文件的接口就发里面的字。"""

import base64
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.e2e.conftest import Strangers
from tests.e2e.harness.bot_process import BotProcess
from tests.e2e.harness.fake_qq import FakeQQ
from tests.e2e.harness.qq_behaviours import PICTURE_REFUSED_NAPCAT

UPLOAD = "upload_private_file"
PICTURE_URL = "https://example.invalid/secret-picture-token.jpg"
PICTURE_FILE = "SECRETFILEID.image"


@pytest.fixture(scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotProcess]:
    """发图的机器人，这个文件里的测试共用。"""
    process = BotProcess(tmp_path_factory.mktemp("bot"), {"REFUND_PICTURES": "true"})
    await process.start()
    yield process
    await process.stop()


def _kinds(qq: FakeQQ) -> list[str]:
    """送到手里的每条消息是哪些段。"""
    return ["+".join(segment["type"] for segment in message.segments) for message in qq.delivered]


async def _open_case(qq: FakeQQ, user: int) -> None:
    """走完一场问答；只看文字的人。"""
    await qq.ask_private(user, "图片 关")
    for said in ("退货", "1", "1", "昨天", "1", "1"):
        await qq.ask_private(user, said)
    await qq.wait_until(lambda: any("已记成案件" in text for text in qq.texts_to(user)))


async def test_a_picture_is_sent_as_one_and_when_refused_said_in_words_once(
    bot: BotProcess, strangers: Strangers
) -> None:
    async with FakeQQ(bot.url, self_id=strangers.account, friends={strangers.user}) as qq:
        await qq.say_private(strangers.user, "退款 帮助")
        await qq.wait_until(lambda: len(qq.delivered) == 1)
        (segment,) = qq.delivered[0].segments
        assert segment["type"] == "image"
        assert base64.b64decode(segment["data"]["file"].removeprefix("base64://")).startswith(b"\x89PNG")

        qq.next_send(PICTURE_REFUSED_NAPCAT, user_id=strangers.user)
        assert "我不收证件" in await qq.ask_private(strangers.user, "退款 帮助")
        # 等到下一句的回答时，上一句若说了两遍也早该到了
        await qq.ask_private(strangers.user, "图片 关")
        assert _kinds(qq) == ["image", "text", "text"]


async def test_a_calendar_goes_as_a_file_and_as_words_where_there_is_no_way_to_send_one(
    bot: BotProcess, strangers: Strangers
) -> None:
    async with FakeQQ(bot.url, self_id=strangers.account, friends={strangers.user}) as qq:
        await _open_case(qq, strangers.user)
        await qq.say_private(strangers.user, "日历")
        await qq.wait_until(lambda: any(receipt.action == UPLOAD for receipt in qq.receipts))
        (upload,) = [receipt for receipt in qq.receipts if receipt.action == UPLOAD]
        content = base64.b64decode(upload.params["file"].removeprefix("base64://"))
        assert content.startswith(b"BEGIN:VCALENDAR")
        assert upload.params["name"].endswith(".ics")

        qq.missing = frozenset({UPLOAD})
        await qq.say_private(strangers.user, "日历")
        await qq.wait_until(lambda: any("照着记进手机日历" in text for text in qq.texts_to(strangers.user)))


async def test_a_picture_for_the_evidence_is_ticked_and_nothing_of_it_is_kept(
    bot: BotProcess, strangers: Strangers
) -> None:
    data: dict[str, Any] = {"file": PICTURE_FILE, "url": PICTURE_URL, "file_size": "1024"}
    async with FakeQQ(bot.url, self_id=strangers.account, friends={strangers.user}) as qq:
        await _open_case(qq, strangers.user)
        await qq.ask_private(strangers.user, "材料")
        await qq.say_private(strangers.user, [{"type": "image", "data": data}])
        await qq.wait_until(lambda: any("原件自己留好" in text for text in qq.texts_to(strangers.user)))
        assert {receipt.action for receipt in qq.receipts}.isdisjoint({"get_image", "get_file", "download_file"})
    kept = b"".join(path.read_bytes() for path in (bot.folder / "data").rglob("*") if path.is_file())
    assert b"refund_evidence_ticks" in kept
    for secret in (PICTURE_URL, PICTURE_FILE):
        assert secret.encode() not in kept
        assert secret not in bot.text

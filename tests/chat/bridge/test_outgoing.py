"""说出去：图收下了不再发文字，被拒改发文字，说不清的才可能重复；文件发不了就发里面的字。"""

import base64
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from nonebot.adapters import console
from nonebot.adapters.onebot import v11
from nonebot.adapters.onebot.v11 import ActionFailed, NetworkError

from nonebot_plugin_refund.chat.sending.outgoing import ReplySender
from nonebot_plugin_refund.chat.sending.picture_pause import PAUSE, PicturePause
from nonebot_plugin_refund.delivery.messenger import Account
from nonebot_plugin_refund.dialogue.base.incoming import CONSOLE, ONEBOT, Incoming, Kind
from nonebot_plugin_refund.dialogue.base.turn import Attachment, Picture, Reply
from nonebot_plugin_refund.render.cards import Card, HelpCard
from tests.chat.events import GROUP_ID, SELF_ID, USER_ID
from tests.chat.platform_harness import Platform, connected

PNG = b"\x89PNG of a card"
UPLOAD_REFUSED = ActionFailed(status="failed", retcode=1200, wording="rich media transfer failed")
NOT_FRIENDS = ActionFailed(status="failed", retcode=1200, wording="发送失败，请先添加对方为好友")
NO_ANSWER = NetworkError("WebSocket call api send_msg timeout")
ILLUSTRATED = Reply("同样的话", Picture(HelpCard("卡片", ())))


@pytest.fixture
async def qq(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Platform]:
    async with connected(v11.Adapter, tmp_path, monkeypatch) as platform:
        yield platform


@pytest.fixture
async def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Platform]:
    async with connected(console.Adapter, tmp_path, monkeypatch) as platform:
        yield platform


def _heard(platform: str = ONEBOT, **changes: Any) -> Incoming:
    fields: dict[str, Any] = {
        "kind": Kind.PRIVATE,
        "platform": platform,
        "self_id": str(SELF_ID) if platform == ONEBOT else "robot",
        "user_id": str(USER_ID),
        "group_id": None,
        "message_id": "1",
        "text": "退款",
        "arguments": "",
        "is_group_admin": None,
        "is_superuser": False,
        "is_temporary": False,
        "temporary_group_id": None,
        "reply_to": None,
        "segments": (),
    }
    return Incoming(**(fields | changes))


def _shown(calls: Sequence[dict[str, Any]]) -> list[str]:
    """发出去的每条是什么：文字照写，图写成“图”。"""
    return ["".join("图" if segment.type == "image" else str(segment) for segment in data["message"]) for data in calls]


def _refuse_pictures(error: Exception) -> Any:
    """有图就出错，文字照收。"""

    def answer(data: dict[str, Any]) -> Any:
        if any(segment.type == "image" for segment in data["message"]):
            raise error
        return {"message_id": 1}

    return answer


class TestPictures:
    async def test_a_picture_that_is_taken_goes_without_the_words(self, qq: Platform) -> None:
        await ReplySender(qq.runtime, lambda card: PNG).say(_heard(), [ILLUSTRATED, Reply("第二条")])
        assert _shown(qq.calls.sent) == ["图", "第二条"]
        (segment,) = qq.calls.sent[0]["message"]
        assert segment.data["file"] == f"base64://{base64.b64encode(PNG).decode()}"

    async def test_in_a_group_too(self, qq: Platform) -> None:
        await ReplySender(qq.runtime, lambda card: PNG).say(_heard(group_id=str(GROUP_ID)), [ILLUSTRATED])
        assert _shown(qq.calls.sent) == ["图"]
        assert qq.calls.sent[0]["group_id"] == GROUP_ID

    @pytest.mark.parametrize("error", [UPLOAD_REFUSED, NO_ANSWER])
    async def test_a_picture_refused_or_unanswered_is_said_in_words_once(self, qq: Platform, error: Exception) -> None:
        qq.calls.answers["send_msg"] = _refuse_pictures(error)
        await ReplySender(qq.runtime, lambda card: PNG).say(_heard(), [ILLUSTRATED])
        assert _shown(qq.calls.sent) == ["图", "同样的话"]

    async def test_after_a_refusal_the_account_rests_from_pictures(self, qq: Platform) -> None:
        qq.calls.answers["send_msg"] = _refuse_pictures(UPLOAD_REFUSED)
        sayer = ReplySender(qq.runtime, lambda card: PNG)
        await sayer.say(_heard(), [ILLUSTRATED, ILLUSTRATED])
        assert _shown(qq.calls.sent) == ["图", "同样的话", "同样的话"]
        qq.clock.moment += PAUSE + timedelta(seconds=1)
        del qq.calls.answers["send_msg"]
        await sayer.say(_heard(), [ILLUSTRATED])
        assert _shown(qq.calls.sent)[3:] == ["图"]

    async def test_an_account_that_was_never_refused_is_never_resting_however_the_clock_runs(self) -> None:
        class Running:
            moment = datetime(2026, 11, 23, tzinfo=UTC)

            def now(self) -> datetime:
                self.moment += timedelta(microseconds=1)
                return self.moment

        assert not PicturePause(Running()).covers(Account(ONEBOT, "1"), (None, "2"))

    async def test_somebody_out_of_reach_is_not_tried_twice(self, qq: Platform) -> None:
        qq.calls.answers["send_msg"] = NOT_FRIENDS
        await ReplySender(qq.runtime, lambda card: PNG).say(_heard(), [ILLUSTRATED, Reply("第二条")])
        assert _shown(qq.calls.sent) == ["图"]

    async def test_a_picture_that_cannot_be_drawn_is_said_in_words(self, qq: Platform) -> None:
        def paint(card: Card) -> bytes:
            raise ValueError(card)

        await ReplySender(qq.runtime, paint).say(_heard(), [ILLUSTRATED])
        assert _shown(qq.calls.sent) == ["同样的话"]

    async def test_a_temporary_session_only_gets_words(self, qq: Platform) -> None:
        await ReplySender(qq.runtime, lambda card: PNG).say(_heard(is_temporary=True), [ILLUSTRATED])
        assert _shown(qq.calls.sent) == ["同样的话"]

    async def test_the_terminal_shows_the_words(self, terminal: Platform) -> None:
        await ReplySender(terminal.runtime, lambda card: PNG).say(_heard(CONSOLE), [ILLUSTRATED])
        assert [str(data["content"]) for data in terminal.calls.sent] == ["同样的话"]


class TestFiles:
    FILE = Reply("给你一个文件", attachment=Attachment("日历.ics", b"BEGIN:VCALENDAR", "日期一行"))

    async def test_a_file_goes_as_base64_and_its_words_are_not_repeated(self, qq: Platform) -> None:
        qq.calls.answers["upload_private_file"] = None
        await ReplySender(qq.runtime).say(_heard(), [self.FILE])
        (upload,) = qq.calls.named("upload_private_file")
        assert upload["file"] == f"base64://{base64.b64encode(b'BEGIN:VCALENDAR').decode()}"
        assert (upload["user_id"], upload["name"]) == (USER_ID, "日历.ics")
        assert _shown(qq.calls.sent) == ["给你一个文件"]

    @pytest.mark.parametrize(
        "error",
        [
            ActionFailed(status="failed", retcode=1404, wording="不支持的Api upload_private_file"),
            ActionFailed(status="failed", retcode=404, wording=""),
            ActionFailed(status="failed", retcode=100, wording="OPEN_FILE_ERROR"),
            NetworkError("WebSocket call api upload_private_file timeout"),
        ],
    )
    async def test_where_files_cannot_be_sent_the_words_are(self, qq: Platform, error: Exception) -> None:
        qq.calls.answers["upload_private_file"] = error
        await ReplySender(qq.runtime).say(_heard(), [self.FILE])
        assert _shown(qq.calls.sent) == ["给你一个文件", "日期一行"]

    async def test_long_words_go_in_pieces_that_add_up_to_the_whole(self, qq: Platform) -> None:
        qq.calls.answers["upload_private_file"] = ActionFailed(status="failed", retcode=1404)
        whole = "\n".join(f"第{number}行，写了些什么" for number in range(400))
        await ReplySender(qq.runtime).say(_heard(), [Reply("长的", attachment=Attachment("长.txt", whole, whole))])
        pieces = [str(data["message"]) for data in qq.calls.sent][1:]
        assert all(len(piece) <= 1500 for piece in pieces)
        assert "\n".join(pieces) == whole

    async def test_a_file_that_cannot_be_made_is_said_in_words(self, qq: Platform) -> None:
        def make() -> bytes:
            raise RuntimeError

        await ReplySender(qq.runtime).say(
            _heard(), [Reply("文书", attachment=Attachment("文书.pdf", make, "文书的字"))]
        )
        assert _shown(qq.calls.sent) == ["文书", "文书的字"]

    async def test_the_terminal_names_the_path_where_the_file_lies(self, terminal: Platform) -> None:
        await ReplySender(terminal.runtime).say(_heard(CONSOLE), [self.FILE])
        said = [str(data["content"]) for data in terminal.calls.sent]
        (path,) = [Path(line) for line in said[-1].splitlines() if line.endswith(".ics")]
        assert path.read_bytes() == b"BEGIN:VCALENDAR"
        assert "日期一行" not in "".join(said)

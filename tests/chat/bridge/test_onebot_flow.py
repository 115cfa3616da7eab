"""OneBot V11：真的事件走过真的响应器，调对接口、对准人，说的都是不起作用的文字。"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from nonebot.adapters.onebot import v11
from nonebot.adapters.onebot.v11 import ActionFailed, MessageSegment, NetworkError
from nonebot.adapters.onebot.v11.event import FriendRequestEvent

from nonebot_plugin_refund.dialogue.base import wording
from tests.chat.events import GROUP_ID, SELF_ID, USER_ID, group_message, private_message
from tests.chat.platform_harness import Platform, connected

TIP = ("打赏", "1", "10", "1", "5000", "1 3", "上周五")


@pytest.fixture
async def qq(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Platform]:
    async with connected(v11.Adapter, tmp_path, monkeypatch) as platform:
        yield platform


def report(message_type: str, message: Any, number: int, **changes: Any) -> Any:
    """照实现上报的 JSON，走适配器自己的解析。"""
    fields: dict[str, Any] = {
        "time": 1_795_400_000 + number,
        "self_id": SELF_ID,
        "post_type": "message",
        "message_type": message_type,
        "sub_type": "friend" if message_type == "private" else "normal",
        "user_id": USER_ID,
        "message_id": -number,
        "message": message,
        "raw_message": message if isinstance(message, str) else "",
        "font": 0,
        "sender": {"user_id": USER_ID, "nickname": "群友"},
        **({"group_id": GROUP_ID, "anonymous": None} if message_type == "group" else {}),
    }
    event = v11.Adapter.json_to_event(fields | changes)
    assert event is not None
    return event


class TestTargets:
    async def test_a_friend_is_answered_in_private_without_any_group(self, qq: Platform) -> None:
        (said,) = await qq.receive(private_message("打赏"))
        assert "这笔打赏是谁刷的" in said
        (call,) = qq.calls.sent
        assert call["user_id"] == USER_ID
        assert call["message_type"] == "private"
        assert "group_id" not in call

    async def test_a_group_is_answered_in_that_group(self, qq: Platform) -> None:
        (said,) = await qq.receive(group_message("/退款"))
        assert "3. 直播打赏" in said
        (call,) = qq.calls.sent
        assert (call["message_type"], call["group_id"]) == ("group", GROUP_ID)
        assert "user_id" not in call

    @pytest.mark.parametrize("changes", [{"group_id": 20009}, {"sender": {"user_id": USER_ID, "group_id": 20009}}, {}])
    async def test_a_temporary_session_hears_only_the_neutral_sentence(
        self, qq: Platform, changes: dict[str, Any]
    ) -> None:
        for text in ("打赏", "我的", "1"):
            assert await qq.receive(private_message(text, sub_type="group", **changes)) == [wording.ADD_FRIEND_FIRST]

    async def test_case_detail_never_leaves_the_private_chat(self, qq: Platform) -> None:
        for text in TIP:
            await qq.receive(private_message(text))
        await qq.receive(group_message("/退款 我的"))
        await qq.receive(private_message("我的", sub_type="group"))
        assert qq.runtime.opened is not None
        for call in qq.calls.sent:
            if "案件 " in str(call["message"]) or "【" in str(call["message"]):
                assert (call["message_type"], call.get("group_id")) == ("private", None)

    async def test_what_is_said_is_plain_text_segments(self, qq: Platform) -> None:
        await qq.receive(group_message("/退款 [CQ:at,qq=all]"))
        await qq.receive(group_message("/退款 进去"))
        for text in (*TIP, "导出"):
            await qq.receive(private_message(text))
        for call in qq.calls.sent:
            assert {segment.type for segment in call["message"]} == {"text"}
            assert "[CQ:" not in str(call["message"])


class TestEvents:
    async def test_array_and_string_reports_mean_the_same(self, qq: Platform) -> None:
        array = [{"type": "text", "data": {"text": "/退款 打赏"}}]
        (first,) = await qq.receive(report("group", array, 1))
        (second,) = await qq.receive(report("group", "/退款 打赏", 2))
        assert first == second

    @pytest.mark.parametrize("before", ["喂 ", ""])
    async def test_a_mention_anywhere_is_answered(self, qq: Platform, before: str) -> None:
        message = (
            MessageSegment.text(before) + MessageSegment.at(SELF_ID) + MessageSegment.text(" 孩子打赏了主播怎么退")
        )
        (said,) = await qq.receive(group_message(message))
        assert "孩子打赏可以申请退" in said

    async def test_a_reply_whose_original_cannot_be_fetched_stays_in_front(self, qq: Platform) -> None:
        qq.calls.answers["get_msg"] = ActionFailed(status="failed", retcode=1200)
        message = [{"type": "reply", "data": {"id": "-77"}}, {"type": "text", "data": {"text": " /退款 打赏"}}]
        (said,) = await qq.receive(report("group", message, 3))
        assert "孩子打赏可以申请退" in said

    async def test_the_same_event_twice_is_answered_once(self, qq: Platform) -> None:
        event = private_message("打赏")
        assert len(await qq.receive(event)) == 1
        assert await qq.receive(event.model_copy(deep=True)) == []

    async def test_ordinary_chat_calls_nothing(self, qq: Platform) -> None:
        await qq.receive(group_message("今晚吃火锅吗"))
        assert qq.calls.sent == []

    async def test_a_picture_is_not_fetched(self, qq: Platform) -> None:
        picture = MessageSegment.image("http://evil.example/a.png")
        assert await qq.receive(private_message(picture)) == [wording.ONLY_TEXT]
        assert qq.calls.named("get_image", "get_file") == []


SURE = "孩子偷偷给主播打赏了三千，能退款吗"
HELPER = 30002


class TestUnasked:
    """没叫我们的话：该让人答的让人答。"""

    @pytest.mark.parametrize(("author", "spoken"), [(HELPER, 0), (None, 0), (USER_ID, 1)])
    async def test_a_quote_is_for_the_person_quoted(self, qq: Platform, author: int | None, spoken: int) -> None:
        original = {"time": 1, "message_type": "group", "message_id": -7, "real_id": -7, "message": "原话"}
        qq.calls.answers["get_msg"] = {**original, "sender": {"user_id": author}}
        message = [{"type": "reply", "data": {"id": "-7"}}, {"type": "text", "data": {"text": SURE}}]
        assert len(await qq.receive(report("group", message, 11))) == spoken

    async def test_a_quote_that_cannot_be_looked_up_is_for_somebody(self, qq: Platform) -> None:
        qq.calls.answers["get_msg"] = ActionFailed(status="failed", retcode=1200)
        assert await qq.receive(report("group", f"[CQ:reply,id=-7]{SURE}", 12)) == []

    @pytest.mark.parametrize(("account", "spoken"), [(str(HELPER), 0), ("all", 0), (str(SELF_ID), 1)])
    @pytest.mark.parametrize("at_the_end", [False, True])
    async def test_a_mention_is_for_the_person_named(
        self, qq: Platform, account: str, spoken: int, at_the_end: bool
    ) -> None:
        parts = [f"[CQ:at,qq={account}]", SURE]
        message = " ".join(reversed(parts) if at_the_end else parts)
        assert len(await qq.receive(report("group", message, 13))) == spoken

    async def test_an_answer_in_progress_is_not_interrupted_unless_we_are_addressed(self, qq: Platform) -> None:
        await qq.receive(report("group", f"[CQ:at,qq={USER_ID}] 多少钱呀", 14, user_id=HELPER))
        assert await qq.receive(report("group", SURE, 15)) == []
        assert len(await qq.receive(report("group", f"[CQ:at,qq={SELF_ID}] {SURE}", 16))) == 1
        qq.clock.moment += timedelta(minutes=3)
        assert len(await qq.receive(report("group", SURE, 17))) == 1


class TestSettings:
    async def test_a_role_given_in_the_event_is_not_looked_up(self, qq: Platform) -> None:
        (said,) = await qq.receive(group_message("/退款 设置 关键词 关", sender={"role": "owner"}))
        assert "关了" in said
        assert qq.calls.named("get_group_member_info") == []

    @pytest.mark.parametrize(
        ("answer", "expected"),
        [
            ({"role": "admin"}, "关了"),
            ({"role": "member"}, "管理员"),
            ({}, "管理员"),
            (ActionFailed(status="failed", retcode=1404), "管理员"),
            (NetworkError("WebSocket call api get_group_member_info timeout"), "管理员"),
        ],
    )
    async def test_an_absent_role_is_looked_up(self, qq: Platform, answer: Any, expected: str) -> None:
        qq.calls.answers["get_group_member_info"] = answer
        (said,) = await qq.receive(group_message("/退款 设置 关键词 关", sender={"user_id": USER_ID}))
        assert expected in said
        (call,) = qq.calls.named("get_group_member_info")
        assert (call["group_id"], call["user_id"]) == (GROUP_ID, USER_ID)


class TestExport:
    async def test_the_file_goes_to_the_person(self, qq: Platform) -> None:
        await qq.receive(private_message("导出"))
        (call,) = qq.calls.named("upload_private_file")
        assert call["user_id"] == USER_ID
        assert call["file"].startswith("base64://")

    async def test_where_files_are_not_supported_the_text_is_sent_in_pieces(self, qq: Platform) -> None:
        qq.calls.answers["upload_private_file"] = ActionFailed(status="failed", retcode=1404)
        for text in TIP:
            await qq.receive(private_message(text))
        said = await qq.receive(private_message("导出"))
        assert len(said) > 2
        assert max(len(text) for text in said) < 4000
        assert all(call["message_type"] == "private" for call in qq.calls.sent)


class TestFailures:
    @pytest.mark.parametrize(
        "error",
        [
            ActionFailed(status="failed", retcode=1200, wording='EventRet:\n{"result": 120,"errMsg": ""}'),
            NetworkError("WebSocket call api send_msg timeout"),
        ],
    )
    async def test_a_reply_that_cannot_be_sent_comes_with_the_next_message(
        self, qq: Platform, error: Exception
    ) -> None:
        await qq.receive(private_message("打赏"))
        qq.calls.answers["send_msg"] = error
        await qq.receive(private_message("1"))
        del qq.calls.answers["send_msg"]
        (missed, *_) = await qq.receive(private_message("10"))
        assert "满几周岁" in missed, "没见过的问题先补上，不拿这句话当它的回答"
        (said, *_) = await qq.receive(private_message("10"))
        assert "家长这边" in said


def friend_request() -> FriendRequestEvent:
    return FriendRequestEvent.model_validate(
        {
            "time": 1,
            "self_id": SELF_ID,
            "post_type": "request",
            "request_type": "friend",
            "user_id": USER_ID,
            "comment": "",
            "flag": "1795400000",
        }
    )


async def test_a_friend_request_is_accepted(qq: Platform) -> None:
    await qq.receive(friend_request())
    (call,) = qq.calls.named("set_friend_add_request")
    assert (call["flag"], call["approve"]) == ("1795400000", True)


async def test_a_friend_request_is_left_alone_when_the_owner_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with connected(v11.Adapter, tmp_path, monkeypatch, refund_accept_friend_requests=False) as qq:
        await qq.receive(friend_request())
        assert qq.calls.named("set_friend_add_request") == []

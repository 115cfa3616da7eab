"""发消息的四种结局、好友名单、聊天记录：各家实现真的这样答。"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from nonebot.adapters.onebot import v11
from nonebot.adapters.onebot.v11 import ActionFailed, ApiNotAvailable, NetworkError

from nonebot_plugin_refund.delivery.messenger import Account, NotConnected, OutcomeUnknown, Rejected, RejectionKind
from nonebot_plugin_refund.dialogue.base.incoming import ONEBOT
from tests.chat.events import GROUP_ID, SELF_ID, USER_ID
from tests.chat.platform_harness import Platform, connected

ACCOUNT = Account(ONEBOT, str(SELF_ID))
OFFLINE = Account(ONEBOT, "99999")
USER = str(USER_ID)


@pytest.fixture
async def qq(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Platform]:
    async with connected(v11.Adapter, tmp_path, monkeypatch) as platform:
        yield platform


class TestOutcomes:
    async def test_accepted_with_and_without_a_message_number(self, qq: Platform) -> None:
        qq.calls.answers["send_msg"] = {"message_id": -123}
        assert (await qq.runtime.messenger.send_private(ACCOUNT, USER, "好")).message_id == "-123"
        qq.calls.answers["send_msg"] = None  # 实现只答了 async
        assert (await qq.runtime.messenger.send_private(ACCOUNT, USER, "好")).message_id is None

    @pytest.mark.parametrize(
        ("retcode", "wording", "kind"),
        [
            (1200, 'EventChecker Failed: NTEvent\nEventRet:\n{"result": 16,"errMsg": ".."}', RejectionKind.UNREACHABLE),
            (1200, "发送失败，请先添加对方为好友", RejectionKind.UNREACHABLE),
            (1200, "发送消息失败 (code=120): 禁言中", RejectionKind.TRANSIENT),
            (241, "", RejectionKind.TRANSIENT),
            (16, "", RejectionKind.UNREACHABLE),
            (100, "send private message rejected: result=16 err=add friend first", RejectionKind.UNREACHABLE),
            (1400, "参数错误", RejectionKind.PERMANENT),
            (1404, "不支持的Api", RejectionKind.PERMANENT),
        ],
    )  # fmt: skip
    async def test_a_clear_refusal(self, qq: Platform, retcode: int, wording: str, kind: RejectionKind) -> None:
        qq.calls.answers["send_msg"] = ActionFailed(status="failed", retcode=retcode, message=wording, wording=wording)
        with pytest.raises(Rejected) as caught:
            await qq.runtime.messenger.send_private(ACCOUNT, USER, "好")
        assert caught.value.kind is kind
        assert caught.value.wording == wording

    @pytest.mark.parametrize(
        "error",
        [
            NetworkError("WebSocket call api send_msg timeout"),
            ActionFailed(status="failed", retcode=1200, message='Timeout: NTEvent serviceAndMethod "result": 0'),
            ActionFailed(status="failed", retcode=9000, message=""),
            ActionFailed(status="failed", retcode=100, msg="SEND_MSG_API_ERROR", wording="请参考 go-cqhttp 端输出"),
        ],
    )
    async def test_a_timeout_is_neither_sent_nor_refused(self, qq: Platform, error: Exception) -> None:
        qq.calls.answers["send_msg"] = error
        with pytest.raises(OutcomeUnknown):
            await qq.runtime.messenger.send_private(ACCOUNT, USER, "好")

    async def test_not_connected(self, qq: Platform) -> None:
        qq.calls.answers["send_msg"] = ApiNotAvailable()
        for account in (ACCOUNT, OFFLINE):
            with pytest.raises(NotConnected):
                await qq.runtime.messenger.send_private(account, USER, "好")

    async def test_every_call_has_its_own_time_limit(self, qq: Platform) -> None:
        await qq.runtime.messenger.send_private(ACCOUNT, USER, "好")
        assert qq.calls.sent[-1]["_timeout"] == 20.0

    async def test_a_mention_names_one_person_and_never_everybody(self, qq: Platform) -> None:
        await qq.runtime.messenger.mention_in_group(ACCOUNT, str(GROUP_ID), USER, "来一下")
        at, text = qq.calls.sent[-1]["message"]
        assert (at.type, at.data["qq"], text.type) == ("at", USER, "text")
        assert qq.calls.sent[-1]["group_id"] == GROUP_ID


class TestFriends:
    async def test_the_list_is_fetched_once_a_minute(self, qq: Platform) -> None:
        messenger = qq.runtime.messenger
        qq.calls.answers["get_friend_list"] = [{"user_id": USER_ID, "nickname": "甲"}]
        assert await messenger.is_friend(ACCOUNT, USER) is True
        assert await messenger.is_friend(ACCOUNT, "404") is False
        assert len(qq.calls.named("get_friend_list")) == 1
        qq.clock.moment += timedelta(minutes=2)
        await messenger.is_friend(ACCOUNT, USER)
        assert len(qq.calls.named("get_friend_list")) == 2

    async def test_a_new_connection_forgets_the_list(self, qq: Platform) -> None:
        qq.calls.answers["get_friend_list"] = [{"user_id": "404"}]
        assert await qq.runtime.messenger.is_friend(ACCOUNT, USER) is False
        qq.runtime.messenger.forget_friends(ACCOUNT)
        qq.calls.answers["get_friend_list"] = [{"user_id": USER}]
        assert await qq.runtime.messenger.is_friend(ACCOUNT, USER) is True

    @pytest.mark.parametrize(
        "answer", [[], None, {"message_id": 1}, ["30001"], ActionFailed(status="failed", retcode=1404)]
    )
    async def test_a_list_that_is_not_offered_or_empty_lets_the_send_itself_decide(
        self, qq: Platform, answer: object
    ) -> None:
        qq.calls.answers["get_friend_list"] = answer
        assert await qq.runtime.messenger.is_friend(ACCOUNT, USER) is True

    @pytest.mark.parametrize("error", [NetworkError("timeout"), ApiNotAvailable()])
    async def test_a_lookup_without_an_answer_is_not_known_rather_than_no(self, qq: Platform, error: Exception) -> None:
        qq.calls.answers["get_friend_list"] = error
        assert await qq.runtime.messenger.is_friend(ACCOUNT, USER) is None

    async def test_offline_is_not_known(self, qq: Platform) -> None:
        assert await qq.runtime.messenger.is_friend(OFFLINE, USER) is None


SINCE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def said(text: str, *, user_id: int = SELF_ID, after: timedelta = timedelta(0), as_string: bool = False) -> Any:
    message: Any = text if as_string else [{"type": "text", "data": {"text": text}}]
    return {"user_id": user_id, "time": int((SINCE + after).timestamp()), "message": message}


class TestHistory:
    @pytest.mark.parametrize(
        ("messages", "found"),
        [
            ([said("【K7Q2】快到日子了")], True),
            ([said("【K7Q2】快到日子了", as_string=True)], True),
            ([said("【K7Q2】快到日子了", user_id=USER_ID)], False),
            ([said("【K7Q2】快到日子了", after=timedelta(hours=-2))], False),
            ([said("别的话")], False),
            ([], False),
            ([None, {"message": None}, {}], False),
        ],
    )
    async def test_only_our_own_recent_message_counts(self, qq: Platform, messages: list[Any], found: bool) -> None:
        qq.calls.answers["get_friend_msg_history"] = {"messages": messages}
        assert await qq.runtime.messenger.sent_recently(ACCOUNT, USER, "【K7Q2】快到日子了", SINCE) is found

    @pytest.mark.parametrize(
        "answer", [None, {}, [], "好", ActionFailed(status="failed", retcode=1404), NetworkError("x")]
    )
    async def test_where_history_is_not_offered_nothing_is_concluded(self, qq: Platform, answer: Any) -> None:
        qq.calls.answers["get_friend_msg_history"] = answer
        assert await qq.runtime.messenger.sent_recently(ACCOUNT, USER, "好", SINCE) is None

    async def test_offline_concludes_nothing(self, qq: Platform) -> None:
        assert await qq.runtime.messenger.sent_recently(OFFLINE, USER, "好", SINCE) is None

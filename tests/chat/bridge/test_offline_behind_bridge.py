"""桥连着、QQ 掉了线，和 HTTP 那头没有人：都当作没有连上，回来以后照样送。"""

import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from nonebot.adapters.onebot import v11
from nonebot.adapters.onebot.v11 import ActionFailed, HeartbeatMetaEvent, NetworkError, NoticeEvent

from nonebot_plugin_refund.chat.http_accounts import never_left
from nonebot_plugin_refund.chat.incoming.presence_events import says_online
from nonebot_plugin_refund.delivery.messenger import Account, NotConnected, OutcomeUnknown
from nonebot_plugin_refund.delivery.presence import FIRST_PROBE
from nonebot_plugin_refund.dialogue.base.incoming import ONEBOT
from tests.chat.events import SELF_ID, USER_ID, private_message
from tests.chat.platform_harness import Platform, connected

ACCOUNT = Account(ONEBOT, str(SELF_ID))
USER = str(USER_ID)
NETWORK_DOWN = (
    "EventChecker Failed: NTEvent serviceAndMethod:NodeIKernelMsgService/sendMsg\nEventRet:\n"
    '{"result": 1006514,"errMsg": "网络连接异常!"}'
)
NT_TIMEOUT = 'Timeout: NTEvent serviceAndMethod:NodeIKernelMsgService/sendMsg EventRet:\n{"result": 0,"errMsg": ""}'


@pytest.fixture
async def qq(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Platform]:
    async with connected(v11.Adapter, tmp_path, monkeypatch) as platform:
        yield platform


def heartbeat(status: Any) -> v11.Event:
    report = {"time": 1, "self_id": SELF_ID, "post_type": "meta_event", "meta_event_type": "heartbeat"}
    event = v11.Adapter.json_to_event(report | {"status": status, "interval": 30000})
    assert event is not None
    return event


def bot_offline() -> v11.Event:
    return NoticeEvent.model_validate(
        {"time": 1, "self_id": SELF_ID, "post_type": "notice", "notice_type": "bot_offline", "user_id": SELF_ID}
    )


def refused(wording: str, retcode: int = 1200) -> ActionFailed:
    return ActionFailed(status="failed", retcode=retcode, message=wording, wording=wording)


@pytest.mark.parametrize(
    ("status", "online"),
    [
        ({"online": True, "good": True}, True),
        ({"online": False, "good": True}, False),
        ({"online": None, "good": True}, None),
        ({"good": True}, None),
        ({}, None),
    ],
)
def test_a_heartbeat_says_what_it_says_and_nothing_when_it_does_not_know(status: Any, online: bool | None) -> None:
    assert says_online(heartbeat(status)) is online
    assert isinstance(heartbeat({"online": True, "good": True}), HeartbeatMetaEvent)


@pytest.mark.parametrize("event", [heartbeat({"online": False, "good": True}), bot_offline()])
async def test_a_bridge_that_reports_qq_offline_is_not_connected_until_it_reports_it_back(
    qq: Platform, event: v11.Event
) -> None:
    messenger = qq.runtime.messenger
    await qq.receive(event)
    assert ACCOUNT not in messenger.connected_accounts()
    with pytest.raises(NotConnected):
        await messenger.send_private(ACCOUNT, USER, "好")
    assert qq.calls.sent == []
    await qq.receive(heartbeat({"online": True, "good": True}))
    assert ACCOUNT in messenger.connected_accounts()
    await messenger.send_private(ACCOUNT, USER, "好")


async def test_somebody_talking_to_us_shows_that_qq_is_online_and_gets_the_answer(qq: Platform) -> None:
    await qq.receive(bot_offline())
    said = await qq.receive(private_message("帮助"))
    assert said
    assert ACCOUNT in qq.runtime.messenger.connected_accounts()


async def test_a_network_failure_named_by_qq_is_unsent_and_takes_the_account_offline(qq: Platform) -> None:
    qq.calls.answers["send_msg"] = refused(NETWORK_DOWN)
    with pytest.raises(NotConnected):
        await qq.runtime.messenger.send_private(ACCOUNT, USER, "好")
    assert ACCOUNT not in qq.runtime.messenger.connected_accounts()


async def test_timeouts_for_two_people_in_a_row_take_the_account_offline_and_one_answer_brings_it_back(
    qq: Platform,
) -> None:
    messenger = qq.runtime.messenger
    qq.calls.answers["send_msg"] = refused(NT_TIMEOUT)
    for user in ("1", "2"):
        assert ACCOUNT in messenger.connected_accounts()
        with pytest.raises(OutcomeUnknown):
            await messenger.send_private(ACCOUNT, user, "好")
    assert ACCOUNT not in messenger.connected_accounts()
    # 隔一会儿放一条出去试，成了就是回来了：不必等桥来报
    later = time.monotonic() + FIRST_PROBE.total_seconds() + 1
    qq.runtime.messenger.presence.monotonic = lambda: later
    qq.calls.answers["send_msg"] = {"message_id": 1}
    for user in ("3", "4"):
        await messenger.send_private(ACCOUNT, user, "好")
    assert ACCOUNT in messenger.connected_accounts()


async def test_an_answer_between_two_timeouts_starts_the_count_again(qq: Platform) -> None:
    for user, answer in (("1", refused(NT_TIMEOUT)), ("2", {"message_id": 1}), ("3", refused(NT_TIMEOUT))):
        qq.calls.answers["send_msg"] = answer
        with suppress(OutcomeUnknown):
            await qq.runtime.messenger.send_private(ACCOUNT, user, "好")
    assert ACCOUNT in qq.runtime.messenger.connected_accounts()


async def test_timeouts_in_groups_say_nothing_about_private_chats(qq: Platform) -> None:
    qq.calls.answers["send_msg"] = refused(NT_TIMEOUT)
    for group in ("1", "2", "3"):
        with pytest.raises(OutcomeUnknown):
            await qq.runtime.messenger.send_to_group(ACCOUNT, group, "好")
    assert ACCOUNT in qq.runtime.messenger.connected_accounts()


@pytest.mark.parametrize("wording", [NETWORK_DOWN, NT_TIMEOUT])
async def test_a_friend_list_that_cannot_be_read_while_offline_is_not_taken_for_one_not_offered(
    qq: Platform, wording: str
) -> None:
    qq.calls.answers["get_friend_list"] = refused(wording)
    assert await qq.runtime.messenger.is_friend(ACCOUNT, USER) is None


def http_failure(cause: BaseException) -> NetworkError:
    error = NetworkError("HTTP request failed")
    error.__cause__ = cause
    return error


class ConnectError(Exception):
    pass


class ReadTimeout(Exception):
    pass


def test_only_a_request_that_never_left_counts_as_unsent() -> None:
    assert never_left(http_failure(ConnectError()))
    assert never_left(http_failure(ConnectionRefusedError()))
    assert not never_left(http_failure(ReadTimeout()))
    assert not never_left(NetworkError("WebSocket call api send_msg timeout"))


async def test_an_http_bridge_that_is_down_is_not_connected_and_its_friend_list_is_no_refusal(qq: Platform) -> None:
    qq.calls.answers["get_friend_list"] = http_failure(ConnectError())
    assert await qq.runtime.messenger.is_friend(ACCOUNT, USER) is None
    assert ACCOUNT not in qq.runtime.messenger.connected_accounts()


async def test_an_http_account_exists_before_its_first_event_and_can_be_sent_to(
    qq: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    configured = {"77777": "http://127.0.0.1:3000"}
    monkeypatch.setattr(qq.bot.adapter.onebot_config, "onebot_api_roots", configured)
    # 测试用的驱动器不会发 HTTP
    monkeypatch.setattr("nonebot_plugin_refund.chat.http_accounts.HTTPClientMixin", object)
    account = Account(ONEBOT, "77777")
    assert account in qq.runtime.messenger.connected_accounts()
    await qq.runtime.messenger.send_private(account, USER, "好")
    assert len(qq.calls.sent) == 1
    assert "77777" not in qq.bot.adapter.bots, "登记了就会把它的 WebSocket 挡在门外"

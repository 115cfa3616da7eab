"""在 QQ 里的规矩：禁言的群不再发，图片的毛病不连累别处，几个账号只答一次，好友慢慢加。"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from nonebot.adapters.onebot import v11
from nonebot.adapters.onebot.v11 import ActionFailed, MessageSegment, NetworkError
from nonebot.adapters.onebot.v11.event import FriendAddNoticeEvent, FriendRequestEvent, GroupBanNoticeEvent

from nonebot_plugin_refund.chat.incoming.seen_messages import CLOSE, SeenMessages
from nonebot_plugin_refund.chat.sending import muted_groups
from nonebot_plugin_refund.chat.sending.new_friends import NEW_FOR, NewFriends
from nonebot_plugin_refund.chat.sending.outgoing import ReplySender
from nonebot_plugin_refund.delivery.messenger import Account, Muted
from nonebot_plugin_refund.delivery.spacing import Spacing
from nonebot_plugin_refund.dialogue.base.incoming import ONEBOT
from nonebot_plugin_refund.dialogue.base.turn import Reply
from tests.chat.bridge.test_outgoing import ILLUSTRATED, PNG, _heard, _refuse_pictures, _shown
from tests.chat.events import GROUP_ID, SELF_ID, USER_ID, group_message, private_message
from tests.chat.platform_harness import Platform, connected

ACCOUNT = Account(ONEBOT, str(SELF_ID))
IN_GROUP = {"group_id": str(GROUP_ID)}
MUTED = [
    ActionFailed(status="failed", retcode=1200, wording='EventRet:\n{"result": 120,"errMsg": "你已被禁言"}'),
    ActionFailed(status="failed", retcode=1200, wording="当前处于被禁言状态"),
    ActionFailed(status="failed", retcode=120, wording=""),
]
NOT_FRIENDS = ActionFailed(status="failed", retcode=1200, wording='{"result": 16,"errMsg": "请先添加对方为好友"}')


@pytest.fixture
async def qq(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Platform]:
    async with connected(v11.Adapter, tmp_path, monkeypatch) as platform:
        platform.runtime.new_friends = NewFriends(platform.clock, Spacing(timedelta(), timedelta()))
        yield platform


def group_ban(duration: int, **changes: Any) -> GroupBanNoticeEvent:
    fields: dict[str, Any] = {
        "time": 1_795_400_000,
        "self_id": SELF_ID,
        "post_type": "notice",
        "notice_type": "group_ban",
        "sub_type": "ban" if duration else "lift_ban",
        "group_id": GROUP_ID,
        "operator_id": 1,
        "user_id": SELF_ID,
        "duration": duration,
    }
    return GroupBanNoticeEvent.model_validate(fields | changes)


class TestMuted:
    @pytest.mark.parametrize("error", MUTED)
    async def test_after_one_refusal_nothing_more_goes_in_for_a_while(self, qq: Platform, error: Exception) -> None:
        qq.calls.answers["send_msg"] = error
        sayer = ReplySender(qq.runtime, lambda card: PNG)
        for _ in range(10):
            await sayer.say(_heard(**IN_GROUP), [ILLUSTRATED, Reply("又一条")])
        assert _shown(qq.calls.sent) == ["图"]
        qq.clock.moment += muted_groups.PAUSE + timedelta(seconds=1)
        del qq.calls.answers["send_msg"]
        await sayer.say(_heard(**IN_GROUP), [Reply("好了")])
        assert _shown(qq.calls.sent) == ["图", "好了"]

    async def test_other_groups_and_private_chats_go_on(self, qq: Platform) -> None:
        qq.calls.answers["send_msg"] = MUTED[0]
        sayer = ReplySender(qq.runtime, lambda card: PNG)
        await sayer.say(_heard(**IN_GROUP), [ILLUSTRATED])
        del qq.calls.answers["send_msg"]
        await sayer.say(_heard(group_id="20009"), [ILLUSTRATED])
        await sayer.say(_heard(), [ILLUSTRATED])
        assert _shown(qq.calls.sent) == ["图"] * 3

    async def test_the_end_of_the_ban_is_looked_up(self, qq: Platform) -> None:
        ends = qq.clock.now() + timedelta(hours=2)
        qq.calls.answers |= {"send_msg": MUTED[0], "get_group_member_info": {"shut_up_timestamp": ends.timestamp()}}
        sayer = ReplySender(qq.runtime)
        await sayer.say(_heard(**IN_GROUP), [Reply("一")])
        qq.clock.moment += timedelta(hours=1, minutes=59)
        await sayer.say(_heard(**IN_GROUP), [Reply("二")])
        assert _shown(qq.calls.sent) == ["一"]
        qq.clock.moment += timedelta(minutes=2)
        await sayer.say(_heard(**IN_GROUP), [Reply("三")])
        assert _shown(qq.calls.sent) == ["一", "三"]

    @pytest.mark.parametrize(
        "answer", [{"shut_up_timestamp": 9e12}, {"shut_up_timestamp": "x"}, None, NetworkError("x")]
    )
    async def test_an_end_that_cannot_be_believed_is_a_pause(self, qq: Platform, answer: Any) -> None:
        qq.calls.answers |= {"send_msg": MUTED[0], "get_group_member_info": answer}
        await ReplySender(qq.runtime).say(_heard(**IN_GROUP), [Reply("一")])
        assert qq.runtime.messenger.muted.covers(ACCOUNT, str(GROUP_ID))
        qq.clock.moment += muted_groups.PAUSE
        assert not qq.runtime.messenger.muted.covers(ACCOUNT, str(GROUP_ID))

    async def test_a_notice_is_heeded_until_it_is_lifted(self, qq: Platform) -> None:
        await qq.receive(group_ban(3600))
        assert await qq.receive(group_message("/退款 帮助")) == []
        with pytest.raises(Muted):
            await qq.runtime.messenger.mention_in_group(ACCOUNT, str(GROUP_ID), str(USER_ID), "有一条提醒")
        await qq.receive(group_ban(0))
        assert not qq.runtime.messenger.muted.covers(ACCOUNT, str(GROUP_ID))
        assert len(await qq.receive(group_message("/退款 场景"))) == 1

    async def test_somebody_elses_ban_is_none_of_our_business(self, qq: Platform) -> None:
        await qq.receive(group_ban(3600, user_id=USER_ID))
        await qq.receive(group_ban(-1, user_id=0))
        assert len(await qq.receive(group_message("/退款 帮助"))) == 1


class TestPictures:
    async def test_trouble_in_one_group_leaves_pictures_elsewhere(self, qq: Platform) -> None:
        sayer = ReplySender(qq.runtime, lambda card: PNG)
        qq.calls.answers["send_msg"] = _refuse_pictures(NetworkError("WebSocket call api send_msg timeout"))
        await sayer.say(_heard(**IN_GROUP), [ILLUSTRATED])
        del qq.calls.answers["send_msg"]
        await sayer.say(_heard(**IN_GROUP, user_id="30009"), [ILLUSTRATED])
        await sayer.say(_heard(), [ILLUSTRATED])
        await sayer.say(_heard(group_id="20009"), [ILLUSTRATED])
        assert _shown(qq.calls.sent)[2:] == ["同样的话", "图", "图"]


OTHER = SELF_ID + 1


def seen(*events: Any) -> list[bool]:
    remembered = SeenMessages()
    return [remembered.seen_before(event) for event in events]


class TestTwoAccounts:
    @pytest.mark.parametrize(
        "changes",
        [
            {},
            {"time": 1_795_400_001},
            {"time": 1_795_399_998},
            {"raw_message": "[CQ:reply,id=7]/退款 帮助"},
            {"message": MessageSegment.reply(7) + MessageSegment.text(" /退款  帮助 ")},
        ],
    )
    def test_the_same_message_seen_by_both_is_one(self, changes: dict[str, Any]) -> None:
        first = group_message("/退款 帮助", time=1_795_400_000)
        fields = {"message": "/退款 帮助", "time": 1_795_400_000, "self_id": OTHER} | changes
        assert seen(first, group_message(fields.pop("message"), **fields)) == [False, True]

    def test_pictures_with_other_keys_are_one(self) -> None:
        def shown(rkey: str, account: int) -> Any:
            url = f"https://example.invalid/?rkey={rkey}"
            picture = MessageSegment.text("/退款 看图") + MessageSegment("image", {"file": "a.png", "url": url})
            return group_message(picture, self_id=account, time=1_795_400_000)

        assert seen(shown("x", SELF_ID), shown("y", OTHER)) == [False, True]

    def test_saying_it_again_is_two_and_both_accounts_pair_them_up(self) -> None:
        def said(account: int, time: int) -> Any:
            return group_message("1", self_id=account, time=1_795_400_000 + time)

        events = (said(SELF_ID, 0), said(OTHER, 0), said(SELF_ID, 2), said(OTHER, 2))
        assert seen(*events) == [False, True, False, True]

    def test_later_elsewhere_or_by_another_is_another(self) -> None:
        base = {"time": 1_795_400_000}
        for changes in ({"time": 1_795_400_000 + CLOSE + 1}, {"group_id": 20_009}, {"user_id": 30_009}):
            other = group_message("/退款", self_id=OTHER, **(base | changes))
            assert seen(group_message("/退款", **base), other) == [False, False]

    def test_a_real_number_in_the_group_settles_it(self) -> None:
        first = group_message("/退款", time=1_795_400_000, real_seq="41")
        assert seen(first, group_message("/退款", self_id=OTHER, time=1_795_400_030, real_seq="41")) == [False, True]
        assert seen(first, group_message("/退款", self_id=OTHER, time=1_795_400_000, real_seq="42")) == [False, False]

    def test_one_account_hears_the_same_number_once(self) -> None:
        assert seen(group_message("一", message_id=5), group_message("一", message_id=5)) == [False, True]
        assert seen(private_message("一", message_id=5), private_message("一", message_id=5)) == [False, True]
        assert seen(private_message("一", message_id=5), private_message("一", message_id=6)) == [False, False]
        assert seen(private_message("一", message_id=-1), private_message("一", message_id=-2)) == [False, False]


def request(user_id: int = USER_ID, flag: str = "f") -> FriendRequestEvent:
    return FriendRequestEvent(
        time=0, self_id=SELF_ID, post_type="request", request_type="friend", user_id=user_id, comment="", flag=flag
    )


class TestFriends:
    async def test_a_request_reported_again_is_approved_once(self, qq: Platform) -> None:
        for event in (request(), request(), request(flag="another"), request(user_id=30_009), request(30_009, "f2")):
            await qq.receive(event)
        approved = [data["flag"] for data in qq.calls.named("set_friend_add_request")]
        assert approved == ["f", "f"]
        qq.clock.moment += NEW_FOR + timedelta(seconds=1)
        await qq.receive(request())
        assert len(qq.calls.named("set_friend_add_request")) == 3

    async def test_a_failed_approval_is_tried_when_reported_again(self, qq: Platform) -> None:
        qq.calls.answers["set_friend_add_request"] = NetworkError("x")
        await qq.receive(request())
        await qq.receive(request())
        assert len(qq.calls.named("set_friend_add_request")) == 2

    async def test_approvals_keep_a_pace(self, qq: Platform) -> None:
        slept: list[float] = []

        async def sleep(seconds: float) -> None:
            slept.append(seconds)

        spacing = Spacing(timedelta(seconds=3), timedelta(), sleep=sleep, monotonic=lambda: 0.0)
        friends = NewFriends(qq.clock, spacing)
        for number in range(3):
            assert await friends.may_approve(ACCOUNT, request(30_000 + number, f"f{number}"))
        assert slept == [3.0, 6.0]

    @pytest.mark.parametrize("noticed", [True, False])
    async def test_the_first_words_to_a_new_friend_are_said_again(self, qq: Platform, noticed: bool) -> None:
        if noticed:
            fields = {"time": 0, "self_id": SELF_ID, "post_type": "notice", "notice_type": "friend_add"}
            await qq.receive(FriendAddNoticeEvent.model_validate(fields | {"user_id": USER_ID}))
        else:
            await qq.receive(request())
        waited: list[float] = []

        async def sleep(seconds: float) -> None:
            waited.append(seconds)
            if len(waited) == 2:
                del qq.calls.answers["send_msg"]

        qq.calls.answers["send_msg"] = NOT_FRIENDS
        await ReplySender(qq.runtime, sleep=sleep).say(_heard(), [Reply("你好")])
        assert _shown(qq.calls.sent) == ["你好"] * 3
        assert len(waited) == 2

    async def test_whoever_is_no_new_friend_is_tried_once(self, qq: Platform) -> None:
        qq.calls.answers["send_msg"] = NOT_FRIENDS
        await ReplySender(qq.runtime).say(_heard(), [Reply("你好")])
        assert _shown(qq.calls.sent) == ["你好"]

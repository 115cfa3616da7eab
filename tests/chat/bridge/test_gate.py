"""门：哪些消息归我们管，放行时看到了什么。"""

from typing import Any

import nonebot
import pytest
from nonebot.adapters import Event
from nonebot.adapters.onebot.v11 import Adapter, Bot, Message, MessageSegment
from nonebot.adapters.onebot.v11.event import FriendAddNoticeEvent
from nonebug import App

from nonebot_plugin_refund.chat.incoming.gate import CurrentIncoming, Gate, build_gate
from nonebot_plugin_refund.dialogue.base.incoming import CONSOLE, EVERYBODY, ONEBOT, SOMEBODY, Incoming, Kind, Remark
from tests.chat.events import GROUP_ID, SELF_ID, USER_ID, console_message, group_message, private_message


def make_gate(**changes: Any) -> Gate:
    """默认开着关键词、命令前缀为 `/` 的门。"""
    settings: dict[str, Any] = {
        "command_words": ["退款"],
        "command_starts": {"/"},
        "listens": lambda platform, group_id: True,
        "worth_reading": lambda text: "退" in text,
        "hear": lambda remark: True,
        "has_something_to_say": lambda remark: True,
        "our_accounts": lambda: [str(SELF_ID)],
    }
    return Gate(**(settings | changes))


def fake_bot(self_id: int = SELF_ID) -> Bot:
    return Bot(nonebot.get_adapter(Adapter), str(self_id))


def admit(event: Event, gate: Gate | None = None, self_id: int = SELF_ID) -> Incoming | None:
    return (gate or make_gate()).admit(fake_bot(self_id), event)


def must_admit(event: Event, gate: Gate | None = None) -> Incoming:
    incoming = admit(event, gate)
    assert incoming is not None
    return incoming


class TestGroup:
    def test_ordinary_chat_is_not_ours(self) -> None:
        assert admit(group_message("今天吃什么")) is None

    @pytest.mark.parametrize(
        ("text", "arguments"),
        [
            ("/退款", ""),
            ("/退款 进度 K7Q2", "进度 K7Q2"),
            ("/退款进度", "进度"),
            ("  /退款   买的鞋不想要了 ", "买的鞋不想要了"),
            ("／退款 我的", "我的"),
            ("/退款\n孩子打赏了", "孩子打赏了"),
        ],
    )
    def test_command_is_ours_with_what_follows(self, text: str, arguments: str) -> None:
        incoming = must_admit(group_message(text))
        assert (incoming.kind, incoming.arguments, incoming.group_id) == (Kind.COMMAND, arguments, str(GROUP_ID))

    def test_other_commands_are_not_ours(self) -> None:
        assert admit(group_message("/天气 北京"), make_gate(worth_reading=lambda text: False)) is None

    def test_bare_word_is_no_command_in_a_group(self) -> None:
        assert admit(group_message("退款 进度"), make_gate(listens=lambda *_: False)) is None

    def test_bare_word_is_a_command_when_the_owner_allows_an_empty_prefix(self) -> None:
        gate = make_gate(command_starts={"", "/"}, listens=lambda *_: False)
        assert must_admit(group_message("退款 进度"), gate).arguments == "进度"
        assert admit(group_message("退款怎么还没到"), gate) is None

    def test_longest_command_word_wins(self) -> None:
        gate = make_gate(command_words=["退款", "退款助手"])
        assert must_admit(group_message("/退款助手 帮助"), gate).arguments == "帮助"

    def test_to_me_is_a_mention(self) -> None:
        incoming = must_admit(group_message("买的鞋不想要了", to_me=True))
        assert (incoming.kind, incoming.arguments, incoming.text) == (Kind.MENTION, None, "买的鞋不想要了")

    def test_mention_may_carry_a_command_without_prefix(self) -> None:
        assert must_admit(group_message("退款 帮助", to_me=True)).arguments == "帮助"

    def test_mention_in_the_middle_is_found(self) -> None:
        message = MessageSegment.text("喂 ") + MessageSegment.at(SELF_ID) + MessageSegment.text(" 怎么退")
        assert must_admit(group_message(message)).kind is Kind.MENTION

    def test_mention_with_nothing_else_is_ours_and_empty(self) -> None:
        assert must_admit(group_message("", to_me=True)).text == ""

    def test_talk_to_others_that_is_not_about_refunds_is_not_ours_even_at_our_turn(self) -> None:
        message = MessageSegment.at(USER_ID + 1) + MessageSegment.text(" 吃饭没")
        assert admit(group_message(message), make_gate(hear=lambda remark: True)) is None

    def test_mention_of_somebody_else_is_not_a_mention(self) -> None:
        message = MessageSegment.text("喂 ") + MessageSegment.at(USER_ID) + MessageSegment.text(" 吃饭")
        assert admit(group_message(message)) is None

    def test_reply_left_in_front_does_not_break_a_command(self) -> None:
        incoming = must_admit(group_message(MessageSegment.reply(-77) + MessageSegment.text(" /退款 进度")))
        assert (incoming.kind, incoming.arguments, incoming.reply_to) == (Kind.COMMAND, "进度", "-77")

    def test_keyword_is_ours_only_where_keywords_are_on(self) -> None:
        gate = make_gate(listens=lambda platform, group_id: group_id == "20002")
        assert admit(group_message("这个能退吗"), gate) is None
        assert must_admit(group_message("这个能退吗", group_id=20002), gate).kind is Kind.KEYWORD

    def test_a_keyword_is_ours_only_when_it_is_our_turn(self) -> None:
        assert admit(group_message("这个能退吗"), make_gate(hear=lambda remark: False)) is None

    def test_a_keyword_is_let_in_only_when_we_would_really_speak(self) -> None:
        asked: list[str] = []

        def nothing(remark: Any) -> bool:
            asked.append(remark.text)
            return False

        assert admit(group_message("这个能退吗"), make_gate(has_something_to_say=nothing)) is None
        assert admit(group_message("今天吃什么"), make_gate(has_something_to_say=nothing)) is None
        assert asked == ["这个能退吗"]

    def test_cq_codes_written_as_text_stay_text(self) -> None:
        text = f"[CQ:at,qq={SELF_ID}] 你好"
        assert admit(group_message(text)) is None
        assert must_admit(group_message(f"/退款 {text}")).arguments == text

    def test_string_format_reports_are_understood(self) -> None:
        incoming = must_admit(group_message(Message("/退款 &#91;图&#93;[CQ:image,file=a.png]")))
        assert (incoming.arguments, incoming.has_picture) == ("[图]", True)

    @pytest.mark.parametrize(("role", "expected"), [("owner", True), ("admin", True), ("member", False)])
    def test_role_is_read(self, role: str, expected: bool) -> None:
        assert must_admit(group_message("/退款", sender={"role": role})).is_group_admin is expected

    def test_role_may_be_absent(self) -> None:
        assert must_admit(group_message("/退款", sender={"user_id": USER_ID})).is_group_admin is None

    def test_anonymous_is_ignored(self) -> None:
        flag = {"id": 1, "name": "某人", "flag": "x"}
        assert admit(group_message("/退款", sub_type="anonymous", anonymous=flag)) is None

    @pytest.mark.parametrize(
        "spoilt", [{"anonymous": {}}, {"anonymous": {"name": "某人"}}, {"group_id": "甲"}], ids=str
    )
    def test_a_group_message_the_adapter_cannot_read_whole_is_no_private_chat(self, spoilt: dict[str, Any]) -> None:
        report = group_message("/退款 我的").model_dump() | {"message": "/退款 我的"} | spoilt
        event = Adapter.json_to_event(report)
        assert event is not None
        assert event.get_type() == "message"
        assert admit(event) is None

    def test_own_message_is_ignored(self) -> None:
        assert admit(group_message("/退款", user_id=SELF_ID)) is None


def heard(event: Event, **changes: Any) -> list[Remark]:
    """门就这条消息去问、去记的话。"""
    remarks: list[Remark] = []
    admit(event, make_gate(hear=lambda remark: bool(remarks.append(remark)), **changes))
    return remarks


def quoting(author: int | None, text: str, **changes: Any) -> Event:
    """NoneBot 查到了原消息的引用。"""
    reply = {
        "time": 1_795_400_000,
        "message_type": "group",
        "message_id": -5,
        "real_id": -5,
        "sender": {"user_id": author},
        "message": Message("原话"),
    }
    return group_message(text, reply=reply, **changes)


class TestHeard:
    """没叫我们的话：哪些要记，记成什么样。"""

    HELPER = 30002

    def test_chatter_is_not_even_noted(self) -> None:
        for message in ("今天吃什么", MessageSegment.image("a.png"), "[CQ:at,qq=30002] 你好"):
            assert heard(group_message(message)) == []

    def test_a_refund_word_is_noted(self) -> None:
        assert heard(group_message("这个能退吗")) == [Remark(ONEBOT, str(GROUP_ID), str(USER_ID), (), "这个能退吗")]

    @pytest.mark.parametrize("text", ["这个能退吗", "吃饭没"])
    def test_a_mention_names_whom_it_is_said_to(self, text: str) -> None:
        (remark,) = heard(group_message(MessageSegment.at(self.HELPER) + MessageSegment.text(f" {text}")))
        assert (remark.others, remark.text) == ((str(self.HELPER),), text)

    def test_a_quote_names_whom_it_is_said_to(self) -> None:
        (remark,) = heard(quoting(self.HELPER, "这个能退吗"))
        assert remark.others == (str(self.HELPER),)

    def test_a_quote_nobody_can_look_up_is_said_to_somebody(self) -> None:
        for event in (
            quoting(None, "这个能退吗"),
            group_message(MessageSegment.reply(-77) + MessageSegment.text(" 这个能退吗")),
        ):
            (remark,) = heard(event)
            assert remark.others == (SOMEBODY,)

    def test_a_word_to_everybody_is_said_to_everybody(self) -> None:
        (remark,) = heard(group_message(MessageSegment.at("all") + MessageSegment.text(" 能退吗")))
        assert remark.others == (EVERYBODY,)

    def test_quoting_oneself_is_said_to_nobody_else(self) -> None:
        (remark,) = heard(quoting(USER_ID, "这个能退吗"))
        assert remark.others == ()

    def test_what_our_other_account_says_or_is_told_is_nobodys_conversation(self) -> None:
        ours = {"our_accounts": lambda: ["10001", "10002"]}
        assert heard(group_message("七天内可以退", user_id=10002), **ours) == []
        (remark,) = heard(group_message(MessageSegment.at(10002) + MessageSegment.text(" 能退吗")), **ours)
        assert remark.others == ()

    def test_nothing_is_noted_where_we_do_not_listen_or_are_addressed(self) -> None:
        assert heard(group_message("这个能退吗"), listens=lambda *_: False) == []
        for event in (group_message("这个能退吗", to_me=True), group_message("/退款"), private_message("能退吗")):
            assert heard(event) == []


class TestSeveralBots:
    def test_one_message_seen_by_two_accounts_is_admitted_once(self) -> None:
        gate = make_gate(our_accounts=lambda: ["10001", "10002"])
        seen = {"time": 1_795_500_000, "raw_message": "/退款"}
        first = admit(group_message("/退款", **seen), gate)
        second = admit(group_message("/退款", self_id=10002, **seen), gate, self_id=10002)
        assert first is not None
        assert second is None

    def test_a_message_naming_our_other_account_is_left_to_it(self) -> None:
        gate = make_gate(our_accounts=lambda: ["10001", "10002"])
        message = MessageSegment.at(10002) + MessageSegment.text(" /退款")
        assert admit(group_message(message), gate) is None

    def test_a_message_quoting_our_other_account_is_left_to_it(self) -> None:
        gate = make_gate(our_accounts=lambda: ["10001", "10002"])
        assert admit(quoting(10002, "那充值的能退吗"), gate) is None
        assert admit(quoting(10001, "那充值的能退吗", to_me=True), gate) is not None

    def test_our_accounts_do_not_answer_each_other(self) -> None:
        gate = make_gate(our_accounts=lambda: ["10001", "10002"])
        assert admit(group_message("可以试试七天无理由退货", user_id=10002), gate) is None


class TestPrivate:
    def test_anything_said_in_private_is_ours(self) -> None:
        incoming = must_admit(private_message("你好"))
        assert (incoming.kind, incoming.is_private, incoming.arguments) == (Kind.PRIVATE, True, None)

    @pytest.mark.parametrize(("text", "arguments"), [("退款", ""), ("退款 我的", "我的"), ("/退款 我的", "我的")])
    def test_command_word_alone_works(self, text: str, arguments: str) -> None:
        incoming = must_admit(private_message(text))
        assert (incoming.kind, incoming.arguments) == (Kind.COMMAND, arguments)

    def test_a_sentence_that_starts_with_the_word_is_no_command(self) -> None:
        assert must_admit(private_message("退款怎么还没到")).kind is Kind.PRIVATE

    @pytest.mark.parametrize("message", [Message(), MessageSegment.image("a.png"), MessageSegment.face(1)])
    def test_messages_without_words_are_ours_and_empty(self, message: Message) -> None:
        assert must_admit(private_message(message)).text == ""

    def test_pictures_are_noted_and_never_kept(self) -> None:
        incoming = must_admit(private_message(MessageSegment.text("看") + MessageSegment.image("http://x/a.png")))
        assert incoming.has_picture
        assert "a.png" not in repr(incoming)

    @pytest.mark.parametrize(
        ("changes", "group"),
        [
            ({"group_id": 20009}, "20009"),
            ({"sender": {"user_id": USER_ID, "group_id": 20009}}, "20009"),
            ({}, None),
        ],
    )
    def test_temporary_session_is_marked(self, changes: dict[str, Any], group: str | None) -> None:
        incoming = must_admit(private_message("你好", sub_type="group", **changes))
        assert (incoming.is_temporary, incoming.temporary_group_id, incoming.group_id) == (True, group, None)

    def test_friend_is_not_a_temporary_session(self) -> None:
        assert not must_admit(private_message("你好")).is_temporary

    def test_superuser_is_known(self) -> None:
        assert must_admit(private_message("你好", user_id=10000)).is_superuser
        assert not must_admit(private_message("你好")).is_superuser

    def test_message_delivered_twice_is_admitted_once(self) -> None:
        gate, event = make_gate(), private_message("2")
        assert admit(event, gate) is not None
        assert admit(event.model_copy(), gate) is None

    def test_only_recent_messages_are_remembered(self) -> None:
        gate, first = make_gate(), private_message("第一条")
        admit(first, gate)
        for _ in range(2048):
            admit(private_message("又一条"), gate)
        assert admit(first, gate) is not None


class TestConsole:
    def test_group_chat_is_read(self) -> None:
        incoming = must_admit(console_message("/退款 帮助", private=False))
        assert (incoming.platform, incoming.group_id, incoming.arguments) == (CONSOLE, "general", "帮助")
        assert incoming.is_group_admin is True

    def test_group_small_talk_is_not_ours(self) -> None:
        assert admit(console_message("今天吃什么", private=False)) is None

    def test_mention_is_ours(self) -> None:
        assert must_admit(console_message("买的鞋不想要了", private=False, to_me=True)).kind is Kind.MENTION

    def test_private_chat_is_read(self) -> None:
        incoming = must_admit(console_message("孩子打赏了", private=True))
        assert (incoming.kind, incoming.group_id, incoming.user_id) == (Kind.PRIVATE, None, "user")


def test_notices_are_not_ours() -> None:
    notice = {"time": 1, "self_id": SELF_ID, "post_type": "notice", "notice_type": "friend_add", "user_id": USER_ID}
    assert admit(FriendAddNoticeEvent.model_validate(notice)) is None


async def test_handler_receives_the_incoming(app: App) -> None:
    received: list[Incoming] = []
    door = build_gate(make_gate())
    door.append_handler(_collector(received))
    async with app.test_matcher(door) as context:
        bot = context.create_bot(
            base=Bot, adapter=nonebot.get_adapter(Adapter), self_id=str(SELF_ID), auto_connect=False
        )
        context.receive_event(bot, group_message("今天吃什么"))
        context.receive_event(bot, group_message("/退款 帮助"))
    door.destroy()
    assert [(incoming.platform, incoming.arguments) for incoming in received] == [(ONEBOT, "帮助")]


async def test_other_events_share_the_door_without_an_incoming(app: App) -> None:
    received: list[Incoming] = []
    friends: list[int] = []
    door = build_gate(make_gate(), other_events=(FriendAddNoticeEvent,))
    door.append_handler(_collector(received))

    async def greet(event: FriendAddNoticeEvent) -> None:
        friends.append(event.user_id)

    door.append_handler(greet)
    notice = {"time": 1, "self_id": SELF_ID, "post_type": "notice", "notice_type": "friend_add", "user_id": USER_ID}
    async with app.test_matcher(door) as context:
        bot = context.create_bot(
            base=Bot, adapter=nonebot.get_adapter(Adapter), self_id=str(SELF_ID), auto_connect=False
        )
        context.receive_event(bot, FriendAddNoticeEvent.model_validate(notice))
        context.receive_event(bot, private_message("你好"))
    door.destroy()
    assert ([incoming.text for incoming in received], friends) == (["你好"], [USER_ID])


def _collector(received: list[Incoming]) -> Any:
    async def collect(incoming: CurrentIncoming) -> None:
        received.append(incoming)

    return collect


def test_gate_does_not_block_other_plugins() -> None:
    door = build_gate(make_gate())
    try:
        assert door.block is False
    finally:
        door.destroy()

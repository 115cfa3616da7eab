"""群里一条无关的消息走几步就止步：数调用，不掐表，机器忙闲都一样；只许少，不许多。"""

import gc
import sys
from collections import Counter
from functools import cache
from typing import Any

import nonebot
import pytest
from nonebot.adapters import Event
from nonebot.adapters.onebot.v11 import Adapter, Bot

from nonebot_plugin_refund.chat.incoming.gate import Gate, GatedMatcher, build_gate
from nonebot_plugin_refund.chat.logs.log_guard import guarded
from nonebot_plugin_refund.dialogue.group.listening import Listener
from nonebot_plugin_refund.dialogue.group.memory import GroupMemory
from nonebot_plugin_refund.domain.understanding.scenarios import Classifier
from nonebot_plugin_refund.rulebook.wording_models.signals import load_signals
from tests.chat.conversation_harness import FakeClock
from tests.chat.events import SELF_ID, group_message

MOST_CALLS = 18
"""门看一条无关的消息，Python 与 C 的调用一共最多这么多次。"""
MOST_CALLS_FOR_A_LINE = 20
MOST_CALLS_FOR_A_STANDING_LINE = 3
IDLE = (
    "今天中午吃什么",
    "哈哈哈哈哈哈",
    "明天的会改到下午三点了，大家记得带上上次的表格，会议室还是老地方",
    "有人知道这首歌叫什么名字吗",
    "周末一起去爬山？",
)


_CLASSIFIER = cache(lambda: Classifier(load_signals()))


def _gate(starts: set[str]) -> Gate:
    """像真的一样听群里的话的门。"""
    listener = Listener(GroupMemory(), _CLASSIFIER(), FakeClock())
    return Gate(
        command_words=["退款"],
        command_starts=starts,
        listens=listener.listens,
        worth_reading=listener.worth_reading,
        hear=listener.hear,
        has_something_to_say=listener.has_something_to_say,
        our_accounts=lambda: [str(SELF_ID)],
    )


@pytest.fixture
def door() -> Any:
    door = build_gate(_gate({"/"}), watch=lambda bot, event: pytest.fail("闲聊不必看在不在线"))
    yield door
    door.destroy()


def counted(work: Any) -> Counter[str]:
    """做一件事一共调用了些什么，各几次。"""
    calls: Counter[str] = Counter()

    def note(frame: Any, kind: str, argument: Any) -> None:
        if kind == "call":
            calls[frame.f_code.co_qualname] += 1
        elif kind == "c_call":
            calls[argument.__qualname__] += 1

    was_on = gc.isenabled()
    gc.disable()  # 收垃圾时别处的回调也算成调用
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
        if was_on:
            gc.enable()
    calls.pop("setprofile", None)
    return calls


def ask(door: type[GatedMatcher], event: Event) -> bool:
    """NoneBot 问门的那一步，不经事件循环。"""
    bot = Bot(nonebot.get_adapter(Adapter), str(SELF_ID))
    asking = door.check_perm(bot, event)
    try:
        asking.send(None)
    except StopIteration as answered:
        return answered.value
    raise AssertionError("门不等任何东西")


@pytest.mark.parametrize("text", IDLE)
def test_idle_talk_in_a_group_is_over_in_a_few_calls(door: type[GatedMatcher], text: str) -> None:
    event = group_message(text)
    assert not ask(door, event)  # 头一回要建表
    asking = door.check_perm(Bot(nonebot.get_adapter(Adapter), str(SELF_ID)), event)

    def once() -> None:
        with pytest.raises(StopIteration):
            asking.send(None)

    def nothing() -> None:
        with pytest.raises(StopIteration):
            iter(()).__next__()

    calls = counted(once) - counted(nothing)
    assert calls.total() <= MOST_CALLS, calls
    assert not [name for name in calls if "instancecheck" in name], calls


@pytest.mark.parametrize("text", [*IDLE, "", "/退款", "退款 帮助", "这个能退吗", "[图片]", "我不想活了"])
@pytest.mark.parametrize("starts", [{"/"}, {"", "/"}])
def test_what_passes_by_at_a_glance_is_never_let_in(text: str, starts: set[str]) -> None:
    bot = Bot(nonebot.get_adapter(Adapter), str(SELF_ID))
    for event in (group_message(text), group_message(text, user_id=SELF_ID), group_message(text, to_me=True)):
        glancing, looking = _gate(starts), _gate(starts)
        passed = glancing.passes_by(event)
        incoming = looking.admit(bot, event)
        assert not (passed and incoming)
        assert glancing.messages == (looking.messages if passed else 0)


@pytest.mark.parametrize("text", IDLE)
def test_idle_talk_passes_by_at_a_glance(text: str) -> None:
    assert _gate({"/"}).passes_by(group_message(text))


def test_a_pydantic_question_would_be_counted(door: type[GatedMatcher]) -> None:
    """上面那个测试数得出来：问一次事件是不是某一类，就多出一段 Python。"""
    from nonebot.adapters.onebot.v11 import NoticeEvent

    calls = counted(lambda: isinstance(group_message("在吗"), NoticeEvent))
    assert [name for name in calls if "instancecheck" in name]


def test_the_line_of_a_message_and_the_lines_around_it_are_guarded_in_a_few_calls() -> None:
    line = "OneBot V11 10001 | [message.group.normal]: Message -91 from 30001@[群:20003] '今天中午吃什么'"
    standing = "Checking for matchers in priority 10..."
    for one in (line, standing):
        guarded(one, "nonebot.message")
    assert counted(lambda: guarded(line, "nonebot.message")).total() <= MOST_CALLS_FOR_A_LINE
    assert counted(lambda: guarded(standing, "nonebot.message")).total() <= MOST_CALLS_FOR_A_STANDING_LINE


def test_the_door_writes_its_name_without_looking_anything_up(door: type[GatedMatcher]) -> None:
    assert counted(lambda: repr(door)).total() <= 3

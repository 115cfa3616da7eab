"""没人叫我们时开不开口：三档各要多大把握；不插人家的话；冷却和“关”怎么都不破。"""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import nonebot
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nonebot.adapters.onebot.v11 import Adapter, Bot, Message, MessageSegment

from nonebot_plugin_refund.chat.incoming.gate import Gate
from nonebot_plugin_refund.dialogue.base.incoming import ONEBOT, Kind, Remark
from nonebot_plugin_refund.dialogue.group import group_talk
from nonebot_plugin_refund.dialogue.group.human_talk import HumanTalk
from nonebot_plugin_refund.dialogue.group.listening import Listener
from nonebot_plugin_refund.dialogue.group.memory import GroupMemory, GroupSettings
from nonebot_plugin_refund.dialogue.group.speaking_up import EAGER_SCORE, sure_enough
from nonebot_plugin_refund.dialogue.rulebooks.editions import Editions
from nonebot_plugin_refund.domain.understanding.scenarios import Recognition
from nonebot_plugin_refund.keyword_level import KeywordLevel
from nonebot_plugin_refund.storage.person.groups import GroupChoices
from tests.chat.conversation_harness import GROUP, OTHER, USER, Bench, FakeClock, classifier, rulebook
from tests.chat.events import SELF_ID, group_message
from tests.chat.group.test_group_flow import SURE

OFF, CAREFUL, EAGER = KeywordLevel


class TestSureEnough:
    SURE = Recognition("live-tip", 0.9, trigger=True)
    LIKELY = Recognition("live-tip", EAGER_SCORE, trigger=False)
    VAGUE = Recognition("live-tip", EAGER_SCORE - 0.01, trigger=False)
    NOTHING = Recognition(None, 1.0, trigger=False)

    @pytest.mark.parametrize(
        ("level", "expected"),
        [(OFF, (False,) * 4), (CAREFUL, (True, False, False, False)), (EAGER, (True, True, False, False))],
    )
    def test_each_level_has_its_bar(self, level: KeywordLevel, expected: tuple[bool, ...]) -> None:
        found = (self.SURE, self.LIKELY, self.VAGUE, self.NOTHING)
        assert tuple(sure_enough(level, one, "孩子打赏了") for one in found) == expected

    @pytest.mark.parametrize(
        ("text", "expected"), [("快手打赏怎么退", True), ("打赏怎么退", False), ("快手打赏真多", False)]
    )
    def test_asking_by_name_needs_less_certainty(self, text: str, expected: bool) -> None:
        assert sure_enough(CAREFUL, self.LIKELY, text) is expected
        assert not sure_enough(CAREFUL, self.VAGUE, text)
        assert not sure_enough(OFF, self.SURE, text)


async def set_level(bench: Bench, level: KeywordLevel) -> None:
    (said,) = await bench.group(f"/退款 设置 关键词 {level}", user="30009", is_group_admin=True)
    assert level in said


class TestLevels:
    async def test_off_never_speaks_unasked_and_always_answers(self, bench: Bench) -> None:
        await set_level(bench, OFF)
        assert bench.incoming(SURE, group_id=GROUP) is None
        assert len(await bench.group(SURE, mentioned=True)) == 1
        assert len(await bench.group(f"/退款 {SURE}")) == 1

    async def test_eager_speaks_with_less_certainty(self, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
        likely = SimpleNamespace(classify=lambda text: Recognition("live-tip", 0.65, trigger=False))
        monkeypatch.setattr(bench.assembly.reception, "_services", _with_classifier(bench, likely))
        assert await bench.group(SURE) == []
        await set_level(bench, EAGER)
        assert len(await bench.group(SURE)) == 1

    async def test_the_cooldown_holds_at_every_level(self, bench: Bench) -> None:
        await set_level(bench, EAGER)
        assert len(await bench.group(SURE)) == 1
        await bench.advance(minutes=4)
        assert await bench.group(SURE, user=OTHER) == []


class TestHumansFirst:
    @pytest.mark.parametrize("level", [CAREFUL, EAGER])
    async def test_what_is_said_to_another_person_is_left_to_that_person(
        self, bench: Bench, level: KeywordLevel
    ) -> None:
        await set_level(bench, level)
        assert await bench.group(SURE, addressees=(OTHER,)) == []
        await bench.advance(minutes=3)
        assert len(await bench.group(SURE)) == 1

    async def test_quoting_oneself_or_a_bot_of_ours_is_not_talk_with_another_person(self, bench: Bench) -> None:
        assert len(await bench.group(SURE, addressees=(USER, "10001"))) == 1

    @pytest.mark.parametrize(("level", "minutes"), [(CAREFUL, 3), (EAGER, 1)])
    @pytest.mark.parametrize(("answer", "addressees"), [("找客服退吧", ()), ("多少钱呀", (USER,))])
    async def test_an_answer_in_progress_is_not_interrupted(
        self, bench: Bench, level: KeywordLevel, minutes: int, answer: str, addressees: tuple[str, ...]
    ) -> None:
        await set_level(bench, level)
        await bench.group(answer, user=OTHER, addressees=addressees)
        await bench.advance(minutes=minutes - 0.5)
        assert await bench.group(SURE) == []
        await bench.advance(minutes=0.5)
        assert len(await bench.group(SURE)) == 1

    async def test_being_addressed_always_gets_an_answer(self, bench: Bench) -> None:
        await bench.group("找客服退吧", user=OTHER, addressees=(USER,))
        assert len(await bench.group(SURE, mentioned=True, addressees=(OTHER,))) == 1
        assert len(await bench.group(f"/退款 {SURE}", addressees=(OTHER,))) == 1

    async def test_chatter_of_others_does_not_silence_us(self, bench: Bench) -> None:
        await bench.group("今晚吃火锅吗", user=OTHER)
        assert len(await bench.group(SURE)) == 1


def _with_classifier(bench: Bench, other: Any) -> Any:
    services = bench.assembly.reception._services
    return type(services)(**(vars(services) | {"classifier": other}))


USERS = (30001, 30002, 30003)
GROUPS = (20001, 20002)
TEXTS = (SURE, "快手小店买的衣服签收三天了不合适怎么退货", "找客服退吧", "今晚吃火锅吗", "")
GAPS = (0, 1, 20, 59, 60, 120, 179, 180, 299, 300, 1800, 3599, 3600)

said = st.tuples(
    st.sampled_from(USERS),
    st.sampled_from(GROUPS),
    st.sampled_from(TEXTS),
    st.sampled_from((None, None, None, *USERS, "all", "reply")),
)
steps = st.lists(
    st.tuples(st.sampled_from(GAPS), st.one_of(said, said, said, st.sampled_from(KeywordLevel))), max_size=40
)


class World:
    """真的门、真的事件、真的识别，只有钟是假的，没有数据库。"""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.memory = GroupMemory()
        self.spoken: list[tuple[datetime, int, int]] = []
        """什么时候、在哪个群、接了谁的话。"""
        listener = Listener(self.memory, classifier(), self.clock)
        self.gate = Gate(
            command_words=["退款"],
            command_starts={"/"},
            listens=listener.listens,
            worth_reading=listener.worth_reading,
            hear=listener.hear,
            has_something_to_say=listener.has_something_to_say,
            our_accounts=lambda: [str(SELF_ID)],
        )
        self._services = cast(
            "Any", SimpleNamespace(classifier=classifier(), editions=Editions(rulebook()), groups=self.memory)
        )
        self._bot = Bot(nonebot.get_adapter(Adapter), str(SELF_ID))

    def receive(self, user: int, group: int, text: str, addressee: int | str | None) -> bool:
        """有人在群里说一句；返回我们接没接。"""
        message = Message(MessageSegment.text(text))
        if addressee is not None:
            to = MessageSegment.reply(404) if addressee == "reply" else MessageSegment.at(cast("int", addressee))
            message = Message([to, MessageSegment.text(f" {text}")])
        incoming = self.gate.admit(self._bot, group_message(message, user_id=user, group_id=group))
        if incoming is None:
            return False
        assert incoming.kind is Kind.KEYWORD
        if not group_talk.overhear(self._services, incoming, self.clock.now()):
            return False
        self.spoken.append((self.clock.now(), group, user))
        return True


@settings(deadline=None, max_examples=150)
@given(steps)
def test_whatever_is_said_cooldowns_hold_and_off_is_off(steps: list[tuple[int, Any]]) -> None:
    world = World()
    for gap, step in steps:
        world.clock.moment += timedelta(seconds=gap)
        if isinstance(step, KeywordLevel):
            for group in GROUPS:
                world.memory.remember((ONEBOT, str(group)), GroupChoices(keywords=step))
            continue
        user, group, _, addressee = step
        if world.receive(*step):
            assert world.memory.level(ONEBOT, str(group)) is not OFF
            assert addressee in (None, user)
    for number, (at, group, user) in enumerate(world.spoken):
        for earlier_at, earlier_group, earlier_user in world.spoken[:number]:
            assert earlier_group != group or at - earlier_at >= world.memory.defaults.cooldown
            assert earlier_user != user or at - earlier_at >= world.memory.person_cooldown


def test_the_world_of_the_property_does_speak() -> None:
    world = World()
    assert world.receive(USERS[0], GROUPS[0], SURE, None)
    world.clock.moment += timedelta(seconds=3600)
    assert world.receive(USERS[0], GROUPS[0], SURE, USERS[0])
    assert world.spoken[0][0] == datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    assert str(GROUPS[0]) == GROUP


_short = st.text(st.sampled_from("收到图片退钱死跳楼客服好啦谢想 杀自赔[]1a"), max_size=6)


@given(_short)
def test_a_line_not_worth_reading_would_not_have_been_noted_or_answered(text: str) -> None:
    listener = Listener(GroupMemory(GroupSettings(keywords=EAGER)), classifier(), FakeClock())
    if classifier().refund_word_present(text) and not listener.worth_reading(text):
        remark = Remark(ONEBOT, GROUP, USER, (), text)
        assert listener.hear(remark)
        assert listener.talk == HumanTalk()
        assert not listener.has_something_to_say(remark)


def test_the_commonest_short_lines_are_not_read() -> None:
    listener = Listener(GroupMemory(), classifier(), FakeClock())
    lines = ("收到", "[图片]", "能退吗")
    assert [line for line in lines if listener.worth_reading(line)] == ["能退吗"]


@pytest.mark.parametrize(
    ("line", "speaks"),
    [
        ("听我姐说快手未成年退款要录视频", False),
        ("我同事说她在快手买的课退成了", False),
        ("邻居家孩子给主播刷了两万 天天吵架", False),
        ("我同事孩子给主播刷了三千 能退吗", True),
        ("朋友们 孩子拿手机给主播刷了三千 想退", True),
        ("听说能退 我家孩子给主播刷了两千 想要回来", True),
    ],
)
async def test_what_is_told_of_others_and_asks_nothing_is_left_alone(bench: Bench, line: str, speaks: bool) -> None:
    assert bool(await bench.group(line)) is speaks


async def test_goods_that_smoke_are_answered_by_what_to_do_first(bench: Bench) -> None:
    (said,) = await bench.group("快手小店买的充电宝鼓包了 商家不给退")

    assert "拔电" in str(said)

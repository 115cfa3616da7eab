"""太长、太怪的消息：裁短再读，不卡住，不出错，说得清该怎么说。"""

import itertools
import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest
from nonebot.adapters.onebot.v11 import ActionFailed

from nonebot_plugin_refund.dialogue.base import wording
from nonebot_plugin_refund.dialogue.base.incoming import Remark
from nonebot_plugin_refund.dialogue.group.human_talk import HumanTalk
from nonebot_plugin_refund.dialogue.group.speaking_up import patience
from nonebot_plugin_refund.dialogue.limits import case_limit
from nonebot_plugin_refund.dialogue.limits.oversize import LONGEST_READ, MOST_SEGMENTS, shortened
from nonebot_plugin_refund.keyword_level import KeywordLevel
from tests.chat.bridge.test_onebot_flow import report
from tests.chat.conversation_harness import GROUP, USER, Bench
from tests.chat.events import USER_ID
from tests.chat.platform_harness import Platform

HUGE = 100_000
NUMBERS = itertools.count(910_000)
"""门记得见过的消息号，整场测试共用，所以不能撞。"""
STACKED = "退" + "\u0315\u0300" * (HUGE // 2)
"""一个字上叠十万个附加符号：统一写法要按平方级的时间给它们排序。"""
PATHOLOGICAL = {
    "ordinary": "孩子打赏了主播三千想退。" * (HUGE // 12),
    "digits": "7" * HUGE,
    "stacked marks": STACKED,
    "expanding": "\ufdfa" * HUGE,
    "brackets": "[CQ:" * (HUGE // 4),
    "spaces": " 　" * (HUGE // 2),
    "newlines": "1\n" * (HUGE // 2),
    "emoji": "👨‍👩‍👧‍👦" * (HUGE // 11),
}


@pytest.mark.parametrize("text", PATHOLOGICAL.values(), ids=PATHOLOGICAL)
async def test_a_hundred_thousand_characters_get_one_short_answer_everywhere(bench: Bench, text: str) -> None:
    said = [
        await bench.private(text),
        await bench.private(f"退款 {text}"),
        await bench.private("退货", text),
        await bench.group(f"/退款 {text}"),
    ]
    for parts in said:
        assert parts
        assert all(len(part) <= 700 for part in parts)
        assert not any("没办成" in part for part in parts)


async def test_whoever_wrote_too_much_is_told_to_be_brief(bench: Bench) -> None:
    said = await bench.private("快手小店买的鞋不想要了想退货。" + "啊" * HUGE)
    assert said[0] == wording.TOO_LONG
    assert "短" in said[0]


def test_nothing_longer_than_the_limit_goes_any_further(bench: Bench) -> None:
    incoming = bench.incoming("退款 " + "长" * HUGE, segments=("image",) * 5000)
    assert incoming is not None
    short = shortened(incoming)
    assert len(short.text) <= LONGEST_READ
    assert len(short.arguments or "") <= LONGEST_READ
    assert len(short.segments) == MOST_SEGMENTS


def test_stacked_marks_are_thinned_and_ordinary_words_left_alone(bench: Bench) -> None:
    stacked = bench.incoming(f"退款 {STACKED[:9000]}")
    plain = bench.incoming("退款 Müller、Việt、が、①、👨‍👩‍👧：原样")
    assert stacked is not None
    assert plain is not None
    assert sum(map(bool, map(unicodedata.combining, shortened(stacked).text))) <= 4
    assert shortened(plain) is plain


class TestSegments:
    @pytest.mark.parametrize("kind", ["image", "face", "at", "json"])
    async def test_thousands_of_segments_get_one_short_answer(self, qq: Platform, kind: str) -> None:
        segment = {"type": kind, "data": {"qq": str(USER_ID), "file": "a.png", "id": "1", "data": "{}"}}
        assert await qq.receive(report("private", [segment] * 5000, next(NUMBERS))) == [wording.ONLY_TEXT]
        text = {"type": "text", "data": {"text": "退"}}
        assert len(await qq.receive(report("private", [segment, text] * 2500, next(NUMBERS)))) <= 2

    async def test_a_forward_nested_fifty_deep_is_not_opened(self, qq: Platform) -> None:
        message: Any = [{"type": "text", "data": {"text": "最里面"}}]
        for _ in range(50):
            node = {"type": "node", "data": {"user_id": str(USER_ID), "content": message}}
            message = [{"type": "forward", "data": {"id": "7", "content": [node]}}]
        assert await qq.receive(report("private", message, next(NUMBERS))) == [wording.ONLY_TEXT]
        assert qq.calls.named("get_forward_msg") == []

    async def test_a_reply_to_itself_is_looked_up_once(self, qq: Platform) -> None:
        message = [{"type": "reply", "data": {"id": "-4"}}, {"type": "text", "data": {"text": "退款 帮助"}}]
        qq.calls.answers["get_msg"] = {
            "time": 1,
            "message_type": "private",
            "message_id": -4,
            "real_id": -4,
            "sender": {"user_id": USER_ID},
            "message": message,
        }
        assert len(await qq.receive(report("private", message, next(NUMBERS)))) == 1
        assert len(qq.calls.named("get_msg")) == 1

    async def test_a_reply_that_cannot_be_looked_up_is_answered_all_the_same(self, qq: Platform) -> None:
        qq.calls.answers["get_msg"] = ActionFailed(status="failed", retcode=1200)
        message = [{"type": "reply", "data": {"id": "9" * 5000}}, {"type": "text", "data": {"text": "退款 帮助"}}]
        assert len(await qq.receive(report("private", message, next(NUMBERS)))) == 1

    def test_a_message_naming_thousands_does_not_push_out_what_is_kept_of_other_groups(self) -> None:
        talk, now = HumanTalk(), datetime(2026, 11, 23, tzinfo=UTC)
        wait = patience(KeywordLevel.CAREFUL)
        talk.hear(Remark("QQ", GROUP, "helper", (USER,), "多少钱呀"), wait, now)
        talk.hear(Remark("QQ", "another", "troll", tuple(str(n) for n in range(10_000)), "退款"), wait, now)
        assert not talk.hear(Remark("QQ", GROUP, USER, (), "孩子打赏想退款"), wait, now)


class TestOnePersonsMatters:
    async def test_no_more_cases_than_the_limit_stay_open(self, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(case_limit, "MOST_OPEN_CASES", 2)
        for opening in (("退货",), ("退货", "是")):
            await bench.private(*opening, "1", "1", "昨天", "1", "1")
        assert await bench.private("打赏") == [case_limit.TOO_MANY_CASES.format(count=2)]
        (newest, _) = await bench.rows("SELECT code FROM refund_cases ORDER BY id DESC")
        await bench.private(f"结案 {newest['code']} 2")
        assert "这笔打赏是谁刷的" in (await bench.private("打赏"))[0]

    async def test_no_more_interviews_than_the_limit_begin_in_a_day(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(case_limit, "MOST_STARTED_A_DAY", 3)
        for _ in range(3):
            assert await bench.private("打赏") != [case_limit.TOO_MANY_STARTED]
            await bench.private("退出")
        assert await bench.private("打赏") == [case_limit.TOO_MANY_STARTED]
        await bench.advance(days=1, minutes=1)
        assert await bench.private("打赏") != [case_limit.TOO_MANY_STARTED]

    async def test_the_limits_leave_room_for_a_person_with_many_matters(self) -> None:
        assert case_limit.MOST_OPEN_CASES >= 20
        assert case_limit.MOST_STARTED_A_DAY >= 50

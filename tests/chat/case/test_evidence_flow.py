"""材料：一项一项备，图片只打勾不下载；几张一起来、没头没尾来，都不乱勾。"""

from datetime import timedelta
from typing import Any

import pytest

from nonebot_plugin_refund.dialogue.base import wording
from nonebot_plugin_refund.dialogue.case import evidence
from tests.chat.conversation_harness import Bench

SHOP = ("退货", "1", "1", "昨天", "1", "1")
"""签收第 1 天的七天无理由，要五项材料。"""
TIP = ("打赏", "1", "10", "1", "5000", "1 3", "上周五")
"""孩子打赏：有只交官方入口的材料。"""
IMAGE = ("image",)


async def _send(bench: Bench, *segments: str, text: str = "") -> list[str]:
    return await bench.private(text, segments=segments or IMAGE)


async def _ticked(bench: Bench) -> list[str]:
    rows = await bench.rows("SELECT evidence_id FROM refund_evidence_ticks ORDER BY ticked_at, evidence_id")
    return [row["evidence_id"] for row in rows]


async def _later(bench: Bench) -> None:
    bench.clock.moment += timedelta(minutes=5)


class TestWalking:
    async def test_the_list_says_by_when_and_the_first_missing_item_says_why_and_how(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        listed, asked = await bench.private("/退款 材料")
        assert "○" in listed
        assert "最好在 11月29日（周日）24 点前备齐" in listed
        for words in ("为什么要：", "怎么拿到：", "会消失：", evidence.ASK_PICTURE):
            assert words in asked

    async def test_a_limit_years_away_does_not_invite_waiting(self, bench: Bench) -> None:
        """三年的诉讼时效不是备材料的期限：那时记录早没了。"""
        await bench.private(*TIP)
        listed, _ = await bench.private("/退款 材料")
        assert "越早备齐越好" in listed
        assert "2029" not in listed

    async def test_the_card_says_what_the_words_say(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        listed, _ = await bench.replies("材料")
        card: Any = listed.picture and listed.picture.card
        for line in (*(item.title for item in card.items), *card.footer):
            assert line in listed.text

    async def test_saying_so_ticks_the_item_and_asks_for_the_next_until_all_are_there(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        said = await bench.private("材料")
        for number in range(5):
            assert len(await _ticked(bench)) == number
            said = await bench.private("有了")
        assert said[-1] == evidence.ALL_DONE
        assert "○" not in said[0]

    async def test_skipping_leaves_the_item_open_and_ends_after_the_last(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        first = (await bench.private("材料"))[-1]
        second = (await bench.private("跳过"))[-1]
        assert first != second
        said = await bench.private("跳过", "跳过", "跳过", "跳过")
        assert said == [evidence.NO_MORE]
        assert await _ticked(bench) == []

    async def test_looking_at_an_item_makes_it_the_one_being_asked(self, bench: Bench) -> None:
        await bench.private(*SHOP, "材料", "看 3")
        await _send(bench)
        assert len(await _ticked(bench)) == 1
        (listed, *_) = await bench.private("材料")
        assert [line[:4] for line in listed.splitlines() if "✓" in line] == ["3. ✓"]


class TestPictures:
    async def test_a_picture_ticks_the_item_being_asked_and_says_to_keep_the_original(self, bench: Bench) -> None:
        await bench.private(*SHOP, "材料")
        said, asked = await _send(bench)
        assert "原件自己留好" in said
        assert "没有保存" in said
        assert "怎么拿到：" in asked
        assert len(await _ticked(bench)) == 1

    async def test_several_in_one_message_are_one_item(self, bench: Bench) -> None:
        await bench.private(*SHOP, "材料")
        said = await _send(bench, "image", "image", "image")
        assert "3 张都算这一项" in said[0]
        assert len(await _ticked(bench)) == 1

    async def test_several_messages_in_a_row_are_one_item_and_later_ones_the_next(self, bench: Bench) -> None:
        await bench.private(*SHOP, "材料")
        await _send(bench)
        again = await _send(bench)
        assert "这张也算在" in again[0]
        assert len(await _ticked(bench)) == 1
        await _later(bench)
        await _send(bench)
        assert len(await _ticked(bench)) == 2

    async def test_words_beside_the_picture_do_not_hide_it_and_a_number_names_the_item(self, bench: Bench) -> None:
        await bench.private(*SHOP, "材料")
        await _send(bench, text="2")
        await _send(bench, text="2")
        (ticked,) = await _ticked(bench)
        await bench.private("材料")
        await _send(bench, text="这个行吗")
        assert len(await _ticked(bench)) == 2
        assert ticked in await _ticked(bench)

    async def test_a_picture_out_of_nowhere_asks_which_item_and_the_answer_ticks(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        bench.clock.moment += timedelta(hours=20)
        said = await _send(bench)
        assert said[0] == evidence.WHICH_ITEM
        assert "1. ○" in said[1]
        assert await _ticked(bench) == []
        await bench.private("3")
        assert len(await _ticked(bench)) == 1

    async def test_naming_an_item_that_is_already_there_does_not_take_it_away(self, bench: Bench) -> None:
        await bench.private(*SHOP, "材料", "3", "跳过", "跳过", "跳过", "跳过", "跳过")
        assert (await _send(bench))[0] == evidence.WHICH_ITEM
        await bench.private("3")
        assert len(await _ticked(bench)) == 1

    async def test_right_after_the_verdict_it_belongs_to_that_case(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        assert (await _send(bench))[0] == evidence.WHICH_ITEM
        await bench.private("4")
        assert len(await _ticked(bench)) == 1

    async def test_with_two_cases_it_asks_which_case(self, bench: Bench) -> None:
        await bench.private(*SHOP)
        await bench.private(*TIP)
        bench.clock.moment += timedelta(hours=13)
        said = await _send(bench)
        codes = [row["code"] for row in await bench.rows("SELECT code FROM refund_cases")]
        assert len(codes) == 2
        assert all(code in said[-1] for code in codes)

    async def test_in_the_middle_of_an_interview_the_question_stays_open(self, bench: Bench) -> None:
        await bench.private("退货")
        said = await _send(bench)
        assert said[0] == wording.ONLY_TEXT
        assert len(said) == 2

    async def test_without_a_case_it_is_only_a_picture(self, bench: Bench) -> None:
        assert await _send(bench) == [wording.ONLY_TEXT]

    async def test_when_everything_is_ticked_it_says_so(self, bench: Bench) -> None:
        await bench.private(*SHOP, "材料", "1 2 3 4 5")
        await _later(bench)
        assert await _send(bench) == [evidence.NOTHING_LEFT]

    async def test_a_paper_for_official_channels_only_is_to_be_recalled(self, bench: Bench) -> None:
        await bench.private(*TIP)
        listed, _ = await bench.private("材料")
        number = next(line.split(".")[0] for line in listed.splitlines() if "※" in line)
        (asked,) = await bench.private(f"看 {number}")
        assert evidence.ASK_OFFICIAL in asked
        said = await _send(bench)
        assert "撤回" in said[0]

    @pytest.mark.parametrize("segments", [("face",), ("record",), ("video",)])
    async def test_what_is_no_picture_ticks_nothing(self, bench: Bench, segments: tuple[str, ...]) -> None:
        await bench.private(*SHOP, "材料")
        assert (await bench.private("", segments=segments))[0] == wording.ONLY_TEXT
        assert await _ticked(bench) == []

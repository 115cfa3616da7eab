"""第一句里就说到冒烟、漏电、漏气的，先说怎么保住人，再问问题；短短一句吃的坏了，也接着问。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import said


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("快手买的充电宝冒烟了", "先拔电"),
        ("快手买的电热毯冒火花了 想退", "先拔电"),
        ("买的电动车电池漏液了 咋退", "先拔电"),
        ("退货 吹风机漏电", "先拔电"),
        ("煤气灶漏气 快手买的", "先关阀门"),
        ("热水器一股煤气味 想退", "先关阀门"),
    ],
)
async def test_what_may_hurt_is_said_before_the_first_question(bench: Bench, line: str, first: str) -> None:
    answered = await said(bench, line)

    assert answered.startswith(first)
    assert "走到哪一步了" in answered


@pytest.mark.parametrize("line", ["快手买的充电宝不充电了 想退", "快手买的气球漏气 能退不"])
async def test_ordinary_faults_need_no_warning(bench: Bench, line: str) -> None:
    answered = await said(bench, line)

    assert "119" not in answered


@pytest.mark.parametrize("line", ["臭了", "馊了", "面包长毛了", "牛奶酸了", "榴莲化冻了"])
async def test_a_bare_word_of_spoiled_food_is_asked_about(bench: Bench, line: str) -> None:
    assert "走到哪一步了" in await said(bench, line)


@pytest.mark.parametrize("line", ["脚臭了", "心烂了"])
async def test_what_is_no_food_gets_the_menu(bench: Bench, line: str) -> None:
    assert "你遇到的是哪一种" in await said(bench, line)


async def test_the_group_is_warned_of_false_numbers(bench: Bench) -> None:
    answered = "\n".join(await bench.group("/退款 联系客服"))

    assert "共享屏幕" in answered

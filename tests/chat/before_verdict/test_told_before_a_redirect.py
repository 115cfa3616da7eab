"""归另一种去办的：问答里已经说了的年龄、金额，换过去不再问。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import said


@pytest.mark.parametrize(
    ("opening", "answers"),
    [
        ("孩子给快手充值快币 花了3800 孩子12岁", ("2",)),
        ("12315怎么投诉 快手不给退我儿子打赏 他12岁 刷了3800", ("1",)),
        ("快币充值想退 女儿12岁充的 花了三千八百", ("1", "2")),
    ],
)
async def test_the_age_and_the_sum_of_the_first_message_are_kept(
    bench: Bench, opening: str, answers: tuple[str, ...]
) -> None:
    assert "要接着问就回「换」" in await said(bench, opening, *answers)
    heard = await said(bench, "换")
    assert "当时年龄 12岁" in heard
    assert "3800 元" in heard
    assert "满几周岁？" not in heard


async def test_an_age_told_at_a_later_question_is_kept_too(bench: Bench) -> None:
    await bench.private("充值", "孩子充的", "快手收的 用微信付的 孩子才9岁")
    assert "9岁" in await said(bench, "换")


async def test_what_was_not_told_is_still_asked(bench: Bench) -> None:
    await bench.private("充值", "孩子充的", "2")
    assert "满几周岁？" in await said(bench, "换")


async def test_an_age_asked_about_is_not_kept(bench: Bench) -> None:
    await bench.private("充值", "孩子充的", "12岁以下的是不是都能退？", "2")
    assert "12岁" not in await said(bench, "换")

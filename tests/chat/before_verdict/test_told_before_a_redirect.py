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


@pytest.mark.parametrize(
    "said_on",
    ["11月1号到11月20号 分好多次", "手机是我的 实名也是我的", "孩子刚上三年级", "奶奶带着的时候充的", "一共2680"],
)
async def test_whoever_goes_on_telling_is_taken_over_there_without_being_told_to(bench: Bench, said_on: str) -> None:
    await bench.private("充值", "孩子充的", "2")
    assert "别着急，先问几个问题，帮你看这笔打赏" in await said(bench, said_on)


@pytest.mark.parametrize("said_on", ["谢谢", "哈哈哈", "密码改了怎么办"])
async def test_thanks_and_questions_take_nobody_over(bench: Bench, said_on: str) -> None:
    await bench.private("充值", "孩子充的", "2")
    assert "先问几个问题，帮你看这笔打赏" not in await said(bench, said_on)


async def test_a_guess_about_who_was_paid_takes_nothing_back(bench: Bench) -> None:
    await bench.private("充值", "孩子充的", "2")
    assert "不算了" not in await said(bench, "游戏不是快手的吧 找谁")
    assert "不算了" not in await said(bench, "不是快手收的吧")


async def test_whoever_comes_back_to_it_after_a_question_is_taken_over_too(bench: Bench) -> None:
    await bench.private("充值 快手会员自动续费扣了我25", "会员自动续费")
    await bench.private("多久有结果")
    heard = await said(bench, "苹果那边提交了")
    assert "谁扣的费：苹果" in heard or "看看你买的课或内容走哪条路退" in heard
    assert "先前给过" not in heard


async def test_what_sounds_like_a_question_to_us_is_the_answer_of_the_other_interview(bench: Bench) -> None:
    await bench.private("自动续费扣了我25 我没开过啊", "快手会员吧好像 昨天扣的 苹果手机")
    heard = await said(bench, "没提醒过")
    assert "提前私聊提醒" not in heard
    assert "看看你买的课或内容走哪条路退" in heard

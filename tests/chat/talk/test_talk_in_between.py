"""办着事时夹的话：骂它先认错，一句问两件都答，了结以后还认得，说的还是手头这件不另开一件。"""

import re

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN, TIPS, said


async def test_two_questions_in_a_row_are_both_answered(bench: Bench) -> None:
    await bench.private(*TIPS)

    heard = await said(bench, "要不要去派出所报警 不立案怎么办")

    assert "96110" in heard
    assert "不予立案通知书" in heard


@pytest.mark.parametrize("told", ["你就是个废物机器人", "有病吧 听不懂人话", "我都说了三遍了"])
async def test_an_insult_is_owned_up_to_and_recorded_as_nothing(bench: Bench, told: str) -> None:
    await bench.private(*TIPS)

    heard = await said(bench, told)

    assert "对不住" in heard
    assert "记下" not in heard


async def test_an_insult_with_a_question_gets_the_answer(bench: Bench) -> None:
    await bench.private(*TIPS)

    assert "不予立案通知书" in await said(bench, "你有病吧 我问的是警察不立案怎么办")


async def test_a_closed_case_is_remembered_in_talk(bench: Bench) -> None:
    await bench.private(*TIPS, "到账 9236", "是")

    heard = await said(bench, "帮我看看记录 我这事从头到尾都是怎么走的")

    assert "重新打开" in heard


async def test_it_is_not_another_matter_is_a_no(bench: Bench) -> None:
    await bench.private(*TIPS)
    assert "回「换」" in await said(bench, "买的鞋子也有点问题")

    assert "好，那就接着说眼下这件" in await said(bench, "不是另一件 还是打赏那件")


async def test_somebody_who_comes_to_type_is_no_violence(bench: Bench) -> None:
    await bench.private(*TIPS)

    assert "110" not in await said(bench, "字我不懂 我儿子来了 他来打吧")


async def test_a_password_peeped_at_is_no_fraud_going_on(bench: Bench) -> None:
    await bench.private(TIPS[0])

    assert "停！" not in await said(bench, "他写完作业我给他玩一会 支付密码他偷看到的")


async def test_of_two_codes_the_denied_one_is_not_meant(bench: Bench) -> None:
    await bench.private(*TIPS)
    await bench.private(*RETURN)
    first, second = re.findall(r"^([A-Z0-9]{4}) ", await said(bench, "我的"), re.MULTILINE)

    heard = await said(bench, f"不是{second} 是{first} 已在 App 里提交了")

    assert f"{first} 现在是「" in heard
    assert second not in heard


@pytest.mark.parametrize(
    "told", ["快手上买的团购券 店关门了 能退吗", "到店核销的券过期了没用 想退", "买的套餐券去了说不让用 怎么退"]
)
async def test_a_voucher_is_a_matter_of_its_own(bench: Bench, told: str) -> None:
    opened = await said(bench, told)
    opened += await said(bench, "换") if "回「换」" in opened else ""

    assert "随时退、过期退" in opened + await said(bench, "团购券用不了")


async def test_what_only_sounds_like_another_matter_is_asked_about(bench: Bench) -> None:
    """办着一件的时候，没说出另一件的情况就不直接开始问。"""
    await bench.private(*RETURN)

    heard = await said(bench, "还没到 我是问他花掉的快币要不要赔我")

    assert "充值遇到了什么问题" not in heard


async def test_an_interview_beside_a_case_is_left_in_ones_own_words(bench: Bench) -> None:
    await bench.private(*RETURN, "快币充值")

    assert "先到这里" in await said(bench, "充值的不要问了 回到我那双鞋")

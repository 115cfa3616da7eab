"""说的是一种处境（装上了寄不回去、警察没立案），不是进展：答该怎么办，什么也不悄悄记。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import RETURN_AGREED, said, steps

DECEIVED = (
    "替我爷爷问的 他在快手被一个女主播忽悠打赏了好多钱",
    "爷爷78了 主播私聊说要来看他认他当干爹 让他刷火箭",
    "上周日我回家翻他手机才知道的",
)


@pytest.mark.parametrize(
    "line",
    [
        "马桶装上了 寄不回去啊",
        "净水器师傅都给装好了 拆不下来",
        "冰箱太大了 楼梯搬不下去",
        "墙纸都贴完了 没办法寄",
        "跑步机两百斤 我跟我老公搬不动",
    ],
)
async def test_goods_that_cannot_be_sent_are_answered_and_nothing_is_given_up(bench: Bench, line: str) -> None:
    await bench.private(*RETURN_AGREED)
    before = await steps(bench)

    answered = await said(bench, line)

    assert "寄不回去不等于要不到" in answered
    assert "不退了" not in answered
    assert await steps(bench) == before


@pytest.mark.parametrize(("line", "event"), [("商家不给地址 我寄不回去", "no-address"), ("寄出去了 顺丰", "sent-back")])
async def test_what_the_shop_does_and_what_was_sent_are_still_news(bench: Bench, line: str, event: str) -> None:
    await bench.private(*RETURN_AGREED, line)

    assert (await steps(bench))[-1] == event


@pytest.mark.parametrize(
    "line",
    [
        "民警说不立案 给了回执",
        "我爸今天带爷爷去派出所了 民警说这个是自愿的不立案 给了张回执",
        "警察说不归他们管 让去法院",
        "派出所说属于经济纠纷 不给立",
        "报警没用 人家不受理",
    ],
)
async def test_police_who_refuse_are_no_step_outside(bench: Bench, line: str) -> None:
    await bench.private(*DECEIVED)
    before = await steps(bench)

    answered = await said(bench, line)

    assert "不予立案通知书" in answered
    assert "好，还没有" not in answered
    assert await steps(bench) == before


async def test_a_court_that_does_not_file_is_not_the_police(bench: Bench) -> None:
    await bench.private(*DECEIVED)

    assert "不予立案通知书" not in await said(bench, "法院不立案 说材料不全")


@pytest.mark.parametrize(("line", "also"), [("那我怎么起诉 请不起律师", "12348"), ("诉状怎么写 我不识字", "口")])
async def test_a_hardship_beside_a_question_is_answered_with_it(bench: Bench, line: str, also: str) -> None:
    await bench.private(*RETURN_AGREED)

    answered = await said(bench, line)

    assert "你问的是哪一个" not in answered
    assert "人民法院在线服务" in answered
    assert also in answered

"""钱数：还不知道多少时问得出来；记错了用话改得了；岁数、别人给的钱、快币个数不当成花出去的钱。"""

import pytest

from tests.chat.conversation_harness import Bench

FAKE = "在快手小店买的手机是二手翻新 假货 还没申请 昨天签收的 有鉴定 普通商品"
COINS = ("快手号被封了 里面还有快币 自己微信充的 想退", "自己充的还没用的")


async def test_how_much_is_asked_where_the_total_is_unknown(bench: Bench) -> None:
    await bench.private("孩子十二岁偷偷打赏主播 我们完全不知道", "不清楚", "不清楚", "不清楚", "不清楚")

    (asked,) = await bench.private("能要多少")
    assert "一共打赏、充值了多少元" in asked

    told = "\n".join(await bench.private("总共三千六百多"))
    assert "3,600" in told


@pytest.mark.parametrize(
    "said", ["价格记错了 不是3680 是3860", "金额改成3860元", "不是3680块钱 是3860 你改一下", "价格说错了 应该是3860"]
)
async def test_a_sum_is_put_right_in_words(bench: Bench, said: str) -> None:
    await bench.private(FAKE)
    await bench.private("能要多少", "3680")

    (changed,) = await bench.private(said)

    assert "3,860" in changed
    assert "3,860" in "\n".join(await bench.private("能要多少"))


async def test_ages_are_no_total(bench: Bench) -> None:
    (asked,) = await bench.private("我孙子拿我手机给快手主播刷礼物 刷了好多钱 这个能退不")
    assert "几周岁" in asked

    told = "\n".join(await bench.private("十岁 虚岁十一 上四年级"))

    assert "打赏总额" not in told


@pytest.mark.parametrize(
    "said",
    [
        "3200块币 11月21封的 充了320块 8月到10月冲的",
        "今天她已经给了三万 12月2号立的案 调解再给两万",
        "从去年12月刷到今年十月 他45了 结婚十八年了",
    ],
)
async def test_what_was_not_paid_out_is_not_put_into_the_ledger(bench: Bench, said: str) -> None:
    await bench.private(*COINS)

    told = "\n".join(await bench.private(said))

    assert "记下 2 笔" not in told
    assert "孩子哪年" not in told


async def test_a_birthday_is_asked_only_where_it_was_a_child(bench: Bench) -> None:
    await bench.private(*COINS)

    told = "\n".join(await bench.private("记账 5月3日 648 快手，6月1日 200 快手"))

    assert "记下 2 笔" in told
    assert "孩子" not in told

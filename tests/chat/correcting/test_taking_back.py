"""记错了的一条，带着解释也撤得掉；没明说要撤的先问；自己真去撤了投诉、转述别人的话，不是要撤记录。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import said

FAKE = ("买的鞋是假的 申请了退货 商家不理我 昨天收到的 鉴定说是假的", "昨天申请的")


@pytest.mark.parametrize(
    "told",
    [
        "撤销 商家没拒绝 是我看错了",
        "哪来的拒绝 给我删了",
        "帮我把拒绝那个去掉 他还没回话呢",
        "上一条记错啦 删了它吧",
        "商家拒绝那条帮我撤一下",
        "谁说拒绝了 我没讲过 撤销",
    ],
)
async def test_a_record_is_taken_out_whatever_is_said_around_it(bench: Bench, told: str) -> None:
    await bench.private(*FAKE, "商家拒绝了")

    assert "撤销了：商家拒绝了" in await said(bench, told)


async def test_taking_a_record_out_is_no_waiting(bench: Bench) -> None:
    await bench.private(*FAKE, "商家拒绝了", "申请平台介入了")

    assert "撤销了：已申请平台介入" in await said(bench, "把平台介入那条给我撤了 他们还没个影")


@pytest.mark.parametrize("told", ["商家没拒绝啊 你瞎记啥", "撤回 其实商家还没回我"])
async def test_what_is_only_denied_is_asked_about_first(bench: Bench, told: str) -> None:
    await bench.private(*FAKE, "商家拒绝了")

    assert "撤掉吗" in await said(bench, told)


async def test_the_earlier_record_that_is_named_is_the_one_taken_out(bench: Bench) -> None:
    await bench.private(*FAKE, "商家拒绝了", "申请平台介入了", "平台不支持", "12315投诉了")

    assert "「已在 12315 提交」撤掉吗" in await said(bench, "我没投诉过12315 你乱记")
    assert "照旧" in await said(bench, "不撤")
    assert "「平台没支持我」撤掉吗" in await said(bench, "平台不支持这个是你瞎记的 平台还没出结果")


async def test_undone_with_the_true_thing_behind_it_records_the_true_thing(bench: Bench) -> None:
    await bench.private(*FAKE, "商家拒绝了")

    assert "记下：商家同意退货" in await said(bench, "撤销 是商家同意了")


@pytest.mark.parametrize(
    "told",
    [
        "他们说根本没有这回事 没卖过假货",
        "我跟商家说了撤销申请行不行",
        "把差评删了他就给我退20",
        "商家从来没同意过退钱 现在又装死",
        "我把链接删了 商家拉黑我",
    ],
)
async def test_what_others_deny_or_delete_takes_no_record_out(bench: Bench, told: str) -> None:
    await bench.private(*FAKE, "商家拒绝了", "申请平台介入了")

    answer = await said(bench, told)

    assert "撤销了" not in answer
    assert "撤掉吗" not in answer

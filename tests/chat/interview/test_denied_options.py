"""反问、否掉的一项不是回答；没签收的那天不是签收日期；虚岁不是周岁。"""

import pytest

from tests.chat.conversation_harness import Bench
from tests.chat.told_in_words import said


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("又不是质量问题 是颜色跟图上差太多", "和描述、直播说的不一样"),
        ("什么假货啊 就是尺码小了", "不想要、不合适、拍错了"),
        ("谁说是假货了 我是说不喜欢", "不想要、不合适、拍错了"),
        ("质量问题个鬼 它就是发错了", "和描述、直播说的不一样"),
    ],
)
async def test_what_is_denied_by_asking_back_is_no_choice(bench: Bench, line: str, reason: str) -> None:
    await bench.private("退货", "还没申请")

    assert f"退货原因：{reason}" in await said(bench, line)


@pytest.mark.parametrize("line", ["质量问题", "就是质量问题 开胶了"])
async def test_what_is_said_plainly_is_a_choice(bench: Bench, line: str) -> None:
    await bench.private("退货", "还没申请")

    assert "物流显示哪天签收的" in await said(bench, line)


@pytest.mark.parametrize("line", ["没签收啊 10号发的货到现在没影", "我没签收 物流停在11月8号义乌"])
async def test_a_day_of_the_parcel_is_no_receipt(bench: Bench, line: str) -> None:
    await bench.private("退货", "还没申请", "坏了")

    assert "签收日期：" not in await said(bench, line)


async def test_the_day_of_receipt_is_heard(bench: Bench) -> None:
    await bench.private("退货", "还没申请", "坏了")

    assert "签收日期：11月11日" in await said(bench, "11号签收的 15号发现坏了")


@pytest.mark.parametrize(
    ("line", "years"),
    [
        ("虚岁12 上六年级", "10 到 11"),
        ("虚岁十四", "12 到 13"),
        ("虚的13", "11 到 12"),
        ("十一岁 虚的", "9 到 10"),
        ("12岁（虚岁）", "10 到 11"),
    ],
)
async def test_a_nominal_age_is_converted_and_asked(bench: Bench, line: str, years: str) -> None:
    await bench.private("我娃偷偷刷了主播五千多")

    assert f"周岁 {years}" in await said(bench, line)


async def test_an_age_in_full_years_is_taken(bench: Bench) -> None:
    await bench.private("我娃偷偷刷了主播五千多")

    assert "当时年龄：11岁" in await said(bench, "按周岁他是11 六月份刚过的生日")

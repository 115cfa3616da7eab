"""问满几周岁，说的是几年级、哪年生的、差多久满几岁：换算好了再问，不悄悄记。"""

from datetime import date

import pytest

from nonebot_plugin_refund.domain.understanding.sums.told_ages import told_age
from tests.chat.conversation_harness import Bench


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("上小学三年级", "8 到 9"),
        ("初二了", "13 到 14"),
        ("幼儿园大班", "5 到 6"),
        ("2016年3月生的", "到今天满"),
        ("14年出生的", "到今天满"),
        ("差一个月满8岁", "算 7 周岁"),
        ("再过俩月就满十八岁", "算 17 周岁"),
    ],
)
async def test_an_age_told_in_another_way_is_converted_and_asked(bench: Bench, line: str, asked: str) -> None:
    await bench.private("我娃偷偷刷了主播五千多")

    said = await bench.private(line)
    assert asked in "".join(said)
    assert "没太看懂" not in "".join(said)
    assert "没太看懂" not in "".join(await bench.private("9"))


@pytest.mark.parametrize(
    "line",
    [
        "明年才上三年级",
        "三年级 九岁",
        "一共刷了十几回",
        "刚满8岁",
        "不到8岁",
        "2018年刷的",
        "8月刷的 他5月满9岁",
        "6月刷的 那时候刚满8岁",
    ],
)
def test_what_tells_no_age_or_tells_it_plainly_is_not_converted(line: str) -> None:
    assert told_age(line, date(2026, 11, 23)) is None


@pytest.mark.parametrize(
    ("line", "low", "high"),
    [
        ("2016年3月生的", 10, 10),
        ("2016年12月出生", 9, 9),
        ("16年生的", 9, 10),
        ("他2014年5月12号生的", 12, 12),
        ("高一", 15, 16),
        ("七年级", 12, 13),
        ("还有俩月才到8岁", 7, 7),
        ("下个月满8岁", 7, 7),
        ("再有半个月就满8了", 7, 7),
        ("快满9了 还没到", 8, 8),
        ("5月刷的 孩子6月过8岁生日", 7, 7),
        ("3月刷的 他5月才满9岁", 8, 8),
        ("打赏是国庆前 他11月满的13", 12, 12),
        ("上个月刷的 这个月刚满10岁", 9, 9),
        ("去年2月刷的 娃8月份才8周岁", 6, 7),
    ],
)
def test_a_birthday_a_grade_and_a_coming_birthday_are_counted(line: str, low: int, high: int) -> None:
    told = told_age(line, date(2026, 11, 23))
    assert told is not None
    assert (told.low, told.high) == (low, high)


@pytest.mark.parametrize("line", ["当时没满8岁", "那时还没满18岁", "当时快8岁了", "他快9岁了", "那会儿不到8岁"])
async def test_an_age_not_yet_reached_is_not_that_age(bench: Bench, line: str) -> None:
    await bench.private("我娃偷偷刷了主播五千多")

    assert "当时年龄：" not in "".join(await bench.private(line))

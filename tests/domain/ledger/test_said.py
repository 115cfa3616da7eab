"""读账：几笔连着说、几行、贴来的账单；卡号单号一个不留；多长的话都是看一遍。"""

import re
from datetime import date
from decimal import Decimal
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.ledger.said import Listed, read_birthday, read_entries
from nonebot_plugin_refund.rulebook.money_models.ledger_models import load_ledger

TODAY = date(2026, 11, 23)
LEDGER = load_ledger()
BILL = """2026-05-03 12:30:11
Apple 648.00元
交易单号 4200001234202605031234567890
2026-05-04 08:00:00
快手 1,299.00元
商户单号 2026050422001412345678901234"""


def listed(text: str) -> Listed:
    return read_entries(text, LEDGER, TODAY)


def told(text: str) -> list[tuple[str, str | None, str | None]]:
    """每一笔：从哪天起、多少、走哪条路。"""
    return [
        (format(entry.amount.normalize(), "f"), str(entry.first) if entry.first else None, entry.channel)
        for entry in listed(text).entries
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("5月 8500 苹果，6月 6200", [("8500", "2026-05-01", "apple"), ("6200", "2026-06-01", None)]),
        ("苹果 5月3日 648，快手 5月4日 100", [("648", "2026-05-03", "apple"), ("100", "2026-05-04", "kuaishou")]),
        ("8500 5月 苹果\n6200 6月 快手", [("8500", "2026-05-01", "apple"), ("6200", "2026-06-01", "kuaishou")]),
        ("1. 5月3日 648\n2. 5月4日 328", [("648", "2026-05-03", None), ("328", "2026-05-04", None)]),
        ("5月3日 648元、328元", [("648", "2026-05-03", None), ("328", "2026-05-03", None)]),
        ("2025年12月31日 一千二", [("1200", "2025-12-31", None)]),
        ("12月 1.5万 转账", [("15000", "2025-12-01", "transfer")]),
        ("5.3 648 苹果", [("648", "2026-05-03", "apple")]),
        (BILL, [("648", "2026-05-03", "apple"), ("1299", "2026-05-04", "kuaishou")]),
        ("没有账", []),
        (
            "国庆那几天刷了三千，11月5号刷了五百，11月8号六百",
            [("3000", None, None), ("500", "2026-11-05", None), ("600", "2026-11-08", None)],
        ),
        (
            "三月份微信转给主播两千 四月份苹果充了六千四",
            [("2000", "2026-03-01", "transfer"), ("6400", "2026-04-01", "apple")],
        ),
        ("支付宝1200 微信800 信用卡300", [("1200", None, "alipay"), ("800", None, "wechat"), ("300", None, "card")]),
        ("微信一共八百 支付宝一千二", [("1200", None, "alipay"), ("800", None, "wechat")]),
        ("5月3日 648 苹果 支付宝", [("648", "2026-05-03", "apple")]),
        (
            "微信付的 3月 2000 4月3500 苹果的 5月 8500",
            [("2000", "2026-03-01", "wechat"), ("3500", "2026-04-01", "wechat"), ("8500", "2026-05-01", "apple")],
        ),
        ("五月三号六百四十八 五月四号三百二十八", [("648", "2026-05-03", None), ("328", "2026-05-04", None)]),
        ("5.3刷了648 5.4刷了328", [("648", "2026-05-03", None), ("328", "2026-05-04", None)]),
        ("5月8k 6月6.2k", [("8000", "2026-05-01", None), ("6200", "2026-06-01", None)]),
        ("去年3月 3000 今年1月 5000", [("3000", "2025-03-01", None), ("5000", "2026-01-01", None)]),
        (
            "25年11月 3000 12月 2000 1月 5000",
            [("3000", "2025-11-01", None), ("2000", "2025-12-01", None), ("5000", "2026-01-01", None)],
        ),
        ("5月3日 648 5月4日 328 一共976", [("648", "2026-05-03", None), ("328", "2026-05-04", None)]),
        ("充值快币 6480\n2026-05-03 12:30:11\n支付金额 648元", [("648", "2026-05-03", None)]),
    ],
)
def test_payments_are_read_as_people_type_them(said: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert told(said) == expected


def test_a_payee_is_kept_and_a_long_number_is_not() -> None:
    found = listed("5月3日 微信转 2000 主播小红 卡号62220212345678")
    assert [(entry.payee, entry.channel) for entry in found.entries] == [("小红", "transfer")]
    assert found.dropped == 1


@given(st.integers(10**7, 10**25))
def test_no_number_of_eight_digits_or_more_is_ever_kept(number: int) -> None:
    found = listed(f"5月3日 648 苹果 {number} 主播{number}")
    assert not re.search(r"[0-9]{8}", "".join(str(entry.to_plain()) for entry in found.entries))
    assert [entry.amount for entry in found.entries] == [Decimal(648)]


@given(st.text(alphabet="0123456789月日.,-:¥苹果快手转账主播 \n年一二三万元", max_size=300))
def test_whatever_is_pasted_gives_plausible_payments(text: str) -> None:
    for entry in listed(text).entries:
        assert 0 < entry.amount <= 10_000_000
        assert (entry.first is None) == (entry.last is None)
        assert entry.channel is None or entry.channel in {channel.id for channel in LEDGER.channels}
        assert not re.search(r"[0-9]{8}", entry.payee)


@given(st.lists(st.tuples(st.dates(date(2022, 1, 1), TODAY), st.integers(1, 9_999_999)), min_size=1, max_size=40))
def test_a_written_list_is_read_back_to_the_cent(paid: list[tuple[date, int]]) -> None:
    lines = [f"{day.isoformat()} {cents / 100:.2f}元" for day, cents in paid]
    assert [(entry.first, entry.amount * 100) for entry in listed("\n".join(lines)).entries] == paid


@pytest.mark.parametrize("piece", ["1", "一", "5月", "1,234,", "主播", "苹果 ", ".-"])
def test_reading_takes_time_in_proportion(piece: str) -> None:
    started = perf_counter()
    listed(piece * 8000)
    assert perf_counter() - started < 2


@pytest.mark.parametrize(
    ("said", "born"),
    [
        ("2016-02-29", date(2016, 2, 29)),
        ("2016年5月10日", date(2016, 5, 10)),
        ("2016 5 10", date(2016, 5, 10)),
        ("2015-02-29", None),
        ("2030-01-01", None),
        ("5月10日", None),
    ],
)
def test_a_birthday(said: str, born: date | None) -> None:
    assert read_birthday(said, TODAY) == born

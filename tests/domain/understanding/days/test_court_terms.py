"""听出用哪种程序、按月分期的各期在哪天。"""

from datetime import date

import pytest

from nonebot_plugin_refund.domain.understanding.sums.monthly import monthly_days
from nonebot_plugin_refund.domain.understanding.terms.court_terms import court_term

TODAY = date(2027, 1, 13)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("不是小额诉讼 是普通程序", 6),
        ("转成普通程序了 原来是简易程序", 3),
        ("简易程序转成普通程序", 6),
        ("按简易程序里的小额程序办", 2),
        ("别按小额程序算", None),
        ("小额的 不贵", None),
        ("普通商品", None),
    ],
)
def test_the_procedure_named_and_not_denied(text: str, months: int | None) -> None:
    term = court_term(text)
    assert (None if term is None else term.most) == months


@pytest.mark.parametrize(
    ("text", "first", "last", "times"),
    [
        ("分十期每月5000 第一期2月1号", date(2027, 2, 1), date(2027, 11, 1), 10),
        ("分六个月 每月1万 从2月15号开始", date(2027, 2, 15), date(2027, 7, 15), 6),
        ("每月2000 十二期 2月20号首期", date(2027, 2, 20), date(2028, 1, 20), 12),
        ("分3期 每月底 2月底给第一笔", date(2027, 2, 28), date(2027, 4, 30), 3),
        ("分3期 每月给 第一期1月31号", date(2027, 1, 31), date(2027, 3, 31), 3),
    ],
)
def test_monthly_instalments_have_a_day_each(text: str, first: date, last: date, times: int) -> None:
    days = monthly_days(text, TODAY)
    assert (days[0], days[-1], len(days)) == (first, last, times)


@pytest.mark.parametrize("text", ["分十期还", "每月5000 2月1号给", "2月1号前付清", "分两次 2月1号和3月1号各一半"])
def test_without_months_number_or_first_day_nothing_is_made_up(text: str) -> None:
    assert monthly_days(text, TODAY) == ()

"""对方当面说的期限：说了多久、说了哪天听得出；已经过去的、法定的、拿不准是哪天的不认。"""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.case.told_limit import ToldLimit, told_limit_from
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.understanding.terms.told_limits import told_limit, without_limits
from nonebot_plugin_refund.rulebook.scenario_models.models import LimitRule

MONDAY = datetime(2026, 11, 30, 15, 0, tzinfo=SHANGHAI)
DAYS, WORKDAYS, HOURS, MONTHS = LimitRule.CALENDAR_DAYS, LimitRule.WORKDAYS, LimitRule.HOURS, LimitRule.MONTHS


@pytest.mark.parametrize(
    ("said", "rule", "least", "most"),
    [
        ("平台让我三天内补材料", DAYS, 3, 3),
        ("要求24小时之内补齐", HOURS, 24, 24),
        ("两三天内补齐", DAYS, 2, 3),
        ("说3到7个工作日到账", WORKDAYS, 3, 7),
        ("预计1-3天到账", DAYS, 1, 3),
        ("客服说要等5个工作日", WORKDAYS, 5, 5),
        ("限我两天", DAYS, 2, 2),
        ("给了我一周时间补", DAYS, 7, 7),
        ("半个月内给", DAYS, 15, 15),
        ("他们公司说一个月内付清", MONTHS, 1, 1),
        ("期限3天", DAYS, 3, 3),
        ("我申请了 24小时到账", HOURS, 24, 24),
    ],
)
def test_how_long_they_said_is_heard(said: str, rule: LimitRule, least: int, most: int) -> None:
    assert told_limit(said, MONDAY) == ToldLimit(rule=rule, least=least, most=most)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("让我12月3号之前补材料", date(2026, 12, 3)),
        ("最晚周五补上", date(2026, 12, 4)),
        ("下周三前交", date(2026, 12, 9)),
        ("说月底前给", date(2026, 11, 30)),
        ("年底前打给我", date(2026, 12, 31)),
        ("说好1月22号前给", date(2027, 1, 22)),
        ("大后天截止", date(2026, 12, 3)),
        ("截止到12.5", date(2026, 12, 5)),
        ("今晚12点前", date(2026, 11, 30)),
        ("补件期限是12月2日", date(2026, 12, 2)),
        ("下个月5号前", date(2026, 12, 5)),
        ("说周五打给我", date(2026, 12, 4)),
        ("答应12月10号退", date(2026, 12, 10)),
        ("页面写着还剩2天", date(2026, 12, 2)),
        ("还剩20小时", date(2026, 12, 1)),
    ],
)
def test_the_day_they_said_is_heard(said: str, day: date) -> None:
    assert told_limit(said, MONDAY) == ToldLimit(day=day)


@pytest.mark.parametrize(
    "said",
    [
        "商家48小时内没处理",
        "三天内没答复",
        "七天无理由",
        "7天内可以退",
        "等了三天",
        "等三天了",
        "前天拒绝的",
        "25号拒的",
        "25号之前让补的",
        "上周五之前就该给",
        "11月15号前给",
        "说好的昨天打",
        "礼拜四打电话来说组织调解",
        "周五没打给我",
        "昨天申请的 三天了还没动静",
    ],
)
def test_what_is_past_or_the_law_or_unclear_is_no_limit(said: str) -> None:
    assert told_limit(said, MONDAY) is None


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("12315受理了 礼拜四打电话来说组织调解 下礼拜二", date(2026, 12, 8)),
        ("下周二调解", date(2026, 12, 8)),
        ("通知我12月20号上午9点开庭", date(2026, 12, 20)),
        ("开庭时间是1月12号", date(2027, 1, 12)),
        ("法院让我后天去法院谈话", date(2026, 12, 2)),
        ("开庭改到25号了", None),
        ("开庭改到12月25号了", date(2026, 12, 25)),
        ("调解定在明天下午", date(2026, 12, 1)),
        ("周五调解好了", None),
        ("12月20号调解书下来了", None),
        ("昨天调解没成", None),
    ],
)
def test_the_day_of_a_hearing_is_an_appointment(said: str, day: date | None) -> None:
    told = told_limit(said, MONDAY)
    assert told == (None if day is None else ToldLimit(day=day, appointed=True, at=told.at if told else ""))


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("周五给200 月底再给剩下的", [date(2026, 12, 4), date(2026, 12, 31)]),
        ("分两次 12月1号一半 12月15号一半", [date(2026, 12, 1), date(2026, 12, 15)]),
        ("第一笔12月4号 第二笔12月18号", [date(2026, 12, 4), date(2026, 12, 18)]),
        ("周五先打500给我 下周五打剩下的", [date(2026, 12, 4), date(2026, 12, 11)]),
        ("分三期 12月5号 12月20号 1月5号各给一笔", [date(2026, 12, 5), date(2026, 12, 20), date(2027, 1, 5)]),
        ("剩下的分两次付 12月20号前付5000 1月20号前付5000", [date(2026, 12, 20), date(2027, 1, 20)]),
        ("12月1号一半到了 12月15号一半", [date(2026, 12, 15)]),
        ("周五给的200到了 剩下的12月10号前给", [date(2026, 12, 10)]),
        ("说好周五退 又改到下周三退", [date(2026, 12, 9)]),
        ("下周二调解 说12月20号开庭", [date(2026, 12, 8), date(2026, 12, 20)]),
    ],
)
def test_of_several_days_the_first_counts_and_the_rest_is_kept(said: str, days: list[date]) -> None:
    heard = told_limit(said, MONDAY)
    assert heard is not None
    assert [heard.day, *(one.day for one in heard.later)] == days


def test_a_span_and_a_day_of_instalments_are_kept_as_said() -> None:
    heard = told_limit("三天内给一半 12月20号给剩下的", MONDAY)
    assert heard == ToldLimit(rule=DAYS, least=3, most=3, later=(ToldLimit(day=date(2026, 12, 20)),))
    assert heard is not None
    assert heard.next == ToldLimit(day=date(2026, 12, 20))


@pytest.mark.parametrize("said", ["调解 12月10日前付", "法院调解 12月10日付清", "法院调解了 12月10日前付清"])
def test_the_day_of_payment_in_an_agreement_is_no_appointment(said: str) -> None:
    heard = told_limit(said, MONDAY)
    assert heard is None or not heard.appointed


def test_two_different_limits_are_none() -> None:
    assert told_limit("先说三天内 又说12月9号之前", MONDAY) is None


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("昨天让我周五之前补材料", "昨天让我 补材料"),
        ("28号申请的 说12月3号前答复", "28号申请的 说 答复"),
        ("25号拒的", "25号拒的"),
    ],
)
def test_the_days_that_remain_are_when_it_happened(said: str, left: str) -> None:
    assert without_limits(said, MONDAY) == left


@given(
    ahead=st.integers(min_value=0, max_value=19),
    today=st.dates(min_value=date(2026, 1, 1), max_value=date(2028, 12, 31)),
)
def test_a_day_written_out_is_that_day_whenever_it_is_said(ahead: int, today: date) -> None:
    day = today + timedelta(days=ahead)
    now = datetime(today.year, today.month, today.day, 12, 0, tzinfo=SHANGHAI)
    assert told_limit(f"让我{day.month}月{day.day}号之前补", now) == ToldLimit(day=day)
    assert told_limit(f"最晚{day.day}号", now) == ToldLimit(day=day)


@given(st.integers(min_value=1, max_value=60), st.sampled_from([*LimitRule]))
def test_what_is_kept_comes_back_as_it_was(count: int, rule: LimitRule) -> None:
    span, day = ToldLimit(rule=rule, least=count, most=count + 1), ToldLimit(day=date(2026, 12, count % 28 + 1))
    for limit in (span, day, replace(day, later=(span, day))):
        assert told_limit_from(limit.to_plain()) == limit
    assert told_limit_from({}) is None


@pytest.mark.parametrize(
    "said", ["客服今天回我说证据不够 让补", "快手今天回复说材料不够要补", "平台今天回我讲要补凭证", "他今天答复说不退"]
)
def test_the_day_they_answered_is_no_limit(said: str) -> None:
    assert told_limit(said, MONDAY) is None


@pytest.mark.parametrize("said", ["说明天回复我", "客服说今天回我", "说明天给我答复"])
def test_the_day_they_will_answer_by_is_one(said: str) -> None:
    assert told_limit(said, MONDAY) is not None

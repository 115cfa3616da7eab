"""改口没说是哪一题：岁数、日子算出来落到对得上的那一题；算不准的重新问，不猜。"""

from datetime import date

import pytest

from nonebot_plugin_refund.dialogue.reading.before_verdict.early_news import possible_events
from nonebot_plugin_refund.domain.case.heard.news import worded_by_them
from nonebot_plugin_refund.domain.hearing.options.learnt_answers import others_not_knowing
from nonebot_plugin_refund.domain.hearing.options.not_unsure import is_not_unsure
from nonebot_plugin_refund.domain.hearing.picking import read_among
from nonebot_plugin_refund.domain.hearing.told_beside import told_beside
from nonebot_plugin_refund.domain.interview.answers import Answer
from nonebot_plugin_refund.domain.interview.changing.meant_values import held_value, meant_value
from nonebot_plugin_refund.domain.interview.interview import Misread
from nonebot_plugin_refund.domain.understanding.days.loose_times import says_how_long, says_only_a_time
from nonebot_plugin_refund.domain.understanding.moods import mood_reader
from tests.domain.hearing.hearing_bench import NOW, scenario_of

TIP = scenario_of("live-tip")
NINE = {"age": Answer(9.0)}


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("他下个月才满九岁", 8.0),
        ("那会还差半年才满八岁", 7.0),
        ("打赏那会他还没满九岁", 8.0),
        ("他下周才过9岁生日", 8.0),
        ("当时还差俩月才十岁", 9.0),
    ],
)
def test_a_coming_birthday_is_worked_out_to_the_age(said: str, years: float) -> None:
    found = meant_value(TIP, NINE, said, NOW)
    assert found is not None
    assert found.question == "age"
    assert found.answer == Answer(years)
    assert found.same is (years == 9.0)


@pytest.mark.parametrize("said", ["他是2016年12月生的", "那会儿他才上一年级", "是虚岁九岁", "是去年的事"])
def test_what_gives_no_age_of_that_time_is_asked_anew(said: str) -> None:
    found = meant_value(TIP, NINE, said, NOW)
    assert found is not None
    assert (found.question, found.answer) == ("age", None)


@pytest.mark.parametrize(
    ("said", "day"), [("不是昨天 是今天早上打的", date(2026, 11, 23)), ("不是昨天 大前天刷的", date(2026, 11, 20))]
)
def test_the_day_kept_for_later_is_the_one_put_right(said: str, day: date) -> None:
    found = meant_value(TIP, NINE, said, NOW, mentioned=date(2026, 11, 22))
    assert found is not None
    assert (found.question, found.day) == (None, day)


def test_last_year_moves_a_calendar_day_and_drops_one_told_from_today() -> None:
    moved = meant_value(TIP, {"tipped-on": Answer(date(2026, 10, 5))}, "是去年的事", NOW)
    near = meant_value(TIP, {"tipped-on": Answer(date(2026, 11, 22))}, "是去年的事", NOW)
    assert moved is not None
    assert moved.answer == Answer(date(2025, 10, 5))
    assert near is not None
    assert near.answer is None


def test_a_sum_kept_for_later_is_put_right() -> None:
    found = held_value(TIP, {"amount": Answer(3000.0)}, "是三千八百", NOW)
    assert found is not None
    assert found[1].value == 3800.0
    assert held_value(TIP, {"amount": Answer(3000.0)}, "是他奶奶的手机", NOW) is None


@pytest.mark.parametrize("said", ["是上个月的事了", "六月是第二次", "第一次五月二十几", "去年暑假的事"])
def test_a_loose_time_is_only_a_time(said: str) -> None:
    assert says_only_a_time(said)
    assert not says_only_a_time("商家前天已经同意了")


@pytest.mark.parametrize("said", ["买了快两个月了吧", "充了有半年了"])
def test_how_long_ago_is_no_news(said: str) -> None:
    assert says_how_long(said)
    assert not says_how_long("充了三百")


@pytest.mark.parametrize(
    ("question", "said", "not_unsure"),
    [
        ("problem", "不认识那个人", True),
        ("problem", "大概十来天前收的", True),
        ("problem", "客服说查不到这笔", True),
        ("problem", "有一串字母 不认识是哪家", False),
        ("problem", "客服说的我没听清", False),
        ("problem", "我也不知道", False),
    ],
)
def test_what_is_said_of_another_thing_is_no_not_knowing(question: str, said: str, *, not_unsure: bool) -> None:
    assert is_not_unsure(scenario_of("top-up").question(question), said) is not_unsure


def test_a_grown_up_who_does_not_know_is_told_from_not_knowing_whether_they_do() -> None:
    assert others_not_knowing("奶奶不识字根本不知道")
    assert not others_not_knowing("我不清楚我爸妈知不知道")


@pytest.mark.parametrize(
    ("said", "had"),
    [
        ("用的我的号 我的手机 有他跟主播聊天的截图", ("chats",)),
        ("聊天记录删光了 就剩微信账单", ("none",)),
        ("聊天删了 但是有监控", ("whereabouts",)),
        ("微信聊天被他删干净了 只剩扣款短信", None),
    ],
)
def test_proof_that_is_gone_or_a_grown_ups_is_not_had(said: str, had: tuple[str, ...] | None) -> None:
    read = read_among(TIP, TIP.question("traces"), said, NOW)
    assert isinstance(read, Misread) if had is None else read == Answer(had)


@pytest.mark.parametrize("question", ["agreed_on", "received_on"])
def test_the_day_of_another_deed_is_not_this_questions(question: str) -> None:
    shop = scenario_of("shop-return")
    assert isinstance(read_among(shop, shop.question(question), "寄出去了 今天", NOW), Misread)
    assert isinstance(read_among(shop, shop.question("merchant_signed"), "寄出去了 今天", NOW), Misread)


def test_applied_and_told_to_send_it_back_is_agreed_and_not_sent() -> None:
    shop = scenario_of("shop-return")
    read = read_among(shop, shop.question("progress"), "我已经申请退货退款了 商家让我寄回去", NOW)
    assert read == Answer("agreed")


@pytest.mark.parametrize("said", ["客服说退不了", "客服回我说对方已使用无法退回", "人工说这笔没办法退"])
def test_customer_service_saying_no_is_a_refusal_at_once(said: str) -> None:
    heard = worded_by_them(mood_reader().clauses(said), possible_events(scenario_of("top-up")))
    assert heard is not None
    assert heard.event.id == "refused"


def test_a_rough_cost_is_not_taken_for_exact() -> None:
    rough, exact = told_beside("运费八十多", NOW), told_beside("运费八十五块", NOW)
    assert (dict(rough.costs), [*rough.rough]) == ({}, ["运费"])
    assert (len(exact.costs), dict(exact.rough)) == (1, {})

"""访谈：一句话怎样读成答案，下一步怎样由答案现算。"""

from datetime import date, datetime

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI, WorkCalendar
from nonebot_plugin_refund.domain.interview.answers import Answer, AnswerValue, facts_from, parse_iso_day
from nonebot_plugin_refund.domain.interview.interview import (
    Ask,
    Misread,
    MisreadReason,
    Settled,
    event_day,
    next_step,
    read_answer,
)
from tests.rulebook.small_book import small_edition

NOW = datetime(2026, 11, 23, 15, tzinfo=SHANGHAI)
CALENDAR = WorkCalendar()
SCENARIO = small_edition().scenario


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("goal", "1", "regret"),
        ("goal", "东西坏了", "broken"),
        ("goal", "不想要了", "regret"),
        ("opened", "是的", "yes"),
        ("opened", "2", "no"),
        ("opened", "3", None),
        ("opened", "选1", "yes"),
        ("opened", "２", "no"),
        ("opened", "不清楚", None),
        ("bought-on", "昨天", date(2026, 11, 22)),
        ("bought-on", "11月20日", date(2026, 11, 20)),
        ("bought-on", "不记得了", None),
        ("price", "1.2万", 12000.0),
        ("price", "￥99.9", 99.9),
        ("price", "不清楚", None),
        ("parts", "1 2", ("box", "tag")),
        ("parts", "什么都不缺", ("nothing",)),
        ("parts", "4", None),
    ],
)
def test_speech_becomes_an_answer(question: str, text: str, value: AnswerValue) -> None:
    read = read_answer(SCENARIO.question(question), text, NOW)

    assert isinstance(read, Answer)
    assert read.value == value


@pytest.mark.parametrize(
    ("question", "text", "reason"),
    [
        ("goal", "今天天气不错", MisreadReason.NOT_UNDERSTOOD),
        ("goal", "3", MisreadReason.NOT_UNDERSTOOD),
        ("goal", "不清楚", MisreadReason.UNSURE_NOT_OFFERED),
        ("goal", "1 2", MisreadReason.AMBIGUOUS_OPTION),
        ("parts", "1 3", MisreadReason.EXCLUSIVE_OPTION),
        ("parts", "1 4", MisreadReason.EXCLUSIVE_OPTION),
        ("bought-on", "明天", MisreadReason.FUTURE_DATE),
        ("bought-on", "2月30日", MisreadReason.IMPOSSIBLE_DATE),
        ("bought-on", "哈哈哈", MisreadReason.NOT_UNDERSTOOD),
        ("price", "0.5", MisreadReason.OUT_OF_RANGE),
        ("bought-on", "上周", MisreadReason.VAGUE_DATE),
        ("bought-on", "15号以后", MisreadReason.VAGUE_DATE),
        ("bought-on", "周一或周二", MisreadReason.AMBIGUOUS_DATE),
        ("bought-on", "11月1号到10号", MisreadReason.VAGUE_DATE),
        ("price", "300到500", MisreadReason.AMOUNT_RANGE),
        ("price", "20万", MisreadReason.OUT_OF_RANGE),
        ("price", "很贵", MisreadReason.NOT_UNDERSTOOD),
        ("opened", "", MisreadReason.NOT_UNDERSTOOD),
        ("opened", "😂" * 3000, MisreadReason.NOT_UNDERSTOOD),
    ],
)
def test_what_cannot_be_used_says_why(question: str, text: str, reason: MisreadReason) -> None:
    read = read_answer(SCENARIO.question(question), text, NOW)

    assert isinstance(read, Misread)
    assert read.reason is reason


def test_an_ambiguous_option_names_the_candidates() -> None:
    read = read_answer(SCENARIO.question("goal"), "1 2", NOW)

    assert isinstance(read, Misread)
    assert [option.id for option in read.options] == ["regret", "broken"]


def test_the_exclusive_not_sure_is_named_when_mixed_with_others() -> None:
    read = read_answer(SCENARIO.question("parts"), "1 4", NOW)

    assert isinstance(read, Misread)
    assert [option.label for option in read.options] == ["盒子", "不清楚"]


def test_an_approximate_amount_is_marked() -> None:
    read = read_answer(SCENARIO.question("price"), "大概五百", NOW)

    assert read == Answer(500.0, approximate=True)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("不到一百", Answer(100.0, approximate=True, bound="below")),
        ("将近一百", Answer(100.0, approximate=True, bound="below")),
        ("最多一百", Answer(100.0, approximate=True, bound="at_most")),
        ("一百多", Answer(100.0, approximate=True, bound="at_least")),
        ("一百左右", Answer(100.0, approximate=True)),
        ("一百", Answer(100.0)),
    ],
)
def test_an_amount_keeps_which_side_was_said(text: str, answer: Answer) -> None:
    read = read_answer(SCENARIO.question("price"), text, NOW)

    assert read == answer
    assert Answer.from_plain(answer.to_plain(), SCENARIO.question("price").kind) == answer


@pytest.mark.parametrize(("text", "band"), [("不到一百", "small-sum"), ("一百多", "large-sum"), ("一百", "large-sum")])
def test_less_than_the_edge_falls_into_the_lower_band(text: str, band: str) -> None:
    price = read_answer(SCENARIO.question("price"), text, NOW)
    assert isinstance(price, Answer)

    facts, _ = facts_from(SCENARIO, {"goal": Answer("broken"), "price": price}, NOW, CALENDAR)

    assert facts["price-band"] == band


# 下一步


def test_questions_come_in_order_and_stop_as_soon_as_the_verdict_is_settled() -> None:
    answers: dict[str, Answer] = {}
    asked: list[str] = []
    for value in ("regret", date(2026, 11, 1)):
        step = next_step(SCENARIO, answers, NOW, CALENDAR)
        assert isinstance(step, Ask)
        asked.append(step.question.id)
        answers[step.question.id] = Answer(value)
    end = next_step(SCENARIO, answers, NOW, CALENDAR)

    assert asked == ["goal", "bought-on"]
    assert isinstance(end, Settled)
    assert end.rule.id == "too-late"


@pytest.mark.parametrize(
    ("received", "now", "window"),
    [
        (date(2026, 11, 16), datetime(2026, 11, 23, 23, 59, tzinfo=SHANGHAI), "inside"),
        (date(2026, 11, 16), datetime(2026, 11, 24, 0, 0, tzinfo=SHANGHAI), "past"),
        # 第七天是 2026-11-21 周六：平台口径已过，依法可主张到周一
        (date(2026, 11, 14), datetime(2026, 11, 22, 12, tzinfo=SHANGHAI), "arguable"),
        (date(2026, 11, 14), datetime(2026, 11, 23, 12, tzinfo=SHANGHAI), "arguable"),
        (date(2026, 11, 14), datetime(2026, 11, 24, 12, tzinfo=SHANGHAI), "past"),
    ],
)
def test_the_window_turns_at_midnight_of_its_last_day(received: date, now: datetime, window: str) -> None:
    answers = {"goal": Answer("regret"), "bought-on": Answer(received)}

    facts, _ = facts_from(SCENARIO, answers, now, CALENDAR)

    assert facts["window"] == window


@pytest.mark.parametrize(("price", "band"), [(99.99, "small-sum"), (100.0, "large-sum"), (None, "unsure")])
def test_an_amount_at_the_edge_falls_into_the_upper_band(price: float | None, band: str) -> None:
    facts, _ = facts_from(SCENARIO, {"goal": Answer("broken"), "price": Answer(price)}, NOW, CALENDAR)

    assert facts["price-band"] == band


@pytest.mark.parametrize(
    ("chosen", "value"), [(("box",), "yes"), (("nothing",), "no"), (("box", "tag"), "yes"), (None, "unsure")]
)
def test_a_multiple_choice_becomes_any_of(chosen: tuple[str, ...] | None, value: str) -> None:
    answers = {
        "goal": Answer("regret"),
        "bought-on": Answer(date(2026, 11, 22)),
        "opened": Answer("yes"),
        "parts": Answer(chosen),
    }

    facts, _ = facts_from(SCENARIO, answers, NOW, CALENDAR)

    assert facts["lacking"] == value


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (date(2026, 11, 1), date(2026, 11, 1)),
        # UTC 的前一天晚上，已是上海的这一天
        (parse_iso_day("2026-10-31T20:00:00+00:00"), date(2026, 11, 1)),
        (None, date(2026, 11, 23)),
    ],
)
def test_the_event_day_is_the_shanghai_day_of_the_event_or_today(value: AnswerValue, day: date) -> None:
    assert event_day(SCENARIO, {"bought-on": Answer(value)}, NOW) == day


def test_the_event_day_is_today_before_the_question_is_answered() -> None:
    assert event_day(SCENARIO, {}, NOW) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-23", date(2026, 11, 23)),
        ("2026-11-23T10:00", datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)),
        ("2026-11-23T02:00:00+00:00", datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)),
    ],
)
def test_a_written_day_is_read_in_shanghai_time(text: str, moment: date | datetime) -> None:
    assert parse_iso_day(text) == moment


@pytest.mark.parametrize("text", ["", "2026-2-30", "昨天", "2026-11-23T25:00", "20261"])
def test_a_badly_written_day_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_iso_day(text)

"""答案的理解：样本集与自写集逐条核对，另有边角。"""

import json
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from nonebot_plugin_refund.domain.understanding import yesno
from nonebot_plugin_refund.domain.understanding.days import dates
from nonebot_plugin_refund.domain.understanding.evaluation import evaluate_answers
from nonebot_plugin_refund.domain.understanding.sums import amounts

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DATA = Path(__file__).parents[2] / "data"


def read(kind: str, text: str) -> object:
    """按 ``refund parse`` 的样子读一个答案。"""
    if kind == "date":
        return dates.json_value(dates.parse_date(text, NOW))
    if kind == "amount":
        return amounts.json_value(amounts.parse_amount(text))
    return yesno.json_value(yesno.parse_yesno(text))


@pytest.mark.parametrize("name", ["answers-dev.jsonl", "answers-own.jsonl"])
def test_every_answer_is_read_as_labelled(name: str) -> None:
    rows = [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    misread = [
        (row, read(row["kind"], row["text"])) for row in rows if read(row["kind"], row["text"]) not in row["accept"]
    ]
    assert misread == []


def test_sealed_answers_are_read_nearly_all_and_rarely_wrong() -> None:
    """从没拿来调过规则的话；只看总分，不看错在哪，看了就不再是没见过的了。"""
    rows = [json.loads(line) for line in (DATA / "answers-sealed.jsonl").read_text(encoding="utf-8").splitlines()]
    scores = {
        kind: evaluate_answers(
            partial(read, kind), [(row["text"], row["accept"]) for row in rows if row["kind"] == kind]
        )
        for kind in ("date", "amount", "yesno")
    }
    wrong = sum(len(score.wrong_values) for score in scores.values())
    asked = sum(len(score.asked_again) for score in scores.values())

    assert {kind: score.accuracy >= 0.97 for kind, score in scores.items()} == dict.fromkeys(scores, True)
    assert wrong <= (wrong + asked) / 3


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("明天", "future"),
        ("下周五", "future"),
        ("今天下午3点", "future"),
        ("2月30号", "impossible"),
        ("11月31号", "impossible"),
        ("15号或16号", "ambiguous"),
        ("上周", "ambiguous"),
        ("不想说", "none"),
        ("昨天", None),
    ],
)
def test_reason_is_given_when_no_date_is_read(text: str, problem: str | None) -> None:
    assert dates.date_problem(text, NOW) == problem


def test_two_possible_days_are_both_offered() -> None:
    parsed = dates.parse_date("15号或者16号", NOW)
    assert parsed is not None
    assert parsed.value is None
    assert [str(day) for day in parsed.candidates] == ["2026-11-15", "2026-11-16"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("11月20、21号", ["2026-11-20", "2026-11-21"]),
        ("20到22号", ["2026-11-20", "2026-11-21", "2026-11-22"]),
        ("上个月15、16号", ["2026-10-15", "2026-10-16"]),
        ("周三或者周四", ["2026-11-18", "2026-11-19"]),
        ("两三天前", ["2026-11-20", "2026-11-21"]),
        ("昨天半夜十二点多", ["2026-11-22", "2026-11-23"]),
        ("4.5号", ["2026-04-05", "2026-11-04", "2026-11-05"]),
        ("八月十五", ["2026-08-15", "2026-09-25"]),
    ],
)
def test_every_possible_day_is_offered_in_order(text: str, days: list[str]) -> None:
    parsed = dates.parse_date(text, NOW)
    assert parsed is not None
    assert parsed.value is None
    assert [str(day) for day in parsed.candidates] == days


def test_weekday_equal_to_today_is_asked_back() -> None:
    parsed = dates.parse_date("周一", NOW)
    assert parsed is not None
    assert parsed.value is None
    assert [str(day) for day in parsed.candidates] == ["2026-11-16", "2026-11-23"]


def test_hedged_date_is_marked_approximate() -> None:
    hedged, plain = dates.parse_date("大概是上周四吧", NOW), dates.parse_date("上周四", NOW)
    assert hedged is not None
    assert plain is not None
    assert (hedged.approximate, plain.approximate) == (True, False)


def test_today_is_counted_in_shanghai_whatever_zone_now_has() -> None:
    late_evening_in_london = datetime(2026, 11, 22, 18, 0, tzinfo=ZoneInfo("UTC"))
    assert dates.json_value(dates.parse_date("今天", late_evening_in_london)) == "2026-11-23"


def test_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="时区"):
        dates.parse_date("昨天", datetime(2026, 11, 23))  # noqa: DTZ001 —— 要试的就是不带时区的


def test_range_of_amounts_keeps_both_ends() -> None:
    parsed = amounts.parse_amount("300到500")
    assert parsed is not None
    assert (parsed.value, parsed.at_least, parsed.at_most) == (None, 300, 500)


@pytest.mark.parametrize(("text", "at_least", "at_most"), [("3200多", 3200, None), ("不到五千", None, 5000)])
def test_open_amount_keeps_its_direction(text: str, at_least: float | None, at_most: float | None) -> None:
    parsed = amounts.parse_amount(text)
    assert parsed is not None
    assert (parsed.approximate, parsed.at_least, parsed.at_most) == (True, at_least, at_most)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十岁", 10),
        ("9岁半", 9.5),
        ("十二周岁了", 12),
        ("刚满8岁", 8),
        ("16", 16),
        ("不满8岁", None),
        ("虚岁九岁", None),
        ("八九岁", None),
        ("上三年级", None),
        ("15年的", None),
    ],
)
def test_age_is_read_only_when_it_is_certain(text: str, value: float | None) -> None:
    assert amounts.parse_number(text, "岁") == value

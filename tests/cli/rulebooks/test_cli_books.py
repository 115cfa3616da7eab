"""``refund scenarios``、``paths``、``classify``、``parse``、``deadline``：输出就是说好的样子。"""

import json

import pytest

from tests.cli.command import NOW, refund

SCENARIOS = ["shop-return", "refund-only", "live-tip", "paid-content", "top-up", "contact", "appeal"]


def test_scenarios_lists_seven_with_questions_rules_and_stages() -> None:
    (listed,) = refund("scenarios").objects

    assert [scenario["id"] for scenario in listed] == SCENARIOS
    for scenario in listed:
        assert scenario["title"]
        assert all({"id", "text", "kind", "options"} <= question.keys() for question in scenario["questions"])
        assert all({"id", "verdict"} <= rule.keys() for rule in scenario["rules"])
        assert all({"id", "title"} <= stage.keys() for stage in scenario["stages"])
        assert scenario["stages"]


def test_paths_prints_the_figures_of_every_scenario() -> None:
    figures = refund("paths").objects

    assert [line["scenario"] for line in figures] == SCENARIOS
    for line in figures:
        assert line["paths"] >= 10
        assert line["median_questions"] <= 5
        assert line["longest"] <= 9


def test_classify_answers_every_line() -> None:
    said = ["孩子给主播打赏了五千能退吗", "今天吃什么", "", "😂" * 500]

    answers = refund("classify", said="\n".join(said) + "\n").objects

    assert [answer["text"] for answer in answers] == said
    assert answers[0]["scenario"] == "live-tip"
    assert answers[1]["scenario"] is None
    assert all(answer.keys() == {"text", "scenario", "score", "trigger"} for answer in answers)
    assert not any(answer["trigger"] for answer in answers[1:])


@pytest.mark.parametrize(
    ("kind", "said", "values"),
    [
        ("date", ["昨天下午三点", "11.20", "2月30日", "明天", "不知道"],
         ["2026-11-22T15:00", "2026-11-20", None, None, None]),
        ("amount", ["五千", "1.2万", "￥99.9", "很多"], [5000, 12000, 99.9, None]),
        ("yesno", ["是的", "没有", "不清楚", "为什么"], ["yes", "no", "unsure", None]),
    ],
)  # fmt: skip
def test_parse_answers_every_line_null_where_it_is_none(kind: str, said: list[str], values: list[object]) -> None:
    answers = refund("parse", kind, "--now", NOW, said="\n".join(said) + "\n").objects

    assert answers == [{"text": text, "value": value} for text, value in zip(said, values, strict=True)]


def test_a_line_of_bad_bytes_does_not_stop_the_others() -> None:
    answers = refund("parse", "yesno", said=b"\xff\xfe\n" + "是的\r\n".encode()).objects

    assert [answer["value"] for answer in answers] == [None, "yes"]
    assert answers[1]["text"] == "是的"


def test_parse_knows_only_three_kinds() -> None:
    assert refund("parse", "colour").code == 2


def test_deadline_answers_good_lines_and_explains_bad_ones() -> None:
    asked = [
        '{"rule": "seven-day", "start": "2026-11-21"}',
        '{"rule": "workdays", "start": "2026-11-23", "n": 3}',
        '{"rule": "hours", "start": "2026-11-23T10:00", "n": 48}',
        "",
        "not json",
        "[1]",
        '{"rule": "fortnight", "start": "2026-11-23", "n": 1}',
        '{"rule": "calendar-days", "start": "2026-02-30", "n": 1}',
        '{"rule": "calendar-days", "start": "2026-11-23", "n": 7}',
    ]

    ran = refund("deadline", said="\n".join(asked) + "\n")

    assert ran.code == 1
    good = [line for line in ran.objects if "error" not in line]
    bad = [line["error"] for line in ran.objects if "error" in line]
    assert [line["safe"] for line in good] == ["2026-11-28", "2026-11-26", "2026-11-25T10:00", "2026-11-30"]
    assert good[0]["arguable"] == "2026-11-30"
    assert all(line["certain"] and line["explain"] for line in good)
    assert len(bad) == 4
    assert all(reason in ran.err for reason in bad)


def test_deadline_with_only_good_lines_succeeds() -> None:
    ran = refund("deadline", said=json.dumps({"rule": "months", "start": "2026-01-31", "n": 1}) + "\n")

    assert ran.code == 0
    assert ran.objects[0]["safe"] == "2026-02-28"

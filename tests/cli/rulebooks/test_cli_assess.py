"""``refund assess``：给出答案得到结论；不够时给下一个问题；写错了说清楚，退出 2。"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import NOW, Ran, refund

NOT_CREDITED = {"problem": "not-credited", "paid-by": "others", "bill": "success", "paid-on": "2026-11-20"}
SPOKEN = {"problem": "付了钱没到账", "paid-by": "微信", "bill": "支付成功", "paid-on": "三天前"}


@pytest.fixture
def assess(tmp_path: Path):
    """把答案写成文件，运行 ``refund assess``。"""

    def run(scenario: str, answers: Any, now: str = NOW) -> Ran:
        path = tmp_path / "answers.json"
        text = answers if isinstance(answers, str) else json.dumps(answers, ensure_ascii=False)
        path.write_text(text, encoding="utf-8")
        return refund("assess", scenario, "--answers", str(path), "--now", now)

    return run


def test_values_give_the_whole_verdict(assess: Any) -> None:
    (verdict,) = assess("top-up", NOT_CREDITED).objects

    assert verdict["scenario"] == "top-up"
    assert (verdict["verdict"], verdict["rule"]) == ("eligible", "not-credited")
    assert verdict["because"]
    assert verdict["sources"][0].keys() >= {"id", "kind", "title", "article", "last_checked_on", "check_overdue"}
    assert verdict["facts"]["problem"] == "not-credited"
    assert verdict["facts"]["paid-on"] == "2026-11-20"
    assert verdict["facts"]["one-day-window"] == "past"
    assert verdict["evidence"]
    assert 1 <= len(verdict["steps"]) <= 3
    assert all({"id", "kind", "due", "safe", "arguable", "explain"} <= timer.keys() for timer in verdict["timers"])
    assert any(verdict["because"] in text for text in verdict["texts"])


def test_spoken_answers_give_the_same_verdict(assess: Any) -> None:
    assert assess("top-up", SPOKEN).objects == assess("top-up", NOT_CREDITED).objects


def test_unsettled_answers_give_the_next_question(assess: Any) -> None:
    ran = assess("top-up", {"problem": "not-credited"})

    assert ran.code == 0
    (asked,) = ran.objects
    assert asked.keys() == {"question"}
    assert asked["question"]["id"] == "paid-by"
    assert asked["question"]["options"][-1] == {"id": "unsure", "label": "不清楚"}


def test_no_answers_give_the_first_question(assess: Any) -> None:
    assert assess("top-up", {}).objects[0]["question"]["id"] == "problem"


@pytest.mark.parametrize("unsure", [None, "unsure", "不清楚", "不记得了"])
def test_not_sure_may_be_written_in_several_ways(assess: Any, unsure: str | None) -> None:
    (verdict,) = assess("top-up", {**NOT_CREDITED, "paid-on": unsure}).objects

    assert verdict["rule"] == "not-credited"
    assert verdict["facts"]["paid-on"] == "unsure"
    assert verdict["facts"]["one-day-window"] == "unsure"


def test_answers_may_come_from_standard_input() -> None:
    ran = refund("assess", "top-up", "--answers", "-", "--now", NOW, said=json.dumps(NOT_CREDITED))

    assert ran.objects[0]["rule"] == "not-credited"


def test_a_multiple_choice_may_be_a_list_or_speech(assess: Any) -> None:
    """打赏场景里问孩子操作的痕迹是多选题。"""
    scenario = next(item for item in refund("scenarios").objects[0] if item["id"] == "live-tip")
    question = next(item for item in scenario["questions"] if item["kind"] == "multi")
    ids = [option["id"] for option in question["options"][:2]]
    labels = "、".join(option["label"] for option in question["options"][:2])

    for value in (ids, ids[0], "1 2", labels):
        ran = assess("live-tip", {question["id"]: value})
        assert ran.code == 0, ran.err


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"colour": "red"}, "没有问题“colour”"),
        ({"problem": "今天天气不错"}, "读不懂"),
        ({"problem": "not-credited", "paid-on": "2027-01-01"}, "future_date"),
        ({"problem": "not-credited", "paid-on": "明天"}, "future_date"),
        ({"problem": "not-credited", "paid-on": "2026-02-30"}, "读不懂"),
        ({"problem": "not-credited", "paid-on": "0001-01-01"}, "读不懂"),
        ({"problem": "not-credited", "paid-on": True}, "读不懂"),
        ({"problem": ["not-credited", "double"]}, "读不懂"),
        ({"problem": {"id": "double"}}, "读不懂"),
        ("not json", "不是 JSON"),
        ("[1, 2]", "应是一个对象"),
        ("", "不是 JSON"),
    ],
)
def test_what_cannot_be_read_is_explained_and_exits_two(assess: Any, answers: Any, said: str) -> None:
    ran = assess("top-up", answers)

    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.parametrize("age", [0, -1, 1000, "一百二十岁"])
def test_a_number_out_of_range_exits_two(assess: Any, age: object) -> None:
    ran = assess("live-tip", {"age": age})

    assert (ran.code, ran.out) == (2, "")
    assert "age" in ran.err


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1e999"])
def test_a_number_that_is_no_number_exits_two(assess: Any, amount: str) -> None:
    ran = assess("live-tip", f'{{"amount": {amount}}}')

    assert (ran.code, ran.out) == (2, "")


def test_an_unknown_scenario_lists_the_known_ones(assess: Any) -> None:
    ran = assess("no-such", {})

    assert ran.code == 2
    assert "top-up" in ran.err


def test_a_missing_answers_file_is_named(tmp_path: Path) -> None:
    ran = refund("assess", "top-up", "--answers", str(tmp_path / "none.json"))

    assert ran.code == 2
    assert "none.json" in ran.err


def test_the_verdict_follows_the_given_time(assess: Any) -> None:
    soon = assess("top-up", {**NOT_CREDITED, "paid-on": "2026-11-20T10:00"}, now="2026-11-21T09:59").objects[0]
    later = assess("top-up", {**NOT_CREDITED, "paid-on": "2026-11-20T10:00"}, now="2026-11-21T10:01").objects[0]

    assert (soon["rule"], later["rule"]) == ("not-credited-waiting", "not-credited")

"""``refund evaluate``：照聊天里的听法评回答、进展、语气、第一句话、结论之后的话和危险。"""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import refund
from tests.cli.hearing.test_cli_evaluate import NOW, labelled


def option(text: str, want: object, question: str = "progress", scenario: str = "shop-return") -> dict[str, Any]:
    return {"scenario": scenario, "question": question, "text": text, "want": want, "writer": "t"}


def event(
    text: str, want: str | None, mode: str = "blue", mood: str = "report", family: str = "shop"
) -> dict[str, Any]:
    return {"family": family, "text": text, "want": want, "mood": mood, "mode": mode}


ROWS = (
    option("还没申请", "not-applied"),
    option("还没申请", "waiting"),
    option("咕噜咕噜", "waiting"),
    option("是", "yes", "merchant_signed"),
    option("不清楚", "unsure"),
    option("咕噜咕噜", None),
    event("商家拒绝了", "merchant-refused"),
    event("到账了", "arrived"),
    event("咕噜咕噜", "applied"),
    event("商家拒绝了", "merchant-agreed"),
    event("商家拒绝了", "merchant-refused", "asked"),
    event("判了", "won", "asked", family="court"),
    event("商家同意了吗", None, mood="question"),
    event("商家拒绝了", None, mood="quotation"),
    event("谢谢", None, mood="talk", family="any"),
    {"scenario": "live-tip", "text": "孩子12岁昨天打赏主播三千块", "now": "2026-11-20",
     "facts": {"age": 12, "amount": 5000, "guardian": "unaware"}},
    {"scenario": None, "text": "今晚开黑吗", "facts": {}, "now": None},
    {"text": "运费谁出", "intent": "asked", "scenario": None},
    {"text": "撤销", "intent": "undo", "scenario": "live-tip"},
    {"text": "撤销", "intent": "talk", "scenario": None},
    {"text": "我的", "intent": "command", "command": "mine", "scenario": None},
    {"text": "孩子偷偷给主播打赏了三千", "intent": "new-matter", "scenario": "live-tip"},
    {"text": "我不想活了", "danger": "self-harm"},
    {"text": "我不想活了", "danger": "fraud"},
    {"text": "咕噜咕噜", "danger": "fraud"},
    {"text": "运费谁出", "danger": None},
    {"text": "我不想活了", "danger": None},
)  # fmt: skip


def test_every_kind_of_file_is_scored_by_its_keys(tmp_path: Path) -> None:
    ran = refund("evaluate", labelled(tmp_path, *ROWS), *NOW)
    assert ran.code == 0, ran.err
    (result,) = ran.objects
    figures = {name: {key: value for key, value in score.items() if key != "parts"} for name, score in result.items()}

    third = 0.3333
    assert figures == {
        "options": {"phrases": 3, "recorded": third, "offered": third, "asked": third, "wrong": third},
        "yesno": {"phrases": 1, "right": 1.0, "offered": 1.0, "asked": 0.0, "wrong": 0.0},
        "unsure": {"phrases": 1, "right": 1.0, "offered": 1.0, "asked": 0.0, "wrong": 0.0},
        "none": {"phrases": 1, "kept": 1.0, "offered": 1.0, "asked": 0.0, "wrong": 0.0},
        "news_blue": {"phrases": 4, "recorded": 0.25, "offered": 0.5, "asked": 0.25, "wrong": 0.25},
        "news_asked": {"phrases": 2, "recorded": 1.0, "offered": 1.0, "asked": 0.0, "wrong": 0.0},
        "moods": {"phrases": 3, "seen": 0.6667, "offered": 0.6667, "asked": 0.0, "wrong": third},
        "openings": {"phrases": 2, "right": 1.0, "offered": 1.0, "asked": 0.0, "wrong": 0.0},
        "facts": {"phrases": 3, "right": third, "offered": third, "asked": third, "wrong": 1.0, "invented": 2},
        "intents": {"phrases": 5, "right": 0.8, "offered": 0.8, "asked": 0.0, "wrong": 0.2},
        "danger": {
            "phrases": 3, "named": third, "offered": 0.6667, "asked": third, "wrong": 0.0,
            "heard": 0.6667, "false": 0.5,
        },
    }  # fmt: skip
    assert result["news_blue"]["parts"]["shop-return/arrived"] == {"right": 0, "offered": 1, "asked": 0, "wrong": 0}
    assert "咕噜咕噜" not in ran.err


def test_bounds_by_name_end_with_1_and_say_which(tmp_path: Path) -> None:
    file = labelled(tmp_path, option("还没申请", "waiting"), option("还没申请", "not-applied"))
    kept = ("--minimum", "options.recorded=0.5", "--maximum", "options.wrong=0.5")
    broken = ("--minimum", "options.recorded=0.6", "--maximum", "options.wrong=0.4", "--mistakes")

    assert refund("evaluate", file, *NOW, *kept).code == 0
    ran = refund("evaluate", file, *NOW, *broken)

    assert ran.code == 1
    assert ran.err.splitlines()[-2:] == [
        "options.recorded 是 0.5000，没到 0.6",
        "options.wrong 是 0.5000，超过了 0.4",
    ]
    assert "options wrong  应是 waiting，得到 not-applied：还没申请" in ran.err


def test_a_bound_on_nothing_that_was_scored_is_refused(tmp_path: Path) -> None:
    file = labelled(tmp_path, {"kind": "date", "text": "昨天", "accept": ["2026-11-22"]})

    assert refund("evaluate", file, *NOW, "--minimum", "answers.date.accuracy=1").code == 0
    assert "没有“options.recorded”这个数" in refund("evaluate", file, *NOW, "--minimum", "options.recorded=1").err
    assert refund("evaluate", file, *NOW, "--maximum", "answers.date.accuracy=很高").code == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (option("好", "no-such"), "没有选项“no-such”"),
        (option("好", None, "no-such"), "没有问题“no-such”"),
        (event("好", "no-such"), "没有哪个场景能报告“no-such”"),
        (event("好", None, family="no-such"), "没有叫“no-such”的场景"),
    ],
)
def test_labels_the_book_does_not_know_end_with_2(tmp_path: Path, row: dict[str, Any], said: str) -> None:
    ran = refund("evaluate", labelled(tmp_path, row), *NOW)

    assert ran.code == 2
    assert said in ran.err

"""``refund evaluate``：拿标注过的话对一遍，数得对，不达标时退出码为 1。"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import refund

NOW = ("--now", "2026-11-23T10:00")


def labelled(folder: Path, *rows: dict[str, Any]) -> str:
    file = folder / "labelled.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return str(file)


PHRASES = (
    {"text": "孩子偷偷给主播打赏了三千 能退吗", "label": "live-tip"},
    {"text": "快手充的快币一直没到账", "label": "top-up"},
    {"text": "今晚开黑吗", "label": "unrelated"},
    {"text": "抖音给主播打赏能退吗", "label": "other-refund"},
)


def test_scores_are_counted_per_label_with_confusions_and_times(tmp_path: Path) -> None:
    wrong = {"text": "孩子偷偷给主播打赏了五千 能退吗", "label": "top-up"}
    ran = refund("evaluate", labelled(tmp_path, *PHRASES, wrong))
    assert ran.code == 0
    (result,) = ran.objects
    scenarios = result["scenarios"]
    assert scenarios["phrases"] == 5
    assert scenarios["labels"]["live-tip"] == {"precision": 0.5, "recall": 1.0, "f1": 0.6667, "labelled": 1}
    assert scenarios["labels"]["top-up"]["recall"] == 0.5
    assert scenarios["confusions"] == [["top-up", "live-tip", 1]]
    assert scenarios["trigger"] == {"precision": 0.6667, "recall": 0.6667}
    assert scenarios["microseconds"]["without_refund_word_median"] > 0
    assert "应是 top-up，认成 live-tip：1 句" in ran.err
    assert wrong["text"] not in ran.err


def test_mistakes_are_listed_only_when_asked_for(tmp_path: Path) -> None:
    wrong = {"text": "今晚开黑吗", "label": "appeal"}
    ran = refund("evaluate", labelled(tmp_path, wrong), "--mistakes")
    assert "应是 appeal，得到 none：今晚开黑吗" in ran.err


def test_answers_tell_wrong_values_from_asking_again(tmp_path: Path) -> None:
    rows = (
        {"kind": "date", "text": "昨天", "accept": ["2026-11-22"]},
        {"kind": "date", "text": "前天", "accept": ["2026-11-20"]},
        {"kind": "amount", "text": "很多", "accept": [100]},
        {"kind": "yesno", "text": "", "accept": [None]},
    )
    (result,) = refund("evaluate", labelled(tmp_path, *rows), *NOW).objects
    assert result["answers"] == {
        "date": {"phrases": 2, "accuracy": 0.5, "wrong_values": 1, "asked_again": 0},
        "amount": {"phrases": 1, "accuracy": 0.0, "wrong_values": 0, "asked_again": 1},
        "yesno": {"phrases": 1, "accuracy": 1.0, "wrong_values": 0, "asked_again": 0},
    }


@pytest.mark.parametrize(
    ("minimum", "said"),
    [
        ("--minimum-f1", "各场景 F1 的平均"),
        ("--minimum-recall", "主动开口的召回率"),
        ("--minimum-precision", "主动开口的准确率"),
    ],
)
def test_falling_short_of_a_minimum_ends_with_1_and_says_which(tmp_path: Path, minimum: str, said: str) -> None:
    file = labelled(tmp_path, {"text": "孩子偷偷给主播打赏了五千 能退吗", "label": "top-up"})
    ran = refund("evaluate", file, minimum, "0.5")
    assert ran.code == 1
    assert said in ran.err.splitlines()[-1]


def test_answers_below_the_minimum_end_with_1(tmp_path: Path) -> None:
    file = labelled(tmp_path, {"kind": "date", "text": "昨天", "accept": ["2026-01-01"]})
    ran = refund("evaluate", file, "--minimum-answers", "0.9", *NOW)
    assert (ran.code, ran.err.splitlines()[-1]) == (1, "date 读对的比例是 0.0000，没到 0.9")


@pytest.mark.parametrize(
    "line", ["不是 JSON", '{"text": "没有标签"}', '{"kind": "colour", "text": "红", "accept": []}', "[]"]
)
def test_a_line_that_makes_no_sense_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    file = tmp_path / "labelled.jsonl"
    file.write_text(f'{{"text": "早", "label": "unrelated"}}\n{line}\n', encoding="utf-8")
    ran = refund("evaluate", str(file))
    assert ran.code == 2
    assert "第 2 行看不懂" in ran.err


def test_an_unknown_label_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    ran = refund("evaluate", labelled(tmp_path, {"text": "退货", "label": "shop"}))
    assert ran.code == 2
    assert "不认识的标签：shop" in ran.err
    assert "shop-return" in ran.err


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    ran = refund("evaluate", labelled(tmp_path))
    assert (ran.code, ran.err.strip()) == (2, "文件里一句话也没有")

"""backup 的短战役，和它的裁判：守住了不吭声，守不住的每一种都说得出来。"""

from dataclasses import replace
from typing import Any

import pytest
from campaigns.backup import After, Before, judge, run_one

Campaign = Any
MARKED = "（可能重复）<1>"


def test_a_short_backup_campaign_restores_the_same_cases_and_reminders(campaign: Campaign) -> None:
    results = campaign(run_one, range(4))
    assert [words for result in results for words in result.violations] == []
    assert sum(result.counts.get("备份来得及做完", 0) for result in results) < 4
    assert sum(result.counts["备份之后、出事之前送到的"] for result in results) > 0


BEFORE = Before(frozenset({"A"}), ("B", "C"), 1, ("<1>",))
"""旧机器上提醒 1 在备份以后送过一次。"""
AFTER = After("second", ["A", "B"], [{"id": 1, "state": "sent", "reason": None}], [MARKED], {1: "unknown"})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BEFORE, AFTER),
        (replace(BEFORE, received=()), AFTER),
        (BEFORE, replace(AFTER, codes=["A", "B", "C", "提交了还没记下就被杀的"])),
        (BEFORE, replace(AFTER, which="first", codes=["A"])),
        (BEFORE, replace(AFTER, received=[], held={1: "sent"})),
        (replace(BEFORE, received=()), replace(AFTER, received=["<1>"], held={1: "pending"})),
    ],
)
def test_the_judge_is_content(before: Before, after: After) -> None:
    assert judge(before, after) == []


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (BEFORE, replace(AFTER, codes=["B"]), "丢了 1 件旧案"),
        (BEFORE, replace(AFTER, codes=["A"]), "备份开始之前提交的案件不在里面"),
        (replace(BEFORE, promised_at_start=0), replace(AFTER, codes=["A", "C"]), "不是同一刻的"),
        (BEFORE, replace(AFTER, codes=["A", "B", "X", "Y"]), "来历不明"),
        (BEFORE, replace(AFTER, which="first"), "多出了案件 B"),
        (BEFORE, replace(AFTER, received=[]), "送了 0 次"),
        (BEFORE, replace(AFTER, received=[MARKED, MARKED]), "送了 2 次"),
        (BEFORE, replace(AFTER, received=["<1>"]), "没有注明"),
        (BEFORE, replace(AFTER, held={1: "sent"}), "又送了一次"),
        (replace(BEFORE, received=()), replace(AFTER, held={1: "pending"}), "还没到时"),
        (BEFORE, replace(AFTER, rows=[{"id": 1, "state": "waiting", "reason": "x"}]), "停在 waiting"),
    ],
)
def test_the_judge_names_every_broken_promise(before: Before, after: After, words: str) -> None:
    assert any(words in said for said in judge(before, after))

"""crash 的短战役，和它的裁判：守住了不吭声，守不住的每一种都说得出来。"""

from collections import Counter
from typing import Any

import pytest
from campaigns.crash import judge, run_one

Campaign = Any


def test_a_short_crash_campaign_keeps_the_promise(campaign: Campaign) -> None:
    results = campaign(run_one, range(15))
    assert [words for result in results for words in result.violations] == []
    assert sum(result.counts["崩溃"] for result in results) >= 15
    assert sum(result.counts["死时正在路上（结果不明）"] for result in results) > 0


def _row(number: int, state: str = "sent", unknowns: int = 0) -> dict[str, Any]:
    return {"id": number, "state": state, "reason": None, "unknowns": unknowns}


def _received(*texts: str) -> list[dict[str, Any]]:
    return [{"event": "received", "user_id": "1", "text": text} for text in texts]


def test_the_judge_is_content_with_one_marked_duplicate_of_one_unknown() -> None:
    log = [{"event": "promised", "ids": [1]}, *_received("<1>", "（可能重复）<1>")]
    assert judge([_row(1, unknowns=1)], log, Counter({1: 1}), history=False) == []


@pytest.mark.parametrize(
    ("rows", "log", "unknowns", "history", "words"),
    [
        ([_row(1)], [], {}, False, "丢了"),
        ([_row(1, "pending")], _received("<1>"), {}, False, "停在 pending"),
        ([], [{"event": "promised", "ids": [1]}], {}, False, "不在库里"),
        ([_row(1)], _received("<1>", "（可能重复）<1>"), {}, False, "至多 1 次"),
        ([_row(1, unknowns=1)], _received("<1>", "（可能重复）<1>"), {1: 1}, True, "至多 1 次"),
        ([_row(1, unknowns=1)], _received("<1>", "<1>"), {1: 1}, False, "没有注明"),
        ([_row(1, unknowns=0)], _received("<1>"), {1: 1}, False, "其实 1 次"),
        ([_row(1)], [*_received("<1>"), {"event": "mentioned", "text": "x"}], {}, False, "点了名"),
    ],
)
def test_the_judge_names_every_broken_promise(
    rows: list[dict[str, Any]], log: list[dict[str, Any]], unknowns: dict[int, int], history: bool, words: str
) -> None:
    found = judge(rows, log, Counter(unknowns), history)
    assert any(words in each for each in found)

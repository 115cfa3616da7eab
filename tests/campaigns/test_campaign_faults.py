"""faults 的短战役，和它的裁判。"""

from datetime import UTC, datetime
from typing import Any

import pytest
from campaigns.faults import judge, run_one
from campaigns.worlds.fault_messenger import DELIVERED, UNCLEAR, WORDINGS, Call, Fault

from nonebot_plugin_refund.delivery.faults.classify_failure import classify_failure
from nonebot_plugin_refund.delivery.messenger import OutcomeUnknown
from nonebot_plugin_refund.storage.records import ReminderRecord

Campaign = Any
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


def test_a_short_faults_campaign_keeps_the_promise(campaign: Campaign) -> None:
    results = campaign(run_one, range(10))
    assert [words for result in results for words in result.violations] == []
    assert sum(result.counts.get("结果不明", 0) for result in results) > 0
    assert sum(result.counts.get("群里点名", 0) for result in results) > 0


def test_the_same_seed_plays_the_same_run(campaign: Campaign) -> None:
    first, second = campaign(run_one, (3, 3))
    assert first.counts == second.counts


@pytest.mark.parametrize("fault", list(WORDINGS))
def test_a_delivered_or_doubtful_failure_is_never_taken_for_a_clear_rejection(fault: Fault) -> None:
    for retcode, wording in WORDINGS[fault]:
        unknown = isinstance(classify_failure(retcode, wording).as_error(), OutcomeUnknown)
        assert unknown is (fault in UNCLEAR), (retcode, wording)
    assert fault not in DELIVERED or fault in UNCLEAR


def _row(state: str, reason: str | None = None) -> ReminderRecord:
    values: dict[str, Any] = dict.fromkeys(ReminderRecord.__dataclass_fields__)
    return ReminderRecord(**values | {"id": 1, "user_id": "1", "state": state, "reason": reason})


def _call(text: str, fault: Fault = Fault.NONE, where: str = "private") -> Call:
    return Call(NOON, where, "1", text, fault)


@pytest.mark.parametrize(
    ("row", "calls", "words"),
    [
        (_row("sent"), [_call("<1>", Fault.LOST)], "其实没有"),
        (_row("waiting"), [], "停在 waiting"),
        (_row("cancelled", "x"), [], "没人不要它"),
        (_row("dead", "retry"), [], "没有道理"),
        (_row("sent"), [_call("<1>"), _call("（可能重复）<1>")], "结果不明只有 0 次"),
        (_row("sent"), [_call("<1>", Fault.SWALLOWED), _call("<1>")], "没有注明"),
    ],
)
def test_the_judge_names_every_broken_promise(row: ReminderRecord, calls: list[Call], words: str) -> None:
    assert any(words in each for each in judge([row], calls, {}))


def test_the_judge_is_content_with_a_marked_duplicate_and_a_mention() -> None:
    twice = [_call("<1>", Fault.SWALLOWED), _call("（可能重复）<1>")]
    assert judge([_row("sent")], twice, {}) == []
    assert judge([_row("sent")], [_call("来", where="group 5000")], {}) == []

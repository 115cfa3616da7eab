"""转到另一个场景：这边已经知道的带过去，那边不再问。"""

import pytest

from nonebot_plugin_refund.domain.interview.answers import Answer
from nonebot_plugin_refund.domain.interview.passing_on import passed_on
from tests.rulebook.concrete_answers import CALENDAR, NOWS, rulebook


@pytest.mark.parametrize(
    ("scenario_id", "rule_id", "given", "expected"),
    [
        ("top-up", "child-top-up", {"problem": "child", "paid-by": "others"}, {"situation": "minor"}),
        ("top-up", "auto-renewal", {"problem": "unwanted", "unwanted-kind": "renewal"}, {"problem": "renewal"}),
        ("appeal", "start-with-seller", {"matter": "order", "reached": "not-started"}, {"progress": "not-applied"}),
        ("appeal", "start-with-seller", {"matter": "order", "reached": None}, {}),
        ("contact", "no-reply-other", {"need": "no-reply", "topic": "tip"}, {"matter": "tip", "reached": "refused"}),
    ],
)
def test_what_is_known_here_is_passed_on(
    scenario_id: str, rule_id: str, given: dict[str, str | None], expected: dict[str, str]
) -> None:
    scenario = rulebook().edition(scenario_id).scenario
    answers = {key: Answer(value) for key, value in given.items()}
    told = passed_on(scenario, scenario.rule(rule_id), answers, NOWS[0], CALENDAR)

    assert {key: answer.value for key, answer in told.items()} == expected

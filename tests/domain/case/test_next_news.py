"""结论之后举的例子：还没发生的一件，不是已经发生的。"""

import pytest

from nonebot_plugin_refund.domain.case.next_news import next_news
from nonebot_plugin_refund.domain.interview.answers import Answer
from nonebot_plugin_refund.rulebook.derived.stage_view import stage_on
from nonebot_plugin_refund.rulebook.loader import load_rulebook

SHOP = next(scenario for scenario in load_rulebook().scenarios if scenario.id == "shop-return")


@pytest.mark.parametrize(
    ("progress", "stage", "track", "running", "event"),
    [
        ("agreed", "in-progress", "in-progress", {"since-agreed"}, "sent-back"),
        ("waiting", "in-progress", "in-progress", set[str](), "merchant-agreed"),
        ("sent", "in-progress", "in-progress", set[str](), "merchant-signed"),
        ("sent", "raise", "claim", set[str](), "platform-asked"),
        ("refused", "raise", "claim", set[str](), "platform-asked"),
        ("not-applied", "raise", "claim", set[str](), "applied"),
    ],
)
def test_the_example_has_not_happened_yet(progress: str, stage: str, track: str, running: set[str], event: str) -> None:
    answers = {"progress": Answer(progress)}

    assert next_news(SHOP, stage_on(SHOP, stage, track), answers, running=running).id == event


def test_what_was_reported_is_not_the_example() -> None:
    stage = stage_on(SHOP, "raise", "claim")

    assert next_news(SHOP, stage, {"progress": Answer("refused")}, walked=("platform-asked",)).id != "platform-asked"

"""outage、clock、poison 三个短战役。"""

from pathlib import Path
from typing import Any

import pytest
from campaigns import clock, outage, poison
from campaigns.ledger import RunResult

Campaign = Any


@pytest.mark.parametrize(
    ("campaign_module", "runs", "counted"),
    [
        (outage, range(8), "断着时没送到的"),
        (clock, range(2), "发出的提醒"),
        (poison, range(0, 20, 4), "发出的提醒"),
    ],
    ids=["outage", "clock", "poison"],
)
def test_a_short_campaign_keeps_the_promise(
    campaign: Campaign, campaign_module: Any, runs: range, counted: str
) -> None:
    results = campaign(campaign_module.run_one, runs)
    assert [words for result in results for words in result.violations] == []
    assert sum(result.counts.get(counted, 0) for result in results) > 0


def test_every_kind_of_outage_comes_up(campaign: Campaign) -> None:
    results = campaign(outage.run_one, range(8))
    seen = {name for result in results for name in result.counts if name.startswith("断过")}
    assert len(seen) >= 3


def unwatched(folder: Path, seed: int, index: int) -> RunResult:
    """没有看钟的时候跑一次：钟跳到哪里就信到哪里。"""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(clock.ClockWatch, "is_steady", lambda _: True)
        return clock.run_one(folder, seed, index)


def test_without_the_watch_on_the_clock_the_campaign_finds_what_came_too_early(campaign: Campaign) -> None:
    results = campaign(unwatched, range(4))
    assert any("没到" in words for result in results for words in result.violations)

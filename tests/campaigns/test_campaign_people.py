"""people 的短战役：没有办砸的，每场都有个了结，账对得上；和它的真情、说法、账。"""

import json
import random
from datetime import date, datetime
from typing import Any

import pytest
from campaigns.ledger import RunResult
from campaigns.people import SCENARIOS, STARTS, run_one
from campaigns.persons import people_report
from campaigns.persons.people_phrases import FAMILIES, Mouth, Phrase, Sealed
from campaigns.persons.people_truth import Truth
from campaigns.persons.people_values import chinese, clipped, day_forms, spoken_day, sum_forms

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI, WorkCalendar
from nonebot_plugin_refund.domain.interview.answers import Answer
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Scenario

Campaign = Any
TODAY = date(2026, 11, 23)
"""周一。"""


@pytest.fixture(scope="module")
def sealed() -> Sealed:
    return Sealed.read()


@pytest.fixture(scope="module")
def scenarios() -> dict[str, Scenario]:
    return {scenario.id: scenario for scenario in load_rulebook().scenarios}


@pytest.fixture(scope="module")
def results(campaign: Campaign) -> list[RunResult]:
    return campaign(run_one, range(12))


def test_nothing_breaks_and_every_conversation_ends(results: list[RunResult]) -> None:
    assert [words for result in results for words in result.violations] == []
    for result in results:
        assert result.counts.get("到了结论", 0) + result.counts.get("没到结论", 0) == 1, result.index
        assert result.counts["一共说的话"] <= 200, result.index


def test_the_ledger_adds_up(results: list[RunResult]) -> None:
    for result in results:
        counts = result.counts
        assert counts.get("结论对", 0) + counts.get("结论错", 0) == counts.get("到了结论", 0), result.index
        assert counts.get("其中与真情不一样", 0) <= counts.get("结论用的答案", 0), result.index
        assert counts.get("记错的里没有说回过的", 0) <= counts.get("其中与真情不一样", 0), result.index
        assert counts.get("站对了阶段", 0) <= counts.get("立案后过了几个星期", 0) <= counts.get("到了结论", 0)
        assert counts.get("到结论说的话", 0) <= counts["一共说的话"], result.index
    assert sum(result.counts.get("报告的事", 0) for result in results) > 0


def test_the_same_seed_plays_the_same_conversation(campaign: Campaign, results: list[RunResult]) -> None:
    assert [again.counts for again in campaign(run_one, (3, 7))] == [results[3].counts, results[7].counts]


def test_the_ledger_names_lines_and_quotes_nothing(results: list[RunResult], sealed: Sealed) -> None:
    written = json.dumps([result.counts for result in results], ensure_ascii=False)
    said = [phrase.text for wants in sealed.answers.values() for phrases in wants.values() for phrase in phrases]
    said += [opening.phrase.text for openings in sealed.openings.values() for opening in openings]
    assert [text for text in said if len(text) > 6 and text in written] == []


def test_the_report_gives_the_figures_and_the_worst() -> None:
    good = RunResult(0, 0.1, {"到了结论": 1, "结论对": 1, "结论用的答案": 4, "到结论说的话": 5, "一共说的话": 8})
    bad = RunResult(1, 0.1, {"没到结论": 1, "停 说了太多句": 1, "一共说的话": 60})
    shown = {name: (value, base) for name, value, base in people_report.figures([good, bad])}
    assert shown["结论对（没到结论的算不对）"] == ("0.500", "1 / 2")
    assert shown["到结论说几句（中位数）"] == ("5", "1")
    assert people_report.worst([good, bad]) == [1, 0]
    assert people_report.confusions([good, bad]) == [("停 说了太多句", 1)]
    assert people_report.markdown([good, bad]).splitlines()[2].startswith("| 结论对")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (7, "七"),
        (10, "十"),
        (19, "十九"),
        (105, "一百零五"),
        (648, "六百四十八"),
        (2300, "两千三百"),
        (23_000, "两万三千"),
    ],
)
def test_numbers_are_written_in_chinese(number: int, words: str) -> None:
    assert chinese(number) == words


def test_a_sum_is_clipped_only_when_it_can_be() -> None:
    assert [clipped(amount) for amount in (3200, 12_000, 320, 1280, 8000)] == ["三千二", "一万二", "三百二", None, None]
    assert {"3200块", "三千二", "差不多三千二"} <= set(sum_forms(3200))


def test_a_day_is_said_in_ways_that_mean_only_that_day() -> None:
    assert {"前天", "11月21日", "上周六", "21号"} - set(day_forms(date(2026, 11, 21), TODAY)) == {"上周六", "21号"}
    assert {"五天前", "18号", "上周三", "11月18日"} <= set(day_forms(date(2026, 11, 18), TODAY))
    assert "9号" not in day_forms(date(2026, 10, 9), TODAY)
    assert all("年" in form for form in day_forms(date(2025, 12, 20), TODAY))
    afternoon = datetime(2026, 11, 22, 15, tzinfo=SHANGHAI)
    assert spoken_day(afternoon, TODAY, random.Random(1)).endswith("下午三点")


@pytest.mark.parametrize("scenario_id", list(SCENARIOS))
def test_every_truth_leads_to_a_verdict_and_its_days_are_in_order(
    scenario_id: str, sealed: Sealed, scenarios: dict[str, Scenario]
) -> None:
    scenario = scenarios[scenario_id]
    for number in range(20):
        truth = Truth(scenario, sealed, random.Random(number), STARTS)
        assert truth.rule(STARTS, WorkCalendar()) in scenario.rules
        days = {key: answer.value for key, answer in truth.answers.items() if isinstance(answer.value, date)}
        assert all(day.isoformat() <= STARTS.isoformat() for day in days.values())


def test_what_was_recorded_is_held_against_the_truth(sealed: Sealed, scenarios: dict[str, Scenario]) -> None:
    truth = Truth(scenarios["shop-return"], sealed, random.Random(1), STARTS)
    truth.told({"applied_on": "2026-11-21", "reason": "quality", "nothing": "yes"})
    assert "nothing" not in truth.answers
    assert truth.agrees("reason", Answer("quality"))
    assert not truth.agrees("reason", Answer(None))
    assert not truth.agrees("applied_on", Answer(date(2026, 11, 20)))
    at_noon = datetime(2026, 11, 21, 12, tzinfo=SHANGHAI)
    assert truth.agrees("applied_on", Answer(at_noon))
    assert truth.answers["applied_on"].value == at_noon


def test_a_sealed_phrase_is_said_once(sealed: Sealed) -> None:
    mouth = Mouth(random.Random(1))
    phrases = [Phrase("甲", "a:1"), Phrase("乙", "a:2")]
    assert {mouth.one_of(phrases), mouth.one_of(phrases)} == set(phrases)
    assert mouth.one_of(phrases) is None
    for scenario_id in FAMILIES:
        assert sealed.openings[scenario_id], scenario_id
        assert sealed.not_reporting(scenario_id), scenario_id

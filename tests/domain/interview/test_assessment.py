"""判断：依据按事发日期取，日期从答案算，决定结论的事实标出来。"""

from datetime import date, datetime

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI, WorkCalendar
from nonebot_plugin_refund.domain.interview.answers import Answer, AnswerValue
from nonebot_plugin_refund.domain.interview.assessment import Assessment, answer_in_words, assess
from nonebot_plugin_refund.domain.interview.interview import Settled, next_step
from nonebot_plugin_refund.rulebook.edition import Edition
from tests.rulebook.small_book import small_edition

NOW = datetime(2026, 11, 23, 15, tzinfo=SHANGHAI)
CALENDAR = WorkCalendar()
EDITION = small_edition()
SCENARIO = EDITION.scenario


def judged(edition: Edition = EDITION, now: datetime = NOW, **values: AnswerValue) -> Assessment:
    """照这些答案判断；问题 id 里的 - 写成 _。"""
    answers = {key.replace("_", "-"): Answer(value) for key, value in values.items()}
    step = next_step(edition.scenario, answers, now, CALENDAR)
    assert isinstance(step, Settled)
    return assess(edition, step.rule, answers, now, CALENDAR)


def test_a_source_not_yet_or_no_longer_in_force_on_the_event_day_is_not_cited() -> None:
    law = EDITION.sources["seven-days-law"].model_copy(update={"effective_to": date(2026, 11, 20)})
    edition = Edition(SCENARIO, {**EDITION.sources, "seven-days-law": law})

    before = judged(edition, goal="regret", bought_on=date(2026, 11, 20), opened="yes", parts=("nothing",))
    after = judged(edition, goal="regret", bought_on=date(2026, 11, 21), opened="yes", parts=("nothing",))

    assert [cited.source.id for cited in before.sources] == ["seven-days-law", "platform-habit"]
    assert [cited.source.id for cited in after.sources] == ["platform-habit"]


def test_a_rule_is_applied_as_of_the_event_day_not_of_today() -> None:
    late = SCENARIO.rule("too-late")
    older = late.model_copy(update={"id": "too-late-then", "effective_to": date(2026, 6, 30)})
    newer = late.model_copy(update={"effective_from": date(2026, 7, 1)})
    rules = (*(rule for rule in SCENARIO.rules if rule.id != "too-late"), older, newer)
    edition = Edition(SCENARIO.model_copy(update={"rules": rules}), EDITION.sources)

    assert judged(edition, goal="regret", bought_on=date(2026, 6, 30)).rule.id == "too-late-then"
    assert judged(edition, goal="regret", bought_on=date(2026, 7, 1)).rule.id == "too-late"
    assert judged(edition, goal="regret", bought_on=None).rule.id == "too-late"


@pytest.mark.parametrize(("day", "overdue"), [(date(2026, 12, 31), False), (date(2027, 1, 1), True)])
def test_a_source_whose_check_is_overdue_still_counts_and_is_marked(day: date, overdue: bool) -> None:
    now = datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)

    (cited,) = judged(now=now, goal="broken", price=5000.0).sources

    assert (cited.source.id, cited.check_overdue) == ("small-practice", overdue)


def test_the_facts_that_decided_are_marked() -> None:
    facts = judged(goal="regret", bought_on=date(2026, 11, 20), opened="no").facts

    assert {fact.id: fact.decisive for fact in facts} == {"goal": False, "bought-on": False, "opened": True}


def test_a_derived_fact_is_told_with_the_answer() -> None:
    facts = {fact.id: fact for fact in judged(goal="regret", bought_on=date(2026, 11, 1)).facts}

    assert facts["bought-on"].decisive
    assert "11月1日" in facts["bought-on"].value
    assert "七天已过" in facts["bought-on"].value


def test_evidence_and_dates_come_with_the_rules_track() -> None:
    assessment = judged(goal="regret", bought_on=date(2026, 11, 20), opened="no")
    (timer,) = assessment.timers

    assert [item.id for item in assessment.evidence] == ["receipt"]
    assert assessment.track is not None
    assert (timer.timer_id, timer.safe) == ("seven-days", date(2026, 11, 27))


def test_a_verdict_without_a_track_has_no_dates() -> None:
    assessment = judged(goal="regret", bought_on=None)

    assert assessment.track is None
    assert assessment.timers == ()


def test_a_weekend_at_the_end_gives_an_arguable_day_besides_the_safe_one() -> None:
    """2026-11-21 签收，第七天 11-28 是周六，可主张到周一 11-30。"""
    (timer,) = judged(goal="regret", bought_on=date(2026, 11, 21), opened="no").timers

    assert (timer.safe, timer.arguable) == (date(2026, 11, 28), date(2026, 11, 30))


def test_it_is_made_on_the_shanghai_day() -> None:
    late_utc_evening = datetime.fromisoformat("2026-11-22T18:00:00+00:00")

    assert judged(now=late_utc_evening, goal="broken", price=5.0).made_on == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("question", "answer", "words"),
    [
        ("goal", Answer("regret"), "后悔了"),
        ("opened", Answer("yes"), "是"),
        ("opened", Answer("no"), "否"),
        ("opened", Answer(None), "不清楚"),
        ("parts", Answer(("box", "tag")), "盒子、吊牌"),
        ("price", Answer(99.9), "99.9 元"),
        ("price", Answer(500.0, approximate=True), "约 500 元"),
        ("price", Answer(500.0, approximate=True, bound="below"), "不到 500 元"),
        ("price", Answer(500.0, approximate=True, bound="at_most"), "至多 500 元"),
        ("price", Answer(500.0, approximate=True, bound="at_least"), "500 元以上"),
        ("price", Answer(0.1 + 0.2), "0.3 元"),
        ("bought-on", Answer(date(2026, 11, 3)), "2026年11月3日"),
        ("bought-on", Answer(datetime(2026, 11, 3, 9, 5, tzinfo=SHANGHAI)), "2026年11月3日 09:05"),
        ("goal", Answer("dropped-option"), "dropped-option"),
    ],
)
def test_an_answer_in_words(question: str, answer: Answer, words: str) -> None:
    assert answer_in_words(SCENARIO.question(question), answer) == words

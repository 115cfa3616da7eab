"""两个帮助主题（联系客服、申诉升级）里要紧的判断：谁该找谁、几天、什么不能同时做。

日期都是照条文和 2026 年放假安排手算的，不由被测的代码得出。
"""

from datetime import date, datetime
from functools import cache

import pytest

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI, WorkCalendar
from nonebot_plugin_refund.domain.interview.answers import Answer, AnswerValue
from nonebot_plugin_refund.domain.interview.assessment import Assessment, assess
from nonebot_plugin_refund.domain.interview.interview import Ask, Settled, next_step
from nonebot_plugin_refund.rulebook.loader import Rulebook, load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Rule

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=SHANGHAI)
CALENDAR = WorkCalendar()


@cache
def rulebook() -> Rulebook:
    """随包的手册，整个文件只读一次。"""
    return load_rulebook()


def settle(scenario_id: str, said: dict[str, AnswerValue]) -> tuple[Assessment, list[str]]:
    """照 ``said`` 回答到结论为止，返回判断和问过的问题；问到没准备的问题就抛 ``KeyError``。"""
    edition = rulebook().edition(scenario_id)
    answers: dict[str, Answer] = {}
    while True:
        step = next_step(edition.scenario, answers, NOW, CALENDAR)
        if isinstance(step, Ask):
            answers[step.question.id] = Answer(said[step.question.id])
            continue
        assert isinstance(step, Settled)
        return assess(edition, step.rule, answers, NOW, CALENDAR), list(answers)


def rule_for(scenario_id: str, said: dict[str, AnswerValue]) -> Rule:
    """照 ``said`` 回答得到的规则。"""
    return settle(scenario_id, said)[0].rule


def due_day(assessment: Assessment, timer_id: str) -> date:
    """一个时限的日子。"""
    return next(timer.safe for timer in assessment.timers if timer.timer_id == timer_id)


# 联系客服


def test_money_already_sent_to_a_fake_agent_goes_to_the_police_first() -> None:
    rule = rule_for("contact", {"need": "stranger", "stranger_did": "paid"})

    assert rule.id == "scam-paid"
    assert "110" in rule.steps[0]
    assert "96110" in rule.steps[0]
    assert "止付" in rule.steps[1]


@pytest.mark.parametrize("did", ["exposed", None])
def test_not_knowing_what_was_given_away_counts_as_given_away(did: str | None) -> None:
    assert rule_for("contact", {"need": "stranger", "stranger_did": did}).id == "scam-exposed"


def test_a_fake_agent_who_got_nothing_is_simply_not_obeyed() -> None:
    rule = rule_for("contact", {"need": "stranger", "stranger_did": "nothing"})

    assert rule.id == "scam-ignored"
    assert "不给验证码" in rule.steps[0]


def test_asking_for_a_phone_number_gets_the_place_in_the_app_and_no_number() -> None:
    rule = rule_for("contact", {"need": "phone"})

    assert rule.id == "no-phone"
    assert "关于快手" in rule.steps[0]
    spoken = "".join((rule.headline, rule.because, rule.law, rule.platform, *rule.steps, rule.risks))
    assert not any(number in spoken for number in ("400", "95105", "010"))


@pytest.mark.parametrize(
    ("need", "topic", "expected"),
    [
        ("official", "order", "order-service"),
        ("official", "content", "content-service"),
        ("official", "topup", "topup-service"),
        ("official", "tip", "help-service"),
        (None, None, "help-service"),
        ("no-reply", "order", "no-reply-order"),
        ("no-reply", "tip", "no-reply-other"),
    ],
)
def test_each_matter_has_its_own_way_in(need: str | None, topic: str | None, expected: str) -> None:
    assert rule_for("contact", {"need": need, "topic": topic}).id == expected


def test_waiting_in_vain_for_service_leads_on_to_the_appeal_ladder() -> None:
    rule = rule_for("contact", {"need": "no-reply", "topic": "tip"})

    assert rule.redirect_to == "appeal"


def test_papers_about_a_child_go_to_official_channels_only() -> None:
    assessment, asked = settle("contact", {"need": "minor"})

    assert asked == ["need"]
    papers = next(item for item in assessment.evidence if item.id == "guardian-papers")
    assert papers.official_only


# 申诉升级：一级一级


def test_being_cheated_asks_nothing_more_and_sends_to_the_police() -> None:
    assessment, asked = settle("appeal", {"matter": "scam"})

    assert assessment.rule.id == "police"
    assert asked == ["matter"]


@pytest.mark.parametrize(
    ("matter", "expected"),
    [
        ("order", "platform-mediation"),
        ("tip", "human-review"),
        ("topup", "human-review"),
        ("content", "human-review"),
        (None, "human-review"),
    ],
)
def test_only_shop_orders_have_platform_mediation(matter: str | None, expected: str) -> None:
    assert rule_for("appeal", {"matter": matter, "reached": "refused"}).id == expected


@pytest.mark.parametrize(
    ("matter", "scenario_id"),
    [
        ("order", "shop-return"),
        ("content", "paid-content"),
        ("tip", "live-tip"),
        ("topup", "top-up"),
        (None, "contact"),
    ],
)
def test_who_has_not_asked_yet_starts_with_the_first_rung(matter: str | None, scenario_id: str) -> None:
    assert rule_for("appeal", {"matter": matter, "reached": "not-started"}).redirect_to == scenario_id


def test_after_the_platform_decided_it_is_one_of_two_bodies_not_both() -> None:
    rule = rule_for("appeal", {"matter": "order", "reached": "platform-decided", "known_on": date(2026, 9, 1)})

    assert rule.id == "complain"
    assert "二选一" in rule.headline
    assert "消协是另一家" in rule.because


def test_a_dispute_already_with_the_association_is_not_taken_to_the_regulator() -> None:
    rule = rule_for("appeal", {"matter": "order", "reached": "complained", "where_complained": "association"})

    assert rule.id == "with-association"
    assert "complaint-order121-16" in rule.sources


def test_a_complaint_turned_down_for_missing_papers_can_be_filed_again() -> None:
    rule = rule_for("appeal", {"matter": "tip", "reached": "ended", "why_ended": "papers"})

    assert rule.id == "refile"
    assert rule.track == "complaint"


@pytest.mark.parametrize(
    ("about", "line"),
    [("harmful-content", "12377"), ("live-performance", "12318"), ("seller-violation", "12315"), ("spam", "12321")],
)
def test_each_kind_of_report_has_its_own_line(about: str, line: str) -> None:
    rule = rule_for("appeal", {"matter": "report", "report_about": about})

    assert line in rule.headline
    assert rule.track is None


# 申诉升级：日子


def test_the_regulator_answers_seven_working_days_after_filing() -> None:
    assessment, _ = settle(
        "appeal",
        {
            "matter": "order",
            "reached": "complained",
            "where_complained": "regulator-submitted",
            "complained_on": date(2026, 11, 23),
        },
    )

    assert due_day(assessment, "acceptance-submitted") == date(2026, 12, 2)


@pytest.mark.parametrize(
    ("accepted_on", "ends_on", "source"),
    [
        # 旧办法 45 个工作日：劳动节 5.1–5.5 不算，5.9（周六）上班算
        (date(2026, 4, 10), date(2026, 6, 16), "complaint-order20"),
        (date(2026, 4, 14), date(2026, 6, 18), "complaint-order20"),
        # 新办法 60 日，自然日
        (date(2026, 4, 15), date(2026, 6, 14), "complaint-order121-23"),
        (date(2026, 11, 2), date(2027, 1, 1), "complaint-order121-23"),
    ],
)
def test_mediation_lasts_by_the_rule_in_force_when_it_was_accepted(
    accepted_on: date, ends_on: date, source: str
) -> None:
    assessment, _ = settle(
        "appeal",
        {
            "matter": "content",
            "reached": "complained",
            "where_complained": "regulator-accepted",
            "accepted_on": accepted_on,
        },
    )
    timer = next(timer for timer in assessment.timers if timer.timer_id == "mediation-accepted")

    assert timer.safe == ends_on
    assert source in timer.sources


@pytest.mark.parametrize(
    ("known_on", "expected"),
    [
        (date(2023, 11, 23), "complain"),
        (date(2023, 11, 20), "complaint-too-late"),
        (None, "complain"),
    ],
)
def test_after_three_years_the_regulator_no_longer_takes_it(known_on: date | None, expected: str) -> None:
    said: dict[str, AnswerValue] = {"matter": "order", "reached": "platform-decided", "known_on": known_on}

    assert rule_for("appeal", said).id == expected


def test_failed_mediation_leads_to_court_and_watches_the_three_years() -> None:
    assessment, _ = settle(
        "appeal",
        {"matter": "order", "reached": "ended", "why_ended": "no-agreement", "known_on": date(2026, 3, 2)},
    )

    assert assessment.rule.id == "sue"
    assert "civil-procedure-165" in assessment.rule.sources
    assert due_day(assessment, "limitation") == date(2029, 3, 2)


def test_an_unknown_filing_date_still_gives_an_answer_without_a_timer() -> None:
    assessment, _ = settle(
        "appeal",
        {"matter": "tip", "reached": "complained", "where_complained": "regulator-submitted", "complained_on": None},
    )

    assert assessment.rule.id == "wait-acceptance"
    assert assessment.timers == ()

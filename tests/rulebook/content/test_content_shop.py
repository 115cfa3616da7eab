"""快手小店退货退款里要紧的判断：什么能退、凭什么、到哪一天。

日期都是照条文和 2026 年放假安排手算的，不由被测的代码得出。
"""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from nonebot_plugin_refund.rulebook.scenario_models.models import Verdict
from tests.rulebook.content.shop_interviews import TODAY, Settlement, settle

if TYPE_CHECKING:
    from nonebot_plugin_refund.domain.interview.answers import AnswerValue


def returning(today: date = TODAY, **said: Any) -> Settlement:
    """退货退款的一次访谈。"""
    return settle("shop-return", said, today)


def no_reason(received_on: date | None, today: date = TODAY, **said: Any) -> Settlement:
    """还没申请、只是不想要：其余没说的按普通商品、完好、没有更长承诺。"""
    usual: dict[str, AnswerValue] = {"condition": "whole", "goods": "ordinary", "longer_promise": "no"}
    return returning(today, progress="not-applied", reason="no-reason", received_on=received_on, **{**usual, **said})


# 七天怎么数


def test_the_seventh_day_is_counted_from_the_day_after_signing() -> None:
    told = no_reason(date(2026, 11, 23))

    assert told.rule.verdict is Verdict.ELIGIBLE
    assert told.due("apply-deadline") == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("today", "rule_id"),
    [
        (date(2026, 11, 21), "no-reason-in-time"),
        (date(2026, 11, 22), "no-reason-last-days"),
        (date(2026, 11, 23), "no-reason-last-days"),
        (date(2026, 11, 24), "expired"),
    ],
)
def test_signed_on_a_saturday_the_week_ends_on_saturday_and_may_roll_to_monday(today: date, rule_id: str) -> None:
    assert no_reason(date(2026, 11, 14), today).rule.id == rule_id


def test_the_national_holiday_gives_a_safe_day_and_a_later_arguable_one() -> None:
    told = no_reason(date(2026, 9, 24), today=date(2026, 9, 26))

    timer = told.assessment.timers[0]
    assert (timer.safe, timer.arguable) == (date(2026, 10, 1), date(2026, 10, 8))


def test_a_seventh_day_on_a_sunday_leaves_the_monday_to_argue_for() -> None:
    told = no_reason(date(2026, 11, 15))

    assert told.rule.id == "no-reason-last-days"
    assert told.rule.verdict is Verdict.CONDITIONAL


def test_a_longer_promise_outlives_the_seven_days() -> None:
    old = date(2026, 11, 1)

    assert no_reason(old, longer_promise="yes").rule.verdict is Verdict.CONDITIONAL
    assert no_reason(old, longer_promise=None).rule.verdict is Verdict.CONDITIONAL
    assert no_reason(old).rule.verdict is Verdict.INELIGIBLE


def test_not_knowing_the_day_of_signing_still_tells_where_to_look_and_to_apply_at_once() -> None:
    told = no_reason(None)

    assert told.rule.verdict is Verdict.CONDITIONAL
    assert "物流" in told.rule.steps[0]
    assert told.assessment.timers == ()


# 完好与例外


def test_opening_and_trying_is_intact_and_only_the_goods_decide() -> None:
    told = no_reason(date(2026, 11, 20))

    assert told.asked == ["progress", "reason", "received_on", "goods", "condition"]
    assert told.rule.verdict is Verdict.ELIGIBLE
    assert "拆包装" in told.rule.law


@pytest.mark.parametrize("condition", ["tag-cut", "used", "unsealed", "switched-on", "incomplete"])
def test_what_breaks_intactness_is_called_hard_not_impossible(condition: str) -> None:
    assert no_reason(date(2026, 11, 20), condition=condition).rule.verdict is Verdict.UNLIKELY


@pytest.mark.parametrize("goods", ["custom", "fresh", "media"])
def test_the_statutory_exceptions_are_refused_without_asking_about_consent(goods: str) -> None:
    told = no_reason(date(2026, 11, 20), goods=goods)

    assert told.rule.verdict is Verdict.INELIGIBLE
    assert told.asked == ["progress", "reason", "received_on", "goods"]


@pytest.mark.parametrize("goods", ["sealed", "activated", "flawed"])
@pytest.mark.parametrize(
    ("confirmed", "verdict"),
    [("no", Verdict.ELIGIBLE), ("yes", Verdict.INELIGIBLE), (None, Verdict.CONDITIONAL)],
)
def test_goods_that_may_be_excluded_are_excluded_only_if_each_order_was_confirmed(
    goods: str, confirmed: str | None, verdict: Verdict
) -> None:
    assert no_reason(date(2026, 11, 20), goods=goods, confirmed=confirmed).rule.verdict is verdict


def test_a_dead_crab_is_a_defect_and_the_exception_for_fresh_goods_does_not_matter() -> None:
    told = returning(progress="not-applied", reason="food", harm="no", proof="clear")

    assert told.rule.verdict is Verdict.ELIGIBLE
    assert "goods" not in told.asked
    assert "seven-day-measures-35" in told.rule.sources


# 质量问题、货不对板、假货、食品


@pytest.mark.parametrize("reason", ["quality", "mismatch"])
def test_within_seven_days_a_proven_fault_can_go_back_at_the_merchants_cost(reason: str) -> None:
    told = returning(progress="not-applied", reason=reason, received_on=date(2026, 11, 18), proof="clear")

    assert told.rule.verdict is Verdict.ELIGIBLE
    assert "运费" in told.rule.law
    assert told.due("apply-deadline") == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("severity", "verdict"),
    [("yes", Verdict.CONDITIONAL), (None, Verdict.CONDITIONAL), ("no", Verdict.UNLIKELY)],
)
def test_after_seven_days_a_serious_fault_is_not_lost(severity: str | None, verdict: Verdict) -> None:
    told = returning(progress="not-applied", reason="quality", received_on=date(2026, 10, 30), severity=severity)

    assert told.rule.verdict is verdict
    assert "civil-code-621" in told.rule.sources


def test_after_two_years_nobody_is_given_hope_by_mistake() -> None:
    told = returning(progress="not-applied", reason="quality", received_on=date(2024, 11, 1))

    assert told.rule.verdict is Verdict.UNLIKELY
    assert "severity" not in told.asked


def test_an_appraised_fake_names_three_times_and_the_five_hundred_floor() -> None:
    told = returning(progress="not-applied", reason="fake", authenticity="appraised")

    assert told.rule.verdict is Verdict.ELIGIBLE
    assert "三倍" in told.rule.law
    assert "500" in told.rule.law
    assert "received_on" not in told.asked


def test_a_mere_suspicion_of_a_fake_promises_nothing_but_keeps_the_seven_days() -> None:
    told = returning(progress="not-applied", reason="fake", authenticity="suspected", received_on=date(2026, 11, 19))

    assert told.rule.verdict is Verdict.CONDITIONAL
    assert told.due("apply-deadline") == date(2026, 11, 26)


@pytest.mark.parametrize("received_on", [date(2026, 11, 1), None])
def test_a_suspicion_after_the_seven_days_needs_an_appraisal(received_on: date | None) -> None:
    told = returning(progress="not-applied", reason="fake", authenticity="suspected", received_on=received_on)

    assert told.rule.id == "fake-suspected-later"
    assert any("鉴定" in step for step in told.rule.steps)


def test_money_paid_outside_the_app_is_still_the_merchants_business_but_not_the_platforms() -> None:
    told = returning(progress="off-platform")

    assert told.rule.verdict is Verdict.CONDITIONAL
    assert "online-consumption-interpretation-5" in told.rule.sources
    assert "110" in told.rule.steps[2]


def test_unsafe_food_names_ten_times_and_the_thousand_floor() -> None:
    told = returning(progress="not-applied", reason="food", harm="no", proof="clear")

    assert "十倍" in told.rule.law
    assert "1000" in told.rule.law


# 被拒绝


def test_refused_after_applying_in_time_and_intact_goes_to_the_platform() -> None:
    told = returning(
        progress="refused",
        reason="no-reason",
        applied_in_time="yes",
        condition="whole",
        goods="ordinary",
        refused_on=None,
    )

    assert told.rule.verdict is Verdict.ELIGIBLE
    assert "平台介入" in told.rule.steps[0]
    assert "received_on" not in told.asked


@pytest.mark.parametrize(
    ("promised", "verdict"), [("yes", Verdict.CONDITIONAL), ("no", Verdict.UNLIKELY), (None, Verdict.UNLIKELY)]
)
def test_refused_for_a_late_first_application_only_a_longer_promise_helps(
    promised: str | None, verdict: Verdict
) -> None:
    told = returning(
        progress="refused", reason="no-reason", applied_in_time="no", longer_promise=promised, refused_on=None
    )

    assert told.rule.verdict is verdict
    assert told.asked == ["progress", "reason", "applied_in_time", "longer_promise", "refused_on"]


def test_refused_within_the_seven_days_no_longer_promise_is_asked_for() -> None:
    told = returning(
        progress="refused",
        reason="no-reason",
        applied_in_time="yes",
        goods="ordinary",
        condition="whole",
        refused_on=None,
    )

    assert "longer_promise" not in told.asked


def test_a_merchant_silent_past_its_hours_leaves_a_plain_right() -> None:
    told = returning(progress="waiting", applied_on=date(2026, 11, 18))

    assert told.rule.verdict is Verdict.ELIGIBLE
    assert "12315" in told.rule.law


@pytest.mark.parametrize(("proof", "verdict"), [("clear", Verdict.CONDITIONAL), ("lacking", Verdict.UNLIKELY)])
def test_refused_over_a_fault_depends_on_the_proof_at_hand(proof: str, verdict: Verdict) -> None:
    told = returning(progress="refused", reason="quality", proof=proof, refused_on=date(2026, 11, 21))

    assert told.rule.verdict is verdict
    assert told.due("since-refused") == date(2026, 11, 26)


# 已经在办


@pytest.mark.parametrize(
    ("applied_on", "rule_id"),
    [(date(2026, 11, 22), "waiting-in-time"), (date(2026, 11, 18), "waiting-overdue"), (None, "waiting-in-time")],
)
def test_the_merchants_forty_eight_hours_count_from_the_application(applied_on: date | None, rule_id: str) -> None:
    told = returning(progress="waiting", applied_on=applied_on)

    assert told.rule.id == rule_id
    assert len(told.asked) == 2


def test_goods_must_go_back_within_seven_days_of_the_merchants_consent() -> None:
    told = returning(progress="agreed", agreed_on=date(2026, 11, 21), freight_said="settled")

    assert told.due("since-agreed") == date(2026, 11, 28)
    assert [timer.timer_id for timer in told.assessment.timers] == ["since-agreed"]


@pytest.mark.parametrize(
    ("signed_on", "rule_id"),
    [
        (date(2026, 11, 20), "signed-waiting"),
        (date(2026, 11, 12), "signed-overdue"),
        (date(2026, 11, 2), "signed-stuck"),
    ],
)
def test_after_the_merchant_signed_seven_and_fifteen_days_change_what_can_be_done(
    signed_on: date, rule_id: str
) -> None:
    assert returning(progress="sent", merchant_signed="yes", signed_on=signed_on).rule.id == rule_id


def test_fifteen_days_of_stalling_opens_complaint_and_report() -> None:
    told = returning(progress="sent", merchant_signed="yes", signed_on=date(2026, 11, 2))

    assert any("12315" in step for step in told.rule.steps)
    assert "infringement-penalty-9" in told.rule.sources


def test_a_shown_refund_is_given_seven_working_days_to_arrive() -> None:
    told = returning(progress="paid", money_problem="not-arrived", refunded_on=date(2026, 11, 20))

    assert told.rule.id == "refund-arriving"
    assert told.due("since-refunded") == date(2026, 12, 1)


def test_a_short_refund_is_first_reconciled_not_accused() -> None:
    told = returning(progress="paid", money_problem="short", short_of="discount")

    assert told.rule.verdict is Verdict.CONDITIONAL
    assert "seven-day-measures-17" in told.rule.sources

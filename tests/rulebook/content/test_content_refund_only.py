"""快手小店仅退款里要紧的判断：货到哪一步，决定能不能只退钱。"""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from nonebot_plugin_refund.rulebook.scenario_models.models import Verdict
from tests.rulebook.content.shop_interviews import Settlement, settle

if TYPE_CHECKING:
    from nonebot_plugin_refund.domain.interview.answers import AnswerValue


def money_only(**said: Any) -> Settlement:
    """仅退款的一次访谈。"""
    return settle("refund-only", said)


@pytest.mark.parametrize(
    ("shipping", "verdict"),
    [
        ("overdue", Verdict.ELIGIBLE),
        ("will-not", Verdict.ELIGIBLE),
        ("in-time", Verdict.CONDITIONAL),
        (None, Verdict.CONDITIONAL),
    ],
)
def test_unshipped_goods_depend_on_the_promised_time_not_on_forty_eight_hours(
    shipping: str | None, verdict: Verdict
) -> None:
    told = money_only(situation="not-shipped", applied="not-yet", shipping=shipping, deposit="full")

    assert told.rule.verdict is verdict
    assert "48" not in told.rule.law


@pytest.mark.parametrize(
    ("transit", "verdict"),
    [("lost", Verdict.ELIGIBLE), ("stalled", Verdict.CONDITIONAL), ("moving", Verdict.CONDITIONAL)],
)
def test_goods_under_way_are_the_merchants_risk(transit: str, verdict: Verdict) -> None:
    assert money_only(situation="in-transit", applied="not-yet", transit=transit).rule.verdict is verdict


@pytest.mark.parametrize(
    ("looked", "verdict"), [("yes", Verdict.ELIGIBLE), ("no", Verdict.CONDITIONAL), (None, Verdict.CONDITIONAL)]
)
def test_signed_but_not_received_asks_to_look_around_first(looked: str | None, verdict: Verdict) -> None:
    assert money_only(situation="signed", applied="not-yet", looked=looked).rule.verdict is verdict


def test_received_goods_are_money_only_when_the_merchant_agrees() -> None:
    told = money_only(situation="received", merchant_says="full")

    assert told.rule.verdict is Verdict.ELIGIBLE
    assert told.asked == ["situation", "merchant_says"]


def test_received_goods_without_consent_are_hard_and_the_changes_of_2025_and_2026_are_told() -> None:
    told = money_only(situation="received", merchant_says="refuses", problem="unwanted", received_on=date(2026, 11, 20))

    assert told.rule.verdict is Verdict.UNLIKELY
    assert "2026年2月" in told.rule.law
    assert "2025年4月" in told.rule.platform
    assert told.due("return-deadline") == date(2026, 11, 27)


def test_the_ban_on_forced_money_only_is_not_cited_for_goods_received_before_it() -> None:
    said: dict[str, AnswerValue] = {"situation": "received", "merchant_says": "refuses", "problem": "unwanted"}
    early = settle("refund-only", {**said, "received_on": date(2026, 1, 28)}, today=date(2026, 1, 30))
    late = settle("refund-only", {**said, "received_on": date(2026, 2, 2)}, today=date(2026, 2, 3))

    assert "platform-rules-order116-27" not in {cited.source.id for cited in early.assessment.sources}
    assert "platform-rules-order116-27" in {cited.source.id for cited in late.assessment.sources}


def test_faulty_goods_without_consent_are_led_to_the_return() -> None:
    told = money_only(situation="received", merchant_says="refuses", problem="faulty")

    assert told.rule.verdict is Verdict.REDIRECT
    assert told.rule.redirect_to == "shop-return"


@pytest.mark.parametrize("problem", ["missing", "spoiled"])
@pytest.mark.parametrize(("proof", "verdict"), [("clear", Verdict.CONDITIONAL), ("lacking", Verdict.UNLIKELY)])
def test_missing_or_spoiled_goods_are_negotiated_on_evidence(problem: str, proof: str, verdict: Verdict) -> None:
    told = money_only(situation="received", merchant_says="silent", problem=problem, proof=proof)

    assert told.rule.verdict is verdict

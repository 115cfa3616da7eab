"""利息粗估：另写一遍的算法（一天一天、按分数加），性质，和什么时候不说。"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.claims.claim import claim_of
from nonebot_plugin_refund.domain.claims.interest import Interest, for_days, interest_of
from nonebot_plugin_refund.render.texts.claim_text import claim_messages, interest_facts
from nonebot_plugin_refund.rulebook.money_models.claim_models import load_claims

CLAIMS = load_claims()
TODAY = date(2026, 11, 23)
money = st.integers(1, 10_000_000).map(lambda cents: Decimal(cents) / 100)
percents = st.integers(1, 3600).map(lambda number: Decimal(number) / 100)
days = st.integers(0, 3000)


def of_tips(claimed: int, since: date | None, rate: str | None = None, situation: str = "minor") -> Interest | None:
    """打赏案件的利息。"""
    inputs = {"claimed": Decimal(claimed), **({} if rate is None else {"rate": Decimal(rate)})}
    claim = claim_of(CLAIMS, "live-tip", {"situation": situation, "relation": "no"}, inputs)
    return interest_of(CLAIMS, claim, inputs, since, TODAY)


@given(money, percents, st.integers(0, 400))
def test_it_agrees_with_adding_up_day_by_day_in_fractions(principal: Decimal, percent: Decimal, many: int) -> None:
    daily = Fraction(principal) * Fraction(percent) / 36500
    counted = sum((daily for _ in range(many)), Fraction(0))
    assert abs(Fraction(for_days(principal, percent, many)) - counted) <= Fraction(1, 200)


@given(money, percents, days, days)
def test_more_days_more_money_and_a_year_is_the_rate(principal: Decimal, percent: Decimal, one: int, two: int) -> None:
    assert for_days(principal, percent, one) <= for_days(principal, percent, one + two)
    assert for_days(principal, percent, 0) == 0
    assert abs(for_days(principal, percent, 365) - principal * percent / 100) <= Decimal("0.005")


def test_what_is_worth_asking_is_told_by_the_day_the_year_and_so_far() -> None:
    found = of_tips(36500, date(2026, 10, 24))
    assert found == Interest(Decimal(3), Decimal("3.00"), Decimal("1095.00"), date(2026, 10, 24), Decimal("90.00"))
    told = of_tips(36500, None, "3.5")
    assert told is not None
    assert (told.percent, told.a_year, told.so_far) == (Decimal("3.5"), Decimal("1277.50"), None)


@pytest.mark.parametrize(
    "found",
    [of_tips(3000, None), of_tips(50000, None, situation="family"), of_tips(3000, None, "400")],
    ids=["too little", "the law gives none", "no rate"],
)
def test_what_is_small_or_not_given_by_law_is_not_told(found: Interest | None) -> None:
    assert found is None


def test_a_day_to_come_is_not_counted_from() -> None:
    found = of_tips(36500, TODAY + timedelta(days=3))
    assert found is not None
    assert found.since is None


def test_the_message_says_it_is_an_estimate_and_the_paper_names_no_rate() -> None:
    inputs = {"claimed": Decimal(36500)}
    claim = claim_of(CLAIMS, "live-tip", {"situation": "minor"}, inputs)
    found = of_tips(36500, date(2026, 10, 24))
    assert found is not None
    said = claim_messages(CLAIMS, "K7Q2", claim, found)[0]
    assert "粗估（按 3%" in said
    assert "每天约 3 元" in said
    assert "从 2026年10月24日算到今天约 90 元" in said
    title, written = interest_facts(CLAIMS.interest, found)
    assert title == "利息"
    assert written == "以应退的数为本金，自2026年10月24日起按一年期 LPR 计算到退清之日"

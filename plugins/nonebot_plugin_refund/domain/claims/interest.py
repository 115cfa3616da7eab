"""利息粗估：本金、一年百分之几、从哪天到哪天；一年按 365 天。小额的不值得说。"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ...rulebook.money_models.claim_models import ClaimRole, Claims
from ..case.case_amounts import in_cents
from .claim import Claim

RATE = "rate"
"""claims.yaml 的 inputs 里，他说的利率。"""
_DAYS = 365
_MOST_PERCENT = Decimal(36)


@dataclass(frozen=True, slots=True)
class Interest:
    """值得一提的利息。"""

    percent: Decimal
    a_day: Decimal
    a_year: Decimal
    since: date | None
    """从付款那天算的，是哪天；从解除那天算、不知道哪天的为空。"""
    so_far: Decimal | None
    """从那天算到今天。"""


def interest_of(
    claims: Claims, claim: Claim, inputs: Mapping[str, Decimal], since: date | None, today: date
) -> Interest | None:
    """能要的退款该有的利息；没有利息可要、算不出退款、太少的为空。"""
    allowed = any(line.words.id in claims.interest.lines for line in claim.lines)
    refunds = [line.amount for line in claim.lines if line.words.role is ClaimRole.REFUND and line.amount is not None]
    if not allowed or not refunds:
        return None
    told = inputs.get(RATE)
    percent = told if told is not None and 0 < told <= _MOST_PERCENT else claims.interest.percent
    a_year = for_days(refunds[0], percent, _DAYS)
    if a_year < claims.interest.least:
        return None
    is_past = since is not None and since < today
    so_far = for_days(refunds[0], percent, (today - since).days) if is_past and since is not None else None
    return Interest(percent, for_days(refunds[0], percent, 1), a_year, since if is_past else None, so_far)


def for_days(principal: Decimal, percent: Decimal, days: int) -> Decimal:
    """本金 × 年利率 × 天数 ÷ 365，到分。"""
    return in_cents(principal * percent * days / (100 * _DAYS))

"""一件案件说过的钱数：要的、对方肯给的、到了的；怎样存、怎样比。"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ...rulebook.scenario_models.models import QuestionKind, Scenario
from ..interview.answers import Answers
from ..understanding.sums.offered_sums import OfferedSum

CLAIMED = "claimed"
"""要的数。"""
OFFERED_LOW, OFFERED_HIGH = "offered_low", "offered_high"
"""对方肯给的数，从多少到多少。"""
ARRIVED = "arrived"
"""到了的数。"""
DEALT = "dealt"
"""对方出的数，本人已经答应了。"""
OFFERED_AT = "offered_at"
"""在别的阶段里（如调解中）出的数，是哪一刻：过几天问一声。"""
ASKED_CLAIMED = "asked_claimed"
"""问过要的是多少：只问一次。"""
_CENT = Decimal("0.01")


def in_cents(value: Decimal) -> Decimal:
    """到分，四舍五入。"""
    return value.quantize(_CENT, ROUND_HALF_UP)


def stored(value: Decimal) -> str:
    """存进库里的样子：十进制的字，不经浮点数。"""
    return format(in_cents(value), "f")


def read_amount(amounts: Mapping[str, Any], name: str) -> Decimal | None:
    """存着的一个数；没有为空。"""
    written = amounts.get(name)
    return Decimal(written) if isinstance(written, str) else None


def claimed_amount(scenario: Scenario, answers: Answers, amounts: Mapping[str, Any]) -> Decimal | None:
    """要的是多少：后来说的算数，没说过的看访谈里答的金额；都没有为空。"""
    said = read_amount(amounts, CLAIMED)
    if said is not None:
        return said
    for question in scenario.questions:
        answer = answers.get(question.id)
        value = answer.value if answer is not None and question.kind is QuestionKind.AMOUNT else None
        if isinstance(value, (int, float)) and value > 0:
            return in_cents(Decimal(str(value)))
    return None


@dataclass(frozen=True, slots=True)
class Comparison:
    """肯给的和要的比一比；说了个范围的两头各算。"""

    claimed: Decimal
    low: Decimal
    """至少给多少，元。"""
    high: Decimal

    @property
    def short_low(self) -> Decimal:
        """至少差多少；不差为零。"""
        return max(Decimal(0), self.claimed - self.high)

    @property
    def short_high(self) -> Decimal:
        """至多差多少。"""
        return max(Decimal(0), self.claimed - self.low)

    @property
    def is_enough(self) -> bool:
        """怎么算都不少于要的。"""
        return self.low >= self.claimed

    @property
    def share_low(self) -> Decimal:
        """至少占要的百分之几，取整。"""
        return _percent(self.low, self.claimed)

    @property
    def share_high(self) -> Decimal:
        """至多占要的百分之几，取整。"""
        return _percent(self.high, self.claimed)


def compared(offered: OfferedSum, claimed: Decimal) -> Comparison:
    """把对方的数换成元，和要的数比；``claimed`` 要大于零。"""
    if claimed <= 0:
        raise ValueError("要的数要大于零")
    base = claimed if offered.is_share else Decimal(1)
    return Comparison(claimed, in_cents(offered.low * base), in_cents(offered.high * base))


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return (part * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP)

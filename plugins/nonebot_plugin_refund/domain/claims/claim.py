"""由案件的事实和说过的钱数，列出能要的各项和合计；三倍、十倍、承诺的赔偿只选一样。"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...rulebook.money_models.claim_models import ClaimLineWords, ClaimRole, Claims
from ...rulebook.scenario_models.conditions import Truth, truth
from . import sums

_ZERO = Decimal(0)

Inputs = Mapping[str, Decimal]
"""说过的几样，按 claims.yaml 里 inputs 的 id。"""


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """能要的一项。"""

    words: ClaimLineWords
    amount: Decimal | None
    """多少元；只写得出办法、写不出数的为空。"""


@dataclass(frozen=True, slots=True)
class Claim:
    """能要的全部。"""

    lines: tuple[ClaimLine, ...]
    """一起要的，按先后。"""
    others: tuple[ClaimLine, ...]
    """只能选一样里没选的，和另一种算法。"""
    missing: tuple[str, ...]
    """还不知道、知道了才算得出的，inputs 的 id。"""

    @property
    def total(self) -> Decimal:
        """写得出数的各项加起来。"""
        return sum((line.amount for line in self.lines if line.amount is not None), Decimal(0))


def claim_of(claims: Claims, scenario_id: str, facts: Mapping[str, str], inputs: Inputs) -> Claim:
    """一件案件能要的。

    Args:
        claims: 各项的话和什么时候算。
        scenario_id: 哪个场景。
        facts: 案件的事实。
        inputs: 说过的钱数、节数、天数。
    """
    applicable = [words for words in claims.lines if _applies(words, scenario_id, facts)]
    found = [ClaimLine(words, _amount(words, inputs)) for words in applicable]
    refunds = _of(found, ClaimRole.REFUND)
    punitive = _of(found, ClaimRole.PUNITIVE)
    costs = [line for line in found if line.words.role is ClaimRole.COST and line.amount is not None]
    notes = [line for line in found if line.words.role is ClaimRole.NOTE]
    refund, extra = _first_known(refunds), _largest(punitive)
    kept = [*_present(refund), *costs, *_present(extra), *notes]
    others = [line for line in (*refunds, *punitive) if line not in (refund, extra) and line.amount is not None]
    return Claim(tuple(kept), tuple(others), _missing(refunds, inputs))


def claims_for(claims: Claims, scenario_id: str) -> bool:
    """这个场景有没有要算的钱。"""
    return any(scenario_id in words.scenarios for words in claims.lines)


def _applies(words: ClaimLineWords, scenario_id: str, facts: Mapping[str, str]) -> bool:
    when = words.scenarios.get(scenario_id)
    unless = words.unless.get(scenario_id)
    if unless is not None and truth(unless, facts) is Truth.TRUE:
        return False
    return when is not None and truth(when, facts) is Truth.TRUE


def _of(lines: Sequence[ClaimLine], role: ClaimRole) -> list[ClaimLine]:
    return [line for line in lines if line.words.role is role]


def _present(line: ClaimLine | None) -> list[ClaimLine]:
    return [] if line is None else [line]


def _first_known(lines: Sequence[ClaimLine]) -> ClaimLine | None:
    """退款的几种算法里，先写的、算得出的那种。"""
    return next((line for line in lines if line.amount is not None), None)


def _largest(lines: Sequence[ClaimLine]) -> ClaimLine | None:
    known = [line for line in lines if line.amount is not None]
    return max(known, key=lambda line: line.amount or Decimal(0), default=None)


def _missing(refunds: Sequence[ClaimLine], inputs: Inputs) -> tuple[str, ...]:
    """退款一种也算不出来的，先写的那种还差哪几样。"""
    if not refunds or _first_known(refunds) is not None:
        return ()
    lacking = [[name for name in line.words.needs if name not in inputs] for line in refunds]
    return tuple(min(lacking, key=len))


def _amount(words: ClaimLineWords, inputs: Inputs) -> Decimal | None:
    """算出这一项；缺一样、除数不大于零的为空。"""
    if any(name not in inputs for name in words.needs) or words.id not in _SUMS:
        return None
    if any(inputs[name] <= 0 for name in _DIVISORS & set(words.needs)):
        return None
    return _SUMS[words.id](inputs)


def _freight_left(known: Inputs) -> Decimal:
    """寄回运费，减去运费险赔的、对方已经给的。"""
    return max(_ZERO, known["freight-back"] - known.get("freight-paid", _ZERO))


_DIVISORS = frozenset({"paid", "lessons", "days"})
_SUMS: Mapping[str, Callable[[Inputs], Decimal]] = {
    "deposit-double": lambda known: sums.deposit_doubled(known["deposit"], known.get("whole-price")),
    "price": lambda known: known["price"],
    "freight-out": lambda known: known["freight-out"],
    "freight-back": lambda known: _freight_left(known),
    "freight-promised": lambda known: _freight_left(known),
    "appraisal": lambda known: known["appraisal"],
    "medical": lambda known: known["loss"],
    "treble": lambda known: sums.treble(known["price"]),
    "tenfold": lambda known: sums.tenfold(known["price"], known.get("loss", _ZERO)),
    "promised": lambda known: sums.promised(known["price"], known["times"], refund_included=False),
    "promised-inclusive": lambda known: sums.promised(known["price"], known["times"], refund_included=True),
    "prepaid-days": lambda known: sums.prepaid_by_days(known["paid"], known["days"], known["days-left"]),
    "prepaid-bonus": lambda known: sums.prepaid_with_bonus(known["paid"], known["bonus"], known["used-at-list"]),
    "prepaid-share": lambda known: sums.prepaid_by_share(known["paid"], known["lessons"], known["used"]),
    "prepaid-mine": lambda known: sums.prepaid_by_list(known["paid"], known["used"], known["list-price"]),
    "course-price": lambda known: known["paid"],
    "tips-affair": lambda known: known["claimed"],
    "tips-family": lambda known: known["claimed"],
    "tips": lambda known: known["claimed"],
}
"""各项怎么算；没有写在这里的只写办法，不写数。"""

"""说钱的意思：对方出的数、一笔笔的账，到账没有这回事，要的一共多少、又花出去的、价钱弄错了。"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ....domain.understanding.sums.offered_sums import OfferedSum


@dataclass(frozen=True, slots=True)
class NothingCame:
    """说记着的到账没有这回事。"""

    case: str
    said: str
    spent: bool = False
    """那个数其实是花出去的。"""


class SumKind(StrEnum):
    """一个数是什么。"""

    WANTED = "wanted"
    """要的一共多少。"""
    SPENT = "spent"
    """一共花出去多少。"""
    PAID_AGAIN = "paid-again"
    """办着的时候又花出去一笔。"""
    STILL = "still"
    """到过一部分，这个数还要。"""
    ADDED = "added"
    """几样各是多少，问加起来多少：只答，不记。"""
    COST = "cost"
    """为这件事另花的一笔。"""
    PRICE = "price"
    """这单的价钱；记着的那个是别的花费。"""


@dataclass(frozen=True, slots=True)
class SumTold:
    """说了一个数，没说有什么进展。"""

    case: str
    kind: SumKind
    sum: Decimal
    said: str
    parts: tuple[Decimal, ...] = ()
    """加起来的各个数。"""
    what: str = ""
    """另花的一笔花在什么上。"""


@dataclass(frozen=True, slots=True)
class Offered:
    """对方出了一个数。"""

    case: str
    sum: OfferedSum | None
    """肯给多少；没听出来、只提了条件的为空。"""
    said: str
    sure: bool = False
    """数目听准了、当场就能记；不然先问一句。"""
    reasons: tuple[str, ...] = ()
    """给了哪些理由，offers.yaml 里的 id。"""
    conditions: tuple[str, ...] = ()
    """要你先做什么。"""
    ruled: bool = False
    """是平台判的，不是对方出的价。"""
    dealt: bool = False
    """他已经答应了这个数、签了字；没说数的，是记着的那个。"""
    refused: bool = False
    """他没答应。"""
    rest: bool = False
    """先到过一部分，说好把剩下的补来：没说数的是差的全部。"""
    deducts: bool = False
    """``sum`` 是要扣的，退的是剩下的。"""


@dataclass(frozen=True, slots=True)
class PaymentsListed:
    """报了一笔笔的账。"""

    case: str
    said: str

"""话里的一个数是什么：到账没有这回事、要的一共多少、又花出去的、花了多少、价钱弄错了。"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


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
    PRICE = "price"
    """这单的价钱；记着的那个是别的花费。"""


@dataclass(frozen=True, slots=True)
class SumTold:
    """说了一个数，没说有什么进展。"""

    case: str
    kind: SumKind
    sum: Decimal
    said: str

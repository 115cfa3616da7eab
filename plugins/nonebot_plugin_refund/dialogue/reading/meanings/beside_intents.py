"""访谈里没在答，说的是别的用得上的：凭证、价钱、另花的钱、一个日子。"""

from dataclasses import dataclass
from decimal import Decimal

from ....domain.hearing.told_beside import ToldBeside


@dataclass(frozen=True, slots=True)
class BesideTold:
    """没在答正问着的那一题，说到了别的。"""

    told: ToldBeside
    price: Decimal | None = None
    """这单的价钱；没说为空。"""

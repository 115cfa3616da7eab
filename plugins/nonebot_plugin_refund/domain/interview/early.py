"""还没有结论就说起的进展、对方出的数：先记着，有了结论再记进案件。"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from ..case.told_limit import ToldLimit, told_limit_from
from ..understanding.sums.offered_sums import OfferedSum


@dataclass(frozen=True, slots=True)
class EarlyReport:
    """还没有结论就说起的一件进展。"""

    event_id: str
    happened_at: datetime
    """话里说的那天，没说就是说这句话的时刻；带时区。"""
    told: ToldLimit | None = None
    """那句话里说好的期限。"""
    sure: bool = True
    """听得准；不准的到时候先问一句。"""

    def to_plain(self) -> dict[str, Any]:
        """存进数据库的样子。"""
        told = {} if self.told is None else self.told.to_plain()
        plain: dict[str, Any] = {"event": self.event_id, "happened": self.happened_at.isoformat(), "told": told}
        return plain if self.sure else {**plain, "sure": False}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "EarlyReport":
        """还原。"""
        happened = datetime.fromisoformat(plain["happened"])
        return cls(plain["event"], happened, told_limit_from(plain["told"]), bool(plain.get("sure", True)))


@dataclass(frozen=True, slots=True)
class EarlyOffer:
    """还没有结论，对方就出的一个数。"""

    sum: OfferedSum
    refused: bool = False
    """他没答应。"""

    def to_plain(self) -> dict[str, Any]:
        """存进数据库的样子。"""
        share = self.sum.is_share
        return {"low": str(self.sum.low), "high": str(self.sum.high), "share": share, "refused": self.refused}


def early_offer_from(plain: Mapping[str, Any] | None) -> EarlyOffer | None:
    """还原；没有为空。"""
    if plain is None:
        return None
    offered = OfferedSum(Decimal(plain["low"]), Decimal(plain["high"]), is_share=plain["share"])
    return EarlyOffer(offered, plain["refused"])

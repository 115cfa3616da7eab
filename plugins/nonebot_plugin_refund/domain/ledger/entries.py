"""账里的一笔：哪天（或哪个月）、多少钱、走哪条路、付给谁。"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

MOST_ENTRIES = 300
"""一件案件至多记这么多笔。"""


@dataclass(frozen=True, slots=True)
class Entry:
    """一笔。日期只说到月的，``first`` 到 ``last`` 是那个月；没说的都为空。"""

    amount: Decimal
    first: date | None = None
    last: date | None = None
    channel: str | None = None
    """ledger.yaml 里 channels 的 id。"""
    payee: str = ""
    age: str | None = None
    """付款时孩子在哪一段，:class:`~.parts.Age` 的值；没说过生日为空。生日本身不留。"""

    def to_plain(self) -> dict[str, Any]:
        """存进数据库的样子。"""
        return {
            "amount": format(self.amount, "f"),
            "first": None if self.first is None else self.first.isoformat(),
            "last": None if self.last is None else self.last.isoformat(),
            "channel": self.channel,
            "payee": self.payee,
            "age": self.age,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Entry":
        """还原存下来的一笔。"""
        first, last = plain["first"], plain["last"]
        return cls(
            Decimal(plain["amount"]),
            None if first is None else date.fromisoformat(first),
            None if last is None else date.fromisoformat(last),
            plain["channel"],
            plain["payee"],
            plain["age"],
        )


def month_ends(year: int, month: int) -> tuple[date, date]:
    """一个月的第一天和最后一天。"""
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)

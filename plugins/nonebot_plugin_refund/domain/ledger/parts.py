"""按付款时孩子几岁、走哪条路、付给谁，把账分成几份；每一笔恰好在一份里。"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .entries import Entry

_LIMITATION_YEARS = 3


class Age(StrEnum):
    """付款那天孩子在哪一段。"""

    UNDER_8 = "under-8"
    ON_8 = "on-8"
    """八岁生日当天：算哪一段有得争，单列。"""
    FROM_8 = "from-8"
    """过了八岁生日，没到十六。"""
    FROM_16 = "from-16"
    """十六岁生日起，没到十八。"""
    ON_18 = "on-18"
    """十八岁生日当天：单列。"""
    ADULT = "adult"
    ACROSS = "across"
    """只说了月份，那个月里正好过生日：要看是哪天。"""
    UNDATED = "undated"
    """没说哪天，或没说过生日。"""


@dataclass(frozen=True, slots=True)
class Part:
    """一份：年龄同一段、同一条路、付给同一个人的。"""

    age: Age
    channel: str | None
    payee: str
    entries: tuple[Entry, ...]

    @property
    def total(self) -> Decimal:
        """合计。"""
        return total_of(self.entries)

    @property
    def earliest(self) -> date | None:
        """最早一笔是哪天；都没说日子为空。"""
        return min((entry.first for entry in self.entries if entry.first is not None), default=None)

    @property
    def sue_by(self) -> date | None:
        """保守算，最早一笔满三年的那天；都没说日子为空。"""
        earliest = self.earliest
        return None if earliest is None else birthday(earliest, _LIMITATION_YEARS)


def total_of(entries: Sequence[Entry]) -> Decimal:
    """几笔合计。"""
    return sum((entry.amount for entry in entries), Decimal(0))


def birthday(born: date, years: int) -> date:
    """第几个生日是哪天：2 月 29 日生的，平年没有对应日，取 2 月的最后一天。"""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 2, 28)


def age_on(born: date, day: date) -> Age:
    """那一天在哪一段。"""
    eighth, sixteenth, eighteenth = (birthday(born, years) for years in (8, 16, 18))
    if day < eighth:
        return Age.UNDER_8
    if day == eighth:
        return Age.ON_8
    if day < sixteenth:
        return Age.FROM_8
    if day < eighteenth:
        return Age.FROM_16
    return Age.ON_18 if day == eighteenth else Age.ADULT


def age_of(born: date, entry: Entry) -> Age:
    """一笔在哪一段；只说到月的，整个月在一段里才算得准。"""
    if entry.first is None or entry.last is None:
        return Age.UNDATED
    ages = {age_on(born, entry.first), age_on(born, entry.last)}
    inside = {age_on(born, day) for day in _birthdays_within(born, entry.first, entry.last)}
    found = ages | inside
    return found.pop() if len(found) == 1 else Age.ACROSS


def parts_of(entries: Sequence[Entry]) -> tuple[Part, ...]:
    """分成几份，年龄小的在前，同一段里钱多的在前。"""
    grouped: dict[tuple[Age, str | None, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        age = Age(entry.age) if entry.age is not None else Age.UNDATED
        grouped[age, entry.channel, entry.payee].append(entry)
    order = list(Age)
    parts = [Part(age, channel, payee, tuple(found)) for (age, channel, payee), found in grouped.items()]
    return tuple(sorted(parts, key=lambda part: (order.index(part.age), -part.total)))


def _birthdays_within(born: date, first: date, last: date) -> list[date]:
    days = [birthday(born, years) for years in (8, 16, 18)]
    return [day for day in days if first <= day <= last]

"""一句话里的一处日子，和几种写法都要用的历法小算术。"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from ..sums.numerals import read_small_integer
from .holidays import Holiday

_MOST_CHOICES = 3
"""一段日子最多列出首尾隔三天的四个，再多就请人直接说。"""

Problem = Literal["future", "impossible", "ambiguous", "none"]
"""读不出一个日子的原因：还没到、没有这一天、可能是好几天、根本没说日子。"""


@dataclass(frozen=True, slots=True)
class Mention:
    """一处日子。``days`` 一个是确定，两个以上是有歧义，没有则看 ``problem``。"""

    start: int
    end: int
    days: tuple[date, ...] = ()
    problem: Problem | None = None
    moment: datetime | None = None
    """“半小时前”这种直接说到钟点的。"""
    approximate: bool = False
    weekday: int | None = None
    """只说了星期几时，星期几（周一为 0），好与另外说的日期互相印证。"""
    weak: bool = False
    """“刚刚”：有别的日子时让位。"""
    period: str = ""
    """日子自己带的时段，如“昨晚”的“晚”。"""
    holiday: Holiday | None = None
    """只说了放几天假的节（“国庆节”），没说是其中哪一天；``days`` 里是节日本身那天。"""


def read_day_number(token: str) -> int | None:
    """“二十”“廿三”“21”是几；读不出为空。"""
    return read_small_integer(token.replace("廿", "二十"))


def valid_day(year: int, month: int, day: int) -> date | None:
    """历法里有这一天就是它，没有（2月30日）为空。"""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def settled(start: int, end: int, day: date | None, today: date) -> Mention:
    """带年份的日子：没有这天、还没到、或者就是它。"""
    if day is None:
        return Mention(start, end, problem="impossible")
    return Mention(start, end, problem="future") if day > today else Mention(start, end, (day,))


def months_back(today: date, months: int) -> date:
    """``months`` 个月以前的同一天；那个月没有这一天就取月底。"""
    index = today.year * 12 + today.month - 1 - months
    year, month = divmod(index, 12)
    day = today.day
    while (found := valid_day(year, month + 1, day)) is None:
        day -= 1
    return found


def latest_month_day(start: int, end: int, month: int, day: int, today: date) -> Mention:
    """没说年份：今年的；今年还没到就是去年的。"""
    for year in (today.year, today.year - 1):
        candidate = valid_day(year, month, day)
        if candidate and candidate <= today:
            return Mention(start, end, (candidate,))
    return Mention(start, end, problem="impossible")


def latest_day_number(number: int, today: date) -> date | None:
    """“31号”：最近一个有 31 号的月份里、不晚于今天的那天。"""
    if not 1 <= number <= 31:
        return None
    for back in range(3):
        month = months_back(today.replace(day=1), back)
        day = valid_day(month.year, month.month, number)
        if day and day <= today:
            return day
    return None


def days_between(first: date, last: date) -> tuple[date, ...]:
    """从 ``first`` 到 ``last`` 的每一天；隔得太远（列出来也没法选）或倒着说的为空。"""
    span = (last - first).days
    return tuple(first + timedelta(days=shift) for shift in range(span + 1)) if 0 <= span <= _MOST_CHOICES else ()

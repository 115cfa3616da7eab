"""放假通知还没公布时，第 n 个工作日最早和最晚可能是哪天。

不猜具体怎么调休，只用两类约束：法律固定的（法定节假日放假，碰上周末要补假；调休是换，不多放也不少放），
和 2001–2026 年的通知无一例外的（每个假期最多借两个周末，借在假期前后两周内，放假日与假期相连）。
另为临时安排留出余量：2015 年 9 月 3 日前后多放两个工作日、多上一个周日，2020 年春节多放一个工作日。
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from .calendar import ONE_DAY, WorkCalendar, days_after, is_weekend, new_year_leaves_december_alone, statutory_holidays

_SWAPS_PER_FESTIVAL = 2
"""一个假期最多用几个周末换。"""

_REACH = timedelta(days=14)
"""调休上班日离节日本身最远；通知里实际最远 11 天。"""

_BLOCK_REACH = timedelta(days=7)
"""连休里的放假日离节日本身最远；通知里实际最远 5 天。"""

_SAME_FESTIVAL = timedelta(days=4)
"""相隔不超过这么多天的节日会连着安排（如 2015 年中秋的补假并进了国庆）。"""

_EXTRA_WORKDAYS = 1
"""临时安排至多多上几天班。"""

_EXTRA_REST_DAYS = 2
"""临时安排至多多放几天假。"""


@dataclass(frozen=True, slots=True)
class _Festival:
    """一个（或连在一起的几个）节日里，调休可能动到的日子。"""

    first: date
    last: date
    """动得到的范围的首尾。"""
    substitutes: int
    """依法要补的假：落在周末的、两节重在一天的。"""
    workable: frozenset[date]
    """可能被借去上班的周末。"""
    restable: frozenset[date]
    """可能放假的平日（补假或调休）。"""
    swaps: int
    conserved: bool
    """范围里的日子全都还没定，于是“借几天还几天”在范围内成立。"""

    def most(self, start: date, end: date) -> int:
        """``start`` 之后到 ``end`` 的工作日，比“平日减法定节假日”至多多几天（可为负）。"""
        gained = min(self.swaps, sum(start < day <= end for day in self.workable))
        if not self.conserved:
            return gained
        elsewhere = min(self.swaps + self.substitutes, sum(not start < day <= end for day in self.restable))
        return min(gained, elsewhere - self.substitutes)

    def least(self, start: date, end: date) -> int:
        """同上，至少多几天（通常为负）。"""
        lost = min(self.swaps + self.substitutes, sum(start < day <= end for day in self.restable))
        if not self.conserved:
            return -lost
        elsewhere = min(self.swaps, sum(not start < day <= end for day in self.workable))
        return max(-lost, -self.substitutes - elsewhere)


@dataclass(slots=True)
class _Count:
    """数到某一天时的累计。"""

    certain: int = 0
    """已定的工作日，加上还没定的日子里除法定节假日外的平日。"""
    open_weekdays: int = 0
    open_weekend_days: int = 0


def workday_range(start: date, n: int, calendar: WorkCalendar) -> tuple[date, date]:
    """``start`` 之后（不含）的第 ``n`` 个工作日，最早和最晚可能的日期；全程已定时两者相同。"""
    earliest: date | None = None
    for day, most, least in _bounds_by_day(start, calendar):
        if earliest is None and most >= n and _may_be_workday(day, calendar):
            earliest = day
        if least >= n:
            return (earliest or day), day
    raise AssertionError("逐日往后数不会停")


def _bounds_by_day(start: date, calendar: WorkCalendar) -> Iterator[tuple[date, int, int]]:
    """从 ``start`` 次日起，逐日给出到这一天为止至多和至少有几个工作日。"""
    festivals: list[_Festival] = []
    festivals_until = start.year - 1
    count = _Count()
    day = start
    while True:
        day += ONE_DAY
        while festivals_until <= day.year:
            festivals_until += 1
            festivals.extend(_open_festivals(festivals_until, calendar))
        _count_day(count, day, calendar)
        touched = [festival for festival in festivals if festival.first <= day and start < festival.last]
        most = count.certain + sum(festival.most(start, day) for festival in touched)
        least = count.certain + sum(festival.least(start, day) for festival in touched)
        yield (
            day,
            most + min(_EXTRA_WORKDAYS, count.open_weekend_days),
            least - min(_EXTRA_REST_DAYS, count.open_weekdays),
        )


def _count_day(count: _Count, day: date, calendar: WorkCalendar) -> None:
    rest = calendar.is_rest_day(day)
    if rest is not None:
        count.certain += not rest
    elif day not in statutory_holidays(day.year):
        count.open_weekend_days += is_weekend(day)
        count.open_weekdays += not is_weekend(day)
        count.certain += not is_weekend(day)


def _may_be_workday(day: date, calendar: WorkCalendar) -> bool:
    rest = calendar.is_rest_day(day)
    return day not in statutory_holidays(day.year) if rest is None else not rest


def _open_festivals(year: int, calendar: WorkCalendar) -> Iterator[_Festival]:
    """这一年的节日里，范围内有日子还没定的那些。"""
    for group in _grouped(list(statutory_holidays(year))):
        festival = _festival(group, calendar)
        if festival is not None:
            yield festival


def _grouped(days: list[date]) -> Iterator[list[date]]:
    """把挨得近的法定节假日归成一组。"""
    group = days[:1]
    for before, after in pairwise(days):
        if after - before > _SAME_FESTIVAL:
            yield group
            group = []
        group.append(after)
    if group:
        yield group


def _festival(group: list[date], calendar: WorkCalendar) -> _Festival | None:
    first, last = group[0] - _REACH, group[-1] + _REACH
    zone = (first, *days_after(first, last))
    movable = [day for day in zone if not calendar.is_settled(day) and day not in group]
    if not movable:
        return None
    block_first, block_last = group[0] - _BLOCK_REACH, group[-1] + _BLOCK_REACH
    names = sum(len(statutory_holidays(day.year)[day]) for day in group)
    return _Festival(
        first=movable[0],
        last=movable[-1],
        substitutes=names - sum(not is_weekend(day) for day in group),
        workable=frozenset(day for day in movable if is_weekend(day)),
        restable=frozenset(day for day in movable if not is_weekend(day) and block_first <= day <= block_last),
        swaps=0 if _joins_a_weekend(group) else _SWAPS_PER_FESTIVAL,
        conserved=not any(calendar.is_settled(day) for day in group),
    )


def _joins_a_weekend(group: list[date]) -> bool:
    """只有一天、又在周五或周六的节日自然连成三天，历年都没有再调休（见 ``new_year_leaves_december_alone``）。"""
    only = group[0]
    if len(group) > 1:
        return False
    is_new_year = (only.month, only.day) == (1, 1)
    return is_new_year and new_year_leaves_december_alone(only.year)

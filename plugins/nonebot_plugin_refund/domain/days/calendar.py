"""工作日历：某一天上不上班，以及这件事现在说不说得准。

数据来自 ``holidays`` 库收录的国务院办公厅年度放假通知（含调休上班日）。没有收录的年份一律当作还没公布：
只有依《全国年节及纪念日放假办法》固定下来的法定节假日是知道的，调休不知道，也不猜。
日期都是上海时区的日历日。
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from .holiday_library import library_year

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""用户读到的时间所在的时区。"""

ONE_DAY = timedelta(days=1)

_STATUTORY_NAMES = frozenset({"元旦", "农历除夕", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"})
"""放假办法第二条列出的节日；库里同一天还可能有一次性的纪念日，不算在内。"""

_FRIDAY, _SATURDAY = 4, 5

_DECEMBER_TAIL = 26
"""元旦调休会动到上一年 12 月的这一天及以后。2001–2026 年的通知里最早动到 12 月 29 日，这里放宽到元旦前最后六天。"""


@dataclass(frozen=True, slots=True)
class YearArrangement:
    """一年的放假通知。

    ``holidays`` 是放假的日子和名称（普通周末不在内），``made_up`` 是改为上班的周末；
    后者可能落在上一年 12 月，因为元旦调休写在次年的通知里。
    """

    holidays: Mapping[date, str]
    made_up: frozenset[date]


ArrangementSource = Callable[[int], YearArrangement | None]
"""按年份取放假通知；还没公布的年份返回 ``None``。"""


@cache
def library_arrangement(year: int) -> YearArrangement | None:
    """``holidays`` 库收录的这一年的通知；库里没有的返回 ``None``。

    库对没有通知的年份也会推算补假，但推不出调休上班日；历年通知（2001 年起）没有一年不调休，
    所以“这一年有调休上班日”就是“这一年的通知已收录”。库更新后自然延伸，不用改这里。
    """
    published = library_year(year)
    made_up = frozenset(day for day in published.made_up if _belongs_to(day, year))
    if not any(day.year == year for day in made_up):
        return None
    return YearArrangement(holidays=published.observed, made_up=made_up)


def warm_up() -> None:
    """先把记着的各年读进来；没有记着的要问库，第一个要算工作日的人不用等它。启动之后在别的线程里叫一次。"""
    library_year(2026)


def _belongs_to(made_up_day: date, year: int) -> bool:
    """库会在每一年里都带上几条跨年的旧数据，只留本年的和上一年 12 月的。"""
    return made_up_day.year == year or (made_up_day.year == year - 1 and made_up_day.month == 12)


@cache
def statutory_holidays(year: int) -> Mapping[date, tuple[str, ...]]:
    """这一年的法定节假日本体（2025 年起共 13 天）及名称，不含补假和调休。

    不论通知公布与否都知道（《全国年节及纪念日放假办法》第二条）；农历节日由库换算，收录 1950–2099 年。
    中秋落在国庆时同一天有两个名称，依办法另有一天补假。
    """
    known = library_year(year).fixed
    named = {day: tuple(part for part in name.split("; ") if part in _STATUTORY_NAMES) for day, name in known.items()}
    return {day: names for day, names in sorted(named.items()) if names}


def days_after(start: date, end: date) -> Iterator[date]:
    """``start`` 之后（不含）到 ``end``（含）的每一天。"""
    day = start
    while day < end:
        day += ONE_DAY
        yield day


def is_weekend(day: date) -> bool:
    """是不是星期六或星期日，不看调休。"""
    return day.weekday() >= _SATURDAY


def new_year_leaves_december_alone(year: int) -> bool:
    """这一年的元旦是否不会动到上一年 12 月。

    元旦在周五或周六时，三天假由周末和补假自然连成，不用借上一年的周末；2002–2026 年的六个这样的元旦都没有调休。
    """
    return date(year, 1, 1).weekday() in (_FRIDAY, _SATURDAY)


def shanghai_moment(moment: datetime) -> datetime:
    """换成上海时区；没写时区的当作上海时间。"""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=SHANGHAI)
    return moment.astimezone(SHANGHAI)


def shanghai_day(moment: date | datetime) -> date:
    """这个时刻在上海是哪一天；给的本来就是日期则原样返回。"""
    return shanghai_moment(moment).date() if isinstance(moment, datetime) else moment


class WorkCalendar:
    """工作日历。问不准的日子回答 ``None``，不猜。

    :param source: 按年份取放假通知，默认用 ``holidays`` 库；换掉它就能接别的数据。
    """

    def __init__(self, source: ArrangementSource = library_arrangement) -> None:
        self._source = source

    def is_published(self, year: int) -> bool:
        """这一年的放假通知是否已经收录。"""
        return self._source(year) is not None

    def is_settled(self, day: date) -> bool:
        """这一天上不上班是否已经定了。

        所在年份的通知没收录就没定；12 月最后几天还要看次年元旦怎么调休，次年没收录时也可能没定。
        """
        if not self.is_published(day.year):
            return False
        in_tail = day.month == 12 and day.day >= _DECEMBER_TAIL
        return not in_tail or self.is_published(day.year + 1) or new_year_leaves_december_alone(day.year + 1)

    def unsettled_year(self, day: date) -> int:
        """这一天说不准，是因为缺哪一年的通知。"""
        return day.year if not self.is_published(day.year) else day.year + 1

    def is_rest_day(self, day: date) -> bool | None:
        """这一天是否休息（没调成上班的周末，或节假日）；还没定的返回 ``None``。"""
        if not self.is_settled(day):
            return None
        if is_weekend(day):
            return not self.is_made_up_workday(day)
        return self._holiday_name(day) is not None

    def is_made_up_workday(self, day: date) -> bool:
        """是否已知是调休上班的周末。"""
        arrangements = (self._source(day.year), self._source(day.year + 1))
        return any(day in arrangement.made_up for arrangement in arrangements if arrangement is not None)

    def next_working_day(self, day: date) -> date | None:
        """``day`` 之后（不含）的第一个工作日；要越过还没定的日子才找得到时返回 ``None``。"""
        return self.nth_working_day(day, 1)

    def nth_working_day(self, start: date, n: int) -> date | None:
        """``start`` 之后（不含）的第 ``n`` 个工作日；数到还没定的日子时返回 ``None``。

        :raises ValueError: ``n`` 不是正数。
        """
        if n < 1:
            raise ValueError("第几个工作日要从 1 数起")
        day, counted = start, 0
        while counted < n:
            day += ONE_DAY
            rest = self.is_rest_day(day)
            if rest is None:
                return None
            counted += not rest
        return day

    def holiday_run(self, day: date) -> tuple[date, date] | None:
        """``day`` 所在的连续休息日的首尾；只是普通周末、不休息或还没定的返回 ``None``。"""
        if not self.is_rest_day(day):
            return None
        first = last = day
        while self.is_rest_day(first - ONE_DAY):
            first -= ONE_DAY
        while self.is_rest_day(last + ONE_DAY):
            last += ONE_DAY
        run = (first, *days_after(first, last))
        return (first, last) if any(self._holiday_name(one) for one in run) else None

    def run_name(self, first: date, last: date) -> str:
        """一段连续假期的名称，如“中秋节、国庆节”；只有一次性安排的叫“放假”。"""
        names: dict[str, None] = {}
        for day in (first, *days_after(first, last)):
            names.update(dict.fromkeys(statutory_holidays(day.year).get(day, ())))
        if "春节" in names:
            names.pop("农历除夕", None)
        return "、".join(names) or "放假"

    def _holiday_name(self, day: date) -> str | None:
        arrangement = self._source(day.year)
        return None if arrangement is None else arrangement.holidays.get(day)

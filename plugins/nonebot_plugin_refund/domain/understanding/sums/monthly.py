"""按月分期的：“分十期 每月5000 第一期2月1号”“每月1万 分六个月 从2月15号开始”，各期在哪天。"""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from ..days.coming_days import NUMBER, on_numbered_day
from ..days.mention import months_back
from .numerals import read_small_integer

_MOST = 60
"""期数再多的多半读错了。"""
_FARTHEST = 370
_DECEMBER = 12
_COUNT = r"(?P<count>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})"
_TIMES = re.compile(rf"(?:分(?:成|作|为)?\s?)?{_COUNT}\s?(?:期|个月(?!内|之内|以内|后)|次|笔)")
_MONTHLY = re.compile(
    r"每个?月|每一?期|月付|一个?月一[次期付]|按月|月月|分\s?[0-9一二三四五六七八九十]{1,3}\s?(?:期|个月)"
)
_DAY = (
    rf"(?:(?P<month_end>(?:下个?|这个?|本)?月[底末])|(?P<end_of>{NUMBER})月[底末]"
    rf"|(?:(?P<next_month>下个?月)|(?P<month>{NUMBER})月)?(?P<number>{NUMBER})[号日])"
)
_FIRST = "第一[期次笔]|头一?[期次笔]|首[期次笔]|第1[期次笔]"
_STARTS = (
    re.compile(rf"(?:{_FIRST})(?:的?(?:钱|款))?(?:是|在|于|定在|约在|,|:|\s){{0,2}}{_DAY}"),
    re.compile(rf"{_DAY}(?:之?前)?\s?(?:给|付|还|打|到|是|先付|先给)?\s?(?:{_FIRST})"),
    re.compile(rf"(?:从|自|打)\s?{_DAY}"),
    re.compile(rf"{_DAY}\s?(?:开始|起(?!诉))"),
    re.compile(rf"每个?月(?:的)?{_DAY}"),
)


def monthly_days(text: str, today: date) -> tuple[date, ...]:
    """各期在哪天，由早到晚；不是按月分期、没说几期、没说头一期哪天的为空。"""
    if "月" not in text or _MONTHLY.search(text) is None:
        return ()
    counts = {count for match in _TIMES.finditer(text) if (count := read_small_integer(match["count"])) and count > 1}
    if len(counts) != 1:
        return ()
    starts = (match for pattern in _STARTS for match in pattern.finditer(text))
    started = next(((day, match) for match in starts for day in _meant(match, today)), None)
    count = counts.pop()
    if started is None or count > _MOST:
        return ()
    first, match = started
    is_month_end = bool(match["month_end"] or match["end_of"])
    return tuple(_month_after(first, shift, is_month_end=is_month_end) for shift in range(count))


def _meant(match: re.Match[str], today: date) -> Iterator[date]:
    found: Iterator[date]
    if match["month_end"]:
        ahead = 2 if match["month_end"].startswith("下") else 1
        found = iter((months_back(today.replace(day=1), -ahead) - timedelta(days=1),))
    elif match["end_of"]:
        found = month_ends(match["end_of"], today)
    else:
        found = on_numbered_day(match, today)
    yield from (day for day in found if today <= day <= today + timedelta(days=_FARTHEST))


def month_ends(written: str, today: date) -> Iterator[date]:
    """“三月底”是今年、明年三月的最后一天；不是月份的为空。"""
    month = read_small_integer(written) or 0
    for year in (today.year, today.year + 1) if 0 < month <= _DECEMBER else ():
        yield date(year, month, calendar.monthrange(year, month)[1])


def _month_after(first: date, shift: int, *, is_month_end: bool) -> date:
    """往后 ``shift`` 个月的同一天；那个月没有这一天的取月末，说的是月底的都取月末。"""
    moved = months_back(first, -shift)
    return moved.replace(day=calendar.monthrange(moved.year, moved.month)[1]) if is_month_end else moved

"""还没到的日子：明天、这周五、29号、12月5号、下个月5号，各是哪天。日子都按上海时间。"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from .mention import months_back, read_day_number, valid_day

DAYS_AHEAD = {
    **dict.fromkeys(("今天", "今", "今晚", "当天"), 0),
    **dict.fromkeys(("明天", "明儿", "明", "明晚"), 1),
    "后天": 2,
    "大后天": 3,
}
"""离今天几天。"""
NUMBER = r"(?:[0-9]{1,2}|[一二三四五六七八九十廿]{1,3})"
"""几月几号里的数。"""
_WEEKDAYS = {
    **dict(zip("一二三四五六日", range(7), strict=True)),
    **{str(n + 1): n for n in range(7)},
    "天": 6,
    "末": 5,
}
_MONTHS_TRIED = 3
"""每三个月里至少有一个月有 31 号。"""


def on_weekday(week: str, weekday: str, today: date) -> Iterator[date]:
    """“下周一”是下一周的，“这周五”是这一周的，“周五”是最近的一个；没说周几（``weekday`` 为空）的是周一。"""
    wanted = _WEEKDAYS[weekday or "一"]
    if week:
        monday = today - timedelta(days=today.weekday())
        yield monday + timedelta(weeks=week.count("下"), days=wanted)
        return
    ahead = (wanted - today.weekday()) % 7
    yield from (today + timedelta(days=ahead), today + timedelta(days=ahead + 7))


def on_numbered_day(match: re.Match[str], today: date) -> Iterator[date]:
    """“29号”是最近一个有 29 号的月份的；“12月5号”是今年或明年的。

    ``match`` 里有 ``number``，可以有 ``month``（几月）、``next_month``（下个月）。
    """
    number = read_day_number(match["number"])
    if number is None:
        return
    if match["month"]:
        month = read_day_number(match["month"])
        wanted = [(year, month or 0) for year in (today.year, today.year + 1)]
    else:
        first = today.replace(day=1)
        ahead = (1,) if match["next_month"] else range(_MONTHS_TRIED)
        wanted = [(month.year, month.month) for month in (months_back(first, -shift) for shift in ahead)]
    yield from (day for year, month in wanted if (day := valid_day(year, month, number)))

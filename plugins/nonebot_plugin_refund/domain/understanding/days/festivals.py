"""按名字说的日子：双11、618、中秋、春节……

公历节日按规则算；放假的农历节日由 :mod:`...days.calendar` 用的库换算；不放假的七夕、重阳来自公开的农历表，只列到
2030 年，查不到的年份不猜。
"""

from datetime import date, timedelta

from ...days.calendar import statutory_holidays

FIXED: dict[str, tuple[int, int]] = {
    "元旦": (1, 1),
    "情人节": (2, 14),
    "妇女节": (3, 8),
    "三八节": (3, 8),
    "女神节": (3, 8),
    "愚人节": (4, 1),
    "劳动节": (5, 1),
    "五一": (5, 1),
    "植树节": (3, 12),
    "青年节": (5, 4),
    "五四": (5, 4),
    "儿童节": (6, 1),
    "六一": (6, 1),
    "61儿童节": (6, 1),
    "六一八": (6, 18),
    "六幺八": (6, 18),
    "618": (6, 18),
    "程序员节": (10, 24),
    "建党节": (7, 1),
    "建军节": (8, 1),
    "八一": (8, 1),
    "教师节": (9, 10),
    "国庆": (10, 1),
    "万圣节": (10, 31),
    "双十一": (11, 11),
    "双11": (11, 11),
    "光棍节": (11, 11),
    "1111": (11, 11),
    "双十二": (12, 12),
    "双12": (12, 12),
    "1212": (12, 12),
    "平安夜": (12, 24),
    "圣诞": (12, 25),
    "520": (5, 20),
    "五二零": (5, 20),
    "跨年夜": (12, 31),
    "跨年那天": (12, 31),
}
"""名字 → 公历月、日。带“节”字的写法由 :mod:`.dates` 处理。"""

_STATUTORY = {"春节": "春节", "清明": "清明节", "端午": "端午节", "中秋": "中秋节"}
"""名字 → 放假办法里的名字；节日本身是同名的几天里的第一天。"""

_LUNAR: dict[str, dict[int, tuple[int, int]]] = {
    "七夕": {
        2022: (8, 4),
        2023: (8, 22),
        2024: (8, 10),
        2025: (8, 29),
        2026: (8, 19),
        2027: (8, 8),
        2028: (8, 26),
        2029: (8, 16),
        2030: (8, 5),
    },
    "重阳": {
        2022: (10, 4),
        2023: (10, 23),
        2024: (10, 11),
        2025: (10, 29),
        2026: (10, 18),
        2027: (10, 8),
        2028: (10, 26),
        2029: (10, 16),
        2030: (10, 5),
    },
}
_FIRST_DAYS = "一二三四五六七八九十"
_FROM_SPRING_FESTIVAL = {
    "除夕": -1,
    "年三十": -1,
    "大年三十": -1,
    "大年夜": -1,
    "年初一": 0,
    "年初二": 1,
    "年初三": 2,
    **{f"{month}初{day}": shift for month in ("正月", "大年", "春节") for shift, day in enumerate(_FIRST_DAYS)},
    "元宵": 14,
    "正月十五": 14,
}
"""名字 → 离春节几天。"""
_NTH_WEEKDAY = {"母亲节": (5, 6, 2), "父亲节": (6, 6, 3), "感恩节": (11, 3, 4)}
"""月、星期（周一为 0）、第几个。"""

NAMES: tuple[str, ...] = tuple(
    sorted({*FIXED, *_STATUTORY, *_LUNAR, *_FROM_SPRING_FESTIVAL, *_NTH_WEEKDAY}, key=len, reverse=True)
)
"""认得的全部名字，长的在前。"""


def festival_in(name: str, year: int) -> date | None:
    """这个节日在 ``year`` 年是哪天；换算不出、农历表里没有这一年时为 ``None``。"""
    if name in FIXED:
        return date(year, *FIXED[name])
    if name in _NTH_WEEKDAY:
        month, weekday, nth = _NTH_WEEKDAY[name]
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    if name in _LUNAR:
        month_day = _LUNAR[name].get(year)
        return None if month_day is None else date(year, *month_day)
    shift = _FROM_SPRING_FESTIVAL.get(name)
    first_day = _first_day(_STATUTORY["春节" if shift is not None else name], year)
    return None if first_day is None else first_day + timedelta(days=shift or 0)


def _first_day(statutory: str, year: int) -> date | None:
    return min((day for day, names in statutory_holidays(year).items() if statutory in names), default=None)


def latest_festival(name: str, today: date) -> date | None:
    """不晚于 ``today`` 的最近一个这样的节日。"""
    for year in (today.year, today.year - 1):
        day = festival_in(name, year)
        if day is None:
            return None
        if day <= today:
            return day
    return None

"""2025、2026 年的放假安排，照国务院办公厅两份通知手工录入，逐日傻数。

与被测代码各写各的：不引用 ``domain``，不用 ``holidays`` 库。
2025 年：国办发明电〔2024〕12 号；2026 年：国办 2025-11-04 通知。
"""

from calendar import monthrange
from datetime import date, timedelta

KNOWN_YEARS = (2025, 2026)

# 每行：放假第一天、最后一天、调休上班的日子
_NOTICES = [
    # 2025
    ("2025-01-01", "2025-01-01", ""),
    ("2025-01-28", "2025-02-04", "2025-01-26 2025-02-08"),
    ("2025-04-04", "2025-04-06", ""),
    ("2025-05-01", "2025-05-05", "2025-04-27"),
    ("2025-05-31", "2025-06-02", ""),
    ("2025-10-01", "2025-10-08", "2025-09-28 2025-10-11"),
    # 2026
    ("2026-01-01", "2026-01-03", "2026-01-04"),
    ("2026-02-15", "2026-02-23", "2026-02-14 2026-02-28"),
    ("2026-04-04", "2026-04-06", ""),
    ("2026-05-01", "2026-05-05", "2026-05-09"),
    ("2026-06-19", "2026-06-21", ""),
    ("2026-09-25", "2026-09-27", ""),
    ("2026-10-01", "2026-10-07", "2026-09-20 2026-10-10"),
]

STATUTORY_2027 = {
    "2027-01-01",
    "2027-02-05",
    "2027-02-06",
    "2027-02-07",
    "2027-02-08",
    "2027-04-05",
    "2027-05-01",
    "2027-05-02",
    "2027-06-09",
    "2027-09-15",
    "2027-10-01",
    "2027-10-02",
    "2027-10-03",
}
"""2027 年的法定节假日本体，照万年历手抄；调休尚未公布。"""

DAYS_OFF: set[date] = set()
DAYS_WORKED: set[date] = set()
for _first, _last, _worked in _NOTICES:
    _day = date.fromisoformat(_first)
    while _day <= date.fromisoformat(_last):
        DAYS_OFF.add(_day)
        _day += timedelta(days=1)
    DAYS_WORKED.update(date.fromisoformat(text) for text in _worked.split())


class UnknownYear(Exception):
    """数到了没有通知的年份。"""


def is_off(day: date) -> bool:
    """这一天休息吗；没有通知的年份抛 :class:`UnknownYear`。"""
    if day.year not in KNOWN_YEARS:
        raise UnknownYear(day.year)
    if day in DAYS_OFF:
        return True
    if day in DAYS_WORKED:
        return False
    return day.isoweekday() in (6, 7)


def count_workdays(start: date, n: int) -> date:
    """次日起数，数满 ``n`` 个上班日。"""
    day = start
    left = n
    while left > 0:
        day = day + timedelta(days=1)
        if not is_off(day):
            left = left - 1
    return day


def count_days(start: date, n: int) -> date:
    """次日为第一天，一天一天数到第 ``n`` 天。"""
    day = start
    for _ in range(n):
        day = day + timedelta(days=1)
    return day


def count_months(start: date, n: int) -> date:
    """一个月一个月往后翻，落到对应日或月末。"""
    year, month = start.year, start.month
    for _ in range(n):
        month = month + 1
        if month == 13:
            year, month = year + 1, 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def rolled(day: date) -> date | None:
    """最后一天休息时，休完后的第一天；不休息时没有。"""
    if not is_off(day):
        return None
    after = day
    while is_off(after):
        after = after + timedelta(days=1)
    return after

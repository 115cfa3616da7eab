"""日期和时刻怎样写给用户看：上海时间。"""

from datetime import date, datetime

from ..domain.days.calendar import SHANGHAI
from ..domain.understanding.days.holidays import Holiday

_WEEKDAYS = "一二三四五六日"


def day_in_words(day: date, today: date) -> str:
    """``11月30日（周一）``；说了今天是哪天、不是今年的带上年份。"""
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"


STILL_ARGUABLE = "那天是休息日，依民法典第二百零三条还可主张到 {day}"


_NEAR = {0: "今天", 1: "昨天", 2: "前天"}


def holiday_in_words(holiday: Holiday, today: date | None = None) -> str:
    """``国庆放假是10月1日到7日``；不是今年的带上年份，放假通知还没有的只说放了好几天。"""
    first, last = holiday.first, holiday.last
    if first is None or last is None:
        return f"{holiday.name}放了好几天假"
    year = "" if today is None or last.year == today.year else f"{last.year}年"
    month = "" if first.month == last.month else f"{last.month}月"
    return f"{holiday.name}放假是{year}{first.month}月{first.day}日到{month}{last.day}日"


def written_day(day: date) -> str:
    """``2026年11月3日``：写进文书的。"""
    return f"{day.year}年{day.month}月{day.day}日"


def long_ago_in_words(day: date, today: date) -> str:
    """过去的一天：今天、昨天、前天，再早的写日子；还没到的为空。"""
    ago = (today - day).days
    return "" if ago < 0 else _NEAR.get(ago) or day_in_words(day, today)


def due_in_words(due_at: datetime, today: date) -> str:
    """到期时刻：按日数的期限到当天最后一秒为止，写“24 点”；其余写钟点。"""
    local = due_at.astimezone(SHANGHAI)
    day = day_in_words(local.date(), today)
    return f"{day}24 点" if (local.hour, local.minute) == (23, 59) else f"{day}{local:%H:%M}"


def moment_in_words(moment: datetime, now: datetime) -> str:
    """``今天 15:30``、``明天 10:00``、``11月30日（周一）10:00``。"""
    local = moment.astimezone(SHANGHAI)
    today = now.astimezone(SHANGHAI).date()
    near = {-1: "昨天 ", 0: "今天 ", 1: "明天 "}.get((local.date() - today).days)
    return f"{near or day_in_words(local.date(), today)}{local:%H:%M}"

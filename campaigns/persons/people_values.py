"""日子、钱、数各怎么说：由真的值写成几种自然的样子。不经过机器人自己的读法，才对得出它读错。"""

import random
from datetime import date, datetime, timedelta

_DIGITS = "零一二三四五六七八九"
_UNITS = ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十"))
_WEEKDAYS = "一二三四五六日"
_NEAR = {0: "今天", 1: "昨天", 2: "前天", 3: "大前天"}
_HOURS = {9: "早上九点", 11: "上午11点", 15: "下午三点", 20: "晚上8点"}
"""说得到几点的，只说这几个钟点。"""
FORGOTTEN = ("记不清了", "不记得了", "忘了，说不上来")
"""日子、数目说不清时的话。"""
SUMS = (68.0, 99.0, 150.0, 199.0, 320.0, 648.0, 1280.0, 3200.0, 5600.0, 8000.0, 12_000.0, 23_000.0)
"""钱数从这里抽。"""


def spoken_day(day: date, today: date, chance: random.Random) -> str:
    """一个过去的日子，随口怎么说；带时刻的连钟点一起说。"""
    hour = _HOURS[day.hour] if isinstance(day, datetime) else ""
    plain = day.date() if isinstance(day, datetime) else day
    return chance.choice(day_forms(plain, today)) + hour


def day_forms(day: date, today: date) -> list[str]:
    """一个过去的日子不会听岔的几种说法。"""
    ago = (today - day).days
    dated = f"{day.month}月{day.day}"
    if day.year != today.year:
        year = "去年" if day.year == today.year - 1 else f"{day.year}年"
        return [f"{year}{dated}日", f"{day.year}年{dated}号"]
    forms = [f"{dated}日", f"{dated}号", f"{day.month}.{day.day}", f"{chinese(day.month)}月{chinese(day.day)}号"]
    if ago in _NEAR:
        return [_NEAR[ago], _NEAR[ago], *forms]
    if ago <= 10:
        forms.append(f"{chinese(ago) if ago != 2 else '两'}天前")
    if day.month == today.month:
        forms.append(f"{day.day}号")
    monday = today - timedelta(days=today.weekday())
    if monday - timedelta(days=7) <= day < monday:
        forms += [f"上周{_WEEKDAYS[day.weekday()]}", f"上个星期{_WEEKDAYS[day.weekday()]}"]
    return forms


def plain_day(day: date) -> str:
    """说得最清楚的样子：第三次问起时这样说。"""
    written = f"{day.year}年{day.month}月{day.day}日"
    return f"{written}{day.hour}点" if isinstance(day, datetime) else written


def an_hour(chance: random.Random) -> int:
    """说得出口的一个钟点。"""
    return chance.choice(sorted(_HOURS))


def spoken_sum(amount: float, chance: random.Random) -> str:
    """一笔钱，随口怎么说。"""
    return chance.choice(sum_forms(int(amount)))


def sum_forms(amount: int) -> list[str]:
    """一笔整数的钱的几种说法。"""
    forms = [f"{amount}块", f"{amount}元", f"{amount}", f"{chinese(amount)}块", f"一共{amount}块钱"]
    if amount >= 10_000:
        forms += [f"{amount / 10_000:g}万", f"{amount / 10_000:g}w"]
    if (short := clipped(amount)) is not None:
        forms += [short, f"差不多{short}"]
    return forms


def spoken_age(age: float, chance: random.Random) -> str:
    """几周岁，随口怎么说。"""
    years = int(age)
    return chance.choice([f"{years}岁", f"{years}", f"{chinese(years)}岁", f"刚满{years}岁", f"那会儿{years}周岁"])


def clipped(amount: int) -> str | None:
    """“三千二”“一万二”这样省了末位的说法；不是两位有效数字的没有。"""
    for unit, name in _UNITS[:-1]:
        head, rest = divmod(amount, unit)
        if 0 < head < 10 and rest and rest % (unit // 10) == 0:
            return f"{_leading(head, unit)}{name}{_DIGITS[rest // (unit // 10)]}"
    return None


def chinese(number: int) -> str:
    """不到十万的整数，写成中文。"""
    if number < 10:
        return _DIGITS[number]
    unit, name = next((unit, name) for unit, name in _UNITS if number >= unit)
    head, rest = divmod(number, unit)
    start = "" if unit == 10 and head == 1 else _leading(head, unit) if head < 10 else chinese(head)
    if not rest:
        return f"{start}{name}"
    gap = "零" if rest < unit // 10 else ""
    tail = chinese(rest)
    return f"{start}{name}{gap}{'一' if 10 <= rest < 20 else ''}{tail}"


def _leading(head: int, unit: int) -> str:
    return "两" if head == 2 and unit >= 1000 else _DIGITS[head]

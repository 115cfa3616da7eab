"""从一句话里找出每一处提到日子的地方。

每种写法一个小函数；先找写得全的（2026年11月20日），再找写得短的（20号），已经认过的字不再认第二遍。
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from ..hours.clock_times import PERIOD
from ..sums.numerals import read_small_integer
from .date_patterns import (
    COMPACT,
    DAY_LIST,
    DAY_ONLY,
    DOTTED,
    FESTIVAL,
    FOUR_DIGITS,
    FULL,
    FUTURE,
    IN_MONTH,
    JUST_NOW,
    LUNAR_WORDS,
    MONTH_DAY,
    NO_SUCH_MONTH,
    RELATIVE_DAYS,
    SPACED,
    TENTH_FIRST,
    TODAY_ELSEWHERE,
    YEAR_SPACED,
)
from .elapsed import ago, for_some_time
from .festivals import NAMES, festival_in, latest_festival
from .holidays import Holiday, holiday_said
from .mention import (
    Mention,
    days_between,
    latest_day_number,
    latest_month_day,
    months_back,
    read_day_number,
    settled,
    valid_day,
)
from .weekdays import weekdays

_AFTER_A_NAME = 6
"""节的名字后面看这么几个字，看说没说是哪一天。"""


def find_mentions(text: str, now: datetime) -> list[Mention]:
    """按出现的先后给出每一处日子；``text`` 要先经过 ``normalise``，``now`` 是上海时区。"""
    return list(_mentions(text, now))


@lru_cache(maxsize=64)
def _mentions(text: str, now: datetime) -> tuple[Mention, ...]:
    """同一句话几种听法都要找，记住最近的几句。"""
    taken = [False] * len(text)
    mentions: list[Mention] = []
    written = set(text)
    for needed, finder in FINDERS:
        for mention in finder(text, now) if not needed.isdisjoint(written) else ():
            if not any(taken[mention.start : mention.end]):
                taken[mention.start : mention.end] = [True] * (mention.end - mention.start)
                mentions.append(_with_period(mention, text))
    return tuple(sorted(mentions, key=lambda mention: mention.start))


def _with_period(mention: Mention, text: str) -> Mention:
    match = PERIOD.search(text[mention.start : mention.end])
    return replace(mention, period=match.group()) if match else mention


def _year_of(token: str | None, today: date) -> int | None:
    if not token:
        return None
    words = {"今年": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2, "大前年": -3, "明年": 1}
    if token in words:
        return today.year + words[token]
    digits = token[:-1]
    if digits.isascii():
        return int(digits) if len(digits) == 4 else 2000 + int(digits)
    value = read_small_integer(digits)
    return value if value and value > 2000 else -1


def _full_dates(text: str, now: datetime) -> Iterator[Mention]:
    for pattern in (FULL, COMPACT):
        for match in pattern.finditer(text):
            year = int(match["y"]) if len(match["y"]) == 4 else 2000 + int(match["y"])
            yield settled(match.start(), match.end(), valid_day(year, int(match["m"]), int(match["d"])), now.date())


def _month_days(text: str, now: datetime) -> Iterator[Mention]:
    today = now.date()
    for match in NO_SUCH_MONTH.finditer(text):
        yield Mention(*match.span(), problem="impossible")
    for match in MONTH_DAY.finditer(text):
        start, end = match.span()
        month, day = read_day_number(match["m"]), read_day_number(match["d"])
        if match["vague"]:
            yield Mention(start, end, problem="ambiguous")
        elif match["second"] or match["last"]:
            yield _two_days(match, month, today)
        elif month is None or day is None:
            yield Mention(start, end, problem="impossible" if match["d"].isdigit() else "ambiguous")
        elif match["m"] == "八" and match["d"] == "十五" and not match.group().endswith(("日", "号")):
            festival = latest_festival("中秋", today)  # 八月十五多指中秋，也可能是 8 月 15 日
            solar = latest_month_day(start, end, 8, 15, today).days
            yield Mention(start, end, (*solar, *((festival,) if festival else ())), problem="ambiguous")
        elif match["year"]:
            yield settled(start, end, valid_day(_year_of(match["year"], today) or 0, month, day), today)
        else:
            yield latest_month_day(start, end, month, day, today)


def _two_days(match: re.Match[str], month: int | None, today: date) -> Mention:
    """“11月20、21号”“11月20到22”：哪几天都可能，都列出来。"""
    first, last = read_day_number(match["d"]), read_day_number(match["second"] or match["last"])
    if month is None or first is None or last is None:
        return Mention(*match.span(), problem="ambiguous")
    year = _year_of(match["year"], today)
    ends = [
        day
        for number in (first, last)
        if (day := valid_day(year, month, number) if year else _only(latest_month_day(0, 0, month, number, today)))
    ]
    return Mention(*match.span(), _spread(match["link"] or match["span"], ends, today), problem="ambiguous")


def _only(mention: Mention) -> date | None:
    return mention.days[0] if mention.days else None


def _spread(link: str, ends: list[date], today: date) -> tuple[date, ...]:
    """“20到22号”是一段，“20、22号”是两个；还没到的去掉。"""
    span = len(ends) == 2 and link.strip() in ("-", "~", "到", "至")
    days = days_between(ends[0], ends[1]) if span else tuple(ends)
    return tuple(day for day in dict.fromkeys(days) if day <= today)


def _days_in_named_month(text: str, now: datetime) -> Iterator[Mention]:
    today = now.date()
    for match in IN_MONTH.finditer(text):
        start, end = match.span()
        if match["which"].startswith("下"):
            yield Mention(start, end, problem="future")
            continue
        day = read_day_number(match["d"]) if match["d"] else None
        back = {"上上": 2, "上个": 1, "上月": 1}.get(match["which"][:2], 0)
        month = months_back(today.replace(day=1), back)
        if day is None or match["vague"]:
            yield Mention(start, end, problem="ambiguous")
            continue
        if match["second"] or match["last"]:
            other = read_day_number(match["second"] or match["last"]) or 0
            ends = [end for number in (day, other) if (end := valid_day(month.year, month.month, number))]
            yield Mention(*match.span(), _spread(match["link"] or match["span"], ends, today), problem="ambiguous")
            continue
        yield settled(start, end, valid_day(month.year, month.month, day), today)


def _short_dates(text: str, now: datetime) -> Iterator[Mention]:
    whole = text.strip(" .。!,")
    if match := YEAR_SPACED.fullmatch(whole):
        start, day = text.index(whole), valid_day(int(match["y"]), int(match["m"]), int(match["d"]))
        yield settled(start, start + len(whole), day, now.date())
    for pattern in (SPACED, FOUR_DIGITS):
        if match := pattern.fullmatch(whole):
            start = text.index(whole)
            if int(match["d"]) == int(match["m"]) + 1 and whole.endswith(("号", "日")):
                yield _neighbouring_days(start, match, int(match["m"]), now.date())
                continue
            yield latest_month_day(start, start + len(whole), int(match["m"]), int(match["d"]), now.date())
    for match in DOTTED.finditer(text):
        month, day = int(match["m"]), int(match["d"])
        if match["year"]:
            year = _year_of(match["year"], now.date()) or 0
            yield settled(match.start(), match.end(), valid_day(max(year, 1), month, day), now.date())
        elif day == month + 1 and match.group().endswith(("号", "日")):
            yield _neighbouring_days(match.start(), match, month, now.date())
        elif month <= 12 and day >= 1:
            yield latest_month_day(match.start(), match.end(), month, day, now.date())


def _neighbouring_days(start: int, match: re.Match[str], first: int, today: date) -> Mention:
    """“4.5号”“7 8号”：是 4 月 5 号，还是 4 号或 5 号，都可能。"""
    solar = latest_month_day(0, 0, first, first + 1, today).days
    numbered = [day for number in (first, first + 1) if (day := latest_day_number(number, today))]
    return Mention(start, start + len(match.group()), tuple(sorted({*solar, *numbered})), problem="ambiguous")


def _day_numbers(text: str, now: datetime) -> Iterator[Mention]:
    today = now.date()
    for match in DAY_LIST.finditer(text):
        tens = read_day_number(match["tens"]) or 0 if match["tens"] else 0
        numbers = [tens + (read_day_number(match[group]) or 0) for group in (("x", "y") if tens else ("a", "b"))]
        ends = [day for number in numbers if (day := latest_day_number(number, today))]
        yield Mention(*match.span(), tuple(sorted(_spread(match["link"] or "、", ends, today))), problem="ambiguous")
    for match in DAY_ONLY.finditer(text):
        number = read_day_number(match["d"])
        day = latest_day_number(number, today) if number is not None else None
        yield settled(match.start(), match.end(), day, today)


def _relative_days(text: str, now: datetime) -> Iterator[Mention]:
    for match in TODAY_ELSEWHERE.finditer(text):
        yield Mention(*match.span(), weak=True, problem="ambiguous")
    for pattern, shift in RELATIVE_DAYS:
        for match in pattern.finditer(text):
            if text[max(0, match.start() - 1) : match.start()] in ("大", "几", "之", "以"):
                yield Mention(*match.span(), problem="ambiguous")  # 大大前天、几天前天：说不准
                continue
            yield Mention(*match.span(), (now.date() + timedelta(days=shift),))
    for match in JUST_NOW.finditer(text):
        yield Mention(*match.span(), (now.date(),), weak=True)
    for match in FUTURE.finditer(text):
        yield Mention(*match.span(), problem="future")


def _festivals(text: str, now: datetime) -> Iterator[Mention]:
    today = now.date()
    for match in FESTIVAL.finditer(text):
        year = _year_of(match["year"], today)
        day = latest_festival(match["name"], today) if year is None else festival_in(match["name"], max(year, 1))
        if day is None:
            yield Mention(*match.span(), problem="ambiguous")
        else:
            said = holiday_said(match["name"], day, text[match.end() : match.end() + _AFTER_A_NAME])
            if match["last"]:
                yield _last_day(match, said, today)
                continue
            nth = (read_small_integer(match["nth"]) or 1) if match["nth"] else 1
            found = settled(match.start(), match.end(), day + timedelta(days=nth - 1), today)
            yield found if match["nth"] else replace(found, holiday=said)
    for match in TENTH_FIRST.finditer(text):
        if match["last"]:
            day = latest_festival("国庆", today)
            yield _last_day(match, None if day is None else holiday_said("国庆", day, ""), today)
            continue
        nth = (read_small_integer(match["nth"]) or 1) if match["nth"] else 1
        yield latest_month_day(match.start(), match.end(), 10, nth, today)


def _last_day(match: re.Match[str], holiday: Holiday | None, today: date) -> Mention:
    """“国庆最后一天”：知道放到哪天的，就是那天。"""
    last = None if holiday is None else holiday.last
    return Mention(*match.span(), problem="ambiguous") if last is None else settled(*match.span(), last, today)


def _lunar_words(text: str, now: datetime) -> Iterator[Mention]:
    """农历的日子不换算：同一句话里说的多半是公历，猜错就差一个月。"""
    del now  # 与时间无关，只为和其他写法同形
    for match in LUNAR_WORDS.finditer(text):
        yield Mention(*match.span(), problem="ambiguous")


_DIGITS = "0123456789"
FINDERS: tuple[tuple[frozenset[str], Callable[[str, datetime], Iterator[Mention]]], ...] = (
    (frozenset(_DIGITS), _full_dates),
    (frozenset({"十", *(name[0] for name in NAMES)}), _festivals),
    (frozenset("月"), _month_days),
    (frozenset("月"), _days_in_named_month),
    (frozenset("前"), ago),
    (frozenset("农阴旧腊冬正初"), _lunar_words),
    (frozenset(_DIGITS), _short_dates),
    (frozenset("周期拜"), weekdays),
    (frozenset("日号"), _day_numbers),
    (frozenset("今昨前后明听咋作寻琴噚刚方头啱几下过改yt"), _relative_days),
    (frozenset("天周期拜月"), for_some_time),
)
"""一种写法至少要有的字（一个也没有，就不去找），和找它的办法；先后就是先认谁。"""

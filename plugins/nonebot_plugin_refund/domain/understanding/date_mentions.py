"""从一句话里找出每一处提到日子的地方。

每种写法一个小函数；先找写得全的（2026年11月20日），再找写得短的（20号），已经认过的字不再认第二遍。
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from .clock_times import PERIOD
from .date_patterns import (
    AGO,
    AGO_HOURS,
    COMPACT,
    DAY_LIST,
    DAY_ONLY,
    DOTTED,
    FESTIVAL,
    FOR,
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
    WEEKDAY,
    WEEKEND,
)
from .festivals import festival_in, latest_festival
from .numerals import read_small_integer

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


def find_mentions(text: str, now: datetime) -> list[Mention]:
    """按出现的先后给出每一处日子；``text`` 要先经过 ``normalise``，``now`` 是上海时区。"""
    taken = [False] * len(text)
    mentions: list[Mention] = []
    for finder in _FINDERS:
        for mention in finder(text, now):
            if not any(taken[mention.start : mention.end]):
                taken[mention.start : mention.end] = [True] * (mention.end - mention.start)
                mentions.append(_with_period(mention, text))
    return sorted(mentions, key=lambda mention: mention.start)


def _with_period(mention: Mention, text: str) -> Mention:
    match = PERIOD.search(text[mention.start : mention.end])
    return replace(mention, period=match.group()) if match else mention


def _number(token: str) -> int | None:
    return read_small_integer(token.replace("廿", "二十"))


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _settled(start: int, end: int, day: date | None, today: date) -> Mention:
    """带年份的日子：没有这天、还没到、或者就是它。"""
    if day is None:
        return Mention(start, end, problem="impossible")
    return Mention(start, end, problem="future") if day > today else Mention(start, end, (day,))


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


def _latest_month_day(start: int, end: int, month: int, day: int, today: date) -> Mention:
    """没说年份：今年的；今年还没到就是去年的。"""
    for year in (today.year, today.year - 1):
        candidate = _valid(year, month, day)
        if candidate and candidate <= today:
            return Mention(start, end, (candidate,))
    return Mention(start, end, problem="impossible")


def _full_dates(text: str, now: datetime) -> Iterator[Mention]:
    for pattern in (FULL, COMPACT):
        for match in pattern.finditer(text):
            year = int(match["y"]) if len(match["y"]) == 4 else 2000 + int(match["y"])
            yield _settled(match.start(), match.end(), _valid(year, int(match["m"]), int(match["d"])), now.date())


def _month_days(text: str, now: datetime) -> Iterator[Mention]:
    today = now.date()
    for match in NO_SUCH_MONTH.finditer(text):
        yield Mention(*match.span(), problem="impossible")
    for match in MONTH_DAY.finditer(text):
        start, end = match.span()
        month, day = _number(match["m"]), _number(match["d"])
        if match["more"] or match["vague"]:
            yield Mention(start, end, problem="ambiguous")
        elif month is None or day is None:
            yield Mention(start, end, problem="impossible" if match["d"].isdigit() else "ambiguous")
        elif match["m"] == "八" and match["d"] == "十五" and not match.group().endswith(("日", "号")):
            yield Mention(start, end, problem="ambiguous")  # 八月十五多指中秋，也可能是 8 月 15 日
        elif match["year"]:
            yield _settled(start, end, _valid(_year_of(match["year"], today) or 0, month, day), today)
        else:
            yield _latest_month_day(start, end, month, day, today)


def _months_back(today: date, months: int) -> date:
    index = today.year * 12 + today.month - 1 - months
    year, month = divmod(index, 12)
    day = today.day
    while (found := _valid(year, month + 1, day)) is None:
        day -= 1
    return found


def _days_in_named_month(text: str, now: datetime) -> Iterator[Mention]:
    today = now.date()
    for match in IN_MONTH.finditer(text):
        start, end = match.span()
        if match["which"].startswith("下"):
            yield Mention(start, end, problem="future")
            continue
        day = _number(match["d"]) if match["d"] else None
        if day is None:
            yield Mention(start, end, problem="ambiguous")
            continue
        back = {"上上": 2, "上个": 1, "上月": 1}.get(match["which"][:2], 0)
        month = _months_back(today.replace(day=1), back)
        yield _settled(start, end, _valid(month.year, month.month, day), today)


def _short_dates(text: str, now: datetime) -> Iterator[Mention]:
    whole = text.strip(" .。!,")
    for pattern in (SPACED, FOUR_DIGITS):
        if match := pattern.fullmatch(whole):
            start = text.index(whole)
            yield _latest_month_day(start, start + len(whole), int(match["m"]), int(match["d"]), now.date())
    for match in DOTTED.finditer(text):
        month, day = int(match["m"]), int(match["d"])
        if month <= 12 and day >= 1:
            yield _latest_month_day(match.start(), match.end(), month, day, now.date())


def _day_numbers(text: str, now: datetime) -> Iterator[Mention]:
    today = now.date()
    for match in DAY_LIST.finditer(text):
        if match["tens"]:
            tens = _number(match["tens"]) or 0
            numbers = [tens + (_number(match["x"]) or 0), tens + (_number(match["y"]) or 0)]
        else:
            numbers = [_number(match["a"]) or 0, _number(match["b"]) or 0]
        days = [day for number in numbers if (day := _latest_day_number(number, today))]
        yield Mention(*match.span(), tuple(sorted(set(days))), problem="ambiguous")
    for match in DAY_ONLY.finditer(text):
        number = _number(match["d"])
        day = _latest_day_number(number, today) if number is not None else None
        yield _settled(match.start(), match.end(), day, today)


def _latest_day_number(number: int, today: date) -> date | None:
    """“31号”：最近一个有 31 号的月份里、不晚于今天的那天。"""
    if not 1 <= number <= 31:
        return None
    for back in range(3):
        month = _months_back(today.replace(day=1), back)
        day = _valid(month.year, month.month, number)
        if day and day <= today:
            return day
    return None


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


def _back(unit: str, count: int, half: bool, today: date) -> date | None:
    if unit in ("天", "日"):
        return None if half else today - timedelta(days=count)
    if unit in ("周", "星期", "礼拜"):
        return None if half else today - timedelta(weeks=count)
    if unit == "月":
        return None if half else _months_back(today, count)
    return None if half or count > 10 else _months_back(today, 12 * count)


def _elapsed(match: re.Match[str], today: date, *, approximate: bool) -> Mention:
    start, end = match.span()
    if match["range"] or match["vague"] or match["vague2"] == "多":
        return Mention(start, end, problem="ambiguous")
    if match["n"] == "半":
        halves = {"月": today - timedelta(days=15), "年": _months_back(today, 6)}
        day = halves.get(match["unit"])
        return Mention(start, end, (day,), approximate=True) if day else Mention(start, end, problem="ambiguous")
    count = read_small_integer(match["n"])
    if count is None or count > 3000:
        return Mention(start, end, problem="ambiguous")
    day = _back(match["unit"], count, bool(match["half"]), today)
    if day is None:
        return Mention(start, end, problem="ambiguous")
    return Mention(start, end, (day,), approximate=approximate or match["unit"] in ("月", "年"))


def _ago(text: str, now: datetime) -> Iterator[Mention]:
    for match in AGO_HOURS.finditer(text):
        yield _hours_ago(match, now)
    for match in AGO.finditer(text):
        yield _elapsed(match, now.date(), approximate=match["vague2"] == "左右")


def _hours_ago(match: re.Match[str], now: datetime) -> Mention:
    start, end = match.span()
    count = 0 if match["n"] == "半" else read_small_integer(match["n"])
    spliced = match.string[max(0, start - 2) : start] in ("小时", "钟头")  # “1小时30分钟前”只读到后半截
    if spliced or match["range"] or match["vague"] or match["vague2"] or count is None:
        return Mention(start, end, problem="ambiguous")
    minutes = {"小时": 60, "钟头": 60, "刻钟": 15, "分钟": 1}[match["unit"]]
    half = match["half"] or match["n"] == "半"
    moment = now - timedelta(minutes=count * minutes + (minutes // 2 if half else 0))
    moment = moment.replace(second=0, microsecond=0)
    return Mention(start, end, (moment.date(),), moment=moment)


def _for_some_time(text: str, now: datetime) -> Iterator[Mention]:
    """“买了3天了”：过去了这么久，约等于三天前。只说“3天”不算日子。"""
    for match in FOR.finditer(text):
        if match["end"] or re.search(r"(?:已经|都)\s?$", text[max(0, match.start() - 3) : match.start()]):
            if not match["end"] or (match["end"] not in ("了", "啦", "咯", "喽")):
                continue
            if match["hedge"]:
                yield Mention(*match.span(), problem="ambiguous")
            else:
                yield _elapsed(match, now.date(), approximate=True)


def _weekdays(text: str, now: datetime) -> Iterator[Mention]:
    today = now.date()
    for match in WEEKEND.finditer(text):
        yield Mention(*match.span(), _weekend(match["which"] or "", today), problem="ambiguous")
    for match in WEEKDAY.finditer(text):
        before = text[max(0, match.start() - 1) : match.start()]
        follows_weekday = text[max(0, match.start() - 2) : match.start() - 1] in ("周", "期", "拜")
        if (
            not match["which"]
            and before
            and before in "0123456789一二两三四五六七八九十每个几下"
            and not follows_weekday
        ):
            continue
        if match["more"]:
            yield Mention(*match.span(), problem="ambiguous")
            continue
        weekday = _weekday_number(match["w"])
        yield _weekday(match, weekday, today)


def _weekday_number(character: str) -> int:
    return (
        "一二三四五六日".index(character)
        if character in "一二三四五六日"
        else {"天": 6}.get(character, "1234567".find(character))
    )


def _weekday(match: re.Match[str], weekday: int, today: date) -> Mention:
    start, end = match.span()
    which = match["which"] or ""
    monday = today - timedelta(days=today.weekday())
    if which:
        weeks = 2 if which.startswith("上上") else 1 if which.startswith("上") else 0
        return _settled(start, end, monday - timedelta(weeks=weeks) + timedelta(days=weekday), today)
    back = (today.weekday() - weekday) % 7
    if back == 0:  # 今天就是周一，说“周一”可能是今天，也可能是上周一
        return Mention(start, end, (today - timedelta(days=7), today), problem="ambiguous", weekday=weekday)
    return Mention(start, end, (today - timedelta(days=back),), weekday=weekday)


def _weekend(which: str, today: date) -> tuple[date, ...]:
    monday = today - timedelta(days=today.weekday())
    weeks = 2 if which.startswith("上上") else 1 if which.startswith("上") or today.weekday() < 5 else 0
    saturday = monday - timedelta(weeks=weeks) + timedelta(days=5)
    return tuple(day for day in (saturday, saturday + timedelta(days=1)) if day <= today)


def _festivals(text: str, now: datetime) -> Iterator[Mention]:
    today = now.date()
    for match in FESTIVAL.finditer(text):
        year = _year_of(match["year"], today)
        day = latest_festival(match["name"], today) if year is None else festival_in(match["name"], max(year, 1))
        if day is None:
            yield Mention(*match.span(), problem="ambiguous")
        else:
            yield _settled(match.start(), match.end(), day, today)
    for match in TENTH_FIRST.finditer(text):
        yield _latest_month_day(match.start(), match.end(), 10, 1, today)
    for match in LUNAR_WORDS.finditer(text):
        yield Mention(*match.span(), problem="ambiguous")


_FINDERS: tuple[Callable[[str, datetime], Iterator[Mention]], ...] = (
    _full_dates,
    _month_days,
    _days_in_named_month,
    _ago,
    _festivals,
    _short_dates,
    _day_numbers,
    _relative_days,
    _weekdays,
    _for_some_time,
)

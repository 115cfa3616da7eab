"""从话里读出一笔笔账：“5月 8500 苹果，6月 6200”，几行，或贴来的账单。

从左到右看一遍，不回头。八位以上的数（卡号、单号）一律丢掉，不留。
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from ..understanding.sums.numerals import read_number
from ..understanding.writing.text import simplify
from .entries import MOST_ENTRIES, Entry, month_ends

_MOST_TEXT = 8000
_LARGEST = Decimal(10_000_000)
_TOKEN = re.compile(
    r"(?P<long>[0-9]{8,})"
    r"|(?P<index>(?:^|(?<=\n))\s?[0-9]{1,2}[.、)]\s?(?![0-9]))"
    r"|(?P<code>[a-z][a-z0-9]*)"
    r"|(?P<full>(?P<y>20[0-9]{2})[-./年](?P<m>[0-9]{1,2})[-./月](?P<d>[0-9]{1,2})[日号]?)"
    r"|(?P<year_month>(?P<ym_y>20[0-9]{2})年(?P<ym_m>[0-9]{1,2})月份?)"
    r"|(?P<month_day>(?P<md_m>[0-9]{1,2})月(?P<md_d>[0-9]{1,2})[日号]?)"
    r"|(?P<month>(?P<mo_m>[0-9]{1,2}|十[一二]?|[一二三四五六七八九])月份?)"
    r"|(?P<short>(?P<sh_m>1[0-2]|0?[1-9])[./-](?P<sh_d>[12][0-9]|3[01]|0?[1-9])(?=\s[¥￥-]?[0-9]))"
    r"|(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)"
    r"|(?P<counted>[0-9]{1,4}\s?(?:笔|次|个|快币|币|钻|岁|%))"
    r"|(?P<sum>(?:[¥￥]\s?)?(?P<number>[0-9]{1,3}(?:,[0-9]{3}){1,2}(?:\.[0-9]{1,2})?|[0-9]{1,7}(?:\.[0-9]{1,2})?)(?P<size>[万千]?)\s?(?:元|块)?)"
    r"|(?P<spoken>[一二两三四五六七八九十百千万]{2,8})(?:元|块)?"
    r"|(?:付给|收款方|收款人|商户|主播)[:： ]?(?P<payee>[^\s0-9,，;；。:：元块¥￥]{1,8})"
)
_DIGITS = re.compile(r"[0-9]{8,}")


@dataclass(frozen=True, slots=True)
class Listed:
    """一段话里读出来的各笔付款。"""

    entries: tuple[Entry, ...]
    dropped: int
    """丢掉了几串八位以上的数。"""


@dataclass
class _Reading:
    today: date
    entries: list[Entry] = field(default_factory=list[Entry])
    amount: Decimal | None = None
    day: tuple[date, date] | None = None
    channel: str | None = None
    payee: str = ""
    amount_first: bool | None = None
    """钱写在日子前面的写法；还没见到钱也没见到日子为空。"""
    year: int | None = None
    """上一笔写明的年份。"""

    def flush(self, *, keep_day: bool = False) -> None:
        """这一笔记完了，开始下一笔。"""
        if self.amount is not None:
            first, last = self.day or (None, None)
            self.entries.append(Entry(self.amount, first, last, self.channel, self.payee))
        self.amount, self.channel, self.payee = None, None, ""
        if not keep_day:
            self.day = None

    def saw_day(self, day: tuple[date, date]) -> None:
        """见到一个日子。"""
        if self.amount_first is None:
            self.amount_first = self.amount is not None
        if self.amount is not None and not (self.amount_first and self.day is None):
            self.flush()
        self.day = day

    def saw_amount(self, amount: Decimal) -> None:
        """见到一个钱数。"""
        if self.amount_first is None:
            self.amount_first = self.day is None
        if self.amount is not None:
            self.flush(keep_day=not self.amount_first)
        self.amount = amount

    def saw_channel(self, channel: str) -> None:
        """见到一条路；这一笔已经有了的，是下一笔的。"""
        if self.amount is not None and self.channel not in (None, channel):
            self.flush()
        self.channel = channel


def read_entries(text: str, channels: Mapping[str, Sequence[str]], today: date) -> Listed:
    """读出每一笔。

    Args:
        text: 话，可以几行。
        channels: 每条路有哪些词。
        today: 上海的今天；没写年份的月份取最近过去的那个。
    """
    words = sorted(((word, key) for key, said in channels.items() for word in said), key=lambda pair: -len(pair[0]))
    lowered = simplify(text[:_MOST_TEXT]).lower()
    reading, dropped, at = _Reading(today), 0, 0
    while at < len(lowered):
        channel = next(((word, key) for word, key in words if lowered.startswith(word, at)), None)
        match = _TOKEN.match(lowered, at)
        if channel is not None and (match is None or match["payee"] is None):
            reading.saw_channel(channel[1])
            at += len(channel[0])
        elif match is None:
            at += 1
        else:
            dropped += match["long"] is not None
            _saw(reading, match)
            at = match.end()
    reading.flush()
    return Listed(tuple(reading.entries[:MOST_ENTRIES]), dropped)


def read_birthday(text: str, today: date) -> date | None:
    """“2016-02-29”“2016年2月29日”“2016 2 29”；没有这一天、还没到的为空。"""
    found = [int(number) for number in re.findall(r"[0-9]{1,4}", text[:40])]
    if len(found) != 3:
        return None
    day = _day(*found)
    return day if day is not None and date(today.year - 60, 1, 1) <= day <= today else None


def _saw(reading: _Reading, match: re.Match[str]) -> None:
    if (day := _day_of(reading, match)) is not None:
        reading.saw_day(day)
    elif (amount := _amount_of(match)) is not None:
        reading.saw_amount(amount)
    elif match["payee"]:
        reading.payee = _DIGITS.sub("", match["payee"])


def _day_of(reading: _Reading, match: re.Match[str]) -> tuple[date, date] | None:
    if match["full"]:
        reading.year = int(match["y"])
        return _one(_day(reading.year, int(match["m"]), int(match["d"])))
    if match["year_month"]:
        reading.year = int(match["ym_y"])
        month = int(match["ym_m"])
        return month_ends(reading.year, month) if 1 <= month <= 12 else None
    if match["month_day"]:
        month, day = int(match["md_m"]), int(match["md_d"])
        return _one(_latest(reading, month, day))
    if match["short"]:
        return _one(_latest(reading, int(match["sh_m"]), int(match["sh_d"])))
    if match["month"]:
        number = read_number(match["mo_m"])
        month = int(number) if number is not None else 0
        first = _latest(reading, month, 1)
        return None if first is None else month_ends(first.year, first.month)
    return None


def _latest(reading: _Reading, month: int, day: int) -> date | None:
    """没写年份：上一笔写了哪年就是那年，否则是最近过去的那一天。"""
    if reading.year is not None:
        return _day(reading.year, month, day)
    for year in range(reading.today.year, reading.today.year - 5, -1):
        found = _day(year, month, day)
        if found is not None and found <= reading.today:
            return found
    return None


def _amount_of(match: re.Match[str]) -> Decimal | None:
    if match["sum"]:
        try:
            value = Decimal(match["number"].replace(",", ""))
        except InvalidOperation:
            return None
        value *= {"万": 10_000, "千": 1000}.get(match["size"], 1)
    elif match["spoken"]:
        spoken = read_number(match["spoken"])
        if spoken is None:
            return None
        value = spoken
    else:
        return None
    return value.quantize(Decimal("0.01")) if 0 < value <= _LARGEST else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _one(day: date | None) -> tuple[date, date] | None:
    return None if day is None else (day, day)


def with_ages(entries: Sequence[Entry], ages: Sequence[str]) -> tuple[Entry, ...]:
    """给每一笔写上付款时在哪一段。"""
    return tuple(replace(entry, age=age) for entry, age in zip(entries, ages, strict=True))

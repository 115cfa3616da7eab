"""从话里读出一笔笔账：“5月 8500 苹果，6月 6200”，几行，或贴来的账单。

从左到右看一遍，不回头。八位以上的数（卡号、单号）一律丢掉，不留。
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from ...rulebook.money_models.ledger_models import Ledger
from ..understanding.sums.numerals import read_number
from ..understanding.sums.offered_sums import may_have_sum
from ..understanding.writing.text import simplify
from .bills import bill_of
from .entries import MOST_ENTRIES, Entry, month_ends

_MOST_TEXT = 8000
_LARGEST = Decimal(10_000_000)
_CHINESE = r"三十[一]?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九]"
_NO_SUM = r"(?![0-9]|\s?(?:元|块|万|千|[kw]|[.,][0-9]))"
_TOKEN = re.compile(
    r"(?P<index>(?:^|(?<=\n))[ \t]?[0-9]{1,2}[.、)][ \t]?(?![0-9]))"
    r"|(?P<code>[a-z][a-z0-9]*)"
    r"|(?P<full>(?P<y>20[0-9]{2})[-./年](?P<m>[0-9]{1,2})[-./月](?P<d>[0-9]{1,2})(?![0-9])[日号]?)"
    r"|(?P<year_month>(?P<ym_y>20[0-9]{2})(?:年(?P<ym_m>[0-9]{1,2})月份?|[-./](?P<ym_n>1[0-2]|0?[1-9])(?![-./0-9])))"
    r"|(?P<year>(?P<ye_y>20[0-9]{2}|2[0-9])年|(?P<ago>大前年|前年|去年|今年))"
    rf"|(?P<month_day>(?P<md_m>[0-9]{{1,2}})月(?P<md_d>[0-9]{{1,2}}){_NO_SUM}[日号]?)"
    rf"|(?P<spoken_day>(?P<sd_m>{_CHINESE}|[0-9]{{1,2}})月份?(?P<sd_d>{_CHINESE})[日号])"
    rf"|(?P<month>(?P<mo_m>[0-9]{{1,2}}|{_CHINESE})月份?)"
    r"|(?P<short>(?P<sh_m>1[0-2]|0?[1-9])(?:[./-](?P<sh_d>[12][0-9]|3[01]|0?[1-9])(?=\s[¥￥-]?[0-9]"
    r"|[ \t]?(?:号|日|那天|又|刷|充|打赏|送|转|花|付))"
    r"|/(?P<sl_d>[12][0-9]|3[01]|0?[1-9])(?![0-9/.])|(?<=0[0-9])-(?P<da_d>[0-3][0-9])(?![-0-9.])))"
    r"|(?P<packed>(?P<pk_m>0[1-9])(?P<pk_d>[0-3][0-9])(?![0-9.,]))"
    r"|(?P<total>总计|合计|小计|共计|总共|一共|总额|加起来)"
    r"|(?P<near>今天|昨天|前天)"
    r"|(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)"
    r"|(?P<counted>[0-9]{1,4}[ \t]?(?:笔|次|个|快币|币|钻|岁|%|期|折))"
    r"|(?P<sum>(?:(?P<sign>[¥￥+－−-])[ \t]?)?(?:(?P<coin>[¥￥])[ \t]?)?"
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3}){1,2}+(?:\.[0-9]{1,2})?+|[0-9]{1,7}+(?:\.[0-9]{1,2})?+)(?![0-9月日号年])"
    r"[ \t]?(?P<size>[万千kw])?[ \t]?(?P<unit>元|块)?)"
    r"|(?P<spoken>[一二两三四五六七八九十百千万]{2,8})(?:元|块)?"
    r"|(?:付给|收款方|收款人|主播|(?:(?<=转账)|(?<=红包))[-—－]?发?给)"
    r"[:： ]?(?P<payee>(?![一二两三四五六七八九十百千万])[^\s0-9,，;；。:：元块¥￥]{1,8})"
)
_DIGITS = re.compile(r"[0-9]{8,}")
_YEARS_AGO = {"今年": 0, "去年": 1, "前年": 2, "大前年": 3}
_DAYS_AGO = {"今天": 0, "昨天": 1, "前天": 2}
_NEAR = 2
"""“一共”后面隔这么多个字之内的数才是合计。"""
_STOPS = ",，。;；"
_CENTURY = 2000
_HALF_A_YEAR = timedelta(days=183)
_SIZES = {"万": 10_000, "w": 10_000, "千": 1000, "k": 1000}
_NEXT = re.compile(
    r"(?:的|这边)?[ \t:：]?(?:付了?|充了?|刷了?|花了?|一共|总共|是|共)?[ \t]?[¥￥]?"
    r"(?:(?P<sum>[0-9]{1,7}+(?![0-9]|[月年/:-])|[一二两三四五六七八九][百千万])|[0-9]|[一二三四五六七八九十]{1,2}月)"
)
"""一条路后面紧跟着钱数、日子：说的是下一笔。"""


@dataclass(frozen=True, slots=True)
class Listed:
    """一段话里读出来的各笔付款。"""

    entries: tuple[Entry, ...]
    dropped: int
    """丢掉了几串八位以上的数。"""


@dataclass
class _Reading:
    today: date
    ledger: Ledger
    entries: list[Entry] = field(default_factory=list[Entry])
    amount: Decimal | None = None
    day: tuple[date, date] | None = None
    channel: str | None = None
    payee: str = ""
    amount_first: bool | None = None
    """钱写在日子前面的写法；还没见到钱也没见到日子为空。"""
    year: int | None = None
    """上一笔写明的年份。"""
    latest: date | None = None
    """上一个见到的日子。"""
    is_pasted: bool = False
    line: int = 0
    """到第几行了。"""
    told_on: int = 0
    """钱和日子写在第几行。"""
    is_void: bool = False
    """这一笔退回来了，或没付成。"""
    total_at: int | None = None
    """“一共”写到第几个字；没见到为空。"""
    is_apart: bool = False
    """钱数后面断过句。"""
    is_total: bool = False
    """这个数前面写着“一共”。"""
    totals: list[Entry] = field(default_factory=list[Entry])
    leads: bool | None = None
    """怎么付的写在一笔的前头；还没见到为空。"""
    is_inherited: bool = False
    """这一笔没说怎么付的，照上一笔。"""

    def flush(self, *, keep_day: bool = False) -> None:
        """这一笔记完了，开始下一笔。"""
        if self.amount is not None and not self.is_void:
            first, last = self.day or (None, None)
            channel = None if self.is_total and self.is_inherited else self.channel
            entry = Entry(self.amount, first, last, channel, self.payee)
            (self.totals if self.is_total else self.entries).append(entry)
        self.is_inherited = bool(self.leads) and not self.is_pasted
        self.channel = self.channel if self.is_inherited else None
        self.amount, self.payee, self.is_void, self.is_total = None, "", False, False
        if not keep_day:
            self.day = None

    def saw_day(self, day: tuple[date, date]) -> None:
        """见到一个日子。"""
        self.leads = bool(self.leads)
        if self.amount_first is None or (self.is_apart and not self.entries):
            self.amount_first = self.amount is not None and not self.is_apart
        if self.amount is not None and not (self.amount_first and self.day is None):
            self.flush()
        self.day, self.latest, self.told_on = day, day[0], self.line

    def saw_amount(self, amount: Decimal, *, is_total: bool, is_void: bool) -> None:
        """见到一个钱数。"""
        self.leads = bool(self.leads)
        if self.amount_first is None:
            self.amount_first = self.day is None
        if self.amount is not None:
            self.flush(keep_day=not self.amount_first)
        self.amount, self.told_on, self.is_apart = amount, self.line, False
        self.is_total, self.is_void = is_total, self.is_void or is_void

    def saw_channel(self, channel: str, following: re.Match[str] | None) -> None:
        """见到一条路；这一笔已经有了的，是下一笔的。只是用什么付的，让给真正的那一条。"""
        means = self.ledger.means
        self.leads = True if self.leads is None else self.leads
        next_is_sum = following is not None and following["sum"] is not None
        if self.amount is None:
            if channel not in means or self.channel is None or self.is_inherited:
                self.channel, self.is_inherited = channel, False
            return
        if self._begins_next(next_is_sum=next_is_sum, next_is_told=following is not None):
            self.flush(keep_day=self._keeps_day)
        elif not self.is_inherited and self.channel is not None and channel in means:
            return
        elif not self.is_inherited and self.channel is not None and self.channel not in means | {channel}:
            self.flush(keep_day=self._keeps_day)
        self.channel, self.is_inherited = channel, False

    def _begins_next(self, *, next_is_sum: bool, next_is_told: bool) -> bool:
        """这条路起的是下一笔：账单另起了一行，或后面紧跟着钱、日子。"""
        if self.is_pasted:
            return self._is_whole and (self.channel is not None or next_is_told)
        return next_is_sum or (bool(self.leads) and next_is_told)

    @property
    def _keeps_day(self) -> bool:
        return not self.is_pasted and not self.amount_first

    def all_told(self) -> tuple[Entry, ...]:
        """每一笔；说的“一共”就是别的几笔加起来的，不再算一遍。"""
        self.flush()
        found, rest = list(self.entries), sum((entry.amount for entry in self.entries), Decimal(0))
        for entry in self.totals:
            is_sum = entry.amount == rest or self.is_pasted or (entry.channel is None and entry.first is None)
            if not found or not is_sum:
                found.append(entry)
        return tuple(found[:MOST_ENTRIES])

    @property
    def _is_whole(self) -> bool:
        """账单里钱和日子都有了，又另起了一行。"""
        return self.is_pasted and self.amount is not None and self.day is not None and self.line > self.told_on


def read_entries(text: str, ledger: Ledger, today: date) -> Listed:
    """读出每一笔。

    Args:
        text: 话，可以几行。
        ledger: 记账时的词。
        today: 上海的今天；没写年份的月份取最近过去的那个。
    """
    bill = bill_of(simplify(text[:_MOST_TEXT]).lower())
    if not may_have_sum(bill.text):
        return Listed((), bill.dropped)
    words, written, at = ledger.channel_words, bill.text, 0
    beginnings = {word[0] for word, _ in words}
    reading = _Reading(today, ledger, is_pasted=bill.is_pasted)
    while at < len(written):
        channel = None
        if written[at] in beginnings:
            channel = next(((word, key) for word, key in words if written.startswith(word, at)), None)
        match = _TOKEN.match(written, at)
        reading.line += written[at] == "\n"
        reading.is_apart = reading.is_apart or (written[at] in _STOPS and not bill.is_pasted)
        if bill.is_pasted and (void := _void_at(written, at, ledger.not_spent)):
            reading.is_void = True
            at += len(void)
        elif channel is not None and (match is None or match["payee"] is None):
            at += len(channel[0])
            reading.saw_channel(channel[1], _NEXT.match(written, at))
        elif match is None:
            at += 1
        else:
            _saw(reading, match)
            at = match.end()
    return Listed(_through_whole_bill(reading.all_told(), ledger, written), bill.dropped)


def _void_at(written: str, at: int, words: Sequence[str]) -> str:
    return next((word for word in words if written.startswith(word, at)), "")


def _through_whole_bill(entries: tuple[Entry, ...], ledger: Ledger, written: str) -> tuple[Entry, ...]:
    """整张都是那一家的收据（苹果的收据里也写着是哪个应用）：每一笔都走那一条路。"""
    whole = next((one for one in ledger.channels if any(word in written for word in one.receipts)), None)
    if whole is None:
        return entries
    return tuple(replace(entry, channel=whole.id) for entry in entries)


_HUNDRED = 100


def read_birthday(text: str, today: date) -> date | None:
    """“2016-02-29”“2016年2月29日”“18年5月2号生的”；没有这一天、还没到的为空。"""
    found = [int(number) for number in re.findall(r"[0-9]{1,4}", text[:40])]
    if len(found) != 3:
        return None
    year, *month_and_day = found
    if year < _HUNDRED and "年" in text:
        year += _HUNDRED * (today.year // _HUNDRED - (year > today.year % _HUNDRED))
    day = _day(year, *month_and_day)
    return day if day is not None and date(today.year - 60, 1, 1) <= day <= today else None


def _saw(reading: _Reading, match: re.Match[str]) -> None:
    is_total = reading.total_at is not None and match.start() - reading.total_at <= _NEAR
    reading.total_at = match.end() if match["total"] else None
    if match["year"]:
        reading.year = _year_of(reading, match)
    elif (day := _day_of(reading, match)) is not None:
        reading.saw_day(day)
    elif (amount := _amount_of(match, is_pasted=reading.is_pasted)) is not None:
        reading.saw_amount(amount, is_total=is_total, is_void=match["sign"] == "+")
    elif match["payee"]:
        _saw_payee(reading, match["payee"])


def _saw_payee(reading: _Reading, payee: str) -> None:
    """付给了谁；写的就是平台、苹果的，是走哪条路。"""
    channel = next((key for word, key in reading.ledger.channel_words if word in payee), None)
    if channel is not None:
        reading.saw_channel(channel, None)
    else:
        reading.payee = _DIGITS.sub("", payee)


def _year_of(reading: _Reading, match: re.Match[str]) -> int:
    if match["ago"]:
        return reading.today.year - _YEARS_AGO[match["ago"]]
    year = int(match["ye_y"])
    return year if year >= _CENTURY else _CENTURY + year


def _day_of(reading: _Reading, match: re.Match[str]) -> tuple[date, date] | None:
    if match["full"]:
        reading.year = int(match["y"])
        return _one(_day(reading.year, int(match["m"]), int(match["d"])))
    if match["year_month"]:
        reading.year = int(match["ym_y"])
        month = int(match["ym_m"] or match["ym_n"])
        return month_ends(reading.year, month) if 1 <= month <= 12 else None
    if match["month_day"]:
        return _one(_latest(reading, int(match["md_m"]), int(match["md_d"])))
    if match["spoken_day"]:
        return _one(_latest(reading, _spoken(match["sd_m"]), _spoken(match["sd_d"])))
    if match["short"]:
        return _one(_latest(reading, int(match["sh_m"]), int(match["sh_d"] or match["sl_d"] or match["da_d"])))
    if match["near"]:
        return _one(reading.today - timedelta(days=_DAYS_AGO[match["near"]]))
    if match["packed"]:
        return _one(_latest(reading, int(match["pk_m"]), int(match["pk_d"])))
    if match["month"]:
        first = _latest(reading, _spoken(match["mo_m"]), 1)
        return None if first is None else month_ends(first.year, first.month)
    return None


def _spoken(written: str) -> int:
    """“十二”“12”：几月几日的那个数；读不出是 0。"""
    number = read_number(written)
    return 0 if number is None else int(number)


def _latest(reading: _Reading, month: int, day: int) -> date | None:
    """没写年份：照上一笔写的年份，跨了年的往后、往前挪；都没写过就是最近过去的那一天。"""
    if reading.year is None:
        years = range(reading.today.year, reading.today.year - 5, -1)
        found = (_day(year, month, day) for year in years)
        return next((one for one in found if one is not None and one <= reading.today), None)
    same = _day(reading.year, month, day)
    if same is not None and same > reading.today:
        return _day(reading.year - 1, month, day)
    following = _day(reading.year + 1, month, day)
    before = reading.latest
    if same is None or before is None or following is None or same > before - _HALF_A_YEAR:
        return same
    if reading.is_pasted or following > reading.today:
        return same
    reading.year += 1
    return following


def _amount_of(match: re.Match[str], *, is_pasted: bool) -> Decimal | None:
    if match["sum"]:
        number = match["number"]
        if is_pasted and not (match["sign"] or match["coin"] or match["unit"] or "." in number):
            return None
        value = Decimal(number.replace(",", "")) * _SIZES.get(match["size"] or "", 1)
    elif match["spoken"] and (spoken := read_number(match["spoken"])) is not None and not is_pasted:
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

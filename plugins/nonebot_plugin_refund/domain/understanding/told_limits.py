"""听出话里说好的日子：“让我三天内补”“3 到 7 个工作日到账”这样的期限，“下周二调解”“12月20号开庭”这样约好的。

已经过去的（“三天内没给我”）、法定的说法（“七天无理由”）不算。日子都按上海时间；拿不准是哪天的不认。
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ...rulebook.models import LimitRule
from ..calendar import SHANGHAI
from ..told_limit import ToldLimit
from .coming_days import DAYS_AHEAD, NUMBER, on_numbered_day, on_weekday
from .mention import months_back
from .numerals import read_small_integer
from .text import normalise

_FARTHEST = 180
"""说好的日子最远隔这么多天；更远的多半读错了。"""
_FARTHEST_UNNAMED = 20
"""只说了几号、没说几月的，隔得比这更远，多半说的是已经过去的那天。"""
_LONGEST = {LimitRule.CALENDAR_DAYS: 120, LimitRule.WORKDAYS: 90, LimitRule.HOURS: 240, LimitRule.MONTHS: 12}
_COUNT = r"(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3}|半)"
_SPAN = (
    rf"(?<![0-9一二三四五六七八九十月.到至第~-])(?P<n>{_COUNT})(?:\s?(?:个?(?:工作日|小时|天|日)?)\s?[到至~-]\s?(?P<most>{_COUNT}))?"
    r"\s?个?\s?(?P<unit>工作日|小时|钟头|天|日|周|星期|礼拜|月(?!\s?[0-9]))"
)
_NOT_DONE = r"(?!.{0,6}(?:没有?|未|不[处回理发退给同]|无理由|可退|可以退))"
_WITHIN = re.compile(rf"{_SPAN}\s?(?:之内|以内|内|里头?|为限|的?期限){_NOT_DONE}")
_GIVEN = re.compile(
    r"(?:限(?:我|期|时)?|给(?:了)?(?:我|你)?|期限[是为]?|要等?|需要?|得等?|等|预计|估计|大概|大约|最[多长迟晚快]|一般|通常|差不多|说)"
    rf"\s?{_SPAN}(?:\s?的?(?:时间|左右))?(?:之?后)?(?!\s?(?:了|以?前|多|都|没|无理由|内|里|以内|之内)){_NOT_DONE}"
)
_ARRIVES = re.compile(rf"{_SPAN}(?:左右)?(?:就|会|能)?(?:到账|退款|打款|答复|回复|出结果)(?![了的过])")
_LEFT = re.compile(rf"还(?:剩|有){_SPAN}(?!\s?(?:没|就|不))")
"""从说的这一刻数起，不是从事情发生那天。"""
_COMING = (
    r"(?:(?P<day>今天|今晚|当天|明天|明晚|明儿|大后天|后天)"
    r"|(?<!上)(?<!上个)(?P<week>下下个?|下个?|这个?|本)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末1-7])"
    r"|(?P<month_end>(?:下个?|这个?|本)?月[底末])|(?P<year_end>年底)"
    rf"|(?:(?P<next_month>下个?月)|(?P<month>{NUMBER})[月.])?(?P<number>{NUMBER})(?:[号日]|(?<=[0-9]\.[0-9])|(?<=[0-9]\.[0-9][0-9])))"
)
_HOUR = r"(?:\s?(?:早上|上午|中午|下午|晚上|夜里)?\s?(?:[0-9]{1,2}|十?[一二两三四五六七八九十])点)?"
_BEFORE = re.compile(rf"{_COMING}{_HOUR}\s?(?:之前|以前|前(?![天后面])|截止|到期|为止|之内){_NOT_DONE}")
_NO_LATER = re.compile(
    r"(?:最[晚迟]|截[止至]|期限|不超过|赶在|务必|必须)(?:时间|日期|到|是|在|为|于){0,2}"
    rf"\s?{_COMING}{_HOUR}{_NOT_DONE}"
)
_PROMISED = re.compile(
    rf"{_COMING}{_HOUR}\s?(?:给我|就|会|能|再|先|一定|肯定|准){{0,2}}(?:打(?!电话)|转|退|付|汇|到|给|答|回|出)(?:款|账|钱|过来|给|我|你|复|结果){{0,3}}(?!了|的){_NOT_DONE}"
)
_GOING = r"(?:开庭|庭审|到庭|出庭|调解|上法院|去法院|法院谈话|面谈|协商会)"
_NOT_OVER = r"(?!好|成|完|失败|没|不|过|了|达成|结束|书)"
_APPOINTED = (
    re.compile(
        rf"{_COMING}{_HOUR}\s?(?:去|到|在|来|参加|组织|要|法院|网上|线上|电话|现场|给我们){{0,4}}{_GOING}{_NOT_OVER}"
    ),
    re.compile(rf"{_GOING}(?:的|时间|日期|日子|定|排|约|改|通知|在|到|是){{0,4}}[ ,:：]?{_COMING}{_HOUR}(?!没)"),
)
_HAS_UNIT = re.compile(r"[日时头天周期礼月晚儿底号.]")
"""期限、日子里的字（工作日、小时、钟头、星期、礼拜、今晚、明儿、年底、12.20）；一个也没有的话，后面哪种写法都对不上。"""
_SAYING = re.compile(r"说|答应|承诺|保证|约|讲")
_HALF = {"月": (LimitRule.CALENDAR_DAYS, 15), "天": (LimitRule.HOURS, 12), "日": (LimitRule.HOURS, 12)}
_UNITS = {
    "工作日": (LimitRule.WORKDAYS, 1),
    "小时": (LimitRule.HOURS, 1),
    "钟头": (LimitRule.HOURS, 1),
    "天": (LimitRule.CALENDAR_DAYS, 1),
    "日": (LimitRule.CALENDAR_DAYS, 1),
    "周": (LimitRule.CALENDAR_DAYS, 7),
    "星期": (LimitRule.CALENDAR_DAYS, 7),
    "礼拜": (LimitRule.CALENDAR_DAYS, 7),
    "月": (LimitRule.MONTHS, 1),
}
_PLAIN = {LimitRule.CALENDAR_DAYS: timedelta(days=1), LimitRule.HOURS: timedelta(hours=1)}
_NEIGHBOURS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    limit: ToldLimit


def told_limit(text: str, said_at: datetime) -> ToldLimit | None:
    """话里说好的期限；没说、说了两个不一样的为空。``said_at`` 是说这句话的时刻（带时区）。"""
    found = {one.limit for one in _limits(normalise(text), said_at.astimezone(SHANGHAI))}
    return found.pop() if len(found) == 1 else None


def without_limits(text: str, said_at: datetime) -> str:
    """去掉说好的期限，剩下的日子才是发生的日子。"""
    prepared = normalise(text)
    for one in sorted(_limits(prepared, said_at.astimezone(SHANGHAI)), key=lambda one: -one.start):
        prepared = f"{prepared[: one.start]} {prepared[one.end :]}"
    return prepared


def _limits(text: str, now: datetime) -> Iterator[_Found]:
    if _HAS_UNIT.search(text) is None:
        return
    today = now.date()
    taken: list[_Found] = []
    for found in (*_appointed(text, today), *_left(text, now), *_spans(text), *_days(text, today)):
        if all(found.end <= other.start or found.start >= other.end for other in taken):
            taken.append(found)
    yield from taken


def _left(text: str, now: datetime) -> Iterator[_Found]:
    for match in _LEFT.finditer(text):
        limit = _length(match)
        if limit is not None and limit.rule in _PLAIN:
            yield _Found(match.start(), match.end(), ToldLimit(day=(now + limit.least * _PLAIN[limit.rule]).date()))


def _spans(text: str) -> Iterator[_Found]:
    for pattern in (_WITHIN, _GIVEN, _ARRIVES):
        for match in pattern.finditer(text):
            limit = _length(match)
            if limit is not None:
                yield _Found(match.start(), match.end(), limit)


def _length(match: re.Match[str]) -> ToldLimit | None:
    if match["n"] == "半":
        rule, count = _HALF.get(match["unit"], (LimitRule.CALENDAR_DAYS, 0))
        return ToldLimit(rule=rule, least=count, most=count) if count else None
    rule, times = _UNITS[match["unit"]]
    fewest, most = _counts(match["n"], match["most"])
    if not 0 < fewest <= most <= _LONGEST[rule]:
        return None
    return ToldLimit(rule=rule, least=fewest * times, most=most * times)


def _counts(first: str, last: str | None) -> tuple[int, int]:
    """“三”是 3 到 3，“两三”是 2 到 3，“3-7”是 3 到 7；读不出的是零。"""
    plain = first.replace("两", "二")
    if last is None and len(plain) == 2 and plain in _NEIGHBOURS:
        return _NEIGHBOURS.index(plain) + 1, _NEIGHBOURS.index(plain) + 2
    fewest = read_small_integer(first) or 0
    return fewest, fewest if last is None else read_small_integer(last) or 0


def _days(text: str, today: date) -> Iterator[_Found]:
    patterns = (_BEFORE, _NO_LATER, _PROMISED) if _SAYING.search(text) else (_BEFORE, _NO_LATER)
    for pattern in patterns:
        for match in pattern.finditer(text):
            day = next((day for day in _meant(match, today) if day >= today), None)
            if day is not None and (day - today).days <= _farthest(match):
                yield _Found(match.start(), match.end(), ToldLimit(day=day))


def _appointed(text: str, today: date) -> Iterator[_Found]:
    for pattern in _APPOINTED:
        for match in pattern.finditer(text):
            day = next((day for day in _meant(match, today) if day >= today), None)
            if day is not None and (day - today).days <= _farthest(match):
                yield _Found(match.start(), match.end(), ToldLimit(day=day, appointed=True))


def _farthest(match: re.Match[str]) -> int:
    return _FARTHEST_UNNAMED if match["number"] and not (match["month"] or match["next_month"]) else _FARTHEST


def _meant(match: re.Match[str], today: date) -> Iterator[date]:
    if match["day"]:
        yield today + timedelta(days=DAYS_AHEAD[match["day"]])
    elif match["weekday"]:
        yield from on_weekday(match["week"] or "", match["weekday"], today)
    elif match["month_end"]:
        ahead = 2 if match["month_end"].startswith("下") else 1
        yield months_back(today.replace(day=1), -ahead) - timedelta(days=1)
    elif match["year_end"]:
        yield date(today.year, 12, 31)
    else:
        yield from on_numbered_day(match, today)

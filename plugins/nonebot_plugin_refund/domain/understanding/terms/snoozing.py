"""推迟提醒：推迟2小时、明天上午再提醒我、下周一提醒我、29号提醒我。日子和钟点都按上海时间。

只认整句就是推迟的话；说了日子没说几点的，按那一段时间里合适的一个钟点算。
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ...days.calendar import SHANGHAI, shanghai_moment
from ..days.coming_days import DAYS_AHEAD, NUMBER, on_numbered_day, on_weekday
from ..hours.clock_times import Clarity, find_clock_times
from ..sums.numerals import read_small_integer


@dataclass(frozen=True, slots=True)
class Snooze:
    """要推迟；``delay`` 是推迟多久，没说或换算不了时为 ``None``。"""

    delay: timedelta | None


_MAX_DELAY = timedelta(days=60)
"""推迟得比任何期限都长就不是推迟了。"""
_MORNING = 9
"""“明天上午”按几点算。"""
_HOURS_OF_DAY = {"早上": 9, "早": 9, "上午": 9, "中午": 12, "下午": 14, "傍晚": 18, "晚上": 20, "晚": 20}
_ASKED = re.compile(r"^[推延晚迟稍改再过等放到]|提醒|再说|[叫喊]我|通知我|告诉我")
_SURELY_ASKED = re.compile(r"^[推延]|提醒|[叫喊]我|再(?:说|通知|告诉)")
"""“改成29号”“周一告诉我的”多半是在回答日期；说星期几、几号的，要说到这些才是推迟。"""
_LEAD = r"(?:推迟到?|延后到?|延迟到?|延期到?|推后到?|推到|晚|迟|过|等|再过|再等|稍后|隔|改到|改成|放到|等到|到)?"
_TAIL = r"(?:之?后)?(?:再)?(?:提醒(?:我)?|说|[叫喊]我|通知我|告诉我|弄|看)?(?:一下|一声|吧)?"
_FOR = re.compile(
    rf"{_LEAD}\s?(?P<n>半|[0-9]{{1,3}}(?:\.5)?|[一二两三四五六七八九十]{{1,3}})\s?个?(?P<half>半)?"
    rf"\s?(?P<unit>小时|钟头|分钟|分|刻钟|天|日|周|星期|礼拜|h|min|d)(?P<half2>半)?{_TAIL}"
)
_ON_THE_DAY = re.compile(rf"(?:(?:推迟|延后|延迟|延期|推后|推|改|放|等)?到)?\s?{NUMBER}日(?!之?后)")
"""“29日提醒我”是那一天，“推迟2日”“2日后”是两天。"""
_UNTIL = re.compile(
    rf"{_LEAD}\s?(?:(?P<day>今天|今|明天|明儿|明|后天|大后天)"
    r"|(?P<week>下下?个?|这个?|本)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末1-7])?"
    rf"|(?:(?P<next_month>下个?月)|(?P<month>{NUMBER})月)?的?(?P<number>{NUMBER})[号日])?"
    r"\s?的?(?P<period>早上|上午|中午|下午|傍晚|晚上|早|晚)?"
    rf"\s?(?P<clock>(?:[0-9]{{1,2}}|[一二两三四五六七八九十]{{1,3}})(?:点半?|:[0-9]{{2}}))?\s?{_TAIL}"
)
_UNITS = {
    "小时": timedelta(hours=1),
    "钟头": timedelta(hours=1),
    "h": timedelta(hours=1),
    "分钟": timedelta(minutes=1),
    "分": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "刻钟": timedelta(minutes=15),
    "天": timedelta(days=1),
    "日": timedelta(days=1),
    "d": timedelta(days=1),
    "周": timedelta(weeks=1),
    "星期": timedelta(weeks=1),
    "礼拜": timedelta(weeks=1),
}


def read_snooze(core: str, now: datetime | None) -> Snooze | None:
    """整句是不是要推迟；不是为 ``None``。

    Args:
        core: 统一过、去掉了客气话的一句话。
        now: 现在（带时区），用来换算“推迟到明天上午”；不给时换算不了。
    """
    asked = _ASKED.search(core) is not None
    match = _FOR.fullmatch(core) if asked else None
    if match and not _ON_THE_DAY.match(core):
        delay = _usable(_duration(match))
        return Snooze(delay) if delay else None
    match = _UNTIL.fullmatch(core)
    if match is None or not (_says_when(core, match) if asked else _is_ahead(match)):
        return None
    if now is None:
        return Snooze(None)
    delay = _usable(_until(match, shanghai_moment(now)))
    return Snooze(delay) if delay else None


def _usable(delay: timedelta | None) -> timedelta | None:
    return delay if delay and timedelta() < delay <= _MAX_DELAY else None


def _duration(match: re.Match[str]) -> timedelta:
    token = match["n"]
    count = 0.5 if token == "半" else float(token) if token[0].isdigit() else float(read_small_integer(token) or 0)
    return (count + 0.5 * bool(match["half"] or match["half2"])) * _UNITS[match["unit"]]


def _says_when(core: str, match: re.Match[str]) -> bool:
    """说了哪天或几点；没说星期几的“这周”不算。"""
    by_calendar = match["number"] or match["weekday"] or (match["week"] or "").startswith("下")
    if by_calendar:
        return _SURELY_ASKED.search(core) is not None
    on_no_weekday = re.search("周|星期|礼拜", match.group()) is not None
    return not on_no_weekday and bool(match["day"] or match["period"] or match["clock"])


def _is_ahead(match: re.Match[str]) -> bool:
    """光说“后天下午三点”：发生过的事不会在那时候，只能是推迟到那时候。"""
    return DAYS_AHEAD.get(match["day"] or "", 0) > 0 and match["clock"] is not None


def _until(match: re.Match[str], now: datetime) -> timedelta | None:
    """离说的那一刻还有多久；可能是几天里的哪一天时，取还没到的最早一天。"""
    since_midnight = _time_of_day(match)
    if since_midnight is None:
        return None
    moments = (datetime.combine(day, time(), SHANGHAI) + since_midnight for day in _days(match, now.date()))
    return next((moment - now for moment in moments if moment > now), None)


def _time_of_day(match: re.Match[str]) -> timedelta | None:
    if not match["clock"]:
        return timedelta(hours=_HOURS_OF_DAY.get(match["period"] or "", _MORNING))
    clocks = find_clock_times((match["period"] or "") + match["clock"])
    if len(clocks) != 1 or clocks[0].clarity is Clarity.IMPOSSIBLE:
        return None
    return timedelta(hours=clocks[0].hour, minutes=clocks[0].minute)


def _days(match: re.Match[str], today: date) -> Iterator[date]:
    """说的可能是哪几天，从早到晚。"""
    if match["day"]:
        yield today + timedelta(days=DAYS_AHEAD[match["day"]])
    elif match["number"]:
        yield from on_numbered_day(match, today)
    elif match["weekday"] or match["week"]:
        yield from on_weekday(match["week"] or "", match["weekday"] or "", today)
    else:
        yield from (today, today + timedelta(days=1))

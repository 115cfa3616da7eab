"""日期答案：从“大概是上周四吧”“11-20 08:05”读出已经过去的那一天。

日期错一天就可能让人错过期限，所以只有说法确定时才给值：说到两个不同的日子、只说“15号以后”、
说的是将来或根本不存在的日子，一律不给，并能说明为什么。
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from ...days.calendar import SHANGHAI
from ..hours.clock_times import Clarity, ClockTime, find_clock_times, latest_start
from ..writing.text import normalise
from .date_mentions import find_mentions
from .holidays import Holiday
from .mention import Mention, Problem
from .spelled_dates import in_chinese

_MAX_TEXT = 300
"""答案不会更长；更长的话里提到的日子说不清是哪件事的。"""
_EARLIEST = date(2011, 1, 1)
"""快手 2011 年才有，更早的日子一定是读错或写错。"""

_DASHES = str.maketrans("—–‐‑−―", "------")
_GAP_IN_DATE = re.compile(r"(?<=[0-9一二三四五六七八九十]) (?=[年月日号点])|(?<=[年月]) (?=[0-9一二三四五六七八九十])")
"""“11 月 7 日”里的空格。"""
_NOT = re.compile(r"(?:不是|并非|不在|不会是)\s?$")
_EITHER = re.compile(r"不是.{1,12}就是")
_UNCERTAIN_BEFORE = re.compile(
    r"(?:不到|没到|未到|过了|超过|晚于|早于|最晚|最早|截至|截止|除了|等到|距离|离|上一?[个次])\s?$"
)
_SHIFT_BACK = re.compile(r"的?(?:前一[天晚日]|前夕)")
_SHIFT_ON = re.compile(r"的?(?:后一天|第二天|次日|隔天|翌日)")
_AROUND = re.compile(r"\s?(?:那天|当天)?\s?(?:的时候)?(?:左右|前后|上下)")
_BEFORE_OR_AFTER = re.compile(
    r"\s?(?:那天)?(?:刚过(?![中正晌午晚])|一过)|\s?(?:那天)?(?:之|以|过)?(?:前(?![台面妻男女夫])|后(?![台半面来]))"
)
_OF_ANOTHER_DAY = re.compile(r"的\s?[昨前]天")
_HOLIDAY_SPAN = re.compile(
    r"\s?(?:期间|头一|最后|黄金周|那个?(?:周|星期|月)|[一二两三四五六七八几0-9]{1,2}天|假期|放假|长假|小长假|七天|几天|那几天|那会|那阵|那段|档)"
)
_ANOTHER_DAY = re.compile(
    r"第[二三四五六七八九十0-9]{1,2}天|次日|隔天|翌日|[天日]后|后来|之后|每个?月|去年|前年|上一年"
)
_HEDGED = re.compile(r"大概|大约|应该|好像|可能|估计|差不多|左右|前后|似乎|貌似|吧|印象|记得")
_VAGUE = re.compile(
    r"(?:前|这|那|几|好几)[一二两三几]?(?:天|周|个月|星期)|上(?:周|个?月|星期|礼拜)|[月年][初中底]|[上中下]旬|[多几来]号|"
    r"最近|前阵|前段|好久|很久|早就|[0-9一二三四五六七八九十]月|多天|来天|去年|前年|周末"
)


_MAX_ASIDE = 6
"""钟点以外再说几个字以内，才算整句就是这个钟点。"""
_OTHER_TIME = re.compile(r"[0-9每天日号周月年前后到至起不没]")


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """读出来的日子（上海时区）。

    ``value`` 是 ``date``，说清了钟点时是带时区的 ``datetime``；``None`` 表示可能是
    ``candidates`` 里的任何一个，要问回去。
    """

    value: date | datetime | None
    candidates: tuple[date | datetime, ...] = ()
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """看完一句话之后：要么有日子，要么有原因。"""

    parsed: ParsedDate | None = None
    problem: Problem | None = None
    holiday: Holiday | None = None


def parse_date(text: str, now: datetime) -> ParsedDate | None:
    """读一个已经过去的日子；没说、说不清或不可能时为 ``None``（有几个候选时 ``value`` 为 ``None``）。

    ``now`` 必须带时区，否则抛 ``ValueError``。
    """
    return _read(text, now).parsed


def date_problem(text: str, now: datetime) -> Problem | None:
    """为什么读不出日子：将来、没有这一天、可能是好几天、没说日子；读得出时为 ``None``。"""
    return _read(text, now).problem


def holiday_in(text: str, now: datetime) -> Holiday | None:
    """只说了放几天假的节（“国庆节收到的”“端午放假那几天”），没说是其中哪一天：那个节；不是这样的为 ``None``。

    光说“国庆节”的，:func:`parse_date` 读成节日本身那天；错一天有关系的，先看这里，再问一声。
    """
    return _read(text, now).holiday


def json_value(parsed: ParsedDate | None) -> str | None:
    """命令行里的样子：``2026-11-20`` 或 ``2026-11-20T15:30``；拿不准是 ``None``。"""
    if parsed is None or parsed.value is None:
        return None
    if isinstance(parsed.value, datetime):
        return parsed.value.strftime("%Y-%m-%dT%H:%M")
    return parsed.value.isoformat()


@lru_cache(maxsize=64)
def _read(text: str, now: datetime) -> _Reading:
    if now.tzinfo is None:
        raise ValueError("now 必须带时区")
    local = now.astimezone(SHANGHAI)
    if len(text) > _MAX_TEXT:
        return _Reading(problem="none")
    prepared = _GAP_IN_DATE.sub("", in_chinese(normalise(text, _MAX_TEXT).translate(_DASHES), local))
    mentions = find_mentions(prepared, local)
    kept = _drop_denied(prepared, mentions)
    if not kept and (moment := _earlier_today(prepared, local)):
        return _Reading(ParsedDate(moment, (moment,), bool(_HEDGED.search(prepared))))
    if not kept:
        vague = bool(mentions) or _VAGUE.search(prepared)
        return _Reading(problem="ambiguous" if vague else "none")
    return _settle(prepared, kept, local)


def _earlier_today(text: str, now: datetime) -> datetime | None:
    """只说了“凌晨三点多”，而今天的凌晨三点已经过去：就是今天；话里还说了别的就不猜。"""
    found = find_clock_times(text)
    if len(found) != 1 or found[0].clarity is not Clarity.CLEAR:
        return None
    rest = text[: found[0].start] + text[found[0].end :]
    if len(rest) > _MAX_ASIDE or _OTHER_TIME.search(rest):
        return None
    moment = datetime.combine(now.date(), time(found[0].hour, found[0].minute), tzinfo=SHANGHAI)
    return moment if moment <= now else None


def _drop_denied(text: str, mentions: list[Mention]) -> list[Mention]:
    """“不是15号是16号”去掉前一个；“不是15号就是16号”两个都留。"""
    if _EITHER.search(text):
        return mentions
    return [mention for mention in mentions if not _NOT.search(text[max(0, mention.start - 5) : mention.start])]


def _settle(text: str, mentions: list[Mention], now: datetime) -> _Reading:
    strong = [mention for mention in mentions if not mention.weak] or mentions
    if any(mention.problem == "impossible" for mention in strong):
        return _Reading(problem="impossible")
    ahead = {end for mention in strong if mention.problem == "future" for end in (mention.start, mention.end)}
    past = [
        mention
        for mention in strong
        if mention.problem != "future" and not ahead & {mention.start, mention.end}  # “明天24号”是一处
    ]
    if not past:
        return _Reading(problem="future")
    days, unclear = _agreed_days(text, _drop_confirmed_weekdays(past))
    days = tuple(sorted({day for day in days if _EARLIEST <= day <= now.date()}))
    holiday = _holiday(text, past) if len(days) == 1 else None
    if unclear or len(days) != 1:
        return _Reading(ParsedDate(None, days) if len(days) > 1 else None, "ambiguous", holiday)
    approximate = any(mention.approximate for mention in past) or bool(_HEDGED.search(text))
    return replace(_with_clock_time(text, past, days[0], approximate, now), holiday=holiday)


def _holiday(text: str, mentions: list[Mention]) -> Holiday | None:
    """几处日子说的都是同一个放几天假的节，没说是节前、节后、节的前一天。"""
    after = [text[mention.end : mention.end + 10] for mention in mentions]
    if any(_BEFORE_OR_AFTER.match(rest) and not _AROUND.match(rest) for rest in after):
        return None
    if any(_UNCERTAIN_BEFORE.search(text[max(0, mention.start - 4) : mention.start]) for mention in mentions):
        return None
    return mentions[0].holiday if all(mention.holiday for mention in mentions) else None


def _drop_confirmed_weekdays(mentions: list[Mention]) -> list[Mention]:
    """“20号周五”：星期与日期对得上就只看日期；对不上两个都留下，成为矛盾。"""
    dated = [mention for mention in mentions if mention.weekday is None and len(mention.days) == 1]
    return [
        mention
        for mention in mentions
        if mention.weekday is None or not any(other.days[0].weekday() == mention.weekday for other in dated)
    ]


def _agreed_days(text: str, mentions: list[Mention]) -> tuple[tuple[date, ...], bool]:
    """各处日子的并集，以及是否有一处本来就说不清。"""
    days: list[date] = []
    unclear = False
    covered = [False] * len(text)
    for mention in mentions:
        after = text[mention.end : mention.end + 10]
        shift, length = 0, 0
        if match := _SHIFT_BACK.match(after):
            shift, length = -1, match.end()
        elif match := _SHIFT_ON.match(after):
            shift, length = 1, match.end()
        elif not _AROUND.match(after) and (_BEFORE_OR_AFTER.match(after) or _HOLIDAY_SPAN.match(after)):
            unclear = True
        if (
            mention.problem
            or _OF_ANOTHER_DAY.match(after)
            or _UNCERTAIN_BEFORE.search(text[max(0, mention.start - 4) : mention.start])
        ):
            unclear = True
        covered[mention.start : mention.end + length] = [True] * (mention.end + length - mention.start)
        days.extend(day + timedelta(days=shift) for day in mention.days)
    if any(not covered[match.start()] for match in _ANOTHER_DAY.finditer(text)):
        unclear = True
    return tuple(days), unclear


def _with_clock_time(text: str, mentions: list[Mention], day: date, approximate: bool, now: datetime) -> _Reading:
    moments = [mention.moment for mention in mentions if mention.moment]
    if moments:
        return _Reading(ParsedDate(moments[0], (moments[0],), approximate))
    clock = _single_clock_time(text, mentions)
    if clock is None and day == now.date() and now.hour < latest_start(text):
        return _Reading(problem="future")
    if clock is None or clock.clarity is Clarity.DAY_ONLY:
        return _Reading(ParsedDate(day, (day,), approximate))
    if clock.clarity is Clarity.IMPOSSIBLE:
        return _Reading(problem="impossible")
    if clock.clarity is Clarity.NEXT_DAY_POSSIBLE and day < now.date():
        return _Reading(ParsedDate(None, (day, day + timedelta(days=1)), approximate), "ambiguous")
    moment = datetime.combine(day, time(clock.hour, clock.minute), tzinfo=SHANGHAI)
    if moment > now:
        return _Reading(problem="future")
    return _Reading(ParsedDate(moment, (moment,), approximate))


def _single_clock_time(text: str, mentions: list[Mention]) -> ClockTime | None:
    """只说了一个钟点才采用；“三点到五点”只算日期。"""
    masked = list(text)
    for mention in mentions:
        keep = len(mention.period) if text[: mention.end].endswith(mention.period) else 0
        for index in range(mention.start, mention.end - keep):
            masked[index] = "#"
    period = next((mention.period for mention in mentions if mention.period), "")
    found = find_clock_times("".join(masked), period)
    return found[0] if len(found) == 1 else None

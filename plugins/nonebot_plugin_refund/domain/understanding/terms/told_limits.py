"""听出话里说好的日子：“让我三天内补”“3 到 7 个工作日到账”这样的期限，“下周二调解”“12月20号开庭”这样约好的。

已经过去的（“三天内没给我”）、法定的说法（“七天无理由”）不算。日子都按上海时间；拿不准是哪天的不认。
分几次的（“周五给200 月底再给剩下的”）几天都听，先算最早的；改过的（“说周五 又改到下周三”）照后说的。
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from ....rulebook.scenario_models.models import LimitRule
from ...case.told_limit import ToldLimit
from ...days.calendar import SHANGHAI
from ..days.coming_days import DAYS_AHEAD, NUMBER, on_numbered_day, on_weekday
from ..days.mention import months_back
from ..hours.clock_times import Clarity, find_clock_times
from ..sums.monthly import month_ends, monthly_days
from ..sums.numerals import read_small_integer
from ..writing.text import normalise

_FARTHEST = 180
"""说好的日子最远隔这么多天；更远的多半读错了。"""
_FARTHEST_UNNAMED = 20
"""只说了几号、没说几月的，隔得比这更远，多半说的是已经过去的那天。"""
_LONGEST = {LimitRule.CALENDAR_DAYS: 120, LimitRule.WORKDAYS: 90, LimitRule.HOURS: 240, LimitRule.MONTHS: 12}
_COUNT = r"(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3}|半)"
_SPAN = (
    rf"(?<![0-9一二三四五六七八九十月.到至第~-])(?P<n>{_COUNT})(?:\s?(?:个?(?:工作日|小时|天|日)?)\s?[到至~-]\s?(?P<most>{_COUNT}))?"
    r"\s?个?\s?(?P<unit>工作日|小时|钟头|天|日|周|星期|礼拜|(?:(?<=[个半])月|月(?=之?以?内))(?!\s?[0-9]))"
)
_NOT_DONE = r"(?!.{0,6}(?:没有?|未|不[处回理发退给同]|无理由|可退|可以退))"
_WITHIN = re.compile(rf"{_SPAN}\s?(?:之内|以内|内|里头?|为限|的?期限){_NOT_DONE}")
_GIVEN = re.compile(
    r"(?:限(?:我|期|时)?|给(?:了)?(?:我|你)?|期限[是为]?|要等?|需要?|得等?|等|预计|估计|大概|大约|最[多长迟晚快]|一般|通常|差不多|说[是要]?)"
    rf"\s?{_SPAN}(?:\s?的?(?:时间|左右))?(?:之?后)?(?!\s?(?:了|以?前|多|都|没|无理由|内|里|以内|之内)){_NOT_DONE}"
)
_ARRIVES = re.compile(rf"{_SPAN}(?:左右)?(?:就|会|能)?(?:到账|退款|打款|答复|回复|出结果)(?![了的过])")
_LEFT = re.compile(rf"还(?:剩|有){_SPAN}(?!\s?(?:没|就|不))")
"""从说的这一刻数起，不是从事情发生那天。"""
_COMING = (
    r"(?:(?P<day>今天|今晚|当天|明天|明晚|明儿|大后天|后天)"
    r"|(?<!上)(?<!上个)(?P<week>下下个?|下个?|这个?|本)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末1-7])"
    rf"|(?P<month_end>(?:下个?|这个?|本|(?P<end_of>{NUMBER}))?月[底末])|(?P<year_end>年底)"
    rf"|(?:(?P<next_month>下个?月)|(?P<month>{NUMBER})[月.])?(?P<number>{NUMBER})(?:[号日]|(?<=[0-9]\.[0-9])|(?<=[0-9]\.[0-9][0-9])))"
)
_MINUTE = r"(?:点钟?(?:半|[一三]刻|零?[0-9]{1,2}分?|[二三四五]?十[一二三四五六七八九]?分?)?|:[0-9]{2})"
_HOUR = (
    rf"(?:\s?(?:早上|上午|中午|下午|晚上|夜里)?\s?(?:[0-9]{{1,2}}|十?[一二两三四五六七八九十]){_MINUTE}"
    r"|\s?(?:早上|上午|中午|下午|晚上))?"
)
_BEFORE = re.compile(rf"{_COMING}{_HOUR}\s?(?:之前|以前|前(?![天后面])|截止|到期|为止|之内){_NOT_DONE}")
_NO_LATER = re.compile(
    r"(?:最[晚迟]|截[止至]|期限|不超过|赶在|务必|必须)(?:时间|日期|到|是|在|为|于){0,2}"
    rf"\s?{_COMING}{_HOUR}{_NOT_DONE}"
)
_PROMISED = re.compile(
    # “客服今天回我说证据不够”：是今天回的话，不是今天之前
    rf"{_COMING}{_HOUR}\s?(?:给我|就|会|能|再|先|一定|肯定|准){{0,2}}"
    rf"(?:打(?!电话)|转|退|付|汇|到|给|(?:答|回)(?!(?:复|我|你|给|信|话){{0,3}}(?:说|讲|是))|出)(?:款|账|钱|过来|给|我|你|复|结果){{0,3}}(?!了|的){_NOT_DONE}"
)
_REST = r"(?:剩下|剩余|余下|余款|尾款|其余|另(?:外)?一半|第[一二两三1-3][笔期次])"
_PART = (
    rf"(?:{_REST}(?:的(?:钱|款|[0-9]{{1,7}}(?:元|块)?)?)?|一半|[0-9][0-9.]{{0,9}}\s?(?:元|块|万|千|百|%|成)"
    r"|[0-9]{2,7}(?![0-9号日月天个点:.])|[一二三四五六七八九两十]{1,3}[百千万])"
)
_INSTALMENTS = (
    re.compile(
        rf"{_COMING}{_HOUR}\s?(?:先|再|给|退|付|打|还|转|到|我){{0,4}}{_PART}(?!\s?(?:已经?)?(?:到账|[到退给付打][了过])){_NOT_DONE}"
    ),
    re.compile(rf"{_REST}的?(?:钱|款)?(?:等到|说好|说|在|是|等|要|约){{0,2}}\s?{_COMING}{_NOT_DONE}"),
    re.compile(rf"{_COMING}(?=\s?(?:[ ,、和跟]|各|每|$)){_NOT_DONE}"),
)
"""几次里的一次：“12月4号一半”“第二笔12月18号”“12月5号 12月20号各给一笔”。"""
_TOLD_SUM = r"[一二三四五六七八九两0-9][0-9十百千万]{1,5}"
_IN_PARTS = re.compile(
    r"[号日]\s?(?:先|再)?[给付退打还][^号日]{1,9}[ ,][^,号日]{0,6}[号日]\s?(?:先|再)?[给付退打还]"
    rf"|[号日]{_TOLD_SUM}[ ,][^,号日]{{0,6}}[号日]{_TOLD_SUM}"
    r"|分(?:成)?[两二三四几0-9]个?[次笔期批]|分期|分批|剩下|剩余|余下|余款|尾款|另(?:外)?一半|第[二两2][笔期次]|一半[^一]{1,12}一半"
)
"""一次给不完，分几次给。"""
_REVISED = re.compile(r"改[到成为]|推[迟到后]|延[到期长后迟]|拖到|又[说改变]")
"""先说的那天改过了。"""
_GOING = r"(?:开庭|庭审|到庭|出庭|调解|上法院|去法院|法院谈话|面谈|协商会)"
_NOT_OVER = r"(?!好|成|完|失败|没|不|过|了|达成|结束|书)"
_APPOINTED = (
    re.compile(
        rf"{_COMING}{_HOUR}\s?(?:去|到|在|来|参加|组织|要|法院|网上|线上|电话|现场|给我们){{0,4}}{_GOING}{_NOT_OVER}"
    ),
    re.compile(
        rf"{_GOING}(?:的|时间|日期|日子|定|排|约|改|通知|在|到|是|了|好){{0,5}}[ ,:：]?{_COMING}{_HOUR}"
        r"(?!没|\s?(?:之前|以前|前|截止|付|给|打|还款))"
    ),
    re.compile(
        rf"约(?:我们|[我了好定在]){{0,2}}\s?{_COMING}{_HOUR}\s?(?:再|去|到|来|当面|过去|过来|坐下来|电话|视频){{0,2}}(?:谈|聊|见面|沟通|协商|碰面)(?![了成好拢妥])"
    ),
)
_AHEAD = re.compile(rf"{_COMING}{_HOUR}")
_HAS_BEEN = re.compile(r"[了过完判]|结束|没")
_MINUTES_AFTER = 6
"""“下周二调解 下午两点半”：钟点跟在后面的，也是那天的。"""
_FARTHEST_APPOINTED = 31
"""约好的只说了几号，隔这么多天也算还没到的那天。"""
_WENT = re.compile(r"[^,。; ]{0,6}[了过]")
_VISITED = re.compile(
    rf"{_COMING}{_HOUR}\s?(?:(?:再|就|要|准备|打算|才|约好|约了|陪|跟律师|和律师|跟我|我|律师)\s?){{0,3}}[去上到来](?:一趟)?"
    r"(?:法院|那边|那儿|她那边)?(?:把|网上)?\s?(?:立案|起诉|打官司|告[他她]|[递交送](?:起?诉状|材料|状子))(?![了过好完]|.{0,4}了)"
)
"""打算哪天去立案、起诉：“12月10号去法院立案”“准备下周三去起诉”。"""
_A_DAY = re.compile(_COMING)
"""说到了哪一天；没有的话，约的日子、哪天之前就都对不上。"""
_MAY_GO = re.compile(r"庭|调解|法院|面谈|协商会|约|立案|起诉|官司|告|状|材料")
"""约的开庭、调解、见面，打算去立案、递状子：总有这里的一样。"""
_HAS_UNIT = re.compile(r"[日时头天周期礼月晚儿底号.]")
"""期限、日子里的字（工作日、小时、钟头、星期、礼拜、今晚、明儿、年底、12.20）；一个也没有的话，后面哪种写法都对不上。"""
_SAYING = re.compile(
    r"说|答应|承诺|保证|约|讲|[我俺咱]们?[就也]?(?:同意|接受)了|谈[妥好成拢]了?|调解?成[了功]|达成|书签了|协议签了|同意退|判了"
)
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
    """话里说好的期限；没说、说了两个不一样又不是分几次的为空。``said_at`` 是说这句话的时刻（带时区）。

    说了几天的，先算最早的，后面的在它的 ``later`` 里。
    """
    prepared = normalise(text)
    if months := monthly_days(prepared, said_at.astimezone(SHANGHAI).date()):
        return ToldLimit(day=months[0], later=tuple(ToldLimit(day=day) for day in months[1:]))
    found = _limits(prepared, said_at.astimezone(SHANGHAI))
    said = tuple(dict.fromkeys(one.limit for one in found))
    if len(said) > 1 and all(one.day is not None for one in said):
        if _REVISED.search(prepared, found[0].end, found[-1].start) is not None:
            said = said[-1:]
        said = tuple(sorted(said, key=lambda one: one.day or date.max))
    elif len(said) > 1 and _IN_PARTS.search(prepared) is None:
        return None  # 一段和一天、几段比不出先后：是分几次的照说的先后，不是的不认
    if not said or len({one.appointed for one in said}) > 1:
        return None
    return replace(said[0], later=said[1:])


def days_ahead(text: str, said_at: datetime) -> tuple[tuple[date, str], ...]:
    """话里说到的、还没到的日子，照先后，各带那天几点（没说清的为空）：约好的日子改到哪天。"""
    prepared, today = normalise(text), said_at.astimezone(SHANGHAI).date()
    found: list[tuple[date, str]] = []
    for match in _AHEAD.finditer(prepared):
        day = next((day for day in _meant(match, today) if day >= today), None)
        farthest = max(_farthest(match), _FARTHEST_APPOINTED)
        if day is not None and (day - today).days <= farthest:
            found.append((day, _clock(prepared[match.start() : match.end() + _MINUTES_AFTER])))
    return tuple(found)


@lru_cache(maxsize=128)
def without_limits(text: str, said_at: datetime) -> str:
    """去掉说好的期限，剩下的日子才是发生的日子。"""
    prepared = normalise(text)
    for one in reversed(_limits(prepared, said_at.astimezone(SHANGHAI))):
        prepared = f"{prepared[: one.start]} {prepared[one.end :]}"
    return prepared


@lru_cache(maxsize=64)
def _limits(text: str, now: datetime) -> tuple[_Found, ...]:
    """话里的各个期限，照说的先后；同一句话几种听法都要问，记住最近的几句。"""
    if _HAS_UNIT.search(text) is None:
        return ()
    today = now.date()
    has_day = _A_DAY.search(text) is not None
    appointed = _appointed(text, today) if has_day and _MAY_GO.search(text) is not None else ()
    taken: list[_Found] = []
    for found in (*appointed, *_left(text, now), *_spans(text), *(_days(text, today) if has_day else ())):
        if all(found.end <= other.start or found.start >= other.end for other in taken):
            taken.append(found)
    return tuple(sorted(taken, key=lambda one: one.start))


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
    patterns = [_BEFORE, _NO_LATER]
    in_parts = _IN_PARTS.search(text) is not None
    if in_parts:
        patterns.extend(_INSTALMENTS)
    if in_parts or _SAYING.search(text):
        patterns.append(_PROMISED)
    matches: list[re.Match[str]] = []
    for match in (match for pattern in patterns for match in pattern.finditer(text)):
        if all(match.end() <= other.start() or match.start() >= other.end() for other in matches):
            matches.append(match)
    previous = today - timedelta(days=1)
    for match in sorted(matches, key=lambda match: match.start()):
        days = [day for day in _meant(match, today) if day >= today and (day - today).days <= _farthest(match)]
        if days:
            # “周五给200 月底再给剩下的”：后说的那次在先说的之后
            previous = next((day for day in days if day > previous), days[0])
            yield _Found(match.start(), match.end(), ToldLimit(day=previous))


def _appointed(text: str, today: date) -> Iterator[_Found]:
    for pattern in (*_APPOINTED, _VISITED):
        for match in pattern.finditer(text):
            day = next((day for day in _meant(match, today) if day >= today), None)
            if day == today and _WENT.match(text, match.end()) is not None:
                continue  # “今天去法院起诉了”：已经去过了
            farthest = max(_farthest(match), _FARTHEST_APPOINTED if _is_ahead(pattern, match, text) else 0)
            if day is not None and (day - today).days <= farthest:
                at = _clock(text[match.start() : match.end() + _MINUTES_AFTER])
                yield _Found(match.start(), match.end(), ToldLimit(day=day, appointed=True, at=at))


def _is_ahead(pattern: re.Pattern[str], match: re.Match[str], text: str) -> bool:
    """约的开庭、调解，后面没说已经怎样了：只说了几号也是还没到的那天。"""
    return pattern is not _VISITED and _HAS_BEEN.search(text, match.end()) is None


def _clock(said: str) -> str:
    """那天几点，如“9:30”；没说、说不准上午下午、说了两个的为空。"""
    times = {f"{one.hour}:{one.minute:02}" for one in find_clock_times(said) if one.clarity is Clarity.CLEAR}
    return times.pop() if len(times) == 1 else ""


def _farthest(match: re.Match[str]) -> int:
    return _FARTHEST_UNNAMED if match["number"] and not (match["month"] or match["next_month"]) else _FARTHEST


def _meant(match: re.Match[str], today: date) -> Iterator[date]:
    if match["day"]:
        yield today + timedelta(days=DAYS_AHEAD[match["day"]])
    elif match["weekday"]:
        yield from on_weekday(match["week"] or "", match["weekday"], today)
    elif match["end_of"]:
        yield from month_ends(match["end_of"], today)
    elif match["month_end"]:
        first = today.replace(day=1)
        ahead = (2,) if match["month_end"].startswith("下") else (1, 2)
        yield from (months_back(first, -months) - timedelta(days=1) for months in ahead)
    elif match["year_end"]:
        yield date(today.year, 12, 31)
    else:
        yield from on_numbered_day(match, today)

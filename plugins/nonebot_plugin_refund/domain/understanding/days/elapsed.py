"""说过去了多久的：三天前、半小时前、买了3天了。"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from ..sums.numerals import read_small_integer
from .date_patterns import AGO, AGO_HOURS, FOR
from .mention import Mention, months_back

_NEIGHBOURS = "一二三四五六七八九"
"""相邻的两个数连着说（三四天）是“三天或四天”；“两三天”先换成“二三天”。"""
_SO_FAR = re.compile(r"(?:已经|都|才|刚|就)\s?$")


def _back(unit: str, count: int, *, half: bool, today: date) -> date | None:
    if unit in ("天", "日"):
        return None if half else today - timedelta(days=count)
    if unit in ("周", "星期", "礼拜"):
        return None if half else today - timedelta(weeks=count)
    if unit == "月":
        return None if half else months_back(today, count)
    return None if half or count > 10 else months_back(today, 12 * count)


def _elapsed(match: re.Match[str], today: date, *, approximate: bool) -> Mention:
    start, end = match.span()
    if match["range"] or match["vague"] or match["vague2"] == "多":
        return Mention(start, end, problem="ambiguous")
    if match["n"] == "半":
        halves = {"月": today - timedelta(days=15), "年": months_back(today, 6)}
        day = halves.get(match["unit"])
        return Mention(start, end, (day,), approximate=True) if day else Mention(start, end, problem="ambiguous")
    neighbours = match["n"].replace("两", "二")
    if len(neighbours) == 2 and neighbours in _NEIGHBOURS:
        fewer = _NEIGHBOURS.index(neighbours) + 1
        either = [day for count in (fewer + 1, fewer) if (day := _back(match["unit"], count, half=False, today=today))]
        return Mention(start, end, tuple(either), problem="ambiguous")
    count = read_small_integer(match["n"])
    if count is None or count > 3000:
        return Mention(start, end, problem="ambiguous")
    day = _back(match["unit"], count, half=bool(match["half"]), today=today)
    if day is None:
        return Mention(start, end, problem="ambiguous")
    return Mention(start, end, (day,), approximate=approximate or match["unit"] in ("月", "年"))


def ago(text: str, now: datetime) -> Iterator[Mention]:
    """“三天前”“半小时前”；``now`` 是上海时区。"""
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


def for_some_time(text: str, now: datetime) -> Iterator[Mention]:
    """“买了3天了”：过去了这么久，约等于三天前。只说“3天”不算日子。"""
    for match in FOR.finditer(text):
        if not match["end"] and not _SO_FAR.search(text[max(0, match.start() - 3) : match.start()]):
            continue
        if match["hedge"]:
            yield Mention(*match.span(), problem="ambiguous")
        else:
            yield _elapsed(match, now.date(), approximate=True)

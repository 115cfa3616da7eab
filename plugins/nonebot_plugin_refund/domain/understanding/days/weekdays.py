"""说星期几的：上周四、周五晚上、上个礼拜天、周末。"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from .date_patterns import WEEKDAY, WEEKEND
from .mention import Mention, settled


def weekdays(text: str, now: datetime) -> Iterator[Mention]:
    """句子里每一处星期几、周末；``now`` 是上海时区。"""
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
        weekday = _weekday_number(match["w"])
        if match["more"]:
            either = [_weekday(match, number, today) for number in (weekday, _weekday_number(match["more"]))]
            days = {day for mention in either for day in mention.days}
            yield Mention(*match.span(), tuple(sorted(days)), problem="ambiguous")
            continue
        found = _weekday(match, weekday, today)
        yield replace(found, problem="ambiguous") if match["far"] else found  # “大上周三”是哪周，各地说法不同


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
        return settled(start, end, monday - timedelta(weeks=weeks) + timedelta(days=weekday), today)
    back = (today.weekday() - weekday) % 7
    if back == 0:  # 今天就是周一，说“周一”可能是今天，也可能是上周一
        return Mention(start, end, (today - timedelta(days=7), today), problem="ambiguous", weekday=weekday)
    return Mention(start, end, (today - timedelta(days=back),), weekday=weekday)


def _weekend(which: str, today: date) -> tuple[date, ...]:
    monday = today - timedelta(days=today.weekday())
    weeks = 2 if which.startswith("上上") else 1 if which.startswith("上") or today.weekday() < 5 else 0
    saturday = monday - timedelta(weeks=weeks) + timedelta(days=5)
    return tuple(day for day in (saturday, saturday + timedelta(days=1)) if day <= today)

"""每天的一段时间：23:00-7:30、22点到8点、晚上11点到早上7点。只认整句就是一段的话，说不清上午下午的不猜。"""

import re
from datetime import time

from ..writing.text import normalise
from .clock_times import PERIOD, Clarity, ClockTime, find_clock_times

_MAX_TEXT = 40
_BETWEEN = re.compile(r"\s?(?:-|~|—|–|―|到|至|直到)+\s?(?:第二天|次日|隔天|明天)?\s?的?\s?")
_LEAD = re.compile(r"(?:每天|每晚|每日|从|自|的|\s)*")


def read_daily_span(text: str) -> tuple[time, time] | None:
    """整句说的是每天从几点到几点，可以跨午夜；开始与结束相同、读不懂、分不清上午下午的为空。

    没说上午下午、而又按 24 小时写的（带冒号，或有一头过了 12 点、是零点），照 24 小时读。
    """
    prepared = normalise(text, _MAX_TEXT + 1)
    if len(prepared) > _MAX_TEXT:
        return None
    found = find_clock_times(prepared)
    if len(found) != 2:
        return None
    start, end = found
    around = (prepared[: start.start], prepared[start.end : end.start], prepared[end.end :])
    if not (_LEAD.fullmatch(around[0]) and _BETWEEN.fullmatch(around[1]) and not around[2].strip()):
        return None
    by_24_hours = PERIOD.search(prepared) is None and (
        ":" in prepared or any(moment.hour == 0 or moment.hour > 12 for moment in found)
    )
    span = _time_of(start, by_24_hours), _time_of(end, by_24_hours)
    if span[0] is None or span[1] is None or span[0] == span[1]:
        return None
    return span[0], span[1]


def _time_of(moment: ClockTime, by_24_hours: bool) -> time | None:
    """钟点；“晚上12点”是哪一天无所谓，“24 点”就是零点。"""
    clear = moment.clarity in (Clarity.CLEAR, Clarity.NEXT_DAY_POSSIBLE)
    if moment.clarity is Clarity.IMPOSSIBLE or not (clear or by_24_hours):
        return None
    if moment.hour == 24 and moment.minute:
        return None
    return time(moment.hour % 24, moment.minute)

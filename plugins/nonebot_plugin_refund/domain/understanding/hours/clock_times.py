"""一天里的钟点：下午3点半、凌晨2点、08:05、三点一刻、晚上八点多。

只说“三点”而不说上午下午的，钟点不算数（日期仍然有效）；“晚上一点”可能已经是第二天，交给上层再问。
"""

import re
from dataclasses import dataclass
from enum import Enum

from ..sums.numerals import read_small_integer

_HOUR = r"(?:[0-9]{1,2}|[零〇一二两三四五六七八九]|十[一二三四]?|二十[一二三四]?)"
_MINUTE = r"(?:零?[0-9]{1,2}|[零〇][一二三四五六七八九]|[一二三四五]?十[一二三四五六七八九]?)"
_PERIODS = (
    "凌晨|半夜|深夜|午夜|夜里|夜晚|大半夜|后半夜|一大早|大清早|早上|早晨|清晨|清早|早间|朝早|上午|上昼|"
    "中午|晌午|正午|午后|下午|下昼|后晌|傍晚|傍黑|晚上|晚间|夜间|晚黑|晚|早|夜"
)
PERIOD = re.compile(_PERIODS)
"""表示一天里哪一段的词。"""
_TIME = re.compile(
    rf"(?P<period>{_PERIODS})?(?:大概|大约|差不多|应该|是|约|的|\s){{0,2}}"
    rf"(?:(?P<colon_hour>[0-9]{{1,2}}):(?P<colon_minute>[0-9]{{2}})(?::[0-9]{{2}})?(?![0-9])"
    rf"|(?P<hour>{_HOUR})(?:点钟?|时)(?!间|候|常)(?:(?P<half>半)|(?P<quarter>[一三13])刻|(?P<minute>{_MINUTE})分?)?)"
    r"\s?(?P<meridiem>[ap]m)?"
)
_MERIDIEM_ONLY = re.compile(r"(?<![0-9])(?P<hour>[0-9]{1,2})\s?(?P<meridiem>[ap])\.?m(?![a-z])")

_SMALL_HOURS = ("凌晨",)
_NIGHT = ("半夜", "深夜", "午夜", "夜里", "大半夜", "后半夜", "夜间", "夜晚", "夜")
_MORNING = ("一大早", "大清早", "早上", "早晨", "清晨", "清早", "早间", "朝早", "上午", "上昼", "早")
_NOON = ("中午", "晌午", "正午")
_AFTERNOON = ("午后", "下午", "下昼", "后晌")
_DUSK = ("傍晚", "傍黑")


class Clarity(Enum):
    """钟点能不能确定。"""

    CLEAR = "clear"
    DAY_ONLY = "day-only"
    """上午下午分不清，只能用日期。"""
    NEXT_DAY_POSSIBLE = "next-day-possible"
    """过了零点的“晚上”：可能是说的那天，也可能是第二天。"""
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class ClockTime:
    """一个钟点；``clarity`` 不是 ``CLEAR`` 时 ``hour`` 只供参考。"""

    start: int
    end: int
    hour: int
    minute: int
    clarity: Clarity


def find_clock_times(text: str, implied_period: str = "") -> list[ClockTime]:
    """找出全部钟点；``implied_period`` 是日期自己带的时段，如“昨晚”的“晚”。"""
    found = [_read(match, implied_period) for match in _TIME.finditer(text)]
    if not found:
        for match in _MERIDIEM_ONLY.finditer(text):
            hour = int(match["hour"])
            valid = 1 <= hour <= 12
            found.append(
                ClockTime(
                    match.start(),
                    match.end(),
                    hour % 12 + (12 if match["meridiem"] == "p" else 0),
                    0,
                    Clarity.CLEAR if valid else Clarity.IMPOSSIBLE,
                )
            )
    return found


def _read(match: re.Match[str], implied_period: str) -> ClockTime:
    period = match["period"] or implied_period
    colon = match["colon_hour"]
    hour = int(colon) if colon else read_small_integer(match["hour"])
    minute = _minute(match)
    if hour is None or minute is None or hour > 24 or minute > 59:
        return ClockTime(match.start(), match.end(), 0, 0, Clarity.IMPOSSIBLE)
    if match["meridiem"] and 1 <= hour <= 12:
        hour, clarity = hour % 12 + (12 if match["meridiem"] == "pm" else 0), Clarity.CLEAR
    elif not period:
        hour, clarity = hour, _clarity_without_period(hour, colon)
    else:
        hour, clarity = _within_period(hour, period)
    return ClockTime(match.start(), match.end(), hour, minute, clarity)


def _minute(match: re.Match[str]) -> int | None:
    if match["colon_minute"]:
        return int(match["colon_minute"])
    if match["half"]:
        return 30
    if match["quarter"]:
        return 15 if match["quarter"] in "一1" else 45
    return read_small_integer(match["minute"].lstrip("零〇")) if match["minute"] else 0


def _clarity_without_period(hour: int, colon: str | None) -> Clarity:
    if hour == 24:
        return Clarity.DAY_ONLY
    written_in_24_hours = colon is not None and (len(colon) == 2 or hour >= 7)
    return Clarity.CLEAR if hour >= 13 or hour == 0 or written_in_24_hours else Clarity.DAY_ONLY


def _within_period(hour: int, period: str) -> tuple[int, Clarity]:
    """按时段换成 24 小时制；与时段对不上的钟点不采用。"""
    if period in _SMALL_HOURS:
        return (hour, Clarity.CLEAR) if hour <= 6 else (hour, Clarity.DAY_ONLY)
    if period in _MORNING:
        return (hour, Clarity.CLEAR) if 1 <= hour <= 12 else (hour, Clarity.DAY_ONLY)
    if period in _NOON:
        return _shifted(hour, as_is=range(10, 15), plus_twelve=range(1, 3))
    if period in _AFTERNOON:
        return _shifted(hour, as_is=range(12, 20), plus_twelve=range(1, 12))
    if period in _DUSK:
        return _shifted(hour, as_is=range(16, 21), plus_twelve=range(4, 9))
    if hour in (0, 12, 24) or 1 <= hour <= 4:
        return hour % 12, Clarity.NEXT_DAY_POSSIBLE
    return _shifted(hour, as_is=range(17, 24), plus_twelve=range(8, 12) if period in _NIGHT else range(5, 12))


def _shifted(hour: int, as_is: range, plus_twelve: range) -> tuple[int, Clarity]:
    if hour in as_is:
        return hour, Clarity.CLEAR
    return (hour + 12, Clarity.CLEAR) if hour in plus_twelve else (hour, Clarity.DAY_ONLY)


def latest_start(text: str) -> int:
    """话里说到的时段最早几点开始：“今天下午”在上午说，就是还没到；没说时段为 0。"""
    starts = [
        hour
        for periods, hour in ((_NOON, 10), (_AFTERNOON, 12), (_DUSK, 16), (("晚上", "晚间", "今晚"), 17))
        if any(period in text for period in periods)
    ]
    return max(starts, default=0)

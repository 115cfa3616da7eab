"""多长时间：10分钟、半小时、一个半小时、1小时30分、两天、0。只认整句就是一段时间的话。"""

import re
from datetime import timedelta

from ..sums.numerals import read_small_integer
from ..writing.text import normalise

_MAX_TEXT = 20
_PART = re.compile(
    r"\s?(?P<count>[0-9]{1,6}(?:\.[0-9])?|半|[零〇一二两三四五六七八九十百]{1,5})\s?个?(?P<half>半)?"
    r"\s?(?P<unit>天|小时|钟头|刻钟|分钟|分|秒钟|秒|h|min|s)(?P<tail>半)?"
)
_SECONDS = {
    "天": 86400,
    "小时": 3600,
    "钟头": 3600,
    "h": 3600,
    "刻钟": 900,
    "分钟": 60,
    "分": 60,
    "min": 60,
    "秒钟": 1,
    "秒": 1,
    "s": 1,
}
_NOTHING = ("0", "零")


def read_duration(text: str) -> timedelta | None:
    """整句说的是多长时间；``0`` 不必带单位，别的数不带单位分不清，与读不懂的一样为空。精确到秒。"""
    prepared = normalise(text, _MAX_TEXT + 1)
    if not prepared or len(prepared) > _MAX_TEXT:
        return None
    if prepared in _NOTHING:
        return timedelta()
    total, position = 0.0, 0
    while position < len(prepared):
        part = _PART.match(prepared, position)
        seconds = None if part is None else _seconds(part)
        if part is None or seconds is None:
            return None
        total, position = total + seconds, part.end()
    return timedelta(seconds=round(total))


def _seconds(part: re.Match[str]) -> float | None:
    written = part["count"]
    count = 0.5 if written == "半" else float(written) if written[0].isdecimal() else read_small_integer(written)
    if count is None:
        return None
    return (count + 0.5 * bool(part["half"] or part["tail"])) * _SECONDS[part["unit"]]

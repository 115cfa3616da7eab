"""用拼音、英文写的日子，和“去年今天”这类：先换成中文的说法，后面只认一种语言。"""

import re
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_PINYIN = {"daqiantian": "大前天", "qiantian": "前天", "zuotian": "昨天", "jintian": "今天", "zuowan": "昨晚"}
_ENGLISH = {"yesterday": "昨天", "today": "今天", "just now": "刚刚", "right now": "刚刚"}
_WEEKDAYS = {"mon": "一", "tue": "二", "wed": "三", "thu": "四", "fri": "五", "sat": "六", "sun": "日"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNITS = {"day": "天", "week": "周", "month": "个月", "hour": "小时"}

_WORD = re.compile(rf"(?<![a-z])(?:{'|'.join((*_PINYIN, *_ENGLISH))})(?![a-z])")
_WEEKDAY = re.compile(r"(?<![a-z])(?:(?:last|on|this past) )(?P<day>mon|tue|wed|thu|fri|sat|sun)[a-z]*")
_AGO = re.compile(r"(?<![0-9.])(?P<count>[0-9]{1,3}) (?P<unit>day|week|month|hour)s? ago")
_MONTH_DAY = re.compile(
    rf"(?<![a-z])(?P<month>{'|'.join(_MONTHS)})[a-z]*\.? (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9])"
)
_SAME_DAY = re.compile(r"(?P<last>去年|上个?月)的?今天")
_FOUR_DAYS_AGO = re.compile(r"(?<!大)大大前[天日]")
_NOW = re.compile(r"^(?:就是?)?(?:现在|此刻)(?:啊|呀|吧)?$")


def in_chinese(text: str, now: datetime) -> str:
    """换好的话；没有这些写法的原样返回。

    Args:
        text: 统一过的一句话（小写、半角）。
        now: 现在，上海时间；“去年今天”按它算。
    """

    def same_day(match: re.Match[str]) -> str:
        year = f"{now.year - 1}年{now.month}月" if match["last"] == "去年" else "上个月"
        return f"{year}{now.day}号"

    text = _SAME_DAY.sub(same_day, _NOW.sub("今天", _FOUR_DAYS_AGO.sub("4天前", text)))
    if not re.search("[a-z]", text):
        return text
    replacements: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (_WORD, lambda match: (_PINYIN | _ENGLISH)[match.group()]),
        (_WEEKDAY, lambda match: "周" + _WEEKDAYS[match["day"]]),
        (_AGO, lambda match: f"{match['count']}{_UNITS[match['unit']]}前"),
        (_MONTH_DAY, lambda match: f"{_MONTHS.index(match['month']) + 1}月{match['day']}日"),
    )
    for pattern, replace in replacements:
        text = pattern.sub(replace, text)
    return text

"""放几天假的节：光说“国庆节收到的”，是假期里的哪一天没说；“国庆当天”“中秋节晚上”说的才是那一天。"""

import re
from dataclasses import dataclass
from datetime import date

from ...days.calendar import WorkCalendar, days_after

_NAMES = {
    "元旦": "元旦",
    "春节": "春节",
    "清明": "清明",
    "劳动节": "五一",
    "五一": "五一",
    "端午": "端午",
    "中秋": "中秋",
    "国庆": "国庆",
}
"""放几天假的节的名字 → 说回时怎么叫。"""
_THAT_DAY = re.compile(
    r"的?\s?(?:[那当这]天|[那当这]日|当晚|[那当]晚|那早|正日|本日|早上|上午|中午|下午|傍晚|晚上|夜里|凌晨|一早|头一天|第一天|"
    r"的?前一[天晚日]|的?前夕|的?后一天|第二天|次日|隔天|翌日|\s?初[一二三四五六七八九十]|[早晚]?\s?[0-9一二两三四五六七八九十]{1,3}[点:时])"
)
"""后面跟着这些，说的就是那一天，或从那一天数起的一天。"""
_CALENDAR = WorkCalendar()


@dataclass(frozen=True, slots=True)
class Holiday:
    """一个放几天假的节，和放假的首尾；那一年的放假通知还没有的，首尾为空。"""

    name: str
    first: date | None = None
    last: date | None = None

    def days(self, today: date) -> tuple[date, ...]:
        """放假的每一天，还没到的不算；不知道放哪几天的为空。"""
        if self.first is None or self.last is None:
            return ()
        return (self.first, *days_after(self.first, min(self.last, today)))


def holiday_said(name: str, day: date, after: str) -> Holiday | None:
    """只说了这个节、没说哪一天的：哪个节。不放假的节、只放一天的、说了是哪一天的为空。

    Args:
        name: 节的名字，不带“节”字。
        day: 节日本身那天。
        after: 名字后面的话。
    """
    if name not in _NAMES or _THAT_DAY.match(after) is not None:
        return None
    run = _CALENDAR.holiday_run(day)
    if run is None:
        return Holiday(_NAMES[name])
    return Holiday(_NAMES[name], *run) if run[0] < run[1] else None

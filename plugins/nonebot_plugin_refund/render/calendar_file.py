"""日历文件（.ics，RFC 5545）：一件案件的日期，导进手机日历，由手机自己也提醒一次。

同一件案件的同一个时限，标识总是同一个；日期改了序号就变大，手机上的那一条因此被换掉而不是多出一条。
文件里只有案件号和手册里的名称，没有用户说过的话。时刻都写成 UTC；按天数的期限是全天的一条，那天是上海的日历日。
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from ..domain.days.calendar import SHANGHAI
from ..domain.days.due import end_of_day
from .dates import due_in_words, moment_in_words

if TYPE_CHECKING:
    from icalendar import Event

_PRODUCT = "-//nonebot-plugin-refund//calendar//ZH"
_UNSURE = "那段放假安排还没公布，日期可能有出入。"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """日历里的一条：一个时限的最新一版。"""

    timer_id: str
    version: int
    """时限的第几版，从 1 起。"""
    title: str
    """手册里的名称。"""
    due_at: datetime
    """到期时刻，带时区。"""
    alarms: tuple[datetime, ...] = ()
    """手机在哪些时刻响，带时区。"""
    cancelled: bool = False
    """了结了、作废了：手机上的那一条该去掉。"""
    certain: bool = True

    @property
    def sequence(self) -> int:
        """RFC 5545 的序号：换一版加二，同一版了结时再加一，所以只会变大。"""
        return 2 * self.version + self.cancelled

    @property
    def whole_day(self) -> date | None:
        """按天数的期限是上海的哪一天；按钟点的为空。"""
        day = self.due_at.astimezone(SHANGHAI).date()
        return day if self.due_at == end_of_day(day) else None


def calendar_file(code: str, entries: Sequence[CalendarEntry], now: datetime) -> bytes:
    """一件案件的日历文件。

    Args:
        code: 案件号。
        entries: 它的各个时限。
        now: 写进文件的制作时刻，带时区。
    """
    # 到要用时才导入：这个库要装进来两百毫秒、十兆内存，多数人一次也不用
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"退款 {code}")
    for entry in entries:
        calendar.add_component(_event(code, entry, now))
    return calendar.to_ical()


def calendar_message(code: str, entries: Sequence[CalendarEntry], now: datetime) -> str:
    """同样的内容写成文字：发不了文件时照着自己记。"""
    today = now.astimezone(SHANGHAI).date()
    lines = [f"{code} 的日期，可以照着记进手机日历："]
    for entry in sorted(entries, key=lambda entry: entry.due_at):
        if entry.cancelled:
            lines.append(f"{entry.title}：不用了，记过的可以删掉")
            continue
        alarms = f"，{'、'.join(moment_in_words(alarm, now) for alarm in entry.alarms)} 提醒" if entry.alarms else ""
        unsure = "" if entry.certain else f"（{_UNSURE.rstrip('。')}）"
        lines.append(f"{entry.title}：{due_in_words(entry.due_at, today)}{alarms}{unsure}")
    return "\n".join(lines)


def _event(code: str, entry: CalendarEntry, now: datetime) -> "Event":
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", f"{code}-{entry.timer_id}@nonebot-plugin-refund")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("summary", f"{entry.title}（{code}）")
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    # 一个日期不占用那天的时间：别人来约时不该显示为忙
    event.add("transp", "TRANSPARENT")
    if not entry.certain:
        event.add("description", _UNSURE)
    day = entry.whole_day
    if day is None:
        event.add("dtstart", entry.due_at.astimezone(UTC))
    else:
        event.add("dtstart", day)
        # 全天的一条按规定写到次日为止，次日不含
        event.add("dtend", day + timedelta(days=1))
    for moment in () if entry.cancelled else entry.alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"{entry.title}（{code}）")
        alarm.add("trigger", moment.astimezone(UTC))
        event.add_component(alarm)
    return event

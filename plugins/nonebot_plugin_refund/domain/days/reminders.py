"""什么时候提醒：由时限和提醒位置排出时刻，避开安静时段，又不耽误到期。

时刻都带时区，排出来的是 UTC；安静时段和“几点”按上海时间。“现在”由调用方传入。
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Literal

from ...rulebook.scenario_models.models import Timer
from .calendar import SHANGHAI
from .timers import TimerPlan

Lateness = Literal["before", "after"]
"""提醒发出时在到期之前还是之后；决定用时限的 ``before`` 还是 ``after`` 那段话。"""

_OFFSET = re.compile(r"(?P<hours>-?\d+)h|(?P<days>-?\d+)d@(?P<at>\d\d:\d\d)")

_JUST_BEFORE = timedelta(minutes=1)
"""提前到安静时段之前时，留出发送的时间。"""

_LAST_CALL = timedelta(hours=1)
"""推迟会越过到期时，最晚在到期前这么久提醒。"""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """每天不打扰的时段（上海时间），含 ``start`` 不含 ``end``，可以跨午夜；两者相同表示不设。"""

    start: time = time(22)
    end: time = time(8)

    def covers(self, moment: datetime) -> bool:
        """这一刻是否在安静时段里。"""
        at = moment.astimezone(SHANGHAI).time()
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def end_after(self, moment: datetime) -> datetime:
        """安静时段里的 ``moment`` 之后，这段安静结束的时刻。"""
        local = moment.astimezone(SHANGHAI)
        end = datetime.combine(local.date(), self.end, SHANGHAI)
        return end if end > local else end + timedelta(days=1)

    def start_before(self, moment: datetime) -> datetime:
        """安静时段里的 ``moment`` 所在的这段安静开始的时刻。"""
        local = moment.astimezone(SHANGHAI)
        start = datetime.combine(local.date(), self.start, SHANGHAI)
        return start if start <= local else start - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    """排好的一次提醒；``due_at`` 是它该发出的 UTC 时刻，``offset`` 是规则手册里的写法。"""

    timer_id: str
    timer_version: int
    offset: str
    due_at: datetime


def plan_reminders(timer: Timer, plan: TimerPlan, now: datetime, quiet: QuietHours) -> tuple[PlannedReminder, ...]:
    """排出一个时限的各次提醒，按时刻先后。

    此刻已经过了的位置不排：用户刚看到日期，不必马上再提醒一次。几个位置落到同一刻的只留写在前面的。

    :raises ValueError: ``now`` 没有时区。
    """
    _require_zone(now)
    by_moment: dict[datetime, PlannedReminder] = {}
    for offset, moment in _moments(timer, plan.due_at):
        if moment <= now:
            continue
        quieted = _outside_quiet(moment, now, plan.due_at, quiet).astimezone(UTC)
        by_moment.setdefault(quieted, PlannedReminder(plan.timer_id, plan.version, offset, quieted))
    return tuple(by_moment[moment] for moment in sorted(by_moment))


def next_allowed(now: datetime, due_at: datetime, quiet: QuietHours) -> datetime:
    """要发的此刻若在安静时段，等到什么时候再发（UTC）；等就会误了到期的，现在就发。

    :raises ValueError: ``now`` 没有时区。
    """
    _require_zone(now)
    return _outside_quiet(now, now, due_at, quiet).astimezone(UTC)


def snooze_until(now: datetime, delay: timedelta, due_at: datetime, quiet: QuietHours) -> datetime:
    """用户说推迟 ``delay``，推到什么时候（UTC）。

    到期之前的提醒不会推过到期：最晚在到期前一小时；离到期已不足两小时的，取剩余时间的一半。

    :raises ValueError: ``delay`` 不是正的，或 ``now`` 没有时区。
    """
    _require_zone(now)
    if delay <= timedelta():
        raise ValueError("推迟的时间要大于 0")
    wished = now + delay
    if now < due_at <= wished:
        wished = due_at - min(_LAST_CALL, (due_at - now) / 2)
    return _outside_quiet(wished, now, due_at, quiet).astimezone(UTC)


def lateness(due_at: datetime, now: datetime) -> Lateness:
    """``now`` 发出的提醒该按到期之前还是之后来写；到期那一刻算之后。"""
    return "before" if now < due_at else "after"


def _moments(timer: Timer, due_at: datetime) -> Iterator[tuple[str, datetime]]:
    for offset in timer.remind:
        yield offset, _moment(offset, due_at)


def _moment(offset: str, due_at: datetime) -> datetime:
    """``3h`` 是到期前 3 小时；``2d@10:00`` 是到期那天（上海日期）往前 2 天的 10 点；负数是到期之后。"""
    written = _OFFSET.fullmatch(offset)
    if written is None:
        raise ValueError(f"看不懂提醒时间“{offset}”")
    if written["hours"] is not None:
        return due_at - timedelta(hours=int(written["hours"]))
    day = due_at.astimezone(SHANGHAI).date() - timedelta(days=int(written["days"]))
    return datetime.combine(day, time.fromisoformat(written["at"]), SHANGHAI)


def _outside_quiet(moment: datetime, now: datetime, due_at: datetime, quiet: QuietHours) -> datetime:
    """避开安静时段：能等就等到安静结束；等会误了到期的提前到安静之前；提前已来不及的就按原时刻。"""
    if not quiet.covers(moment):
        return moment
    waited = quiet.end_after(moment)
    if moment >= due_at or waited < due_at:
        return waited
    brought_forward = quiet.start_before(moment) - _JUST_BEFORE
    return brought_forward if brought_forward > now else moment


def _require_zone(now: datetime) -> None:
    if now.tzinfo is None:
        raise ValueError("now 要带时区")

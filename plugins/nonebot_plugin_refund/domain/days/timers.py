"""把规则手册里的时限落到日子上：从什么时候起、什么时候到期、现在算不算还在期限里。

存储用 UTC，给人看用上海时间；按日数的期限到当天最后一秒为止。
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Literal

from ...rulebook.scenario_models.models import DateWindow, LimitRule, Timer, TimerKind, TimerVersion
from ..case.told_limit import ToldLimit
from .calendar import SHANGHAI, WorkCalendar, shanghai_day
from .due import Due, compute_due, end_of_day

AS_APPOINTED = "照你说的日子记，改期了说一声。"
"""约好的日子是怎么来的。"""
AFTER_TOLD = "从说好的那天（{day}）起算，文书写的不一样就以文书为准。"
"""从说好的那天起算的期限是怎么来的。"""
AS_TOLD = "照你说的期限算，通知里写的不一样就以通知为准。"
"""说好的期限是怎么来的。"""
WindowValue = Literal["inside", "arguable", "past"]
"""还在期限里、平台口径已过但依法可主张顺延、已经过了。"""


@dataclass(frozen=True, slots=True)
class TimerPlan:
    """一个时限落到具体日子上的样子。

    ``version`` 是规则手册里这个时限的版本；``due_at`` 是带时区的 UTC 时刻，提醒以它为准：
    deadline 取安全日期，expectation 在工作日数不准时取最晚的一天。``safe``、``arguable`` 是上海的日历日；
    ``certain`` 为假时，放假通知公布后要重算。
    """

    timer_id: str
    version: int
    kind: TimerKind
    title: str
    rule: LimitRule
    starts: date | datetime
    due_at: datetime
    safe: date
    arguable: date | None
    certain: bool
    explain: tuple[str, ...]
    sources: tuple[str, ...]
    then: tuple[date, ...] = ()
    """说好分几次的，后面几次各在哪天。"""
    at: str = ""
    """约好的那天几点，如“9:30”；没说为空。"""

    @property
    def due_local(self) -> datetime:
        """``due_at`` 的上海时间。"""
        return self.due_at.astimezone(SHANGHAI)


def plan_timer(
    timer: Timer, start: date | datetime, calendar: WorkCalendar, told: ToldLimit | None = None
) -> TimerPlan:
    """从 ``start`` 起算 ``timer``；长度取起算日（上海日期）当时有效的那一版。

    ``told`` 是对方说好的期限：手册里写了 ``told`` 的照它算，写了 ``after_told`` 的从那天数。

    :raises ValueError: 没有哪一版长度覆盖起算日，或起算日超出可算的范围。
    """
    if told is not None and (counting := told.for_timer(timer)) is not None:
        return _as_told(timer, start, calendar, counting)
    moving = next((one for one in (told, *told.beside) if one.moves(timer)), None) if told is not None else None
    if moving is not None:
        start = moving.day_from(start, calendar)
    length = _length_on(timer, shanghai_day(start))
    due = compute_due(length.limit, start, calendar, timer.kind, rolls=length.rolls)
    return TimerPlan(
        timer_id=timer.id,
        version=timer.version,
        kind=timer.kind,
        title=timer.title,
        rule=length.limit.rule,
        starts=start,
        due_at=_closing(due, timer.kind).astimezone(UTC),
        safe=due.safe_day,
        arguable=due.arguable,
        certain=due.certain,
        explain=((AFTER_TOLD.format(day=shanghai_day(start).isoformat()),) if moving is not None else ()) + due.explain,
        sources=length.sources,
    )


def _as_told(timer: Timer, start: date | datetime, calendar: WorkCalendar, told: ToldLimit) -> TimerPlan:
    limit = told.limit(timer.kind)
    if limit is None:
        assert told.day is not None
        due = Due(
            safe=told.day,
            arguable=None,
            latest=None,
            certain=True,
            explain=(AS_APPOINTED if told.appointed else AS_TOLD,),
        )
    else:
        counted = compute_due(limit, start, calendar, timer.kind, rolls=False)
        due = replace(counted, explain=(AS_TOLD, *counted.explain))
    return TimerPlan(
        timer_id=timer.id,
        version=timer.version,
        kind=timer.kind,
        title=timer.title,
        rule=LimitRule.CALENDAR_DAYS if limit is None else limit.rule,
        starts=start,
        due_at=_closing(due, timer.kind).astimezone(UTC),
        safe=due.safe_day,
        arguable=None,
        certain=due.certain,
        explain=due.explain,
        sources=(),
        then=tuple(one.day_from(start, calendar) for one in told.later),
        at=told.at,
    )


def window_value(fact: DateWindow, start: date | datetime, now: datetime, calendar: WorkCalendar) -> WindowValue:
    """``now`` 这一刻，从 ``start`` 起算的期限还在不在。

    expectation 在工作日数不准时按最晚的一天算，免得过早认定对方超时。

    :raises ValueError: ``now`` 没有时区，或起算日超出可算的范围。
    """
    if now.tzinfo is None:
        raise ValueError("now 要带时区")
    due = compute_due(fact.limit, start, calendar, fact.perspective)
    if now <= _closing(due, fact.perspective):
        return "inside"
    if due.arguable is not None and shanghai_day(now) <= due.arguable:
        return "arguable"
    return "past"


def next_date(plans: Sequence[TimerPlan], now: datetime) -> TimerPlan | None:
    """接下来要看的日子：还没到的里最近的；都过了的，是自己的截止里最后过去的那个。没有为空。"""
    ahead = [plan for plan in plans if plan.due_at > now]
    missed = [plan for plan in plans if plan.due_at <= now and plan.kind is TimerKind.DEADLINE]
    by_due = attrgetter("due_at")
    return min(ahead, key=by_due) if ahead else max(missed, key=by_due, default=None)


def _length_on(timer: Timer, day: date) -> TimerVersion:
    for length in timer.lengths:
        begun = length.effective_from is None or length.effective_from <= day
        if begun and (length.effective_to is None or day <= length.effective_to):
            return length
    raise ValueError(f"时限“{timer.id}”没有哪一版长度适用于 {day} 起算的情况")


def _closing(due: Due, kind: TimerKind) -> datetime:
    """这个期限在哪一刻结束（上海时间）。"""
    if isinstance(due.safe, datetime):
        return due.safe
    latest = due.latest if kind is TimerKind.EXPECTATION else None
    return end_of_day(latest or due.safe)

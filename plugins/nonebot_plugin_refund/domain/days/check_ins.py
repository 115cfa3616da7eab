"""问候与回访：几天没动静问一声；提醒发过没有回音的，再问一声。

两样都不是日子，和时限在同一个事务里排好，所以不会丢；到时候还该不该问，发的那一刻再看。
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from ...rulebook.scenario_models.models import Timer
from .calendar import SHANGHAI, WorkCalendar
from .due import end_of_day
from .reminders import PlannedReminder, QuietHours, plan_reminders
from .timers import TimerPlan, plan_timer

FOLLOW_UP = "follow-up"
"""回访的 ``offset``：一个时限最多一次。"""
SILENCE = timedelta(days=2)
"""提醒送到之后，这么久没有回音就回访。"""
_ASKED_AT = time(10, 30)


def follow_up(planned: Sequence[PlannedReminder], quiet: QuietHours) -> PlannedReminder | None:
    """一个时限的回访：最后一次提醒的两天之后；一次提醒也没排的没有回访。"""
    if not planned:
        return None
    last = max(planned, key=lambda reminder: reminder.due_at)
    asked = datetime.combine(last.due_at.astimezone(SHANGHAI).date() + SILENCE, _ASKED_AT, SHANGHAI)
    moment = quiet.end_after(asked) if quiet.covers(asked) else asked
    return PlannedReminder(last.timer_id, last.timer_version, FOLLOW_UP, moment.astimezone(UTC))


def next_check_in(
    timer: Timer, since: datetime, now: datetime, calendar: WorkCalendar, quiet: QuietHours
) -> datetime | None:
    """从 ``since`` 起没有动静的话，什么时候问一声；已经过了的为空。"""
    planned = plan_reminders(timer, plan_timer(timer, since, calendar), now, quiet)
    return planned[0].due_at if planned else None


def is_needless(asked_at: datetime, dates: Sequence[TimerPlan], reminded_at: Sequence[datetime], now: datetime) -> bool:
    """问候用不着：到问的那天为止，有日子到期，或本来就要提醒。

    Args:
        asked_at: 打算什么时候问。
        dates: 这个阶段的日子。
        reminded_at: 排着的提醒的时刻。
        now: 现在。
    """
    until = end_of_day(asked_at.astimezone(SHANGHAI).date())
    return any(now < plan.due_at <= until for plan in dates) or any(moment <= until for moment in reminded_at)

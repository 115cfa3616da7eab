"""算到期日：从哪天起、怎么数、到哪天为止，并能逐句解释。

每个结果给两个口径：安全日期（平台不因放假顺延，按它办不会错）和可主张日期（依民法典第二百零三条顺延后的）。
日期是上海时区的日历日，钟点是带时区的上海时间；没写时区的钟点一律当作上海时间。
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType

from ...rulebook.scenario_models.models import LimitRule, TimeLimit, TimerKind
from .calendar import SHANGHAI, WorkCalendar, shanghai_day, shanghai_moment
from .due_wording import explain_days, explain_hours, explain_workday_range, explain_workdays
from .workday_range import workday_range

LONGEST: Mapping[LimitRule, int] = MappingProxyType(
    {
        LimitRule.SEVEN_DAY: 3650,
        LimitRule.CALENDAR_DAYS: 3650,
        LimitRule.WORKDAYS: 1000,
        LimitRule.HOURS: 87600,
        LimitRule.MONTHS: 120,
    }
)
"""每种数法最多数到多少（十年上下，工作日约四年）；再大的多半是写错了。"""

EARLIEST_START_YEAR, LATEST_START_YEAR = 1900, 2089
"""起算年份的范围：农历节日换算到 2100 年，留出最长期限。"""


@dataclass(frozen=True, slots=True)
class Due:
    """一个期限算出来的结果。

    ``safe`` 按日数的是日期（到当天 24 时），按小时数的是上海时间的时刻；工作日数不准时是最早可能的一天。
    ``arguable`` 是依法可主张顺延到的日期；不顺延或说不准时没有。``latest`` 只在工作日数不准时有，是最晚可能的一天。
    ``certain`` 为假表示要等放假通知公布才能定。``explain`` 是给用户看的逐句解释。
    """

    safe: date | datetime
    arguable: date | None
    latest: date | None
    certain: bool
    explain: tuple[str, ...]

    @property
    def safe_day(self) -> date:
        """安全日期在上海是哪一天。"""
        return shanghai_day(self.safe)


def compute_due(
    limit: TimeLimit,
    start: date | datetime,
    calendar: WorkCalendar,
    perspective: TimerKind = TimerKind.DEADLINE,
    *,
    rolls: bool = True,
) -> Due:
    """从 ``start`` 起数 ``limit``，算出到期日。

    ``perspective`` 决定数不准时往哪边保守：deadline 按最早，expectation 按最晚；
    按小时数而只知道日期时，前者从当天 0 时起算，后者从当天 24 时起算。
    ``rolls`` 为假的（平台的倒计时）末日碰上休息日也不能主张顺延。

    同一句话里同一个期限要算好几遍（还问不问、结论、时限），算过的记住；记住的只有日子，没有是谁的。

    :raises ValueError: 期限超出 :data:`LONGEST`，或起算年份不在
        :data:`EARLIEST_START_YEAR` 到 :data:`LATEST_START_YEAR` 之间。
    """
    return _counted(limit.rule, limit.n, start, calendar, perspective, rolls)


@lru_cache(maxsize=1024)
def _counted(
    rule: LimitRule, n: int, start: date | datetime, calendar: WorkCalendar, perspective: TimerKind, rolls: bool
) -> Due:
    limit = TimeLimit(rule=rule, n=n)
    _check_range(limit, start)
    match rule:
        case LimitRule.HOURS:
            return _due_in_hours(n, start, perspective)
        case LimitRule.WORKDAYS:
            return _due_in_workdays(n, shanghai_day(start), calendar, perspective)
        case LimitRule.MONTHS:
            day = shanghai_day(start)
            return _due_on(limit, day, _months_later(day, n), calendar, rolls=rolls)
        case LimitRule.SEVEN_DAY | LimitRule.CALENDAR_DAYS:
            day = shanghai_day(start)
            return _due_on(limit, day, day + timedelta(days=n), calendar, rolls=rolls)


def end_of_day(day: date) -> datetime:
    """上海时间这一天的最后一秒；法律上截止于 24 时（民法典第二百零三条）。"""
    return datetime.combine(day, time(23, 59, 59), SHANGHAI)


def _check_range(limit: TimeLimit, start: date | datetime) -> None:
    if limit.n > LONGEST[limit.rule]:
        raise ValueError(f"期限长度应在 1 到 {LONGEST[limit.rule]} 之间，收到的是 {limit.n}")
    if not EARLIEST_START_YEAR <= start.year <= LATEST_START_YEAR:
        raise ValueError(f"起算日期应在 {EARLIEST_START_YEAR} 年到 {LATEST_START_YEAR} 年之间，收到的是 {start}")


def _due_in_hours(n: int, start: date | datetime, perspective: TimerKind) -> Due:
    if isinstance(start, datetime):
        begins = shanghai_moment(start)
    else:
        begins = datetime.combine(start, time(), SHANGHAI)
        if perspective is TimerKind.EXPECTATION:
            begins += timedelta(days=1)
    ends = begins + timedelta(hours=n)
    explain = explain_hours(n, start, begins, ends)
    return Due(safe=ends, arguable=None, latest=None, certain=True, explain=explain)


def _due_on(limit: TimeLimit, start: date, last: date, calendar: WorkCalendar, *, rolls: bool) -> Due:
    """按日、按月数的：安全日期就是最后一天，休息日只影响可主张日期；不顺延的没有可主张日期。"""
    rest = calendar.is_rest_day(last) if rolls else False
    arguable = calendar.next_working_day(last) if rest else None
    certain = rest is False or arguable is not None
    explain = explain_days(limit, start, last, arguable, certain, calendar)
    return Due(safe=last, arguable=arguable, latest=None, certain=certain, explain=explain)


def _due_in_workdays(n: int, start: date, calendar: WorkCalendar, perspective: TimerKind) -> Due:
    day = calendar.nth_working_day(start, n)
    if day is not None:
        explain = explain_workdays(n, start, day, calendar)
        return Due(safe=day, arguable=None, latest=None, certain=True, explain=explain)
    earliest, latest = workday_range(start, n, calendar)
    explain = explain_workday_range(n, start, earliest, latest, calendar, perspective)
    return Due(safe=earliest, arguable=None, latest=latest, certain=False, explain=explain)


def _months_later(start: date, n: int) -> date:
    """到期月的对应日；没有对应日的取月末日（民法典第二百零二条）。"""
    years, month_index = divmod(start.month - 1 + n, 12)
    year, month = start.year + years, month_index + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))

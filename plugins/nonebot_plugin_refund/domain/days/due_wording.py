"""把到期日怎么算出来的，写成几句给用户看的话。

只写怎么数，不写该去点哪里：那些话在规则手册里。
"""

from datetime import date, datetime

from ...rulebook.scenario_models.models import LimitRule, TimeLimit, TimerKind
from .calendar import ONE_DAY, WorkCalendar, days_after, is_weekend, shanghai_moment

_WEEKDAYS = "一二三四五六日"

_MOST_RUNS_NAMED = 4
"""一句话里最多点名几段假期，再多就只报段数。"""


def explain_hours(n: int, start: date | datetime, begins: datetime, ends: datetime) -> tuple[str, ...]:
    """按小时数的解释；``begins`` 和 ``ends`` 是上海时间。"""
    lines = [f"起算：{_moment(begins)}，当即开始计时"]
    if not isinstance(start, datetime):
        which = "0 时" if begins.date() == start else "24 时"
        lines = [f"起算：只知道日期 {_day(start)}，不知道钟点，保守地从当天 {which}算起"]
    return (
        *lines,
        f"数法：连续数 {n} 小时，夜里、周末和节假日都算在内",
        "依据：民法典第二百零一条，按小时计算的自约定的时间开始",
        f"结果：{_moment(ends)} 到期",
    )


def explain_days(
    limit: TimeLimit, start: date, last: date, arguable: date | None, certain: bool, calendar: WorkCalendar
) -> tuple[str, ...]:
    """按日、按月数的解释。"""
    return (
        f"起算：{_day(start)}当天不算，从次日 {_short(start + ONE_DAY)} 开始",
        _counting(limit, last),
        f"结果：{_day(last)}24 时到期，这是安全日期，放假也不往后推",
        *_rolling(last, arguable, certain, calendar),
        _basis(limit, arguable),
    )


def explain_workdays(n: int, start: date, day: date, calendar: WorkCalendar) -> tuple[str, ...]:
    """按工作日数、全程放假安排已定的解释。"""
    return (
        f"起算：{_day(start)}当天不算，从之后第一个工作日开始",
        *_skipping(start, day, calendar),
        "依据：民法典第二百零一条，开始的当日不计入；上不上班看国务院办公厅的放假通知",
        f"结果：第 {n} 个工作日是 {_day(day)}",
    )


def explain_workday_range(
    n: int, start: date, earliest: date, latest: date, calendar: WorkCalendar, perspective: TimerKind
) -> tuple[str, ...]:
    """按工作日数、数到了还没公布放假安排的日子的解释。"""
    first_open = next(day for day in days_after(start, latest) if not calendar.is_settled(day))
    urge, wait = f"请在 {_day(earliest)}过完之前办好", f"请等到 {_day(latest)}过完再看"
    return (
        f"起算：{_day(start)}当天不算，从之后第一个工作日开始",
        *_skipping(start, first_open - ONE_DAY, calendar),
        _not_published(calendar.unsettled_year(first_open)) + "，调休数不准，只能给出范围",
        "依据：民法典第二百零一条，开始的当日不计入；法定节假日依放假办法已知",
        f"结果：第 {n} 个工作日最早 {_day(earliest)}，最晚 {_day(latest)}；"
        + (urge if perspective is TimerKind.DEADLINE else wait),
    )


def _counting(limit: TimeLimit, last: date) -> str:
    if limit.rule is LimitRule.MONTHS:
        return f"数法：数 {limit.n} 个月，到期月的对应日是 {_day(last)}，没有对应日的取月末"
    return f"数法：连续数 {limit.n} 天，周末和节假日都算在内，第 {limit.n} 天是 {_day(last)}"


def _rolling(last: date, arguable: date | None, certain: bool, calendar: WorkCalendar) -> tuple[str, ...]:
    if arguable is not None:
        return (f"顺延：最后一天是{_rest_reason(last, calendar)}，可以主张顺延到休完后的 {_day(arguable)}",)
    if certain:
        return ()
    open_day = last
    while calendar.is_settled(open_day):
        open_day += ONE_DAY
    return (_not_published(calendar.unsettled_year(open_day)) + "，能不能顺延、顺延到哪天还说不准",)


def _basis(limit: TimeLimit, arguable: date | None) -> str:
    articles = ["第二百零一条（当日不计入）"]
    if limit.rule is LimitRule.MONTHS:
        articles.append("第二百零二条（对应日）")
    if arguable is not None:
        articles.append("第二百零三条（末日休假可顺延）")
    law = "依据：民法典" + "、".join(articles)
    return law + "；七日无理由自签收次日起算" if limit.rule is LimitRule.SEVEN_DAY else law


def _skipping(start: date, end: date, calendar: WorkCalendar) -> tuple[str, ...]:
    """``start`` 之后到 ``end`` 之间跳过了哪些日子、照算了哪些调休上班日；这段里的放假安排都已定。"""
    if end <= start:
        return ()
    weekend_days, runs, made_up = 0, dict[tuple[date, date], str](), list[date]()
    for day in days_after(start, end):
        run = calendar.holiday_run(day)
        if run is not None:
            runs[run] = calendar.run_name(*run)
        elif calendar.is_rest_day(day):
            weekend_days += 1
        elif is_weekend(day):
            made_up.append(day)
    skipped = [f"周末 {weekend_days} 天"] if weekend_days else []
    skipped += [f"{name} {_span(*run)}" for run, name in list(runs.items())[:_MOST_RUNS_NAMED]]
    if len(runs) > _MOST_RUNS_NAMED:
        skipped[-1] += f" 等共 {len(runs)} 段假期"
    lines = [f"跳过：{'，'.join(skipped)}"] if skipped else ["跳过：没有，中间都是工作日"]
    if made_up:
        named = "、".join(_short(day) for day in made_up[:_MOST_RUNS_NAMED])
        more = " 等" if len(made_up) > _MOST_RUNS_NAMED else ""
        lines.append(f"照算：{named}{more} 是调休上班的周末，共 {len(made_up)} 天")
    return tuple(lines)


def _rest_reason(last: date, calendar: WorkCalendar) -> str:
    run = calendar.holiday_run(last)
    return "周末" if run is None else f"{calendar.run_name(*run)}假期（{_span(*run)}）"


def _not_published(year: int) -> str:
    return f"注意：{year} 年的放假安排还没有公布（或还没收录）"


def _span(first: date, last: date) -> str:
    return _short(first) if first == last else f"{_short(first)} 至 {_short(last)}"


def _day(day: date) -> str:
    return f"{day:%Y-%m-%d}（周{_WEEKDAYS[day.weekday()]}）"


def _short(day: date) -> str:
    return f"{day:%m-%d}"


def _moment(moment: datetime) -> str:
    local = shanghai_moment(moment)
    return f"{_day(local.date())}{local:%H:%M}"

"""``refund deadline`` 的一问一答：从 JSON 来的值，查清楚再算，答案也是 JSON 能写的值。"""

import re
from datetime import date, datetime

from ...rulebook.scenario_models.models import LimitRule, TimeLimit
from .calendar import SHANGHAI, WorkCalendar
from .due import LONGEST, Due, compute_due

__all__ = ["Answer", "Due", "compute_due", "deadline_answer"]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?P<seconds>:\d{2}(?P<fraction>\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?", re.ASCII
)

_SEVEN_DAYS = 7


Answer = dict[str, str | bool | list[str] | None]
"""一条答案：``safe``、``arguable``、``certain``、``explain``；工作日数不准时另有 ``latest``。"""


def deadline_answer(rule: object, start: object, n: object = None, calendar: WorkCalendar | None = None) -> Answer:
    """按 ``rule`` 从 ``start`` 数 ``n``，答案可直接写成 JSON。

    ``rule`` 是 :class:`LimitRule` 的值；``seven-day`` 总是七天，不看 ``n``。
    工作日数不准时 ``safe`` 是最早可能的一天，另有 ``latest`` 是最晚可能的一天。
    按小时数时：``start`` 没写时区，答案也不写（都是上海时间）；写了的答 ``+08:00``；写了秒才答秒。

    :raises ValueError: 哪一项不对，以及应该怎么写。
    """
    limit = _limit(rule, n)
    begins = _start(start)
    due = compute_due(limit, begins, calendar or WorkCalendar())
    answer: Answer = {
        "safe": _written_like(str(start), begins, due.safe),
        "arguable": None if due.arguable is None else due.arguable.isoformat(),
        "certain": due.certain,
        "explain": list(due.explain),
    }
    if due.latest is not None:
        answer["latest"] = due.latest.isoformat()
    return answer


def _limit(rule: object, n: object) -> TimeLimit:
    if not isinstance(rule, str) or rule not in set(LimitRule):
        raise ValueError(f"rule 应是 {'、'.join(LimitRule)} 之一，收到的是 {_shown(rule)}")
    known = LimitRule(rule)
    if known is LimitRule.SEVEN_DAY:
        return TimeLimit(rule=known, n=_SEVEN_DAYS)
    if isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= LONGEST[known]:
        raise ValueError(f"n 应是 1 到 {LONGEST[known]} 的整数，收到的是 {_shown(n)}")
    return TimeLimit(rule=known, n=n)


def _start(value: object) -> date | datetime:
    expected = "start 应是存在的日期或时刻，如 2026-11-23 或 2026-11-23T10:00"
    if not isinstance(value, str):
        raise ValueError(f"{expected}，收到的是 {_shown(value)}")
    try:
        if _DATE.fullmatch(value):
            return date.fromisoformat(value)
        if _MOMENT.fullmatch(value):
            return datetime.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"{expected}，收到的是 {_shown(value)}") from error
    raise ValueError(f"{expected}，收到的是 {_shown(value)}")


def _written_like(start: str, begins: date | datetime, safe: date | datetime) -> str:
    """日期照写；时刻的时区和精度跟着输入的写法。"""
    if not isinstance(safe, datetime):
        return safe.isoformat()
    moment = safe.astimezone(SHANGHAI)
    if not isinstance(begins, datetime) or begins.tzinfo is None:
        moment = moment.replace(tzinfo=None)
    written = _MOMENT.fullmatch(start)
    if written is None or not written["seconds"]:
        return moment.isoformat(timespec="minutes")
    return moment.isoformat(timespec="microseconds" if written["fraction"] else "seconds")


def _shown(value: object) -> str:
    """把收到的值写进报错里；太长的只留开头。"""
    if value is None:
        return "空的"
    text = str(value)
    return f"“{text}”" if len(text) <= 40 else f"“{text[:40]}…”"

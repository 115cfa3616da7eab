"""过了的期限说清是哪天过的、依法还可主张到哪天：结论由“过了期限”定下、却没有排成时限的，也要说。"""

from collections.abc import Sequence
from datetime import date, datetime

from ...rulebook.scenario_models.models import DateWindow, Rule, Scenario, TimerKind
from ..interview.answers import Answers
from .calendar import SHANGHAI, WorkCalendar, shanghai_day
from .due import compute_due
from .timers import TimerPlan, window_value


def passed_in_words(fact: DateWindow, start: date | datetime, now: datetime, calendar: WorkCalendar) -> str:
    """``10月2日已过，还可主张到 10月8日``；还没过的、等对方的期限为空。"""
    if fact.perspective is not TimerKind.DEADLINE or window_value(fact, start, now, calendar) == "inside":
        return ""
    due = compute_due(fact.limit, start, calendar, fact.perspective)
    today = now.astimezone(SHANGHAI).date()
    passed = f"{day_in_words(due.safe_day, today.year)}已过"
    if due.arguable is None or due.arguable < today:
        return passed
    return f"{passed}，还可主张到 {day_in_words(due.arguable, today.year)}"


def day_in_words(day: date, year: int | None) -> str:
    """``10月2日``；不是 ``year`` 那一年的带上年份。"""
    return f"{day.month}月{day.day}日" if day.year == year else f"{day.year}年{day.month}月{day.day}日"


def passed_windows(
    scenario: Scenario, rule: Rule, answers: Answers, dates: Sequence[TimerPlan], now: datetime, calendar: WorkCalendar
) -> tuple[str, ...]:
    """定下结论的规则看过的期限里，现在已经过了、又没有排成时限的，一个一句。"""
    looked_at = {fact for clause in rule.when for fact in clause}
    names = {question.id: question.short for question in scenario.questions}
    listed = {plan.safe for plan in dates}
    said: list[str] = []
    for fact in scenario.facts:
        answer = answers.get(fact.question)
        if not isinstance(fact, DateWindow) or fact.id not in looked_at or answer is None:
            continue
        start = answer.value
        if not isinstance(start, date) or compute_due(fact.limit, start, calendar).safe_day in listed:
            continue
        if passed := passed_in_words(fact, start, now, calendar):
            year = now.astimezone(SHANGHAI).year
            said.append(f"{names[fact.question]} {day_in_words(shanghai_day(start), year)}：{passed}")
    return tuple(said)

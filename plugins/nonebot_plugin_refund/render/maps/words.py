"""图上的话：条件、期限、生效时间怎么说。Mermaid 和图片说的一样。"""

from collections.abc import Iterable
from datetime import date

from ...rulebook.derived.fact_space import AnswerClass
from ...rulebook.scenario_models.conditions import UNSURE
from ...rulebook.scenario_models.models import (
    AnyOf,
    DateWindow,
    LimitRule,
    NumberBand,
    Question,
    Rule,
    Scenario,
    TimeLimit,
    Timer,
)
from ...rulebook.scenario_models.stage_models import TimerVersion

ANY_ANSWER = "任何回答"

_LIMITS = {
    LimitRule.SEVEN_DAY: "{n} 天（签收次日起）",
    LimitRule.CALENDAR_DAYS: "{n} 天",
    LimitRule.WORKDAYS: "{n} 个工作日",
    LimitRule.HOURS: "{n} 小时",
    LimitRule.MONTHS: "{n} 个月",
}


def answers_in_words(scenario: Scenario, answers: Iterable[AnswerClass]) -> tuple[str, ...]:
    """一条边上的几类回答，一类一句，说法相同的只留一句。"""
    return tuple(dict.fromkeys(_answer_in_words(scenario, answer) for answer in answers))


def timer_in_words(timer: Timer) -> str:
    """时限叫什么、多长；长度随起算日变过的，现行的写在前面，旧的写在括号里。"""
    if timer.is_only_told:
        return f"{timer.title} 说了哪天才有"
    current = next((length for length in timer.lengths if length.effective_to is None), timer.lengths[-1])
    older = [length for length in timer.lengths if length.limit != current.limit]
    return f"{timer.title} {_limit_in_words(current.limit)}" + "".join(f"（{_version_in_words(one)}）" for one in older)


def period_in_words(rule: Rule) -> str:
    """一条规则管什么时候发生的事；一直都管的是空串。"""
    return _period(rule.effective_from, rule.effective_to)


def _version_in_words(version: TimerVersion) -> str:
    return f"{_period(version.effective_from, version.effective_to)}起算的 {_limit_in_words(version.limit)}"


def _period(start: date | None, end: date | None) -> str:
    if start is not None and end is not None:
        return f"{start.isoformat()} 到 {end.isoformat()} "
    if start is not None:
        return f"{start.isoformat()} 及以后"
    return f"{end.isoformat()} 及以前" if end is not None else ""


def _limit_in_words(limit: TimeLimit) -> str:
    return _LIMITS[limit.rule].format(n=limit.n)


def _answer_in_words(scenario: Scenario, answer: AnswerClass) -> str:
    if set(answer.values()) == {UNSURE}:
        return "不清楚"
    return "，".join(_fact_in_words(scenario, fact, value) for fact, value in answer.items()) or ANY_ANSWER


def _fact_in_words(scenario: Scenario, fact_id: str, value: str) -> str:
    for fact in scenario.facts:
        if fact.id != fact_id:
            continue
        if isinstance(fact, NumberBand):
            return next(band.label for band in fact.bands if band.id == value)
        if isinstance(fact, (DateWindow, AnyOf)):
            return dict[str, str](fact.labels.items())[value]
    return _option_in_words(scenario.question(fact_id), value)


def _option_in_words(question: Question, value: str) -> str:
    labels = {"yes": "是", "no": "否"} | {option.id: option.label for option in question.options}
    return labels[value]

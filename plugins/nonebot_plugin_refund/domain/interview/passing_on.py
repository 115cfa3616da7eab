"""转到另一个场景时带过去的答案：这边已经知道的，那边不再问。"""

from datetime import datetime

from ...rulebook.scenario_models.conditions import Truth, truth
from ...rulebook.scenario_models.models import Rule, Scenario
from ..days.calendar import WorkCalendar
from .answers import Answer, Answers, facts_from


def passed_on(scenario: Scenario, rule: Rule, answers: Answers, now: datetime, calendar: WorkCalendar) -> Answers:
    """结论 ``rule`` 转过去时带着的答案，按那边的问题 id。

    Args:
        scenario: 这边的场景。
        rule: 这边的结论。
        answers: 这边的全部答案。
        now: 结论是哪一刻下的，带时区。
        calendar: 工作日历。
    """
    facts, applicable = facts_from(scenario, answers, now, calendar)
    told: dict[str, Answer] = {}
    for one in rule.passes_on:
        if truth(one.when, facts) is not Truth.TRUE:
            continue
        if one.option is not None:
            told[one.question] = Answer(one.option)
        elif one.answer_of in applicable and not answers[one.answer_of].is_unsure:
            told[one.question] = answers[one.answer_of]
    return told

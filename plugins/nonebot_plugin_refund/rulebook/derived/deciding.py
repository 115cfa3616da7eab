"""已知这些事实时，该问下一个问题，还是已有结论。

访谈、检查手册、列举路径用的是同一个判断，所以检查过的就是用户会走到的。
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..scenario_models.conditions import NOT_ASKED, Truth, open_facts, truth
from ..scenario_models.models import Question, Rule, Scenario
from .fact_space import facts_of


@dataclass(frozen=True, slots=True)
class Ask:
    """还要问这个问题。"""

    question: Question


@dataclass(frozen=True, slots=True)
class Settled:
    """结论已定。"""

    rule: Rule


@dataclass(frozen=True, slots=True)
class Uncovered:
    """没有规则管这个组合；检查过的手册里不会出现。"""


Decision = Ask | Settled | Uncovered


def rules_in_force(scenario: Scenario, event_on: date | None) -> tuple[Rule, ...]:
    """事件发生那天适用的规则；``None`` 表示不按日期筛选。"""
    if event_on is None:
        return scenario.rules
    return tuple(rule for rule in scenario.rules if rule.is_effective_on(event_on))


def with_skipped(scenario: Scenario, known: Mapping[str, str], answered: frozenset[str]) -> dict[str, str]:
    """在已知事实里补上“这条路上不会问”的问题：它们的事实取 :data:`NOT_ASKED`。

    ``ask_when`` 只引用更早的问题，所以按顺序走一遍就够。
    """
    facts = dict(known)
    for question in scenario.questions:
        if question.id not in answered and truth(question.ask_when, facts) is Truth.FALSE:
            facts.update(dict.fromkeys(facts_of(scenario, question), NOT_ASKED))
    return facts


def decide(
    scenario: Scenario,
    known: Mapping[str, str],
    answered: frozenset[str],
    *,
    event_on: date | None = None,
    assume_complete: bool = True,
) -> Decision:
    """下一步。

    Args:
        scenario: 场景。
        known: 已答问题推出的事实。
        answered: 已答问题的 id。
        event_on: 事件发生的日期（上海日历日）；决定哪些规则适用。
        assume_complete: 手册已查过没有漏洞时，只剩一条规则可能就算已定；检查手册本身时要关掉。
    """
    facts = with_skipped(scenario, known, answered)
    states = [(rule, truth(rule.when, facts)) for rule in rules_in_force(scenario, event_on)]
    possible = [rule for rule, state in states if state is not Truth.FALSE]
    settled = next((rule for rule, state in states if state is Truth.TRUE), None)
    if settled is None and assume_complete and len(possible) == 1:
        settled = possible[0]
    if settled is not None:
        return _needed_for_dates(scenario, settled, facts, answered) or Settled(settled)
    return _next_question(scenario, possible, facts, answered) or Uncovered()


def _needed_for_dates(scenario: Scenario, rule: Rule, facts: Mapping[str, str], answered: frozenset[str]) -> Ask | None:
    for question in scenario.questions:
        if (
            question.id in rule.needs
            and question.id not in answered
            and truth(question.ask_when, facts) is not Truth.FALSE
        ):
            return Ask(question)
    return None


def _next_question(
    scenario: Scenario, possible: list[Rule], facts: Mapping[str, str], answered: frozenset[str]
) -> Ask | None:
    relevant = _relevant_facts(scenario, possible, facts)
    for question in scenario.questions:
        if (
            question.id not in answered
            and truth(question.ask_when, facts) is Truth.TRUE
            and facts_of(scenario, question) & relevant
        ):
            return Ask(question)
    return None


def _relevant_facts(scenario: Scenario, possible: list[Rule], facts: Mapping[str, str]) -> set[str]:
    """还能影响结论的事实：可能的规则里未知的，加上决定这些问题问不问的。"""
    relevant: set[str] = set()
    for rule in possible:
        relevant |= open_facts(rule.when, facts)
    for question in reversed(scenario.questions):
        if facts_of(scenario, question) & relevant and truth(question.ask_when, facts) is Truth.UNKNOWN:
            relevant |= open_facts(question.ask_when, facts)
    return relevant

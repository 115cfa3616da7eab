"""列举一个场景的全部访谈路径：以回答的类为单位，一条不漏。"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from ..scenario_models.models import Question, Rule, Scenario
from .deciding import Ask, Settled, decide
from .fact_space import AnswerClass, answer_classes


@dataclass(frozen=True, slots=True)
class PathStep:
    """一条路径上的一步：问了哪个问题，答的是哪一类。"""

    question: Question
    answer: AnswerClass


@dataclass(frozen=True, slots=True)
class Path:
    """一条路径；``rule`` 为 ``None`` 表示走到了没有规则管的组合。"""

    steps: tuple[PathStep, ...]
    facts: Mapping[str, str]
    rule: Rule | None


@dataclass(frozen=True, slots=True)
class PathFigures:
    """一个场景的路径数，和到结论为止的提问数。"""

    paths: int
    median_questions: float
    longest_questions: int


def walk_paths(scenario: Scenario, *, event_on: date | None = None, assume_complete: bool = True) -> Iterator[Path]:
    """逐条给出全部路径。

    Args:
        scenario: 场景。
        event_on: 事件发生的日期，``None`` 表示全部规则都算。
        assume_complete: 见 :func:`~.deciding.decide`。
    """
    yield from _walk(scenario, (), {}, event_on, assume_complete)


def path_figures(scenario: Scenario) -> PathFigures:
    """路径数、提问数的中位数与最大值。"""
    lengths = [len(path.steps) for path in walk_paths(scenario)]
    return PathFigures(len(lengths), median(lengths), max(lengths))


def rule_eras(scenario: Scenario) -> tuple[date | None, ...]:
    """规则的适用日期把时间切成几段，每段取一个代表日；规则都不分时期时只有 ``None``。"""
    edges = {rule.effective_from for rule in scenario.rules if rule.effective_from}
    edges |= {date.fromordinal(rule.effective_to.toordinal() + 1) for rule in scenario.rules if rule.effective_to}
    if not edges:
        return (None,)
    return (date.fromordinal(min(edges).toordinal() - 1), *sorted(edges))


def _walk(
    scenario: Scenario,
    steps: tuple[PathStep, ...],
    known: dict[str, str],
    event_on: date | None,
    assume_complete: bool,
) -> Iterator[Path]:
    answered = frozenset(step.question.id for step in steps)
    decision = decide(scenario, known, answered, event_on=event_on, assume_complete=assume_complete)
    if not isinstance(decision, Ask):
        yield Path(steps, known, decision.rule if isinstance(decision, Settled) else None)
        return
    for answer in answer_classes(scenario, decision.question):
        step = PathStep(decision.question, answer)
        yield from _walk(scenario, (*steps, step), {**known, **answer}, event_on, assume_complete)

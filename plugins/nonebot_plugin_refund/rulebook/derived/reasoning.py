"""对条件的推理：一组事实取值能不能同时出现，两条规则会不会重叠。"""

from collections.abc import Iterable, Mapping
from functools import reduce

from ..scenario_models.conditions import Clause
from ..scenario_models.models import Question, Scenario
from .fact_space import AnswerClass, answer_classes, question_of_fact

Constraint = Mapping[str, tuple[AnswerClass, ...]]
"""被问到的问题 -> 还允许的回答类。"""


class Reasoner:
    """在一个场景的事实空间里判断条件能否成立。"""

    def __init__(self, scenario: Scenario) -> None:
        self._question_of_fact = question_of_fact(scenario)
        self._classes = {question.id: answer_classes(scenario, question) for question in scenario.questions}

    def is_possible(self, clauses: Iterable[Clause]) -> bool:
        """这些子句能否在某条路上同时成立；引用了不存在的事实时视为不能。"""
        merged = reduce(self._narrow, clauses, dict[str, tuple[AnswerClass, ...]]())
        return self._reachable(merged, frozenset())

    def _narrow(self, constraint: Constraint, clause: Clause) -> dict[str, tuple[AnswerClass, ...]]:
        narrowed = dict(constraint)
        for fact, allowed in clause.items():
            question = self._question_of_fact.get(fact)
            if question is None:
                return {"": ()}
            current = narrowed.get(question.id, self._classes[question.id])
            narrowed[question.id] = tuple(answer for answer in current if answer.get(fact) in allowed)
        return narrowed

    def _reachable(self, constraint: Constraint, expanded: frozenset[str]) -> bool:
        """每个涉及的问题都要真的会被问到：把它们的 ``ask_when`` 逐个并进来。"""
        if any(not classes for classes in constraint.values()):
            return False
        pending = next((question_id for question_id in constraint if question_id not in expanded), None)
        if pending is None:
            return True
        question = self._question(pending)
        return any(
            self._reachable(self._narrow(constraint, clause), expanded | {pending}) for clause in question.ask_when
        )

    def _question(self, question_id: str) -> Question:
        return next(question for question in self._question_of_fact.values() if question.id == question_id)

"""一个场景的流程图：问题、答案带到哪里、结论，相同的后续只画一次。

访谈本是一棵树；后面走法完全一样的枝合成一个节点，图才看得过来。
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..scenario_models.models import Question, Rule, Scenario
from .deciding import Ask, Settled, decide
from .fact_space import AnswerClass, answer_classes


@dataclass(frozen=True, slots=True)
class FlowNode:
    """图上的一个节点：一个问题，或一个结论。"""

    key: str
    question: Question | None
    rule: Rule | None
    at_other_times: tuple[Rule, ...] = ()
    """事实相同、但事情发生在别的时期时，改由哪些规则作结论；按手册里的次序。"""


@dataclass(frozen=True, slots=True)
class FlowEdge:
    """一条边：答这些类里的任何一类，就走到 ``target``。"""

    source: str
    target: str
    answers: tuple[AnswerClass, ...]


@dataclass(frozen=True, slots=True)
class FlowGraph:
    """整张图；``start`` 是第一个问题的节点。"""

    start: str
    nodes: tuple[FlowNode, ...]
    edges: tuple[FlowEdge, ...]


def flow_graph(scenario: Scenario) -> FlowGraph:
    """画出一个场景的流程；手册有漏洞时抛 ``LookupError``，先用 lint 查。"""
    builder = _Builder(scenario)
    start = builder.visit({}, frozenset())
    return FlowGraph(start, tuple(builder.nodes.values()), tuple(builder.edges))


def in_fewest_facts(edges: Sequence[FlowEdge]) -> tuple[FlowEdge, ...]:
    """同一个节点的全部出边，每类回答只留下决定往哪走的事实，次序不变。

    7 天还没过时，两年那个期限怎样都走同一边，图上就不必把它的几种取值各说一遍。
    """
    routes = [(answer, edge.target) for edge in edges for answer in edge.answers]
    return tuple(
        FlowEdge(
            edge.source, edge.target, _broadest([_shortest(answer, edge.target, routes) for answer in edge.answers])
        )
        for edge in edges
    )


def _shortest(answer: AnswerClass, target: str, routes: Sequence[tuple[AnswerClass, str]]) -> AnswerClass:
    """去掉一个事实以后，符合剩下这些的回答仍都走到同一处，就去掉它。"""
    for fact in tuple(answer):
        shorter = {key: value for key, value in answer.items() if key != fact}
        if all(leads_to == target for other, leads_to in routes if shorter.items() <= other.items()):
            answer = shorter
    return answer


def _broadest(answers: Sequence[AnswerClass]) -> tuple[AnswerClass, ...]:
    """被别的一类包含在内的不再重复说。"""
    kept: list[AnswerClass] = []
    for answer in answers:
        if not any(other.items() <= answer.items() for other in kept):
            kept = [other for other in kept if not answer.items() <= other.items()] + [answer]
    return tuple(kept)


class _Builder:
    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._turning_days = _turning_days(scenario)
        self._by_shape: dict[tuple[object, ...], str] = {}
        self._asked: dict[str, int] = {}
        self.nodes: dict[str, FlowNode] = {}
        self.edges: list[FlowEdge] = []

    def visit(self, known: Mapping[str, str], answered: frozenset[str]) -> str:
        """走到这里的节点；从叶子往上，形状相同的只留一个。"""
        decision = decide(self._scenario, known, answered)
        if isinstance(decision, Settled):
            key = f"rule-{decision.rule.id}"
            self.nodes.setdefault(
                key, FlowNode(key, None, decision.rule, self._at_other_times(decision.rule, known, answered))
            )
            return key
        if not isinstance(decision, Ask):
            raise LookupError(f"场景 {self._scenario.id} 有没有规则管的情况")
        return self._question_node(decision.question, known, answered)

    def _at_other_times(self, rule: Rule, known: Mapping[str, str], answered: frozenset[str]) -> tuple[Rule, ...]:
        decisions = [decide(self._scenario, known, answered, event_on=day) for day in self._turning_days]
        others = {decision.rule.id for decision in decisions if isinstance(decision, Settled)} - {rule.id}
        return tuple(other for other in self._scenario.rules if other.id in others)

    def _question_node(self, question: Question, known: Mapping[str, str], answered: frozenset[str]) -> str:
        targets: dict[str, list[AnswerClass]] = {}
        for answer in answer_classes(self._scenario, question):
            child = self.visit({**known, **answer}, answered | {question.id})
            targets.setdefault(child, []).append(answer)
        shape = (question.id, *((target, str(answers)) for target, answers in targets.items()))
        if shape not in self._by_shape:
            number = self._asked.get(question.id, 0) + 1
            self._asked[question.id] = number
            key = f"ask-{question.id}" if number == 1 else f"ask-{question.id}-{number}"
            self._by_shape[shape] = key
            self.nodes[key] = FlowNode(key, question, None)
            self.edges.extend(
                in_fewest_facts([FlowEdge(key, target, tuple(answers)) for target, answers in targets.items()])
            )
        return self._by_shape[shape]


def _turning_days(scenario: Scenario) -> tuple[date, ...]:
    """规则换班的日子：每条规则生效的第一天和最后一天。"""
    days = {day for rule in scenario.rules for day in (rule.effective_from, rule.effective_to) if day is not None}
    return tuple(sorted(days))

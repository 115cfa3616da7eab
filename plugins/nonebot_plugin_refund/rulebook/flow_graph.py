"""一个场景的流程图：问题、答案带到哪里、结论，相同的后续只画一次。

访谈本是一棵树；后面走法完全一样的枝合成一个节点，图才看得过来。
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .deciding import Ask, Settled, decide
from .fact_space import AnswerClass, answer_classes
from .models import Question, Rule, Scenario


@dataclass(frozen=True, slots=True)
class FlowNode:
    """图上的一个节点：一个问题，或一个结论。"""

    key: str
    question: Question | None
    rule: Rule | None


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


class _Builder:
    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._by_shape: dict[tuple[object, ...], str] = {}
        self._asked: dict[str, int] = {}
        self.nodes: dict[str, FlowNode] = {}
        self.edges: list[FlowEdge] = []

    def visit(self, known: Mapping[str, str], answered: frozenset[str]) -> str:
        """走到这里的节点；从叶子往上，形状相同的只留一个。"""
        decision = decide(self._scenario, known, answered)
        if isinstance(decision, Settled):
            key = f"rule-{decision.rule.id}"
            self.nodes.setdefault(key, FlowNode(key, None, decision.rule))
            return key
        if not isinstance(decision, Ask):
            raise LookupError(f"场景 {self._scenario.id} 有没有规则管的情况")
        return self._question_node(decision.question, known, answered)

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
            self.edges.extend(FlowEdge(key, target, tuple(answers)) for target, answers in targets.items())
        return self._by_shape[shape]

"""图的第一块：一个个问题怎样走到结论。"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ...rulebook.derived.flow_graph import FlowEdge, FlowGraph, FlowNode, flow_graph
from ...rulebook.scenario_models.models import Rule, Scenario, Verdict
from ..texts.verdict_text import VERDICT_NAMES
from .cards import Card, Exit, Mark, Note, Section, Tab, Tone
from .words import answers_in_words, period_in_words

_MOST_LINES = 2
"""通向一个结论的线多过这个数就改挂小框。"""


def interview_section(scenario: Scenario, track_names: Mapping[str, str]) -> Section:
    """提问与结论。

    Args:
        scenario: 场景；手册有漏洞时抛 ``LookupError``，先用 lint 查。
        track_names: 每条路的 id -> 图上怎么叫它。
    """
    graph = _without_forgone_questions(flow_graph(scenario))
    cards: dict[str, Card] = {}
    for node in _in_reading_order(graph):
        for card in _cards_of(scenario, graph, node, track_names):
            cards.setdefault(card.key, card)
    return Section("提问与结论", _with_tabs(tuple(cards.values())))


def _with_tabs(cards: tuple[Card, ...]) -> tuple[Card, ...]:
    """好几处都通向的结论，只有第一处画线，别处挂小框；不然线都挤在一起，分不出哪条是哪条。"""
    verdicts = {card.key: card for card in cards if isinstance(card.tone, Verdict)}
    arrivals = Counter(exit_.target for card in cards for exit_ in card.exits)
    lined: set[str] = set()
    shown: list[Card] = []
    for card in cards:
        exits: list[Exit] = []
        for exit_ in card.exits:
            target = exit_.target
            if isinstance(target, str) and target in lined and arrivals[target] > _MOST_LINES:
                exit_ = replace(exit_, target=Tab(target, verdicts[target].title, verdicts[target].tone))
            elif isinstance(target, str) and target in verdicts:
                lined.add(target)
            exits.append(exit_)
        shown.append(replace(card, exits=tuple(exits)))
    return tuple(shown)


@dataclass(frozen=True, slots=True)
class _Detour:
    """一个怎么答都到同一个结论的问题：只为算日期而问。"""

    key: str
    target: str


def _without_forgone_questions(graph: FlowGraph) -> FlowGraph:
    """去掉只为算日期而问的问题，结论那张卡片会写上要问它；不然一半的框里都是同一句话。"""
    while (detour := _detour(graph)) is not None:
        edges = [edge for edge in graph.edges if edge.source != detour.key]
        moved = [replace(edge, target=detour.target) if edge.target == detour.key else edge for edge in edges]
        nodes = tuple(node for node in graph.nodes if node.key != detour.key)
        graph = FlowGraph(graph.start, nodes, _merged(moved))
    return graph


def _detour(graph: FlowGraph) -> _Detour | None:
    rules = {node.key: node.rule for node in graph.nodes if node.rule is not None}
    for node in graph.nodes:
        targets = [edge.target for edge in graph.edges if edge.source == node.key]
        if node.question is None or node.key == graph.start or len(targets) != 1 or targets[0] not in rules:
            continue
        if node.question.id in rules[targets[0]].needs:
            return _Detour(node.key, targets[0])
    return None


def _merged(edges: Iterable[FlowEdge]) -> tuple[FlowEdge, ...]:
    """同起点同终点的边合成一条。"""
    merged: dict[tuple[str, str], FlowEdge] = {}
    for edge in edges:
        place = (edge.source, edge.target)
        merged[place] = replace(edge, answers=(*merged[place].answers, *edge.answers)) if place in merged else edge
    return tuple(merged.values())


def _in_reading_order(graph: FlowGraph) -> list[FlowNode]:
    """从第一个问题起，按出口的次序往下走。"""
    nodes = {node.key: node for node in graph.nodes}
    seen: dict[str, FlowNode] = {}
    waiting = [graph.start]
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen[key] = nodes[key]
            waiting.extend(reversed([edge.target for edge in graph.edges if edge.source == key]))
    return list(seen.values())


def _cards_of(scenario: Scenario, graph: FlowGraph, node: FlowNode, track_names: Mapping[str, str]) -> list[Card]:
    if node.question is None:
        assert node.rule is not None
        others = [_verdict_card(scenario, rule, (), track_names) for rule in node.at_other_times]
        return [_verdict_card(scenario, node.rule, node.at_other_times, track_names), *others]
    exits = [_exit(scenario, edge) for edge in graph.edges if edge.source == node.key]
    return [Card(node.key, Tone.QUESTION, f"问题 {node.question.id}", node.question.text, (), tuple(exits))]


def _exit(scenario: Scenario, edge: FlowEdge) -> Exit:
    return Exit(" / ".join(answers_in_words(scenario, edge.answers)), edge.target)


def _verdict_card(
    scenario: Scenario, rule: Rule, at_other_times: tuple[Rule, ...], track_names: Mapping[str, str]
) -> Card:
    notes: list[Note] = []
    if rule.effective_from is not None or rule.effective_to is not None:
        notes.append(Note(f"只管 {period_in_words(rule)}发生的"))
    if rule.needs:
        shorts = "、".join(scenario.question(question).short for question in rule.needs)
        notes.append(Note(f"算日期还要问：{shorts}"))
    if rule.track is not None:
        notes.append(Note(track_names[rule.track], Mark.TRACK))
    if rule.redirect_to is not None:
        notes.append(Note(f"转到场景 {rule.redirect_to}", Mark.TRACK))
    exits = [Exit(f"{period_in_words(other)}发生的", f"rule-{other.id}") for other in at_other_times]
    tag = f"{VERDICT_NAMES[rule.verdict]} · {rule.id}"
    return Card(f"rule-{rule.id}", rule.verdict, tag, rule.headline, tuple(notes), tuple(exits))

"""把一个场景画成 Mermaid：上半是提问和结论，下半是案件的阶段和时限。"""

from collections.abc import Iterator

from ..rulebook.derived.flow_graph import FlowEdge, FlowNode, flow_graph
from ..rulebook.derived.stage_view import clocks_starting_at, is_check_in, label_in
from ..rulebook.scenario_models.models import Rule, Scenario, Stage, Verdict
from .maps.words import answers_in_words, period_in_words, timer_in_words
from .texts.verdict_text import VERDICT_NAMES

_COLOURS = {
    Verdict.ELIGIBLE: "fill:#d9f2d9,stroke:#2e7d32,color:#123",
    Verdict.CONDITIONAL: "fill:#fff3cd,stroke:#b8860b,color:#123",
    Verdict.UNLIKELY: "fill:#ffe0cc,stroke:#d2691e,color:#123",
    Verdict.INELIGIBLE: "fill:#f8d7da,stroke:#b71c1c,color:#123",
    Verdict.REDIRECT: "fill:#dbe9ff,stroke:#1e50a2,color:#123",
}


def mermaid(scenario: Scenario) -> str:
    """一个场景的 Mermaid 源文。"""
    lines = ["flowchart TD", *(f"  classDef {verdict.value} {colour}" for verdict, colour in _COLOURS.items())]
    lines.extend(f"  {line}" for line in _interview(scenario))
    lines.extend(f"  {line}" for line in _stages(scenario))
    return "\n".join(lines) + "\n"


def _interview(scenario: Scenario) -> Iterator[str]:
    graph = flow_graph(scenario)
    yield f'subgraph interview["{_quoted(scenario.title)}：提问与结论"]'
    yield from (f"  {_node(node)}" for node in graph.nodes)
    yield from (f"  {line}" for node in graph.nodes for rule in node.at_other_times for line in _elsewhen(node, rule))
    yield from (f"  {_edge(scenario, graph_edge)}" for graph_edge in graph.edges)
    yield "end"
    for rule in scenario.rules:
        if rule.track is not None:
            yield f"{_id(f'rule-{rule.id}')} -.-> {_id(f'stage-{scenario.track(rule.track).start}')}"


def _node(node: FlowNode) -> str:
    if node.question is not None:
        return f'{_id(node.key)}{{{{"{_quoted(node.question.text)}"}}}}'
    assert node.rule is not None
    return _rule_node(node.rule)


def _rule_node(rule: Rule) -> str:
    words = f"{VERDICT_NAMES[rule.verdict]}：{rule.headline}"
    return f'{_id(f"rule-{rule.id}")}["{_quoted(words)}"]:::{rule.verdict.value}'


def _elsewhen(node: FlowNode, rule: Rule) -> Iterator[str]:
    """事情发生在别的时期时改走的规则。"""
    yield _rule_node(rule)
    yield f'{_id(node.key)} -.->|"{period_in_words(rule)}发生的"| {_id(f"rule-{rule.id}")}'


def _edge(scenario: Scenario, edge: FlowEdge) -> str:
    labels = " / ".join(answers_in_words(scenario, edge.answers))
    return f'{_id(edge.source)} -->|"{_quoted(labels)}"| {_id(edge.target)}'


def _stages(scenario: Scenario) -> Iterator[str]:
    if not scenario.stages:
        return
    yield 'subgraph stages["案件的阶段与时限"]'
    for stage in scenario.stages:
        yield f"  {_stage(scenario, stage)}"
    for stage in scenario.stages:
        for event in stage.events:
            yield f'  {_id(f"stage-{stage.id}")} -->|"{_quoted(label_in(scenario, event))}"| {_id(f"stage-{event.to}")}'
        for timer in stage.timers:
            if timer.next_stage:
                yield (
                    f'  {_id(f"stage-{stage.id}")} ==>|"{_quoted(timer.title)}到期"| {_id(f"stage-{timer.next_stage}")}'
                )
    yield "end"


def _stage(scenario: Scenario, stage: Stage) -> str:
    dated = (*(timer for timer in stage.timers if not is_check_in(timer)), *clocks_starting_at(scenario, stage.id))
    timers = "".join(f"<br/>⏰ {_quoted(timer_in_words(timer))}" for timer in dated)
    words = f"{_quoted(stage.title)}{timers}"
    key = _id(f"stage-{stage.id}")
    return f'{key}(["{words}"])' if stage.outcome is not None else f'{key}["{words}"]'


def _id(key: str) -> str:
    """Mermaid 的节点名只用字母、数字和下划线。"""
    return key.replace("-", "_")


def _quoted(text: str) -> str:
    """放在引号里的文字：引号换成实体，免得断在半截。"""
    return text.replace('"', "#quot;")

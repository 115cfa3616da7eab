"""走过的路：一件事的答案、结论和案件的经过，在流程图上依次是哪几张卡片。"""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from ...domain.days.calendar import WorkCalendar
from ...domain.interview.answers import Answers, facts_from
from ...rulebook.derived.flow_graph import FlowGraph
from ...rulebook.scenario_models.models import Scenario


def questions_walked(
    graph: FlowGraph, scenario: Scenario, answers: Answers, as_of: datetime, calendar: WorkCalendar
) -> tuple[str, ...]:
    """从第一个问题起，照这些答案走到的卡片；最后一张是还没答的问题，或结论。

    Args:
        graph: 场景的流程图。
        scenario: 场景。
        answers: 已有的答案。
        as_of: “还在期限里吗”按哪一刻判断，带时区。
        calendar: 工作日历。
    """
    facts, answered = facts_from(scenario, answers, as_of, calendar)
    questions = {node.key: node.question for node in graph.nodes}
    walked = [graph.start]
    while (question := questions[walked[-1]]) is not None and question.id in answered:
        following = _following(graph, walked[-1], facts)
        if following is None:
            break
        walked.append(following)
    return tuple(walked)


def stages_walked(rule_id: str, stages: Sequence[str]) -> tuple[str, ...]:
    """结论之后，案件依次到过的阶段的卡片；停在同一阶段的只算一次。"""
    keys = [f"rule-{rule_id}", *(f"stage-{stage}" for stage in stages)]
    return (keys[0], *(after for before, after in pairwise(keys) if after != before))


def _following(graph: FlowGraph, key: str, facts: dict[str, str]) -> str | None:
    for edge in graph.edges:
        if edge.source == key and any(answer.items() <= facts.items() for answer in edge.answers):
            return edge.target
    return None

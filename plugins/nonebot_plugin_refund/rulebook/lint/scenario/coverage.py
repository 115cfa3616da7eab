"""规则管全了吗、会不会打架、问题都问得到吗。"""

from itertools import combinations

from ...derived.fact_space import facts_of
from ...derived.paths import Path, rule_eras, walk_paths
from ...derived.reasoning import Reasoner
from ...scenario_models.models import Rule
from ..report import Report

_SHOWN_GAPS = 5
"""漏洞往往成片，列几个就够看出规律。"""

_MOST_QUESTIONS = 9
"""到结论为止最多问这么多，再多没人答得完。"""


def check(report: Report) -> None:
    """在全部路径上检查一个场景；引用写错时先不查，免得一处错引出一串。"""
    if report.findings:
        return
    reasoner = Reasoner(report.scenario)
    _unreachable_questions(report, reasoner)
    _impossible_rules(report, reasoner)
    _overlaps(report, reasoner)
    _paths(report)


def _unreachable_questions(report: Report, reasoner: Reasoner) -> None:
    for index, question in enumerate(report.scenario.questions):
        if not any(reasoner.is_possible([clause]) for clause in question.ask_when):
            report.add("unreachable-question", question.id, ("questions", index), "ask_when 永远不会成立，问不到它")


def _impossible_rules(report: Report, reasoner: Reasoner) -> None:
    for index, rule in enumerate(report.scenario.rules):
        for position, clause in enumerate(rule.when):
            if not reasoner.is_possible([clause]):
                number = f"第 {position + 1} 条" if len(rule.when) > 1 else ""
                report.add("impossible-rule", rule.id, ("rules", index, "when"), f"when {number}永远不会成立")


def _overlaps(report: Report, reasoner: Reasoner) -> None:
    for (_, first), (index, second) in combinations(enumerate(report.scenario.rules), 2):
        if not _share_an_era(first, second):
            continue
        if any(reasoner.is_possible([one, other]) for one in first.when for other in second.when):
            report.add(
                "overlapping-rules", second.id, ("rules", index, "when"), f"有些情况同时也符合规则“{first.id}”，请分清"
            )


def _share_an_era(first: Rule, second: Rule) -> bool:
    starts = [rule.effective_from for rule in (first, second) if rule.effective_from]
    ends = [rule.effective_to for rule in (first, second) if rule.effective_to]
    return not starts or not ends or max(starts) <= min(ends)


def _paths(report: Report) -> None:
    """走遍全部路径：没有规则管的组合、从来不被问到的问题、问得太多的路。"""
    scenario = report.scenario
    asked: set[str] = set()
    gaps: dict[str, None] = {}
    longest = 0
    for era in rule_eras(scenario):
        for path in walk_paths(scenario, event_on=era, assume_complete=False):
            asked |= {step.question.id for step in path.steps}
            if path.rule is None:
                gaps.setdefault(_spoken(path))
        for path in walk_paths(scenario, event_on=era):
            longest = max(longest, len(path.steps))
    for gap in list(gaps)[:_SHOWN_GAPS]:
        report.add("uncovered", scenario.id, ("rules",), f"没有规则管这种情况：{gap}")
    if len(gaps) > _SHOWN_GAPS:
        report.add("uncovered", scenario.id, ("rules",), f"另有 {len(gaps) - _SHOWN_GAPS} 种情况也没有规则管")
    for index, question in enumerate(scenario.questions):
        if question.id not in asked and facts_of(scenario, question):
            report.add("unreachable-question", question.id, ("questions", index), "走遍全部路径也不会问到它")
    if longest > _MOST_QUESTIONS:
        report.add(
            "too-many-questions",
            scenario.id,
            ("questions",),
            f"最长的一条路要问 {longest} 个，最多 {_MOST_QUESTIONS} 个",
        )


def _spoken(path: Path) -> str:
    facts = "，".join(f"{fact}={value}" for fact, value in path.facts.items())
    return facts or "什么都还没问"

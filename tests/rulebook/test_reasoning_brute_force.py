"""推理和穷举对得上：随机的小场景里，把每个问题的每种答法全部列出来，逐一数给推理看。

穷举在这里另写一遍，不用被测的 ``decide``、``walk_paths``、``Reasoner``。
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nonebot_plugin_refund.rulebook.derived.deciding import Ask, Settled, decide
from nonebot_plugin_refund.rulebook.derived.paths import walk_paths
from nonebot_plugin_refund.rulebook.derived.reasoning import Reasoner
from nonebot_plugin_refund.rulebook.lint.report import Report
from nonebot_plugin_refund.rulebook.lint.scenario.coverage import check
from nonebot_plugin_refund.rulebook.loader import LoadedScenario
from nonebot_plugin_refund.rulebook.scenario_models.models import Scenario
from nonebot_plugin_refund.rulebook.yaml_reading.yaml_document import YamlDocument

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

Clause = dict[str, list[str]]
When = list[Clause]


@dataclass(frozen=True)
class Asked:
    """一个问题的骨架：能答什么、什么时候问。"""

    id: str
    values: tuple[str, ...]
    ask_when: When


# 生成


@st.composite
def questions(draw: st.DrawFn) -> list[Asked]:
    """二到四个问题：选择题或是非题，后面的可能看前面的答案才问。"""
    drawn: list[Asked] = []
    for index in range(draw(st.integers(2, 4))):
        choices = draw(st.sampled_from([("a", "b"), ("a", "b", "c"), ("yes", "no")]))
        values = (*choices, "unsure") if draw(st.booleans()) else choices
        condition: When = [{}]
        if drawn and draw(st.booleans()):
            condition = draw(st.lists(clauses(drawn), min_size=1, max_size=2))
        drawn.append(Asked(f"q{index}", values, condition))
    return drawn


def clauses(over: list[Asked]) -> st.SearchStrategy[Clause]:
    """一条子句：一两个问题的取值集合。"""

    def pick(asked: Asked) -> st.SearchStrategy[tuple[str, list[str]]]:
        values = st.lists(st.sampled_from(asked.values), min_size=1, max_size=len(asked.values), unique=True)
        return values.map(lambda chosen: (asked.id, chosen))

    return st.lists(st.sampled_from(over), min_size=1, max_size=2, unique_by=lambda asked: asked.id).flatmap(
        lambda some: st.tuples(*(pick(asked) for asked in some)).map(dict)
    )


@st.composite
def loose_books(draw: st.DrawFn) -> tuple[list[Asked], list[When]]:
    """随便写的规则：多半有重叠、有漏洞。"""
    asked = draw(questions())
    rules = draw(st.lists(st.lists(clauses(asked), min_size=1, max_size=2), min_size=1, max_size=4))
    return asked, rules


@st.composite
def tight_books(draw: st.DrawFn) -> tuple[list[Asked], list[When]]:
    """不重不漏的规则：照一棵随机的判断树切开全部情况，几片叶子合成一条规则。"""
    asked = draw(questions())
    leaves: list[Clause] = []

    def split(index: int, clause: Clause, facts: dict[str, str]) -> None:
        if index == len(asked) or (clause and draw(st.integers(0, 3)) == 0):
            leaves.append(clause)
            return
        question = asked[index]
        if not holds(question.ask_when, facts):
            split(index + 1, clause, facts)
            return
        for value in question.values:
            split(index + 1, {**clause, question.id: [value]}, {**facts, question.id: value})

    split(0, {}, {})
    groups: dict[int, When] = {}
    for leaf in leaves:
        groups.setdefault(draw(st.integers(0, max(1, len(leaves) // 2))), []).append(leaf)
    return asked, draw(st.permutations(list(groups.values())))


# 穷举


def holds(when: When, facts: dict[str, str]) -> bool:
    """条件在这些事实下成立吗；没问到的问题没有取值，涉及它的子句不成立。"""
    return any(all(facts.get(fact) in values for fact, values in clause.items()) for clause in when)


def full_assignments(asked: list[Asked]) -> Iterator[dict[str, str]]:
    """每个问题都准备好答案、只留下真会问到的：全部可能的事实。"""
    seen: set[frozenset[tuple[str, str]]] = set()
    for values in product(*(question.values for question in asked)):
        facts: dict[str, str] = {}
        for question, value in zip(asked, values, strict=True):
            if holds(question.ask_when, facts):
                facts[question.id] = value
        key = frozenset(facts.items())
        if key not in seen:
            seen.add(key)
            yield facts


def scenario_of(asked: list[Asked], rules: list[When]) -> Scenario:
    """骨架补成一个完整的场景。"""
    words = dict.fromkeys(("headline", "because", "law", "platform", "would_change", "risks"), "话")
    body: dict[str, Any] = {
        "id": "random",
        "version": 1,
        **dict.fromkeys(("title", "summary", "group_answer", "opening"), "话"),
        "questions": [_question(question) for question in asked],
        "rules": [
            {
                "id": f"r{index}",
                "version": 1,
                "when": when,
                "verdict": "eligible",
                **words,
                "steps": ["话"],
                "sources": ["s"],
            }
            for index, when in enumerate(rules)
        ],
    }
    return Scenario.model_validate(body)


def _question(asked: Asked) -> dict[str, Any]:
    body: dict[str, Any] = {"id": asked.id, "text": "话", "why": "话", "short": "话", "ask_when": asked.ask_when}
    if "unsure" not in asked.values:
        body["unsure_not_offered_because"] = "话"
    if "yes" in asked.values:
        return {**body, "kind": "yesno"}
    options = [{"id": value, "label": value} for value in asked.values if value != "unsure"]
    return {**body, "kind": "choice", "options": options}


def matching(rules: list[When], facts: dict[str, str]) -> list[str]:
    """穷举得到的：这些事实下成立的规则。"""
    return [f"r{index}" for index, when in enumerate(rules) if holds(when, facts)]


def checks_of(scenario: Scenario) -> dict[str, set[str]]:
    """只做“规则管全了吗”这一项检查，按检查名归好 id。"""
    report = Report(LoadedScenario(scenario, YamlDocument("random.yaml", {}, {(): 1})))
    check(report)
    found: dict[str, set[str]] = {}
    for item in report.findings:
        found.setdefault(item.check, set()).add(item.id)
    return found


# 对账


@SLOW
@given(loose_books())
def test_what_is_possible_is_what_some_full_assignment_satisfies(book: tuple[list[Asked], list[When]]) -> None:
    asked, rules = book
    reasoner = Reasoner(scenario_of(asked, rules))
    everything = list(full_assignments(asked))

    for first, second in product(rules, repeat=2):
        for one, other in product(first, second):
            both = [{fact: frozenset(values) for fact, values in clause.items()} for clause in (one, other)]
            really = any(holds([one], facts) and holds([other], facts) for facts in everything)
            assert reasoner.is_possible(both) is really


@SLOW
@given(loose_books())
def test_the_linter_finds_a_fault_exactly_where_counting_finds_one(book: tuple[list[Asked], list[When]]) -> None:
    asked, rules = book
    found = checks_of(scenario_of(asked, rules))
    matches = [matching(rules, facts) for facts in full_assignments(asked)]

    assert ("overlapping-rules" in found) is any(len(some) > 1 for some in matches)
    assert ("uncovered" in found) is any(not some for some in matches)
    dead = {f"r{index}" for index, when in enumerate(rules) if any(not _alive(clause, asked) for clause in when)}
    assert found.get("impossible-rule", set()) == dead


@SLOW
@given(loose_books())
def test_unreachable_questions_are_those_no_assignment_comes_to(book: tuple[list[Asked], list[When]]) -> None:
    """ask_when 不可能成立的一定要报；报出来的一定没有一条路会问。"""
    asked, rules = book
    scenario = scenario_of(asked, rules)
    reported = checks_of(scenario).get("unreachable-question", set())
    ever = {question for facts in full_assignments(asked) for question in facts}
    walked = {step.question.id for path in walk_paths(scenario, assume_complete=False) for step in path.steps}

    assert {question.id for question in asked} - ever <= reported
    assert not reported & walked


def _alive(clause: Clause, asked: list[Asked]) -> bool:
    return any(holds([clause], facts) for facts in full_assignments(asked))


@SLOW
@given(tight_books())
def test_a_partition_of_all_cases_has_neither_overlap_nor_gap(book: tuple[list[Asked], list[When]]) -> None:
    found = checks_of(scenario_of(*book))

    assert not {"overlapping-rules", "uncovered", "impossible-rule"} & set(found)


@SLOW
@given(tight_books())
def test_stopping_early_never_changes_the_verdict(book: tuple[list[Asked], list[When]]) -> None:
    asked, rules = book
    scenario = scenario_of(asked, rules)
    for facts in full_assignments(asked):
        known: dict[str, str] = {}
        while isinstance(step := decide(scenario, known, frozenset(known)), Ask):
            assert step.question.id in facts, "问了一个在这种情况下不该问的问题"
            known[step.question.id] = facts[step.question.id]

        assert isinstance(step, Settled)
        assert [step.rule.id] == matching(rules, facts)


@SLOW
@given(tight_books())
def test_the_paths_cover_every_assignment_once(book: tuple[list[Asked], list[When]]) -> None:
    asked, rules = book
    paths = list(walk_paths(scenario_of(asked, rules)))
    for facts in full_assignments(asked):
        along = [path for path in paths if path.facts.items() <= facts.items()]

        assert len(along) == 1
        assert along[0].rule is not None
        assert [along[0].rule.id] == matching(rules, facts)

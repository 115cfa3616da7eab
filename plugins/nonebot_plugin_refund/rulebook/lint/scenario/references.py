"""id 写错了、写了没人用、先后颠倒。"""

from collections.abc import Iterable, Iterator, Sequence

from ...derived.fact_space import fact_domain, question_of_fact
from ...findings import Location
from ...loader import Rulebook, sources_used
from ...scenario_models.conditions import Clause
from ...scenario_models.models import (
    AnyOf,
    DateWindow,
    Evidence,
    Fact,
    Question,
    QuestionKind,
    Rule,
    Scenario,
    Source,
    Stage,
    Timer,
    Track,
)
from ..report import Report


def check(report: Report, rulebook: Rulebook) -> None:
    """查一个场景里的全部引用。"""
    _duplicates(report)
    if not _facts(report):
        return  # 事实本身没写对，后面对条件的检查没有意义
    _conditions(report)
    _rules(report, rulebook)
    _stages(report)
    _event_date(report)
    _unused(report)


def _duplicates(report: Report) -> None:
    """同一组里第二次写的 id，指着第二次写的那一行；问题和事实算一组，因为条件里两者混着写。"""
    for group in _id_groups(report.scenario):
        seen: set[str] = set()
        for item_id, location in group:
            if item_id in seen:
                report.add("duplicate-id", item_id, location, f"“{item_id}”前面已经写过了，id 不能重复")
            seen.add(item_id)


def _id_groups(scenario: Scenario) -> Iterator[list[tuple[str, Location]]]:
    """id 不能重复的每一组：id 和它的位置，按写的先后。"""
    yield [*_placed(("questions",), scenario.questions), *_placed(("facts",), scenario.facts)]
    yield _placed(("rules",), scenario.rules)
    yield _placed(("evidence",), scenario.evidence)
    yield _placed(("tracks",), scenario.tracks)
    yield _placed(("stages",), scenario.stages)
    yield _placed(("sources",), scenario.sources)
    yield _placed(("clocks",), scenario.clocks)
    for index, stage in enumerate(scenario.stages):
        yield _placed(("stages", index, "timers"), stage.timers)


def _placed(
    section: Location,
    items: Sequence[Question | Fact | Rule | Evidence | Track | Stage | Source | Timer],
) -> list[tuple[str, Location]]:
    return [(item.id, (*section, index)) for index, item in enumerate(items)]


_KINDS = {
    "date_window": {QuestionKind.DATE},
    "number_band": {QuestionKind.AMOUNT, QuestionKind.NUMBER},
    "any_of": {QuestionKind.MULTI},
}


def _facts(report: Report) -> bool:
    before = len(report.findings)
    questions = {question.id: question for question in report.scenario.questions}
    for index, fact in enumerate(report.scenario.facts):
        location: Location = ("facts", index)
        question = questions.get(fact.question)
        if question is None:
            report.add("unknown-id", fact.id, location, f"没有叫“{fact.question}”的问题")
        elif question.kind not in _KINDS[fact.kind]:
            report.add("wrong-kind", fact.id, location, f"{fact.kind} 不能从 {question.kind} 题“{question.id}”推出来")
        elif isinstance(fact, AnyOf):
            for option in sorted(set(fact.options) - {option.id for option in question.options}):
                report.add("unknown-id", fact.id, location, f"问题“{question.id}”没有选项“{option}”")
        if isinstance(fact, (DateWindow, AnyOf)):
            wanted = {"inside", "arguable", "past"} if isinstance(fact, DateWindow) else {"yes", "no"}
            if question and question.offers_unsure:
                wanted.add("unsure")
            for value in sorted(wanted - set(fact.labels)):
                report.add("missing-label", fact.id, location, f"labels 少写了 {value}")
    return len(report.findings) == before


def _conditions(report: Report) -> None:
    scenario = report.scenario
    owner = question_of_fact(scenario)
    order = {question.id: index for index, question in enumerate(scenario.questions)}
    for index, question in enumerate(scenario.questions):
        for fact in check_clauses(report, question.ask_when, question.id, ("questions", index, "ask_when")):
            if order[owner[fact].id] >= index:
                report.add(
                    "order", question.id, ("questions", index, "ask_when"), f"“{fact}”要由更早的问题决定，请调整顺序"
                )
    for index, rule in enumerate(scenario.rules):
        check_clauses(report, rule.when, rule.id, ("rules", index, "when"))


def check_clauses(report: Report, clauses: Iterable[Clause], item_id: str, location: Location) -> list[str]:
    """查条件里的事实和取值，返回写对了的事实。"""
    owner = question_of_fact(report.scenario)
    known: list[str] = []
    for clause in clauses:
        for fact, values in clause.items():
            if fact not in owner:
                report.add(
                    "unknown-id", item_id, location, f"条件里的“{fact}”既不是选择题、是非题，也没有在 facts 里声明"
                )
                continue
            known.append(fact)
            for value in sorted(values - fact_domain(report.scenario, fact)):
                report.add("unknown-id", item_id, location, f"事实“{fact}”没有“{value}”这个取值")
    return known


def _rules(report: Report, rulebook: Rulebook) -> None:
    scenario = report.scenario
    questions = {question.id for question in scenario.questions}
    evidence = {item.id for item in scenario.evidence}
    tracks = {track.id for track in scenario.tracks}
    scenarios = {item.id for item in rulebook.scenarios}
    for index, rule in enumerate(scenario.rules):
        for key, wanted, available in (
            ("needs", rule.needs, questions),
            ("evidence", rule.evidence, evidence),
            ("track", (rule.track,) if rule.track else (), tracks),
            ("redirect_to", (rule.redirect_to,) if rule.redirect_to else (), scenarios),
        ):
            for item in wanted:
                if item not in available:
                    report.add("unknown-id", rule.id, ("rules", index, key), f"{key} 里的“{item}”不存在")
        _passed_on(report, rulebook, rule, ("rules", index, "passes_on"))


def _passed_on(report: Report, rulebook: Rulebook, rule: Rule, location: Location) -> None:
    """带过去的：那边有这一题、这一项；照这边的一题，两边题型要一样。"""
    there = next((item for item in rulebook.scenarios if item.id == rule.redirect_to), None)
    asked = {question.id: question for question in there.questions} if there else {}
    here = {question.id: question for question in report.scenario.questions}
    for one in rule.passes_on:
        check_clauses(report, one.when, rule.id, location)
        question = asked.get(one.question)
        if question is None:
            report.add("unknown-id", rule.id, location, f"转过去的场景没有“{one.question}”这一题")
        elif one.option is not None and one.option not in {option.id for option in question.options}:
            report.add("unknown-id", rule.id, location, f"“{one.question}”没有“{one.option}”这一项")
        elif one.answer_of is not None and (one.answer_of not in here or here[one.answer_of].kind != question.kind):
            report.add("wrong-kind", rule.id, location, f"“{one.answer_of}”不是这边同一种题")


def _stages(report: Report) -> None:
    scenario = report.scenario
    dates = {question.id for question in scenario.questions if question.kind is QuestionKind.DATE}
    stages = {stage.id for stage in scenario.stages}
    for index, track in enumerate(scenario.tracks):
        if track.start not in stages:
            report.add("unknown-id", track.id, ("tracks", index), f"没有叫“{track.start}”的阶段")
    for stage_index, stage in enumerate(scenario.stages):
        location: Location = ("stages", stage_index)
        for index, timer in enumerate(stage.timers):
            if timer.start and timer.start not in dates:
                report.add("unknown-id", timer.id, (*location, "timers", index), f"没有叫“{timer.start}”的日期题")
            if timer.next_stage and timer.next_stage not in stages:
                report.add("unknown-id", timer.id, (*location, "timers", index), f"没有叫“{timer.next_stage}”的阶段")
        for index, event in enumerate(stage.events):
            if event.to not in stages:
                report.add("unknown-id", event.on, (*location, "events", index), f"没有叫“{event.to}”的阶段")


def _event_date(report: Report) -> None:
    scenario = report.scenario
    dates = {question.id for question in scenario.questions if question.kind is QuestionKind.DATE}
    if scenario.event_date and scenario.event_date not in dates:
        report.add("unknown-id", scenario.id, ("event_date",), f"没有叫“{scenario.event_date}”的日期题")


def _unused(report: Report) -> None:
    scenario = report.scenario
    used_facts = {fact for clauses in _all_conditions(scenario) for clause in clauses for fact in clause}
    owner = question_of_fact(scenario)
    for index, fact in enumerate(scenario.facts):
        if fact.id not in used_facts:
            report.add("unused-id", fact.id, ("facts", index), "没有任何条件用到这个事实")
    used_questions = {owner[fact].id for fact in used_facts if fact in owner} | _questions_for_dates(scenario)
    for index, question in enumerate(scenario.questions):
        if question.id not in used_questions:
            report.add("unused-id", question.id, ("questions", index), "这个问题的答案没有任何地方用到")
    used_evidence = {item for rule in scenario.rules for item in rule.evidence}
    for index, item in enumerate(scenario.evidence):
        if item.id not in used_evidence:
            report.add("unused-id", item.id, ("evidence", index), "没有规则用到这项材料")
    used_tracks = {rule.track for rule in scenario.rules}
    for index, track in enumerate(scenario.tracks):
        if track.id not in used_tracks:
            report.add("unused-id", track.id, ("tracks", index), "没有规则走这条路")
    used_sources = sources_used(scenario)
    for index, source in enumerate(scenario.sources):
        if source.id not in used_sources:
            report.add("unused-id", source.id, ("sources", index), "没有规则、时限或时钟引用这条依据")


def _all_conditions(scenario: Scenario) -> Iterable[Iterable[Clause]]:
    yield from (question.ask_when for question in scenario.questions)
    yield from (rule.when for rule in scenario.rules)


def _questions_for_dates(scenario: Scenario) -> set[str]:
    used = {question for rule in scenario.rules for question in rule.needs}
    return used | ({scenario.event_date} if scenario.event_date else set[str]())

"""文书：空没声明、问题写错、没有一份案件用得上、该引法律却没有依据。"""

from datetime import date

from ...derived.paths import rule_eras
from ...derived.reasoning import Reasoner
from ...findings import Location
from ...loader import Rulebook
from ...scenario_models.models import DateWindow, QuestionKind, Scenario, Source, SourceKind
from ...scenario_models.paper_models import AnswerSlot, FactList, Paper, PaperSet, Timeline, Wording
from ...scenario_models.source_models import SpeaksFor
from ..report import Report
from .references import check_clauses


def check(report: Report, rulebook: Rulebook, today: date) -> None:
    """检查一个场景的文书；没有文书的略过。"""
    papers = report.scenario.papers
    if papers is None:
        return
    _duplicates(report, papers)
    _slots(report, papers)
    _not_cited(report, papers, rulebook)
    clean = not report.findings
    for index, paper in enumerate(papers.items):
        location: Location = ("papers", "items", index)
        _references(report, paper, location)
        _laws(report, paper, location, rulebook, today)
        if clean:
            _conditions(report, paper, location)


def _duplicates(report: Report, papers: PaperSet) -> None:
    for group, items in (("slots", papers.slots), ("items", papers.items)):
        seen: set[str] = set()
        for index, item in enumerate(items):
            if item.id in seen:
                report.add("duplicate-id", item.id, ("papers", group, index), f"“{item.id}”前面已经写过了，id 不能重复")
            seen.add(item.id)


def _slots(report: Report, papers: PaperSet) -> None:
    """空要先声明，声明了要用到，问的问题要存在。"""
    declared = {slot.id for slot in papers.slots}
    used = {slot for paper in papers.items for wording in paper.wordings for slot in wording.slots}
    questions = {question.id for question in report.scenario.questions}
    for index, slot in enumerate(papers.slots):
        location: Location = ("papers", "slots", index)
        if slot.id not in used:
            report.add("unused-id", slot.id, location, "没有一份文书用到这个空")
        if isinstance(slot, AnswerSlot) and slot.question not in questions:
            report.add("unknown-id", slot.id, location, f"没有叫“{slot.question}”的问题")
    for index, paper in enumerate(papers.items):
        for position, part in enumerate(paper.parts):
            if not isinstance(part, Wording):
                continue
            location = ("papers", "items", index, "parts", position)
            for slot in dict.fromkeys(part.slots):
                if slot not in declared:
                    report.add("unknown-slot", paper.id, location, f"“{{{slot}}}”没有在 slots 里声明")
            if part.stray_braces:
                report.add("unknown-slot", paper.id, location, "花括号里只能写 slots 里声明过的 id")


def _references(report: Report, paper: Paper, location: Location) -> None:
    """规则、阶段、问题都要存在；经过里只能是日期题。"""
    scenario = report.scenario
    kinds = {question.id: question.kind for question in scenario.questions}
    for key, wanted, available in (
        ("rules", paper.rules, {rule.id for rule in scenario.rules}),
        ("stages", paper.stages, {stage.id for stage in scenario.stages}),
    ):
        for item in wanted:
            if item not in available:
                report.add("unknown-id", paper.id, (*location, key), f"{key} 里的“{item}”不存在")
    for position, part in enumerate(paper.parts):
        if not isinstance(part, (FactList, Timeline)):
            continue
        for question in part.moments if isinstance(part, Timeline) else part.questions:
            spot: Location = (*location, "parts", position)
            if question not in kinds:
                report.add("unknown-id", paper.id, spot, f"没有叫“{question}”的问题")
            elif isinstance(part, Timeline) and kinds[question] is not QuestionKind.DATE:
                report.add("wrong-kind", paper.id, spot, f"经过里只能列日期题，“{question}”不是")


def _not_cited(report: Report, papers: PaperSet, rulebook: Rulebook) -> None:
    """什么时候不引的依据要存在，条件要写对。"""
    available = _available(rulebook, report.scenario)
    for index, one in enumerate(papers.not_cited):
        location: Location = ("papers", "not_cited", index)
        check_clauses(report, one.when, one.sources[0], location)
        for source in one.sources:
            if source not in available:
                report.add("missing-source", source, location, f"没有叫“{source}”的依据")


def _available(rulebook: Rulebook, scenario: Scenario) -> dict[str, Source]:
    return {source.id: source for source in (*rulebook.shared_sources, *scenario.sources)}


def _laws(report: Report, paper: Paper, location: Location, rulebook: Rulebook, today: date) -> None:
    """引法律的文书，它的每个结论在每个时期都要有一条有效的法律依据。"""
    if not paper.law_lists:
        return
    scenario = report.scenario
    laws = {
        key: source
        for key, source in _available(rulebook, scenario).items()
        if source.kind is SourceKind.LAW and source.speaks_for is SpeaksFor.ASKER
    }
    named = [source for law in paper.law_lists for source in law.sources]
    for source in named:
        if source not in laws:
            message = f"没有叫“{source}”的、帮写的人说话的法律依据可引"
            report.add("missing-source", paper.id, (*location, "parts"), message)
    days = [era or today for era in rule_eras(scenario)]
    for rule in scenario.rules:
        if rule.id not in paper.rules:
            continue
        cited = [laws[source] for source in named or rule.sources if source in laws]
        for day in days:
            if rule.is_effective_on(day) and not any(source.is_effective_on(day) for source in cited):
                message = f"这份文书要引法律，但结论“{rule.id}”在 {day} 没有一条有效的法律依据"
                report.add("missing-source", paper.id, (*location, "rules"), message)


def _conditions(report: Report, paper: Paper, location: Location) -> None:
    """一句话的条件要写对、不会随时间变，并且至少对这份文书的一个结论成立得了。"""
    scenario = report.scenario
    reasoner = Reasoner(scenario)
    changing = {fact.id for fact in scenario.facts if isinstance(fact, DateWindow)}
    for position, part in enumerate(paper.parts):
        if not isinstance(part, Wording):
            continue
        spot: Location = (*location, "parts", position)
        before = len(report.findings)
        facts = check_clauses(report, part.when, paper.id, spot)
        for fact in sorted(changing & set(facts)):
            report.add("changing-fact", paper.id, spot, f"“{fact}”会随日子变，写在纸上过几天就不对了")
        if len(report.findings) == before and not _can_be_said(scenario, reasoner, paper, part):
            report.add("unreachable", paper.id, spot, "这份文书的结论里，这个条件永远不会成立")


def _can_be_said(scenario: Scenario, reasoner: Reasoner, paper: Paper, wording: Wording) -> bool:
    return any(
        reasoner.is_possible([clause, reached])
        for rule in scenario.rules
        if rule.id in paper.rules
        for reached in rule.when
        for clause in wording.when
    )

"""依据齐不齐、该不该重新核对了。"""

from collections.abc import Iterable, Mapping
from datetime import date

from ...assembling.source_list import sources_with_places
from ...derived.paths import rule_eras
from ...findings import Finding
from ...loader import Rulebook, sources_used
from ...scenario_models.models import LimitRule, Source, Timer, TimerKind
from ...scenario_models.source_models import SourceKind
from ..report import Report


def check(report: Report, rulebook: Rulebook, today: date) -> None:
    """检查一个场景引用的依据都存在、到期核对，并且每个时期都有一条有效的。"""
    scenario = report.scenario
    available = {source.id: source for source in (*rulebook.shared_sources, *scenario.sources)}
    for index, rule in enumerate(scenario.rules):
        _missing(report, rule.id, rule.sources, available, ("rules", index, "sources"))
        for era in rule_eras(scenario):
            day = era or today
            known = [available[source] for source in rule.sources if source in available]
            if known and rule.is_effective_on(day) and not any(source.is_effective_on(day) for source in known):
                report.add("no-source-in-force", rule.id, ("rules", index, "sources"), f"{day} 时没有一条依据是有效的")
    for stage_index, stage in enumerate(scenario.stages):
        for index, timer in enumerate(stage.timers):
            wanted = [source for length in timer.lengths for source in length.sources]
            _missing(report, timer.id, wanted, available, ("stages", stage_index, "timers", index))
            _rolling(report, timer, available, ("stages", stage_index, "timers", index))
    for index, clock in enumerate(scenario.clocks):
        wanted = [source for length in clock.lengths for source in length.sources]
        _missing(report, clock.id, wanted, available, ("clocks", index))
        _rolling(report, clock, available, ("clocks", index))
    for index, source in enumerate(scenario.sources):
        if source.is_check_overdue(today):
            report.add("overdue-source", source.id, ("sources", index), _overdue(source))


def check_shared(rulebook: Rulebook, today: date) -> Iterable[Finding]:
    """检查共用的依据：写重了、该重新核对了，或没有场景用到。"""
    used = {source for scenario in rulebook.scenarios for source in sources_used(scenario)}
    used |= {source for scoped in rulebook.topics for source in scoped.topic.sources}
    for document in rulebook.shared_documents:
        seen: set[str] = set()
        for source, spot in sources_with_places(document):
            if source.id in seen:
                message = f"“{source.id}”前面已经写过了，id 不能重复"
                yield document.finding(spot, source.id, "duplicate-id", message)
            seen.add(source.id)
            if source.is_check_overdue(today):
                yield document.finding(spot, source.id, "overdue-source", _overdue(source))
            if source.id not in used:
                yield document.finding(spot, source.id, "unused-id", "没有场景、没有打听用到这条依据")


def _rolling(report: Report, timer: Timer, available: Mapping[str, Source], location: tuple[str | int, ...]) -> None:
    """依据里没有法律的截止（平台的倒计时、经验），末日碰上休息日也不能主张顺延。"""
    if timer.kind is not TimerKind.DEADLINE:
        return
    for length in timer.lengths:
        kinds = {available[source].kind for source in length.sources if source in available}
        by_days = length.limit.rule is LimitRule.CALENDAR_DAYS
        if length.rolls and by_days and kinds and SourceKind.LAW not in kinds:
            report.add("rolls-without-law", timer.id, location, "依据里没有法律，休息日不能主张顺延：写 rolls: false")


def _missing(
    report: Report, item_id: str, wanted: Iterable[str], available: dict[str, Source], location: tuple[str | int, ...]
) -> None:
    for source in wanted:
        if source not in available:
            report.add(
                "missing-source", item_id, location, f"没有叫“{source}”的依据；写进 sources.yaml 或本文件的 sources"
            )


def _overdue(source: Source) -> str:
    return f"上次核对是 {source.last_checked_on}，超过 {source.check_every_days} 天了；核对后更新 last_checked_on"

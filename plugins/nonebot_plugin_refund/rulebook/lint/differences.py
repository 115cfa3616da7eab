"""操作者改过的地方：随包的原文后来变了，或改过的那一条用着该重新核对的依据。"""

from collections.abc import Iterator
from datetime import date

from ..findings import Finding, Location
from ..loader import LoadedScenario, Rulebook
from ..overlays.based_on import changed_since
from ..overlays.merging import Change
from ..scenario_models.models import Source


def check(rulebook: Rulebook, today: date) -> Iterator[Finding]:
    """检查一本手册里操作者改过的各处。"""
    overdue = {source.id: source for source in rulebook.shared_sources if source.is_check_overdue(today)}
    for overlay in rulebook.overlays:
        yield from changed_since(overlay)
    for loaded in rulebook.loaded:
        if loaded.changes:
            yield from _overdue_in_scenario(loaded, overdue)
    yield from _overdue_in_topics(rulebook, overdue)


def _overdue_in_scenario(loaded: LoadedScenario, overdue: dict[str, Source]) -> Iterator[Finding]:
    for location, sources in _with_sources(loaded):
        change = next((one for one in loaded.changes if one.out[: len(location)] == location), None)
        if change is not None:
            yield from _findings(change, sources, overdue)


def _with_sources(loaded: LoadedScenario) -> Iterator[tuple[Location, list[str]]]:
    """写着依据的各处：规则、时限、时钟。"""
    scenario = loaded.scenario
    for index, rule in enumerate(scenario.rules):
        yield ("rules", index), list(rule.sources)
    for stage_index, stage in enumerate(scenario.stages):
        for index, timer in enumerate(stage.timers):
            spot: Location = ("stages", stage_index, "timers", index)
            yield spot, [source for length in timer.lengths for source in length.sources]
    for index, clock in enumerate(scenario.clocks):
        yield ("clocks", index), [source for length in clock.lengths for source in length.sources]


def _overdue_in_topics(rulebook: Rulebook, overdue: dict[str, Source]) -> Iterator[Finding]:
    sources = {topic.id: topic.topic.sources for topic in rulebook.topics}
    seen: set[str] = set()
    for overlay in rulebook.overlays:
        for change in overlay.changes:
            section, _, rest = change.path.partition(".")
            name = rest.partition(".")[0]
            if section == "topics" and name not in seen:
                seen.add(name)
                yield from _findings(change, sources.get(name, ()), overdue)


def _findings(change: Change, used: list[str] | tuple[str, ...], overdue: dict[str, Source]) -> Iterator[Finding]:
    for source_id in dict.fromkeys(used):
        source = overdue.get(source_id)
        if source is not None:
            message = (
                f"你改的这一处用着的依据上次核对是 {source.last_checked_on}，超过 {source.check_every_days} 天了；"
                f"核对过就在自己的 sources.yaml 里写 {{id: {source_id}, last_checked_on: 核对的日期}}"
            )
            yield Finding(change.place.file, change.place.line, source_id, "overdue-source", message)

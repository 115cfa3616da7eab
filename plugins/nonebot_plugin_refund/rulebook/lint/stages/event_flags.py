"""事件的 ends 和 gives_up 与用它的地方合不合：处处都走到终点的，要写明；写了 ends 的，总要有一处真的到终点。

有的地方到终点、有的地方还往下走的（如“已投诉”），写不写都行：到终点的那几处，记之前本来就会问一句。
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ...findings import Finding
from ...loader import LoadedScenario, Rulebook
from ...scenario_models.event_models import Event
from ..report import Report
from ..shared.catalogue import effective_entries

Uses = Mapping[str, list[bool]]
"""事件 id 到用它的每一处：说了它，是不是就到终点了。"""


def check(report: Report) -> None:
    """查一个场景自己写的事件。"""
    uses = _uses([report.loaded], own=True)
    for index, event in enumerate(report.scenario.events):
        for message in _faults(event, uses):
            report.add("event-flag", event.id, ("events", index), message)


def check_catalogue(rulebook: Rulebook) -> Iterator[Finding]:
    """查目录里的事件。"""
    uses = _uses(rulebook.loaded, own=False)
    for event, place in effective_entries(rulebook):
        for message in _faults(event, uses):
            yield Finding(place.file, place.line, event.id, "event-flag", message)


def _faults(event: Event, uses: Uses) -> Iterator[str]:
    """没人用的另有检查说它。"""
    ending = uses.get(event.id, [])
    if ending and event.ends and not any(ending):
        yield "写了 ends，可没有一处说了它案件就到终点；把 ends 删掉，或把 to 改成终点"
    if ending and all(ending) and not (event.ends or event.gives_up):
        yield "用到它的每一处，说了它案件就到终点；加上 ends: true（是放弃的加 gives_up: true），记之前先问一句"


def _uses(scenarios: Iterable[LoadedScenario], *, own: bool) -> Uses:
    """这些场景的阶段用到的事件；``own`` 是只看场景自己写的，还是只看目录里的。"""
    found: defaultdict[str, list[bool]] = defaultdict(list)
    for loaded in scenarios:
        own_events = _own_events(loaded)
        finals = {stage.id for stage in loaded.scenario.stages if stage.outcome is not None}
        for stage in loaded.scenario.stages:
            for item in stage.events:
                if (item.on in own_events) is own:
                    found[item.on].append(item.to in finals)
    return found


def _own_events(loaded: LoadedScenario) -> set[str]:
    return {
        event.id
        for index, event in enumerate(loaded.scenario.events)
        if loaded.place(("events", index)).document is loaded.document
    }

"""事件的 ends 和 gives_up 与用它的地方合不合：会走到终点的，记之前要先问一句；说会结束的，总要有一处真的结束。"""

from collections.abc import Iterator

from ..event_models import Event
from ..findings import Finding
from ..loader import LoadedScenario, Rulebook
from .catalogue import effective_entries
from .report import Report

_NEVER_ENDS = "写了 ends，可没有一处说了它案件就到终点；把 ends 删掉，或把 to 改成终点"


def check(report: Report) -> None:
    """查一个场景里用到的事件，和它自己的事件。"""
    finals = {stage.id: stage for stage in report.scenario.stages if stage.outcome is not None}
    for index, stage in enumerate(report.scenario.stages):
        for position, written in enumerate(stage.events):
            event = report.scenario.event(written.on)
            if written.to in finals and not (event.ends or event.gives_up):
                message = (
                    f"说了它案件就到终点“{finals[written.to].title}”了，记之前要先问一句；"
                    "在写着这件事的地方加上 ends: true（是放弃的加 gives_up: true）"
                )
                report.add("event-flag", event.id, ("stages", index, "events", position), message)
    used, ending = _uses(report.loaded, own=True)
    for index, event in enumerate(report.scenario.events):
        if _never_ends(event, used, ending):
            report.add("event-flag", event.id, ("events", index), _NEVER_ENDS)


def check_catalogue(rulebook: Rulebook) -> Iterator[Finding]:
    """查目录里写了 ends 的事件。"""
    pairs = [_uses(loaded, own=False) for loaded in rulebook.loaded]
    used = {event for uses, _ in pairs for event in uses}
    ending = {event for _, ends in pairs for event in ends}
    for event, place in effective_entries(rulebook):
        if _never_ends(event, used, ending):
            yield Finding(place.file, place.line, event.id, "event-flag", _NEVER_ENDS)


def _never_ends(event: Event, used: set[str], ending: set[str]) -> bool:
    """没人用的另有检查说它。"""
    return event.ends and event.id in used and event.id not in ending


def _uses(loaded: LoadedScenario, *, own: bool) -> tuple[set[str], set[str]]:
    """一个场景的阶段用到的事件，和其中说了就到终点的；``own`` 是只看它自己写的，还是只看目录里的。"""
    scenario = loaded.scenario
    written_here = {
        event.id
        for index, event in enumerate(scenario.events)
        if loaded.place(("events", index)).document is loaded.document
    }
    finals = {stage.id for stage in scenario.stages if stage.outcome is not None}
    uses = [item for stage in scenario.stages for item in stage.events if (item.on in written_here) is own]
    return {item.on for item in uses}, {item.on for item in uses if item.to in finals}

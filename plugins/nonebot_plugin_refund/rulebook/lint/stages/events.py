"""一个场景里的事件：自己写的没人用、同一个阶段写了两遍、两件事有一样的说法分不清。"""

from itertools import combinations

from ...derived.stage_view import label_in
from ...findings import Location
from ...scenario_models.models import Stage, StageEvent
from ..report import Report
from ..wording.sayings import faults_of_sayings


def check(report: Report) -> None:
    """查一个场景的事件。"""
    _own_events(report)
    for index, stage in enumerate(report.scenario.stages):
        _pairs(report, stage, ("stages", index))


def _own_events(report: Report) -> None:
    used = {written.on for stage in report.scenario.stages for written in stage.events}
    for index, event in enumerate(report.scenario.events):
        place = report.loaded.place(("events", index))
        if place.document is not report.loaded.document:
            continue
        if event.id not in used:
            report.add(
                "unused-id", event.id, ("events", index), "没有一个阶段用到这件事；在阶段的 events 里用上它，或删掉"
            )
        report.findings.extend(faults_of_sayings(place, event))


def _pairs(report: Report, stage: Stage, spot: Location) -> None:
    """同一条路上会一起列出来的每两件事。"""
    for (_, first), (index, second) in combinations(enumerate(stage.events), 2):
        if not _listed_together(first, second):
            continue
        location: Location = (*spot, "events", index)
        if first.on == second.on:
            message = f"“{second.on}”在这个阶段前面已经写过了；合成一条，或用 when 把路分开"
            report.add("duplicate-id", second.on, location, message)
            continue
        for word in sorted(_words(report, first) & _words(report, second)):
            message = f"“{word}”也是“{first.on}”的说法，在这个阶段分不清是哪件；从一边删掉，或说得具体些"
            report.add("shared-saying", second.on, location, message)


def _listed_together(first: StageEvent, second: StageEvent) -> bool:
    if first.when is None or second.when is None:
        return True
    return bool(set(first.when.track) & set(second.when.track))


def _words(report: Report, written: StageEvent) -> set[str]:
    """人们会怎么说它：目录里的说法，和在这个阶段显示的字。"""
    return {*report.scenario.event(written.on).said, label_in(report.scenario, written)}

"""只在某几条路上的话、时限、事件（when）：路要存在，并且走得到这个阶段。"""

from collections.abc import Iterator

from ...derived.stage_graph import reached_by_tracks
from ...findings import Location
from ...scenario_models.models import Stage
from ...scenario_models.stage_models import OnTracks
from ..report import Report


def check(report: Report) -> None:
    """查一个场景的每个 when。"""
    reached = reached_by_tracks(report.scenario)
    for index, stage in enumerate(report.scenario.stages):
        for item_id, location, when in _conditions(stage, ("stages", index)):
            for track_id in when.track:
                if track_id not in reached:
                    message = f"没有叫“{track_id}”的路；检查拼写，路都写在 tracks 里"
                    report.add("unknown-id", item_id, location, message)
                elif stage.id not in reached[track_id]:
                    message = f"“{track_id}”这条路走不到“{stage.id}”，写了也没有用；从 when 里删掉它，或让它走得到"
                    report.add("unreachable-track", item_id, location, message)


def _conditions(stage: Stage, spot: Location) -> Iterator[tuple[str, Location, OnTracks]]:
    for index, variant in enumerate(stage.variants):
        yield stage.id, (*spot, "variants", index, "when"), variant.when
    for index, timer in enumerate(stage.timers):
        if timer.when is not None:
            yield timer.id, (*spot, "timers", index, "when"), timer.when
    for index, event in enumerate(stage.events):
        if event.when is not None:
            yield event.on, (*spot, "events", index, "when"), event.when

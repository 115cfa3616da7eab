"""阶段之间怎么走：从一个阶段出发，事件和时限能带到哪里；也可以只看走某一条路的。"""

from collections.abc import Iterable, Iterator

from ..scenario_models.models import Scenario, Stage
from ..scenario_models.stage_models import OnTracks


def next_stages(stage: Stage, track_id: str | None = None) -> frozenset[str]:
    """从一个阶段直接走得到的阶段 id；给了 ``track_id`` 就只看走那条路的。"""
    by_timers = (timer.next_stage for timer in stage.timers if timer.next_stage and _is_open(timer.when, track_id))
    return frozenset((*_by_events(stage, track_id), *by_timers))


def reachable_stages(scenario: Scenario, starts: Iterable[str], track_id: str | None = None) -> frozenset[str]:
    """从这些阶段出发走得到的全部阶段 id，含出发的；手册里没有的 id 略过。"""
    by_id = {stage.id: stage for stage in scenario.stages}
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        current = waiting.pop()
        if current not in found and current in by_id:
            found.add(current)
            waiting.extend(next_stages(by_id[current], track_id))
    return frozenset(found)


def reached_by_tracks(scenario: Scenario) -> dict[str, frozenset[str]]:
    """每条路走得到的阶段 id。"""
    return {track.id: reachable_stages(scenario, [track.start], track.id) for track in scenario.tracks}


def stages_that_can_end(scenario: Scenario, track_id: str | None = None) -> frozenset[str]:
    """走得到某个终点的阶段 id，含终点自己：从终点倒着找。"""
    ending = {stage.id for stage in scenario.stages if stage.outcome is not None}
    while True:
        more = {stage.id for stage in scenario.stages if next_stages(stage, track_id) & ending} - ending
        if not more:
            return frozenset(ending)
        ending |= more


def _by_events(stage: Stage, track_id: str | None) -> Iterator[str]:
    for event in stage.events:
        if _is_open(event.when, track_id):
            yield event.to


def _is_open(when: OnTracks | None, track_id: str | None) -> bool:
    return when is None or track_id is None or when.holds_on(track_id)

"""阶段走得到头吗、时限过了有没有下一步。"""

from ..findings import Location
from ..models import Stage, Track
from .report import Report


def check(report: Report) -> None:
    """检查一个场景的每一串阶段。"""
    for index, track in enumerate(report.scenario.tracks):
        _check_track(report, track, ("tracks", index))


def _check_track(report: Report, track: Track, location: Location) -> None:
    reachable = _reachable(track)
    ending = _can_end(track)
    for index, stage in enumerate(track.stages):
        spot: Location = (*location, "stages", index)
        item = f"{track.id}/{stage.id}"
        if stage.id not in reachable:
            report.add("unreachable-stage", item, spot, "没有任何事件或时限能走到这个阶段")
        if stage.outcome is not None and (stage.events or stage.timers):
            report.add("final-stage", item, spot, "终点（有 outcome）不能再有事件和时限")
        if stage.outcome is None and not stage.events:
            report.add("dead-end-stage", item, spot, "这里没有可报告的事件，案件会卡住；终点要写 outcome")
        elif stage.id not in ending:
            report.add("dead-end-stage", item, spot, "从这里走不到任何终点")
        _check_timers(report, track, stage, spot)


def _check_timers(report: Report, track: Track, stage: Stage, spot: Location) -> None:
    for index, timer in enumerate(stage.timers):
        eras = [(length.effective_from, length.effective_to) for length in timer.lengths]
        covered_now = any(end is None for _, end in eras)
        if not covered_now:
            report.add("timer-without-length", timer.id, (*spot, "timers", index), "没有一个现在仍适用的长度")
        if timer.next_stage == stage.id:
            report.add(
                "timer-without-next-step", timer.id, (*spot, "timers", index), "到期后又回到原阶段，等于没有下一步"
            )
        if timer.start is None and stage is track.stages[0] and timer.kind == "deadline" and timer.next_stage is None:
            only = {event.to for event in stage.events}
            if only <= {stage.id}:
                report.add("timer-without-next-step", timer.id, (*spot, "timers", index), "到期后没有下一步可走")


def _targets(stage: Stage) -> set[str]:
    timers = {timer.next_stage for timer in stage.timers if timer.next_stage}
    return {event.to for event in stage.events} | timers


def _reachable(track: Track) -> set[str]:
    by_id = {stage.id: stage for stage in track.stages}
    found: set[str] = set()
    waiting = [track.stages[0].id]
    while waiting:
        current = waiting.pop()
        if current in found or current not in by_id:
            continue
        found.add(current)
        waiting.extend(_targets(by_id[current]))
    return found


def _can_end(track: Track) -> set[str]:
    """能走到某个终点的阶段：从终点倒着找。"""
    ending = {stage.id for stage in track.stages if stage.outcome is not None}
    while True:
        more = {stage.id for stage in track.stages if _targets(stage) & ending} - ending
        if not more:
            return ending
        ending |= more

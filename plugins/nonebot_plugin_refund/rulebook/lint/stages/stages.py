"""阶段走得到头吗、时限过了有没有下一步。走哪条路看到的事不一样，所以一条路一条路地查。"""

from collections.abc import Mapping, Sequence

from ...derived.stage_graph import next_stages, reached_by_tracks, stages_that_can_end
from ...findings import Location
from ...scenario_models.models import Stage, Timer
from ..report import Report


def check(report: Report) -> None:
    """检查一个场景的全部阶段。"""
    scenario = report.scenario
    reached = reached_by_tracks(scenario)
    ending = {track_id: stages_that_can_end(scenario, track_id) for track_id in reached}
    anyhow = stages_that_can_end(scenario)
    for index, stage in enumerate(scenario.stages):
        spot: Location = ("stages", index)
        if not any(stage.id in stages for stages in reached.values()):
            report.add("unreachable-stage", stage.id, spot, "没有哪条路、事件或时限能走到这个阶段")
        if stage.outcome is not None and (stage.events or stage.timers):
            report.add("final-stage", stage.id, spot, "终点（有 outcome）不能再有事件和时限")
        if stage.outcome is None and not stage.events:
            report.add("dead-end-stage", stage.id, spot, "这里没有可报告的事件，案件会卡住；终点要写 outcome")
        elif stage.id not in anyhow:
            report.add("dead-end-stage", stage.id, spot, "从这里走不到任何终点")
        else:
            here = {track_id: ending[track_id] for track_id, stages in reached.items() if stage.id in stages}
            _check_tracks(report, stage, spot, here)
        _check_timers(report, stage, spot)
        _check_done(report, stage, spot, [track_id for track_id, stages in reached.items() if stage.id in stages])


def _check_tracks(report: Report, stage: Stage, spot: Location, ending: Mapping[str, frozenset[str]]) -> None:
    """走到这里的每条路，也都有可报告的事、走得到终点。"""
    for track_id, stages in ending.items():
        if stage.id in stages:
            continue
        stuck = "没有可报告的事件" if not next_stages(stage, track_id) else "走不到任何终点"
        message = f"走“{track_id}”这条路到了这里，{stuck}，案件会卡住；看各条 when 是不是漏了这条路"
        report.add("dead-end-stage", stage.id, spot, message)


def _check_timers(report: Report, stage: Stage, spot: Location) -> None:
    for index, timer in enumerate(stage.timers):
        if not timer.is_only_told and all(length.effective_to is not None for length in timer.lengths):
            report.add("timer-without-length", timer.id, (*spot, "timers", index), "没有一个现在仍适用的长度")
        if timer.next_stage == stage.id:
            report.add(
                "timer-without-next-step", timer.id, (*spot, "timers", index), "到期后又回到原阶段，等于没有下一步"
            )


def _check_done(report: Report, stage: Stage, spot: Location, tracks: Sequence[str]) -> None:
    """回「完成」当作报告的那件事，在这个阶段、走得到这里的每条路上都要报告得了。"""
    for index, timer in enumerate(stage.timers):
        if timer.done is None:
            continue
        missing = [track_id for track_id in tracks if not _is_reportable(stage, timer, timer.done, track_id)]
        if missing or not any(event.on == timer.done for event in stage.events):
            where = f"走“{missing[0]}”这条路时，" if missing else ""
            message = f"{where}这个阶段报告不了“{timer.done}”这件事；done 写这个阶段 events 里的一件，或去掉"
            report.add("done-not-reportable", timer.id, (*spot, "timers", index, "done"), message)


def _is_reportable(stage: Stage, timer: Timer, event_id: str, track_id: str) -> bool:
    """这条路上没有这个时限的，不用报告。"""
    if timer.when is not None and not timer.when.holds_on(track_id):
        return True
    return any(event.on == event_id and (event.when is None or event.when.holds_on(track_id)) for event in stage.events)

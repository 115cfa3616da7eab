"""阶段走得到头吗、时限过了有没有下一步。"""

from ..findings import Location
from ..models import Stage
from ..stage_graph import reachable_stages, stages_that_can_end
from .report import Report


def check(report: Report) -> None:
    """检查一个场景的全部阶段。"""
    scenario = report.scenario
    reachable = reachable_stages(scenario, (track.start for track in scenario.tracks))
    ending = stages_that_can_end(scenario)
    for index, stage in enumerate(scenario.stages):
        spot: Location = ("stages", index)
        if stage.id not in reachable:
            report.add("unreachable-stage", stage.id, spot, "没有哪条路、事件或时限能走到这个阶段")
        if stage.outcome is not None and (stage.events or stage.timers):
            report.add("final-stage", stage.id, spot, "终点（有 outcome）不能再有事件和时限")
        if stage.outcome is None and not stage.events:
            report.add("dead-end-stage", stage.id, spot, "这里没有可报告的事件，案件会卡住；终点要写 outcome")
        elif stage.id not in ending:
            report.add("dead-end-stage", stage.id, spot, "从这里走不到任何终点")
        _check_timers(report, stage, spot)


def _check_timers(report: Report, stage: Stage, spot: Location) -> None:
    for index, timer in enumerate(stage.timers):
        if all(length.effective_to is not None for length in timer.lengths):
            report.add("timer-without-length", timer.id, (*spot, "timers", index), "没有一个现在仍适用的长度")
        if timer.next_stage == stage.id:
            report.add(
                "timer-without-next-step", timer.id, (*spot, "timers", index), "到期后又回到原阶段，等于没有下一步"
            )

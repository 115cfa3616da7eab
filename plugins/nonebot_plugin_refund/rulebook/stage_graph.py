"""阶段之间怎么走：从一个阶段出发，事件和时限能带到哪里。"""

from collections.abc import Iterable

from .models import Scenario, Stage


def next_stages(stage: Stage) -> frozenset[str]:
    """从一个阶段直接走得到的阶段 id。"""
    by_timers = {timer.next_stage for timer in stage.timers if timer.next_stage}
    return frozenset({event.to for event in stage.events} | by_timers)


def reachable_stages(scenario: Scenario, starts: Iterable[str]) -> frozenset[str]:
    """从这些阶段出发走得到的全部阶段 id，含出发的；手册里没有的 id 略过。"""
    by_id = {stage.id: stage for stage in scenario.stages}
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        current = waiting.pop()
        if current not in found and current in by_id:
            found.add(current)
            waiting.extend(next_stages(by_id[current]))
    return frozenset(found)


def stages_that_can_end(scenario: Scenario) -> frozenset[str]:
    """走得到某个终点的阶段 id，含终点自己：从终点倒着找。"""
    ending = {stage.id for stage in scenario.stages if stage.outcome is not None}
    while True:
        more = {stage.id for stage in scenario.stages if next_stages(stage) & ending} - ending
        if not more:
            return frozenset(ending)
        ending |= more

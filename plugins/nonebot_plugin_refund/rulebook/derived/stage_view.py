"""一条路上看到的阶段：话、时限、时钟、可以报告的事，都照这条路定好。"""

from collections.abc import Iterator
from dataclasses import dataclass

from ..scenario_models.event_models import Actor, Event
from ..scenario_models.models import Scenario
from ..scenario_models.stage_models import CLOSED, Clock, OnTracks, Outcome, Stage, StageEvent, Timer, TimerKind
from .once import once_for_each


@dataclass(frozen=True, slots=True)
class ReportableEvent:
    """在一个阶段可以报告的一件事。"""

    event: Event
    label: str
    """在这个阶段怎么说。"""
    to: str
    """走到哪个阶段。"""
    same_days: bool = False
    """走到的阶段接着用原来的日子。"""
    back: bool = False
    """回到走到这里之前等着的那个阶段。"""

    def __hash__(self) -> int:
        return hash((self.label, self.to))  # 整件事的内容都算一遍要慢几十倍

    @property
    def id(self) -> str:
        """事件的 id。"""
        return self.event.id

    @property
    def said(self) -> tuple[str, ...]:
        """口头的说法。"""
        return self.event.said

    @property
    def by(self) -> Actor:
        """谁做的。"""
        return self.event.by


@dataclass(frozen=True, slots=True)
class StageView:
    """走某条路的案件看到的一个阶段。"""

    id: str
    title: str
    happening: str
    todo: str
    timers: tuple[Timer, ...]
    """这个阶段的时限，接着是还在走的时钟；问候不是日子，不在里面。"""
    events: tuple[ReportableEvent, ...]
    outcome: Outcome | None
    check_ins: tuple[Timer, ...] = ()
    """几天没动静时问的话。"""

    def timer(self, timer_id: str) -> Timer | None:
        """这个阶段叫这个 id 的时限、时钟或问候；没有为 ``None``。"""
        return next((timer for timer in (*self.timers, *self.check_ins) if timer.id == timer_id), None)

    def event(self, event_id: str) -> ReportableEvent | None:
        """这个阶段里叫这个 id 的事；没有为 ``None``。"""
        return _events_of(self).get(event_id)


@once_for_each(1024)
def _events_of(view: StageView) -> dict[str, ReportableEvent]:
    """一个阶段里的事，id 对到哪件；一句话要找几十次。"""
    return {event.id: event for event in reversed(view.events)}


def stage_on(scenario: Scenario, stage_id: str, track_id: str) -> StageView:
    """走 ``track_id`` 这条路，看到的 ``stage_id`` 是什么样；没有这个阶段或路则抛 ``KeyError``。"""
    views = _views_of(scenario)
    if (stage_id, track_id) not in views:
        views[stage_id, track_id] = _view(scenario, stage_id, track_id)
    return views[stage_id, track_id]


@once_for_each(64)
def _views_of(scenario: Scenario) -> dict[tuple[str, str], StageView]:
    """一个场景里看过的阶段，看到的样子不变；一句话要看十来次。"""
    del scenario
    return {}


def _view(scenario: Scenario, stage_id: str, track_id: str) -> StageView:
    stage = scenario.stage(stage_id)
    title, happening, todo = _texts(stage, track_id)
    timers = tuple(timer for timer in stage.timers if _holds(timer.when, track_id))
    return StageView(
        id=stage.id,
        title=title,
        happening=happening,
        todo=todo,
        timers=(*(timer for timer in timers if not is_check_in(timer)), *running_clocks(scenario, stage, track_id)),
        events=tuple(_reportable(scenario, stage, track_id)),
        outcome=stage.outcome,
        check_ins=tuple(timer for timer in timers if is_check_in(timer)),
    )


def is_check_in(timer: Timer) -> bool:
    """是不是一句问候，不是日子。"""
    return timer.kind is TimerKind.CHECK_IN


def first_stage(scenario: Scenario, track_id: str) -> StageView:
    """一条路的起点；没有这条路则抛 ``KeyError``。"""
    return stage_on(scenario, scenario.track(track_id).start, track_id)


def running_clocks(scenario: Scenario, stage: Stage, track_id: str) -> tuple[Clock, ...]:
    """走这条路、站在这个阶段时，还在走的时钟。"""
    clocks = (scenario.clock(key) for key in scenario.track(track_id).clocks)
    return tuple(clock for clock in clocks if not is_over(clock, stage))


def is_over(clock: Clock, stage: Stage) -> bool:
    """走到这个阶段，时钟是不是停了。"""
    return stage.id in clock.until or (stage.outcome is not None and CLOSED in clock.until)


def label_in(scenario: Scenario, written: StageEvent) -> str:
    """一件事在写着它的那个阶段怎么说。"""
    return written.label or scenario.event(written.on).label


def clocks_starting_at(scenario: Scenario, stage_id: str) -> tuple[Clock, ...]:
    """从这个阶段起步的几条路带起来的时钟，按先后，不重复。"""
    started = (key for track in scenario.tracks if track.start == stage_id for key in track.clocks)
    return tuple(scenario.clock(key) for key in dict.fromkeys(started))


def label_of(scenario: Scenario, stage_id: str, event_id: str, track_id: str | None) -> str:
    """在这个阶段报告过的一件事怎么说；换过路的案件，原来那条路上的说法也认。已经没有说法的为空。"""
    stage = next((stage for stage in scenario.stages if stage.id == stage_id), None)
    if stage is None:
        return ""
    written = [item for item in stage.events if item.on == event_id]
    here = [item for item in written if track_id is not None and _holds(item.when, track_id)]
    chosen = next(iter(here or written), None)
    return "" if chosen is None else label_in(scenario, chosen)


def every_timer(scenario: Scenario) -> Iterator[Timer]:
    """一个场景的全部时限和时钟。"""
    for stage in scenario.stages:
        yield from stage.timers
    yield from scenario.clocks


def _texts(stage: Stage, track_id: str) -> tuple[str, str, str]:
    other = next((variant for variant in stage.variants if variant.when.holds_on(track_id)), None)
    if other is None:
        return stage.title, stage.happening, stage.todo
    return other.title or stage.title, other.happening or stage.happening, other.todo or stage.todo


def _reportable(scenario: Scenario, stage: Stage, track_id: str) -> Iterator[ReportableEvent]:
    for written in stage.events:
        if _holds(written.when, track_id):
            yield _resolved(scenario, written)


def _resolved(scenario: Scenario, written: StageEvent) -> ReportableEvent:
    event = scenario.event(written.on)
    return ReportableEvent(event, label_in(scenario, written), written.to, written.same_days, written.back)


def _holds(when: OnTracks | None, track_id: str) -> bool:
    return when is None or when.holds_on(track_id)

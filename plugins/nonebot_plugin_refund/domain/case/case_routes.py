"""新闻从哪个阶段来都算：报告的事不在现在这个阶段时，从现在走到它要先发生什么。

还没说交了申请，就说“被拒了”：交申请是说不出口的那一半，记成交了、又被拒了。
"""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache, partial

from ...rulebook.derived.once import once_for_each
from ...rulebook.derived.stage_view import ReportableEvent, StageView, stage_on
from ...rulebook.scenario_models.models import Scenario
from ...rulebook.scenario_models.stage_models import Track
from .cases import CasePosition
from .heard.likely import Likely

MOST_IMPLIED = 2
"""最多替人补上这么多件没说的事；再多就不是“没说”，而是听错了。"""


_Look = Callable[[str], StageView]
"""按 id 看一条路上的阶段；看过的不再搭一遍。"""


class _Map:
    """一个场景的一条路；就是同一个场景才算同一条，不去比它的内容。"""

    def __init__(self, scenario: Scenario, track_id: str) -> None:
        self.scenario = scenario
        self.track_id = track_id

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Map) and other.scenario is self.scenario and other.track_id == self.track_id

    @property
    def start(self) -> str:
        """这条路从哪个阶段开始。"""
        return self.scenario.track(self.track_id).start

    def __hash__(self) -> int:
        return hash((id(self.scenario), self.track_id))


class RouteKind(StrEnum):
    """报告的事与现在的阶段是什么关系。"""

    HERE = "here"
    """现在就能报告。"""
    FORWARD = "forward"
    """先发生了别的，才轮到它。"""
    ELSEWHERE = "elsewhere"
    """这条路上有它，但从现在走不到：多半记错了一步，要问。"""
    AGAIN = "again"
    """已经记过了。"""


@dataclass(frozen=True, slots=True)
class Route:
    """从现在走到一件事。"""

    kind: RouteKind
    event: ReportableEvent
    stage_id: str
    """这件事在哪个阶段报告。"""
    implied: tuple[str, ...] = ()
    """先要发生的几件，按先后。"""


def route_to(scenario: Scenario, position: CasePosition, event_id: str, walked: Sequence[str] = ()) -> Route | None:
    """从 ``position`` 走到 ``event_id``；这条路上没有这件事为 ``None``。

    Args:
        scenario: 案件钉住的那一版场景。
        position: 现在的位置。
        event_id: 报告的事件。
        walked: 报告过的事件 id，由早到晚。
    """
    return _routed(_Map(scenario, position.track_id), position.stage_id, event_id, walked)


def _routed(on: _Map, stage_id: str, event_id: str, walked: Collection[str]) -> Route | None:
    look = _looking(on)
    here = look(stage_id)
    if (event := here.event(event_id)) is not None:
        return Route(RouteKind.HERE, event, here.id)
    forward = _forward(look, here, event_id)
    if forward is not None and not (event_id in walked and len(forward.implied) >= MOST_IMPLIED):
        return forward  # 记过的又说一遍，不替人补出绕一大圈才轮得到它的几步
    if event_id not in walked and (ahead := _ahead(look, here, event_id)) is not None:
        return ahead
    elsewhere = _anywhere(look, on.start, event_id)
    if elsewhere is None:
        return None
    if event_id in walked:
        return Route(RouteKind.AGAIN, elsewhere[1], elsewhere[0].id)
    return Route(RouteKind.ELSEWHERE, elsewhere[1], elsewhere[0].id)


def follows(scenario: Scenario, position: CasePosition, first: str, last: str) -> bool:
    """``first`` 此刻就能报告，报告了之后就轮到 ``last``。"""
    on = _Map(scenario, position.track_id)
    here = _looking(on)(position.stage_id).event(first)
    return here is not None and first != last and _looking(on)(here.to).event(last) is not None


def known_events(scenario: Scenario, position: CasePosition) -> tuple[ReportableEvent, ...]:
    """这条路上会有的全部事件，现在能报告的在前，每件一次。"""
    return _known(_Map(scenario, position.track_id), position.stage_id)


def known_ids(scenario: Scenario, position: CasePosition) -> frozenset[str]:
    """:func:`known_events` 各件的 id。"""
    return _ids_of(known_events(scenario, position))


@once_for_each(256)
def _ids_of(events: tuple[ReportableEvent, ...]) -> frozenset[str]:
    return frozenset(event.id for event in events)


@lru_cache(maxsize=256)
def _known(on: _Map, stage_id: str) -> tuple[ReportableEvent, ...]:
    found: dict[str, ReportableEvent] = {}
    for stage in _stages_from(_looking(on), stage_id, on.start):
        for event in stage.events:
            found.setdefault(event.id, event)
    return tuple(found.values())


PRIORS = {RouteKind.HERE: 1.0, RouteKind.FORWARD: 0.4, RouteKind.ELSEWHERE: 0.15, RouteKind.AGAIN: 0.15}
"""还没听之前，各件事有多大可能：现在就能报告的最大。"""


def likely_events(scenario: Scenario, position: CasePosition, walked: Sequence[str] = ()) -> Likely:
    """这条路上的全部事件，各有多大的先前可能。"""
    return _priors(_Map(scenario, position.track_id), position.stage_id, frozenset(walked))


def events_from_start(scenario: Scenario, track: Track) -> Likely:
    """刚走上这条路时，路上的全部事件，各有多大的先前可能。"""
    return _priors(_Map(scenario, track.id), track.start, frozenset[str]())


@lru_cache(maxsize=256)
def _priors(on: _Map, stage_id: str, walked: frozenset[str]) -> Likely:
    """一句话要问每件案件一遍，而站在哪里、报告过什么难得变：走一遍记住。"""
    priors: dict[ReportableEvent, float] = {}
    for event in _known(on, stage_id):
        route = _routed(on, stage_id, event.id, walked)
        priors[event] = PRIORS[route.kind] if route is not None else PRIORS[RouteKind.ELSEWHERE]
    at_start = stage_id == on.start and not walked
    return Likely(priors, part_of=None if at_start else _priors(on, on.start, frozenset[str]()))


@lru_cache(maxsize=64)
def _looking(on: _Map) -> _Look:
    return cache(partial(stage_on, on.scenario, track_id=on.track_id))


def _forward(look: _Look, here: StageView, event_id: str) -> Route | None:
    """往前最短的走法；替人补的只补本人或对方照常会做、会定的事（投诉了，就是定了往外走），不补了结、放弃和没动静。"""
    waiting: deque[tuple[StageView, tuple[str, ...]]] = deque([(here, ())])
    seen = {here.id}
    while waiting:
        stage, implied = waiting.popleft()
        event = stage.event(event_id)
        if event is not None and implied:
            return Route(RouteKind.FORWARD, event, stage.id, implied)
        if len(implied) >= MOST_IMPLIED:
            continue
        for step in stage.events:
            if step.to not in seen and _is_ordinary(step):
                seen.add(step.to)
                waiting.append((look(step.to), (*implied, step.id)))
    return None


def _ahead(look: _Look, here: StageView, event_id: str) -> Route | None:
    """隔得再远、随时都可能直接做的一步（投诉、起诉）：照常往后走得到就算在前头，中间的一步也不补。

    钱正在路上的，要等没到账才往后走，不算。
    """
    waiting, seen = deque([here.id]), {here.id}
    while waiting:
        stage = look(waiting.popleft())
        event = stage.event(event_id)
        if event is not None:
            return Route(RouteKind.FORWARD, event, stage.id) if event.event.anytime else None
        steps = [step.to for step in stage.events if _is_ordinary(step) or step.event.detour]
        waiting.extend(to for to in steps if to not in seen)
        seen.update(steps)
    return None


def _is_ordinary(step: ReportableEvent) -> bool:
    event = step.event
    return not (event.ends or event.gives_up or event.silence or event.detour)


def _anywhere(look: _Look, start: str, event_id: str) -> tuple[StageView, ReportableEvent] | None:
    for stage in _stages_from(look, start):
        event = stage.event(event_id)
        if event is not None:
            return stage, event
    return None


def _stages_from(look: _Look, *starts: str) -> Iterator[StageView]:
    """从几个阶段起走得到的阶段，由近到远；岔出去才走得到的排在最后。"""
    waiting, aside, seen = deque(starts), deque[str](), set[str]()
    while waiting or aside:
        stage_id = waiting.popleft() if waiting else aside.popleft()
        if stage_id in seen:
            continue
        seen.add(stage_id)
        stage = look(stage_id)
        yield stage
        for step in stage.events:
            (aside if step.event.detour else waiting).append(step.to)
        waiting.extend(timer.next_stage for timer in stage.timers if timer.next_stage)

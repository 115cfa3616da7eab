"""图的后几块：案件的阶段、事件和时限。有共同阶段的几条路画在一块里。"""

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...rulebook.derived.stage_graph import reachable_stages
from ...rulebook.derived.stage_view import clocks_starting_at, is_check_in, label_in
from ...rulebook.scenario_models.models import Scenario, Stage, TimerKind, Track
from .cards import Card, Exit, Mark, Note, Section, Tab, Tone
from .words import timer_in_words

_MARKS = {
    TimerKind.DEADLINE: Mark.DEADLINE,
    TimerKind.EXPECTATION: Mark.EXPECTATION,
    TimerKind.APPOINTMENT: Mark.DEADLINE,
}
_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class _Move:
    """从一个阶段走到另一个：用户报告的事件，或到期。"""

    source: str
    text: str
    to: str
    mark: Mark


def track_names(scenario: Scenario) -> dict[str, str]:
    """每条路在图上的叫法：结论卡片上写着它，起点卡片上也写着它。"""
    return {
        track.id: f"路线{_NUMBERS[index] if index < len(_NUMBERS) else index + 1} {track.id}"
        for index, track in enumerate(scenario.tracks)
    }


def stage_sections(scenario: Scenario) -> tuple[Section, ...]:
    """每一组连着的路一块；没有路走得到的阶段（手册检查会报）另成一块，不漏画。"""
    names = track_names(scenario)
    sections: list[Section] = []
    reached: set[str] = set()
    for tracks in _connected(scenario):
        here = reachable_stages(scenario, [track.start for track in tracks])
        reached |= here
        stages = [stage for stage in scenario.stages if stage.id in here]
        title = f"阶段与时限：{'，'.join(names[track.id] for track in tracks)}"
        sections.append(Section(title, _cards(scenario, stages, names)))
    lost = [stage for stage in scenario.stages if stage.id not in reached]
    if lost:
        sections.append(Section("走不到的阶段", _cards(scenario, lost, names)))
    return tuple(sections)


def _connected(scenario: Scenario) -> list[list[Track]]:
    """把有共同阶段的路归到一组，按手册里的次序；了结大家都一样，不算共同。"""
    groups: list[tuple[set[str], list[Track]]] = []
    going_on = {stage.id for stage in scenario.stages if stage.outcome is None}
    for track in scenario.tracks:
        stages = set(reachable_stages(scenario, [track.start]) & going_on)
        tracks = [track]
        for group in [group for group in groups if group[0] & stages]:
            groups.remove(group)
            stages |= group[0]
            tracks = [*group[1], *tracks]
        groups.append((stages, tracks))
    order = {track.id: number for number, track in enumerate(scenario.tracks)}
    groups_of_tracks = [sorted(tracks, key=lambda track: order[track.id]) for _, tracks in groups]
    return sorted(groups_of_tracks, key=lambda tracks: order[tracks[0].id])


def _cards(scenario: Scenario, stages: Sequence[Stage], names: Mapping[str, str]) -> tuple[Card, ...]:
    lines = _lines(scenario, stages)
    tabs = _tabs(scenario, stages)
    hung = {move.to for stage in stages for move in _moves(scenario, stage)}
    return tuple(
        _card(scenario, stage, names, tabs, lines) for stage in stages if stage.outcome is None or stage.id not in hung
    )


def _tabs(scenario: Scenario, stages: Sequence[Stage]) -> dict[str, Tab]:
    titles = Counter(stage.title for stage in stages)
    return {
        stage.id: Tab(
            f"stage-{stage.id}",
            stage.title if titles[stage.title] <= 1 else f"{stage.title} {stage.id}",
            stage.outcome or Tone.STAGE,
        )
        for stage in scenario.stages
    }


def _lines(scenario: Scenario, stages: Sequence[Stage]) -> set[_Move]:
    """哪些出口画线：从各条路的起点一层层往外，每个阶段只画第一次走到它的那条，别的挂小框。

    全画成线，一块图有五六十条绕来绕去，谁也看不清从哪到哪。
    """
    going_on = {stage.id: stage for stage in stages if stage.outcome is None}
    waiting = deque(track.start for track in scenario.tracks if track.start in going_on)
    seen = set(waiting)
    lines: set[_Move] = set()
    while waiting:
        for move in _moves(scenario, going_on[waiting.popleft()]):
            if move.to in going_on and move.to not in seen:
                seen.add(move.to)
                lines.add(move)
                waiting.append(move.to)
    return lines


def _moves(scenario: Scenario, stage: Stage) -> tuple[_Move, ...]:
    by_events = [_Move(stage.id, label_in(scenario, event), event.to, Mark.PLAIN) for event in stage.events]
    by_timers = [
        _Move(stage.id, f"{timer.title}到期", timer.next_stage, _MARKS[timer.kind])
        for timer in stage.timers
        if timer.next_stage
    ]
    return (*by_events, *by_timers)


def _card(
    scenario: Scenario, stage: Stage, names: Mapping[str, str], tabs: Mapping[str, Tab], lines: set[_Move]
) -> Card:
    starts = [Note(f"从这里起：{names[track.id]}", Mark.TRACK) for track in scenario.tracks if track.start == stage.id]
    dated = (*(timer for timer in stage.timers if not is_check_in(timer)), *clocks_starting_at(scenario, stage.id))
    timers = [Note(timer_in_words(timer), _MARKS[timer.kind]) for timer in dated]
    exits = tuple(
        Exit(move.text, f"stage-{move.to}" if move in lines else tabs[move.to], move.mark)
        for move in _moves(scenario, stage)
    )
    return Card(f"stage-{stage.id}", Tone.STAGE, f"阶段 {stage.id}", stage.title, (*starts, *timers), exits)

"""案件：站在哪个阶段，用户报告了什么，时钟带来了什么。"""

from dataclasses import dataclass, replace
from datetime import datetime

from ...rulebook.derived.stage_view import StageView, first_stage, stage_on
from ...rulebook.scenario_models.models import Outcome, Scenario
from ..days.calendar import WorkCalendar
from ..days.timers import TimerPlan
from ..interview.answers import Answers
from ..interview.assessment import stage_timers
from .told_limit import ToldLimit


@dataclass(frozen=True, slots=True)
class CasePosition:
    """案件在它那串阶段里的位置。"""

    track_id: str
    stage_id: str
    entered_at: datetime
    """进入这个阶段的时刻，带时区；没有起算日期题的时限从这里数。"""
    told: ToldLimit | None = None
    """进这个阶段时对方说好的期限。"""


@dataclass(frozen=True, slots=True)
class StageChange:
    """一次阶段变化。``event_id`` 是用户报告的事件，或到期的时限。"""

    event_id: str
    from_stage: str
    position: CasePosition
    happened_at: datetime | None = None
    """事情发生的时刻；不写的是进入新阶段的时刻。"""


def starting_position(scenario: Scenario, track_id: str, now: datetime) -> CasePosition:
    """一件新案件的位置：那串阶段的第一个。"""
    return CasePosition(track_id, first_stage(scenario, track_id).id, now)


def current_stage(scenario: Scenario, position: CasePosition) -> StageView:
    """案件所处的阶段，照它走的那条路看；手册里没有了则抛 ``KeyError``。"""
    return stage_on(scenario, position.stage_id, position.track_id)


def outcome_of(scenario: Scenario, position: CasePosition) -> Outcome | None:
    """已走到终点时的结局，否则 ``None``。"""
    return current_stage(scenario, position).outcome


def report_event(
    scenario: Scenario,
    position: CasePosition,
    event_id: str,
    happened_at: datetime,
    told: ToldLimit | None = None,
) -> StageChange:
    """用户报告了一件事。

    Args:
        scenario: 案件钉住的那一版场景。
        position: 现在的位置。
        event_id: 这个阶段的某个事件。
        happened_at: 事情发生的时刻。可以早于进入本阶段：上一件多半是说的时候才记的，期限要从真发生那天数。
        told: 报告时说的期限（“让我三天内补”）；管的是走到的那个阶段。

    Raises:
        ValueError: 这个阶段没有这个事件。
    """
    stage = current_stage(scenario, position)
    event = stage.event(event_id)
    if event is None:
        raise ValueError(f"阶段“{stage.title}”没有“{event_id}”这件事")
    moved = replace(position, stage_id=event.to, entered_at=happened_at, told=told)
    if event.same_days:
        kept = position.told and (position.told.next or position.told)
        moved = replace(moved, entered_at=position.entered_at, told=told or kept)
    return StageChange(event_id, stage.id, moved, happened_at)


def open_timers(
    scenario: Scenario, position: CasePosition, answers: Answers, calendar: WorkCalendar
) -> tuple[TimerPlan, ...]:
    """现在还在走的全部时限：这个阶段的，和时钟。"""
    return stage_timers(current_stage(scenario, position), answers, position.entered_at, calendar, position.told)


def clock_change(
    scenario: Scenario, position: CasePosition, answers: Answers, now: datetime, calendar: WorkCalendar
) -> StageChange | None:
    """到期后会自动进入下一阶段的时限里，最早到期的那个带来的变化；没有则 ``None``。

    新阶段从到期的那一刻算起，不从机器人醒来的时刻算，停机再久日期也不变。
    """
    stage = current_stage(scenario, position)
    targets = {timer.id: timer.next_stage for timer in stage.timers if timer.next_stage}
    passed = [plan for plan in open_timers(scenario, position, answers, calendar) if plan.due_at < now]
    due = sorted((plan for plan in passed if plan.timer_id in targets), key=lambda plan: plan.due_at)
    if not due:
        return None
    target = targets[due[0].timer_id]
    assert target is not None
    return StageChange(due[0].timer_id, stage.id, CasePosition(position.track_id, target, due[0].due_at))

"""案件走过的路：立案、报告过的进展、到期带来的变化，由早到晚。"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ...rulebook.derived.stage_view import every_timer, label_of
from ...rulebook.scenario_models.models import Scenario

OPENED = "立案"
JUDGED_AGAIN = "改了答案，重新判断"
_JUDGED_AGAIN_ID = "judged_again"


@dataclass(frozen=True, slots=True)
class PastEvent:
    """记下的一件经过。"""

    event_id: str
    from_stage: str | None
    at: datetime
    """发生的时刻，带时区。"""


@dataclass(frozen=True, slots=True)
class PastStep:
    """说给人听的一步。"""

    title: str
    at: datetime


def past_steps(
    scenario: Scenario, track_id: str | None, opened_at: datetime, events: Iterable[PastEvent]
) -> tuple[PastStep, ...]:
    """走过的每一步，由早到晚；手册里已经没有说法的略去。``track_id`` 是案件现在走的路。"""
    steps = [PastStep(OPENED, opened_at)]
    for event in events:
        title = _title(scenario, track_id, event)
        if title:
            steps.append(PastStep(title, event.at))
    return tuple(sorted(steps, key=lambda step: step.at))


def _title(scenario: Scenario, track_id: str | None, event: PastEvent) -> str:
    if event.event_id == _JUDGED_AGAIN_ID:
        return JUDGED_AGAIN
    if event.from_stage is None:
        return ""
    reported = label_of(scenario, event.from_stage, event.event_id, track_id)
    return reported or next((f"{timer.title}到期" for timer in every_timer(scenario) if timer.id == event.event_id), "")

"""案件的卡片：进度与材料。与 case_text 从同样的内容来，卡片上的话那边都有。"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from ..domain.case.case_history import PastStep
from ..domain.days.timers import TimerPlan
from ..rulebook.derived.stage_view import StageView
from ..rulebook.scenario_models.models import Evidence, Scenario
from .cards import CaseCard, DateLine, DoneStep, EvidenceCard, EvidenceLine, ReminderCard
from .dates import moment_in_words
from .texts.case_text import EVIDENCE_HOW, counting_in_words, step_day_in_words
from .texts.verdict_text import OFFICIAL_ONLY_MARK, OFFICIAL_ONLY_NOTE, timer_in_words


def case_card(
    code: str,
    scenario: Scenario,
    stage: StageView,
    done: Sequence[PastStep],
    timers: Sequence[TimerPlan],
    today: date,
    *,
    closed: bool = False,
    missed: Sequence[str] = (),
) -> CaseCard:
    """一件案件到哪了；``missed`` 是过了的期限。"""
    return CaseCard(
        code=code,
        scenario=scenario.title,
        done=tuple(DoneStep(step_day_in_words(step, today), step.title) for step in done),
        stage=stage.title,
        happening=stage.happening,
        todo=stage.todo,
        next=() if closed else tuple(event.label for event in stage.events),
        dates=(
            *(DateLine(words, passed=True) for words in missed),
            *(_date_line(timer, today) for timer in sorted(timers, key=lambda plan: plan.due_at)),
        ),
        closed=closed,
    )


def _date_line(timer: TimerPlan, today: date) -> DateLine:
    passed = timer.due_local.date() < today
    return DateLine(timer_in_words(timer, today), passed, () if passed else counting_in_words(timer))


def evidence_card(code: str, evidence: Sequence[Evidence], ticked: Collection[str], ready_by: str = "") -> EvidenceCard:
    """材料清单。"""
    noted = (OFFICIAL_ONLY_NOTE,) if any(item.official_only for item in evidence) else ()
    return EvidenceCard(
        title=f"{code} 的材料",
        items=tuple(_evidence_line(item, item.id in ticked) for item in evidence),
        footer=(*((ready_by,) if ready_by else ()), *noted, EVIDENCE_HOW),
    )


def _evidence_line(item: Evidence, ticked: bool) -> EvidenceLine:
    mark = OFFICIAL_ONLY_MARK if item.official_only else ""
    notes = (item.may_vanish,) if item.may_vanish and not ticked else ()
    return EvidenceLine(f"{mark}{item.title}", ticked, notes)


def reminder_card(
    code: str, pending: Sequence[tuple[str, datetime]], failed: Sequence[str], now: datetime
) -> ReminderCard:
    """一件案件还会提醒几次、各在什么时候；没送到的说明为什么。"""
    return ReminderCard(
        title=f"{code} 的提醒",
        items=tuple((moment_in_words(due_at, now), title) for title, due_at in pending),
        footer=tuple(f"没送到：{reason}" for reason in failed),
    )

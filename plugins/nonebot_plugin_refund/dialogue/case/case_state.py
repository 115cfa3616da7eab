"""立案与换阶段：案件的位置、时限、提醒在同一个事务里一起变。"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from ...domain.case.case_amounts import DEALT, OFFERED_AT
from ...domain.case.cases import CasePosition, StageChange, current_stage, open_timers, outcome_of, starting_position
from ...domain.case.heard.called import CALLED
from ...domain.case.offer_stage import with_offer_asked
from ...domain.case.told_limit import told_limit_from
from ...domain.days.calendar import WorkCalendar
from ...domain.days.check_ins import FOLLOW_UP, follow_up, is_needless
from ...domain.days.reminders import PlannedReminder, QuietHours, plan_reminders
from ...domain.days.timers import TimerPlan, plan_timer
from ...domain.interview.answers import Answers, answers_from_plain, answers_to_plain, unread_answers
from ...domain.interview.assessment import Assessment
from ...rulebook.derived.stage_view import StageView
from ...rulebook.edition import Edition
from ...rulebook.scenario_models.models import Rule
from ...storage.case import cases
from ...storage.case.case_codes import Draw
from ...storage.case.cases import CaseDraft, EventDraft
from ...storage.records import CaseRecord, InterviewRecord
from ...storage.reminding import reminders, timers
from ...storage.reminding.timers import ReminderDraft, TimerDraft

EDITION_ADOPTED = "edition_adopted"
"""经过里记的“换到了新版手册”；阶段没变，不列进走过的路。"""


@dataclass(frozen=True)
class OpenedCase:
    """一件案件和它钉住的版本，从数据库取出来拼好的。"""

    record: CaseRecord
    edition: Edition
    answers: Answers

    @property
    def position(self) -> CasePosition | None:
        """案件的位置；没有后续阶段的为空。"""
        record = self.record
        if record.track_id is None or record.stage_id is None:
            return None
        told = told_limit_from(record.stage_told)
        return CasePosition(record.track_id, record.stage_id, record.stage_entered_at, told)

    @property
    def stage(self) -> StageView | None:
        """案件所处的阶段。"""
        position = self.position
        if position is None:
            return None
        stage = current_stage(self.edition.scenario, position)
        return stage if self._offered_here is None else with_offer_asked(self.edition.scenario, position, stage)

    @property
    def _offered_here(self) -> datetime | None:
        """在这个阶段里（如调解中）对方出了数、本人还没应，是哪一刻；没有为空。"""
        written = self.record.amounts.get(OFFERED_AT)
        if not isinstance(written, str) or self.record.amounts.get(DEALT):
            return None
        offered_at = datetime.fromisoformat(written)
        return offered_at if offered_at >= self.record.stage_entered_at else None

    def timers(self, calendar: WorkCalendar) -> tuple[TimerPlan, ...]:
        """现在这个阶段的时限；问候不在里面。"""
        position = self.position
        return open_timers(self.edition.scenario, position, self.answers, calendar) if position else ()

    def check_ins(self, calendar: WorkCalendar) -> tuple[TimerPlan, ...]:
        """现在这个阶段的问候：从进入阶段的时刻起算；问对方出的数的，从出数的时刻起算。"""
        position, stage = self.position, self.stage
        if position is None or stage is None:
            return ()
        own = {timer.id for timer in current_stage(self.edition.scenario, position).check_ins}
        since = self._offered_here or position.entered_at
        return tuple(
            plan_timer(timer, position.entered_at if timer.id in own else since, calendar) for timer in stage.check_ins
        )


def opened(record: CaseRecord, edition: Edition) -> OpenedCase:
    """把一行案件和它的版本拼起来。"""
    return OpenedCase(record, edition, answers_from_plain(edition.scenario, record.answers))


@dataclass(frozen=True)
class Schedule:
    """排好的提醒。"""

    reminders: tuple[PlannedReminder, ...]
    """日子的提醒还有哪几次，先到的在前；问候和回访不在里面。"""
    stopped: bool
    """他说过停止：都记下了，但不会发。"""


@dataclass(frozen=True)
class CaseWriter:
    """在一个事务里改案件。"""

    session: AsyncSession
    calendar: WorkCalendar
    quiet: QuietHours
    now: datetime
    draw_code: Draw | None = None
    """抽案件号的办法，默认随机。"""

    async def open_case(
        self, interview: InterviewRecord, edition: Edition, assessment: Assessment, answers: Answers
    ) -> tuple[OpenedCase, Schedule]:
        """按一次判断立案，排好它的时限和提醒。"""
        rule = assessment.rule
        position = starting_position(edition.scenario, rule.track, self.now) if rule.track else None
        draft = CaseDraft(
            self_id=interview.self_id,
            scenario_id=edition.scenario.id,
            rulebook_digest=edition.digest,
            answers=answers_to_plain(answers),
            rule_id=rule.id,
            rule_version=rule.version,
            verdict=rule.verdict.value,
            track_id=position.track_id if position else None,
            stage_id=position.stage_id if position else None,
            origin_group_id=interview.origin_group_id,
            amounts={CALLED: interview.state[CALLED]} if CALLED in interview.state else {},
        )
        record = await cases.create(self.session, interview.person, draft, self.now, self.draw_code)
        case = opened(record, edition)
        return case, await self.settle_timers(case)

    async def judge_again(
        self, case: OpenedCase, edition: Edition, assessment: Assessment, answers: Answers
    ) -> tuple[OpenedCase, Schedule]:
        """答案改了，重新判断：换了路（或新手册里没有原来的阶段了）就从头走，没换就留在原阶段，日期全部重算。"""
        rule = assessment.rule
        position = case.position
        if position is None or position.track_id != rule.track or not has_stage(edition, position.stage_id):
            position = starting_position(edition.scenario, rule.track, self.now) if rule.track else None
        record = await cases.save(
            self.session,
            case.record,
            self.now,
            answers={**unread_answers(edition.scenario, case.record.answers), **answers_to_plain(answers)},
            rulebook_digest=edition.digest,
            rule_id=rule.id,
            rule_version=rule.version,
            verdict=rule.verdict.value,
            track_id=position.track_id if position else None,
            stage_id=position.stage_id if position else None,
            stage_entered_at=position.entered_at if position else self.now,
            stage_told=_plain(position),
        )
        await cases.append_event(self.session, record, EventDraft("judged_again"), self.now)
        changed = opened(record, edition)
        return changed, await self.settle_timers(changed)

    async def adopt_edition(self, case: OpenedCase, edition: Edition, rule: Rule) -> OpenedCase:
        """换到新版手册：结论、阶段、日期都没变，答案和提醒原样带过去，记一件经过。"""
        record = await cases.save(
            self.session,
            case.record,
            self.now,
            rulebook_digest=edition.digest,
            rule_id=rule.id,
            rule_version=rule.version,
        )
        detail = {"from": case.edition.digest, "to": edition.digest}
        await cases.append_event(self.session, record, EventDraft(EDITION_ADOPTED, detail=detail), self.now)
        moved = opened(record, edition)
        await self.settle_timers(moved, keep_planned=True)
        return moved

    async def move(self, case: OpenedCase, change: StageChange, *, by_clock: bool = False) -> OpenedCase:
        """换到另一个阶段；到了终点就结案。"""
        position = change.position
        record = await self._put(case, position)
        detail = {"happened_at": (change.happened_at or position.entered_at).astimezone(UTC).isoformat()}
        event = EventDraft(change.event_id, change.from_stage, position.stage_id, detail)
        await cases.append_event(self.session, record, event, self.now)
        moved = opened(record, case.edition)
        outcome = outcome_of(case.edition.scenario, position)
        if outcome is not None:
            return opened(await cases.close(self.session, record, outcome.value, self.now), case.edition)
        await self.settle_timers(moved, keep_passed=by_clock)
        return moved

    async def stand_at(self, case: OpenedCase, position: CasePosition) -> OpenedCase:
        """改站到另一个阶段：先前记错了一步，不算一件经过；接着还要 :meth:`move`。"""
        return opened(await self._put(case, position), case.edition)

    async def _put(self, case: OpenedCase, position: CasePosition) -> CaseRecord:
        return await cases.save(
            self.session,
            case.record,
            self.now,
            stage_id=position.stage_id,
            stage_entered_at=position.entered_at,
            stage_told=_plain(position),
        )

    async def settle_timers(
        self, case: OpenedCase, *, keep_passed: bool = False, keep_planned: bool = False
    ) -> Schedule:
        """让案件的时限和提醒恰好是现在这个阶段该有的；可以重复执行。

        Args:
            case: 案件。
            keep_passed: 阶段是被到期带着走的：刚到期的记为到期，它的提醒留着。
            keep_planned: 换的是手册、日历，不是案件：日期没变的时限，连同已到期的、该发还没发出去的提醒都不动；
                只补新的、作废手册里不要了的。
        """
        dates, check_ins = case.timers(self.calendar), case.check_ins(self.calendar)
        plans = (*dates, *check_ins)
        if keep_passed:
            await self._mark_passed(case)
        planned = self._planned(case.stage, dates)
        asking = self._asking(case.stage, dates, check_ins, planned)
        drafts = [ReminderDraft.of_plan(item) for item in (*planned, *asking)]
        if keep_planned:
            drafts = await self._with_standing(case, plans, drafts)
        stopped = await reminders.is_stopped(self.session, case.record)
        await timers.replace_timers(
            self.session,
            case.record,
            [TimerDraft.of_plan(plan) for plan in plans],
            drafts,
            self.now,
            stopped=stopped,
            keep_passed=keep_passed or keep_planned,
        )
        return Schedule(planned, stopped)

    async def _mark_passed(self, case: OpenedCase) -> None:
        """到期带来的阶段变化：先把到期的记为到期，它“已到期”的提醒才会留下。"""
        for timer in await timers.current_timers(self.session, case.record.id):
            if timer.due_at <= self.now:
                await timers.mark_passed(self.session, timer, self.now)

    async def _with_standing(
        self, case: OpenedCase, plans: Sequence[TimerPlan], drafts: Sequence[ReminderDraft]
    ) -> list[ReminderDraft]:
        """``drafts`` 里已经排过的用原来的时刻；时刻已过、还没送到的也算还要发的。日期变了的时限不在此列，全部重排。"""
        stage = case.stage
        timers_here = (*stage.timers, *stage.check_ins) if stage else ()
        offsets = {timer.id: (*timer.remind, FOLLOW_UP) for timer in timers_here}
        due = {plan.timer_id: plan.due_at for plan in plans}
        standing = {
            (timer.timer_id, timer.timer_version)
            for timer in await timers.current_timers(self.session, case.record.id)
            if due.get(timer.timer_id) == timer.due_at
        }
        merged = {(draft.timer_id, draft.offset): draft for draft in drafts}
        for row in await reminders.of_case(self.session, case.record.person, case.record.id):
            is_standing = (row.timer_id, row.timer_version) in standing
            if is_standing and (row.offset in offsets[row.timer_id] or row.due_at <= self.now):
                merged[row.timer_id, row.offset] = ReminderDraft(row.timer_id, row.offset, row.due_at)
        return list(merged.values())

    def _planned(self, stage: StageView | None, plans: Sequence[TimerPlan]) -> tuple[PlannedReminder, ...]:
        by_id = {timer.id: timer for timer in (*stage.timers, *stage.check_ins)} if stage else {}
        planned = [item for plan in plans for item in plan_reminders(by_id[plan.timer_id], plan, self.now, self.quiet)]
        return tuple(sorted(planned, key=lambda item: item.due_at))

    def _asking(
        self,
        stage: StageView | None,
        dates: Sequence[TimerPlan],
        check_ins: Sequence[TimerPlan],
        planned: Sequence[PlannedReminder],
    ) -> tuple[PlannedReminder, ...]:
        """要问的：这几天没有日子的，三天没动静问一声；每个提醒过没有回音的时限，再问一声。"""
        if stage is None:
            return ()
        later = [follow_up([item for item in planned if item.timer_id == plan.timer_id], self.quiet) for plan in dates]
        greetings = self._planned(stage, check_ins)
        reminded_at = [item.due_at for item in planned]
        needed = [item for item in greetings if not is_needless(item.due_at, dates, reminded_at, self.now)]
        return (*(item for item in later if item is not None), *needed)


def _plain(position: CasePosition | None) -> dict[str, Any]:
    """说好的期限存成什么样。"""
    return position.told.to_plain() if position is not None and position.told is not None else {}


def has_stage(edition: Edition, stage_id: str) -> bool:
    """这个版本里有没有这个阶段。"""
    return any(stage.id == stage_id for stage in edition.scenario.stages)

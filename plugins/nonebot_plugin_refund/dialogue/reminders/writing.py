"""写提醒：发之前看一眼案件，按此刻的样子写。"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from ...delivery.composer import Cancel, Postpone, RecheckResult, Send
from ...domain.case.edition_changes import ChangeClass, class_of_case
from ...domain.case.told_limit import hour_told, is_told_by
from ...domain.days.calendar import WorkCalendar
from ...domain.days.check_ins import FOLLOW_UP, SILENCE
from ...render.texts.reminder_text import MENTION, DueItem, RuleNotice, reminder_message
from ...rulebook.derived.stage_view import every_timer
from ...rulebook.scenario_models.models import Scenario, Timer
from ...storage.case import cases, edition_moves
from ...storage.records import ReminderRecord
from ...storage.reminding import check_ins, timers
from ...storage.reminding.reminders import REDATED_PREFIX
from ...storage.reminding.rule_notices import new_edition_of
from ..case.case_state import opened
from ..rulebooks.editions import Editions
from ..rulebooks.mover import standing_of

_UNTIL_WE_FOLLOW = timedelta(minutes=2)
"""别的进程已经换上新手册、自己还没有：隔这么久再看，那时早换上了。"""


class ReminderComposer:
    """按案件钉住的版本写提醒。"""

    def __init__(self, editions: Editions, calendar: WorkCalendar) -> None:
        self._editions = editions
        self._calendar = calendar

    async def recheck(self, session: AsyncSession, reminder: ReminderRecord, now: datetime) -> RecheckResult:
        """手册里还有这个时限就发；通知的是规则更新的，案件还没换过去就发。结案、改期、办完、停止，发件箱自己查。

        回访等提醒送到两天之后：没有送到过、案件已经往下走了的，不问。
        """
        if (digest := new_edition_of(reminder.offset)) is not None:
            return await self._recheck_notice(session, reminder, digest, now)
        item = await self._item(session, reminder)
        if item is None:
            return Cancel("timer_not_in_rulebook")
        if not item.is_question:
            return Send()
        if not item.is_here:
            return Cancel("case_moved")
        return await self._recheck_follow_up(session, reminder, now) if item.is_follow_up else Send()

    async def compose(self, session: AsyncSession, reminders: Sequence[ReminderRecord], now: datetime) -> str | None:
        """几条提醒写成一条消息；同一个时限的几次只说一次。"""
        items: dict[tuple[int, str], DueItem] = {}
        notices: dict[int, RuleNotice] = {}
        for reminder in reminders:
            if new_edition_of(reminder.offset) is not None:
                if notice := await self._notice(session, reminder):
                    notices[reminder.case_id] = notice
                continue
            item = await self._item(session, reminder)
            if item is not None:
                told = items.get((reminder.case_id, reminder.timer_id))
                redated = item.redated or (told is not None and told.redated)
                is_follow_up = item.is_follow_up and (told is None or told.is_follow_up)
                items[reminder.case_id, reminder.timer_id] = replace(item, redated=redated, is_follow_up=is_follow_up)
        return reminder_message(list(items.values()), now, list(notices.values())) if items or notices else None

    def mention(self, now: datetime) -> str:
        """群里点名的话，不带案情。"""
        del now
        return MENTION

    async def _recheck_follow_up(self, session: AsyncSession, reminder: ReminderRecord, now: datetime) -> RecheckResult:
        if await check_ins.is_reminding(session, reminder):
            return Postpone(now + SILENCE)
        told = await check_ins.last_told(session, reminder)
        if told is None:
            return Cancel("nothing_to_follow_up")
        return Send() if told + SILENCE <= now else Postpone(told + SILENCE)

    async def _recheck_notice(
        self, session: AsyncSession, reminder: ReminderRecord, digest: str, now: datetime
    ) -> RecheckResult:
        """已经又换了别的版本、案件已经换过去了，就不用说了；只是这个进程还没换上，就等一会儿。"""
        case = await cases.get_by_id(session, reminder.person, reminder.case_id)
        in_force = await edition_moves.in_force(session)
        if case is None or in_force.digests.get(case.scenario_id) != digest or case.rulebook_digest == digest:
            return Cancel("rules_followed")
        current = self._editions.current(case.scenario_id)
        if current is None or current.digest != digest:
            return Postpone(now + _UNTIL_WE_FOLLOW)
        return Send() if await self._notice(session, reminder) else Cancel("rules_followed")

    async def _notice(self, session: AsyncSession, reminder: ReminderRecord) -> RuleNotice | None:
        """规则更新的通知；案件已经换到新版（或又换了别的）就用不着了。"""
        case = await cases.get_by_id(session, reminder.person, reminder.case_id)
        if case is None or case.closed_at is not None:
            return None
        new, current = new_edition_of(reminder.offset), self._editions.current(case.scenario_id)
        if current is None or current.digest != new or case.rulebook_digest == new:
            return None
        old = await self._editions.of_case(session, case)
        if old is None:
            return None
        change = class_of_case(old, current, await standing_of(session, opened(case, old)), self._calendar)
        return RuleNotice(case.code, current.scenario, change.kind is ChangeClass.MUST_RE_ASK)

    async def _item(self, session: AsyncSession, reminder: ReminderRecord) -> DueItem | None:
        case = await cases.get_by_id(session, reminder.person, reminder.case_id)
        if case is None:
            return None
        edition = await self._editions.pinned(session, case.rulebook_digest, case.scenario_id)
        if edition is None:
            return None
        stage = opened(case, edition).stage
        here = stage.timer(reminder.timer_id) if stage is not None else None
        timer = here or _anywhere(edition.scenario, reminder.timer_id)
        kept = {timer.timer_id: timer for timer in await timers.current_timers(session, case.id)}
        dated = kept.get(reminder.timer_id)
        if timer is None or dated is None:
            return None
        return DueItem(
            case.code,
            edition.scenario,
            timer,
            dated.due_at,
            redated=reminder.offset.startswith(REDATED_PREFIX),
            arguable=dated.arguable,
            is_follow_up=reminder.offset == FOLLOW_UP,
            is_here=here is not None,
            is_told=here is not None and is_told_by(case.stage_told, here),
            at=hour_told(case.stage_told, here) if here is not None else "",
        )


def _anywhere(scenario: Scenario, timer_id: str) -> Timer | None:
    """案件可能已被到期带到下一阶段，所以在全部阶段和时钟里找。"""
    return next((timer for timer in every_timer(scenario) if timer.id == timer_id), None)

"""手册换了版：没结案的案件能直接换的换过去，要本人拿主意的告诉他一声，其余照原来的走。

在计时的循环里一批一批做，不占启动的时间；进度在库里，断在哪里就从哪里接着做。
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from ...domain.case.edition_changes import ChangeClass, EditionChange, Standing, class_of_case
from ...domain.days.calendar import WorkCalendar
from ...domain.days.reminders import QuietHours
from ...log_lines import about
from ...rulebook.edition import Edition
from ...rulebook.scenario_models.models import TimerKind
from ...storage.case import cases, edition_moves
from ...storage.case.edition_moves import InForce
from ...storage.connection.database import Database
from ...storage.records import CaseRecord
from ...storage.reminding import rule_notices, timers
from ..base.failure import describe
from ..case.case_state import CaseWriter, OpenedCase, opened
from .editions import Editions

logger = logging.getLogger(__name__)

BATCH = 50
"""一趟看几件：中间要让到期的时限先办。"""
_BETWEEN_NOTICES = timedelta(seconds=10)
"""两条通知至少隔这么久：一次换版可能要告诉成百上千人，不能挡在真正要赶日子的提醒前面。"""
_JUDGED_AGAIN = "judged_again"


@dataclass(frozen=True)
class TriedCase:
    """一件案件换到新版会怎样：案件，和对它的影响。"""

    case: OpenedCase
    change: EditionChange


async def standing_of(session: AsyncSession, case: OpenedCase) -> Standing:
    """一件案件现在的样子，按类判断要用的都在里面。"""
    record = case.record
    walked = await cases.events(session, record)
    again = [event.at for event in walked if event.event_id == _JUDGED_AGAIN]
    current = await timers.current_timers(session, record.id)
    # 问候不算：新版里没有了，不问就是
    living = {timer.timer_id for timer in current if timer.kind != TimerKind.CHECK_IN}
    return Standing(
        answers=record.answers,
        rule_id=record.rule_id,
        judged_at=(*again[-1:], record.opened_at),
        position=case.position,
        is_closed=record.closed_at is not None,
        living_timers=frozenset(living),
        walked_stages=frozenset(event.from_stage for event in walked if event.from_stage is not None),
    )


async def tried_on(
    session: AsyncSession, editions: Editions, record: CaseRecord, target: Edition | None, calendar: WorkCalendar
) -> TriedCase | None:
    """这件案件换到 ``target`` 会怎样，什么也不改；它钉住的版本读不出来为空。"""
    edition = await editions.of_case(session, record)
    if edition is None:
        return None
    case = opened(record, edition)
    return TriedCase(case, class_of_case(edition, target, await standing_of(session, case), calendar))


@dataclass
class EditionMover:
    """让没结的案件换到新的一版；几个进程同时做也只换一次、只说一次。"""

    database: Database
    editions: Editions
    calendar: WorkCalendar
    quiet: QuietHours
    _declared: dict[str, str] = field(default_factory=dict[str, str])
    _next_notice_at: datetime | None = None

    async def step(self, now: datetime) -> bool:
        """看一批。返回还有没有没看完的。

        先把自己用的版本写明“从现在起大家用这些”；别的进程后来写了别的，就由它去换，自己不动案件。
        """
        current = self.editions.digests()
        if current != self._declared:
            async with self.database.transaction() as session:
                await edition_moves.declare(session, current, now)
            self._declared = current
        async with self.database.session() as session:
            in_force = await edition_moves.in_force(session)
            kept = await edition_moves.kept_editions(session)
        for scenario_id, digest in kept:
            target = self.editions.current(scenario_id)
            if target is None or target.digest == digest or in_force.digests.get(scenario_id) != target.digest:
                continue
            if await self._batch(scenario_id, digest, target, in_force, now):
                return True
        return False

    async def _batch(self, scenario_id: str, digest: str, target: Edition, in_force: InForce, now: datetime) -> bool:
        after = in_force.after(scenario_id, digest)
        async with self.database.session() as session:
            found = await edition_moves.open_cases_on(session, scenario_id, digest, after, BATCH)
        for record in found:
            try:
                await self._settle(record, target, now)
            except Exception as error:  # 一件出错不能挡住后面的；它留在原来那一版，照样能走
                fields = about("edition_move_failed", case=record.code)
                logger.error("案件 %s 换版时出错：%s", record.code, describe(error), extra=fields)
        if found:
            async with self.database.transaction() as session:
                await edition_moves.remember(session, scenario_id, digest, found[-1].id, target.digest, now)
        return bool(found)

    async def _settle(self, record: CaseRecord, target: Edition, now: datetime) -> None:
        async with self.database.session() as session:
            trial = await tried_on(session, self.editions, record, target, self.calendar)
        if trial is None or not _needs_writing(trial.change):
            return
        async with self.database.transaction() as session:
            # 先占住这一行再判断一遍：看的时候到现在，本人可能刚说了话
            latest = await cases.get_by_id(session, record.person, record.id, to_change=True)
            if latest is None or latest.rulebook_digest != record.rulebook_digest:
                return
            trial = await tried_on(session, self.editions, latest, target, self.calendar)
            if trial is None:
                return
            if trial.change.kind is ChangeClass.COMPATIBLE and trial.change.rule is not None:
                await self.editions.keep(session, target, now)
                await CaseWriter(session, self.calendar, self.quiet, now).adopt_edition(
                    trial.case, target, trial.change.rule
                )
            elif trial.change.concerns_owner:
                at = self._next_notice(now)
                if await rule_notices.announce(session, latest, target.digest, at, now):
                    self._next_notice_at = at + _BETWEEN_NOTICES

    def _next_notice(self, now: datetime) -> datetime:
        """下一条通知什么时候发：与上一条隔开，不在安静时段里。"""
        at = max(now, self._next_notice_at or now)
        return self.quiet.end_after(at) if self.quiet.covers(at) else at


def _needs_writing(change: EditionChange) -> bool:
    return change.kind is ChangeClass.COMPATIBLE or change.concerns_owner

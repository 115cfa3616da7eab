"""到期带来的变化：时限到期，案件走到下一阶段；清理过期的旧事。"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from ...domain.case.cases import clock_change
from ...domain.days.calendar import WorkCalendar
from ...domain.days.reminders import QuietHours, next_allowed
from ...log_lines import about
from ...storage.backup import backup_register
from ...storage.case import cases
from ...storage.connection.database import Database
from ...storage.person import erasures
from ...storage.person.retention import JOBS, Job
from ...storage.records import CaseRecord, TimerRecord
from ...storage.reminding import reminders, timers
from ..base.failure import describe
from ..case.case_state import CaseWriter, opened
from ..rulebooks.editions import Editions

logger = logging.getLogger(__name__)

_BATCH = 50
_AN_INSTANT = timedelta(microseconds=1)
"""到期的那一刻还不算过：那时就记为到期，案件却还不往下走，之后就再没人带它走了。"""


def _report(event: str, case: CaseRecord, error: Exception) -> None:
    logger.error("案件 %s 的日子没有算成：%s", case.code, describe(error), extra=about(event, case=case.code))


@dataclass(frozen=True)
class DueChanges:
    """按现在的时刻，把该过去的都过去。可以重复执行，几个进程同时做也只做一次。"""

    database: Database
    editions: Editions
    calendar: WorkCalendar
    quiet: QuietHours
    retention: timedelta
    """结案后保留多久。"""
    data_folder: Path | None = None
    """插件的数据文件夹；工具里没有。"""

    async def pass_due_timers(self, now: datetime) -> int:
        """把到期的时限记为到期，带着案件往下走。返回处理了几个。"""
        total, broken = 0, set[int]()
        while True:
            async with self.database.session() as session:
                due = await timers.due_timers(session, now - _AN_INSTANT, _BATCH, skipping=broken)
            for case, timer in due:
                try:
                    await self._pass(case, timer, now)
                except Exception as error:  # 一件算不了的不能挡住别人的；留到下一趟再试
                    broken.add(timer.id)
                    _report("timer_not_passed", case, error)
            total += len(due)
            if len(due) < _BATCH:
                return total - len(broken)

    async def redate_uncertain(self, now: datetime) -> list[CaseRecord]:
        """放假安排公布后重算当初说不准的日期；变了的，在同一个事务里排一条提醒告诉本人。返回日期变了的案件。"""
        async with self.database.session() as session:
            uncertain = await timers.uncertain_timers(session)
        changed: list[CaseRecord] = []
        for record, before in uncertain:
            try:
                moved = await self._redate(record, before, now)
            except Exception as error:  # 一件算不了的不能挡住别人的
                _report("not_redated", record, error)
                continue
            if moved is not None:
                changed.append(moved)
        return changed

    async def _redate(self, record: CaseRecord, before: TimerRecord, now: datetime) -> CaseRecord | None:
        async with self.database.transaction() as session:
            case_record = await cases.get_by_id(session, record.person, record.id, to_change=True)
            edition = await self.editions.of_case(session, case_record) if case_record is not None else None
            if case_record is None or edition is None or case_record.closed_at is not None:
                return None
            case = opened(case_record, edition)
            await CaseWriter(session, self.calendar, self.quiet, now).settle_timers(case, keep_planned=True)
            after = {timer.timer_id: timer for timer in await timers.current_timers(session, record.id)}
            now_due = after.get(before.timer_id)
            if now_due is None or now_due.due_at == before.due_at:
                return None
            at = next_allowed(now, now_due.due_at, self.quiet)
            await reminders.announce_new_date(session, case_record, now_due, at, now)
            return case_record

    async def tidy(self, now: datetime) -> None:
        """清掉到期的（:mod:`~...storage.person.retention`），把删掉的从文件里抹净，清掉用不着的删除记号。

        一种清不动的不挡住别的几种；都做完了再把第一个错抛出去。
        """
        failures: list[Exception] = []
        for job in JOBS:
            before = now - (self.retention if job.kept is None else job.kept)
            try:
                while await self._purged(job, before):
                    pass
            except Exception as error:
                failures.append(error)
        await erasures.wipe_if_owed(self.database)
        if self.data_folder is not None:
            backups = await asyncio.to_thread(backup_register.known, self.data_folder)
            await erasures.prune(
                self.data_folder, self.database, now, min((one.made_at for one in backups), default=None)
            )
        if failures:
            raise failures[0]

    async def follow_erasures(self, now: datetime) -> None:
        """别的进程办的删除，记号抄进自己的文件夹；库被换成旧的，照记号再删一遍。"""
        if self.data_folder is not None:
            await erasures.catch_up(self.data_folder, self.database, now)

    async def _purged(self, job: Job, before: datetime) -> int:
        async with self.database.transaction() as session:
            return await job.purge(session, before)

    async def _pass(self, case: CaseRecord, timer: TimerRecord, now: datetime) -> None:
        async with self.database.transaction() as session:
            record = await cases.get_by_id(session, case.person, case.id, to_change=True)
            if not await timers.mark_passed(session, timer, now) or record is None or record.closed_at is not None:
                return
            edition = await self.editions.of_case(session, record)
            if edition is None:
                return
            current = opened(record, edition)
            if current.position is None:
                return
            change = clock_change(edition.scenario, current.position, current.answers, now, self.calendar)
            if change is not None:
                await CaseWriter(session, self.calendar, self.quiet, now).move(current, change, by_clock=True)

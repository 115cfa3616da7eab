"""时限与由它排出的提醒：与案件的变动在同一个事务里提交，所以答应过的提醒不会丢。"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from ...domain.days.reminders import PlannedReminder
from ...domain.days.timers import TimerPlan
from ..records import CaseRecord, Person, TimerRecord
from ..tables import CaseRow, JsonList, TimerRow, table_of
from . import reminders as reminders_store

_TIMERS = table_of(TimerRow)
_NEW = insert(_TIMERS).returning(_TIMERS.c.id)


class TimerState(StrEnum):
    """时限的状态。只有最新一版可能是 open、passed 或 done。"""

    OPEN = "open"
    PASSED = "passed"
    """到期了；到期之后的提醒还要发。"""
    DONE = "done"
    """用户说这件事办完了。"""
    CANCELLED = "cancelled"
    """日期改了、阶段变了或结案了。"""


LIVING = (TimerState.OPEN, TimerState.PASSED)
"""还会提醒的状态。"""
NOTICE_KIND = "notice"
"""不是案件的日子，是给通知挂着的一行（见 ``rule_notices``）；列时限、对照时限都略过。"""


@dataclass(frozen=True)
class TimerDraft:
    """案件现在该有的一个时限；字段同 ``domain.timers.TimerPlan``，``safe`` 与 ``arguable`` 是上海的日历日。"""

    timer_id: str
    kind: str
    title: str
    starts: date | datetime
    due_at: datetime
    safe: date
    arguable: date | None = None
    certain: bool = True
    explain: JsonList = field(default_factory=list)

    @classmethod
    def of_plan(cls, plan: TimerPlan) -> Self:
        """由算好的时限得到。"""
        return cls(
            timer_id=plan.timer_id,
            kind=plan.kind,
            title=plan.title,
            starts=plan.starts,
            due_at=plan.due_at,
            safe=plan.safe,
            arguable=plan.arguable,
            certain=plan.certain,
            explain=list(plan.explain),
        )


@dataclass(frozen=True)
class ReminderDraft:
    """时限的一条提醒：``offset`` 是规则手册里的写法，``due_at`` 是算好的时刻。"""

    timer_id: str
    offset: str
    due_at: datetime

    @classmethod
    def of_plan(cls, planned: PlannedReminder) -> Self:
        """由排好的提醒得到；版本号由库里定。"""
        return cls(planned.timer_id, planned.offset, planned.due_at)


async def replace_timers(
    session: AsyncSession,
    case: CaseRecord,
    timers: Collection[TimerDraft],
    reminders: Collection[ReminderDraft],
    now: datetime,
    *,
    stopped: bool | None = None,
    keep_passed: bool = False,
) -> list[TimerRecord]:
    """让案件的时限与提醒恰好是给出的这些，可以重复执行。

    到期时刻没变的时限保留原来的版本，只补缺少的提醒、作废多出的；变了的作废旧版、另立新版，
    旧版还没送出的提醒一并作废；不再有的全部作废。用户说过“完成”的，日期没变就不再打扰。

    Args:
        case: 本人名下的案件。
        timers: 现在该有的时限，``timer_id`` 不重复。
        reminders: 它们的提醒。
        now: 现在。
        stopped: 他停了提醒：照样记下，但作废。没给就在这里查（``reminders.is_stopped``）。
        keep_passed: 阶段是被到期带着走的：刚到期的时限虽不在新阶段里，它“已到期”的提醒仍要发。

    Returns:
        现在的时限（含用户说过“完成”的），次序与 ``timers`` 相同。

    Raises:
        ValueError: 提醒指向没给出的时限，或 ``timer_id`` 重复。
    """
    wanted = {draft.timer_id: draft for draft in timers}
    if len(wanted) != len(timers) or any(reminder.timer_id not in wanted for reminder in reminders):
        raise ValueError("时限重复，或有提醒指向没给出的时限")
    rows = await _rows(session, case.id)
    latest, versions = _latest(rows), {row.timer_id: row.timer_version for row in rows}
    await _cancel_gone(session, case.id, latest, wanted, now, keep_passed)
    if stopped is None:
        stopped = await reminders_store.is_stopped(session, case)
    current: list[TimerRecord] = []
    for draft in wanted.values():
        timer = await _keep_or_renew(
            session, case.id, latest.get(draft.timer_id), draft, now, versions.get(draft.timer_id, 0) + 1
        )
        if timer.state in LIVING:
            planned = {
                reminder.offset: reminder.due_at for reminder in reminders if reminder.timer_id == timer.timer_id
            }
            before = latest.get(timer.timer_id)
            is_new = before is None or before.timer_version != timer.timer_version
            await reminders_store.plan(session, case, timer, planned, now, stopped=stopped, is_new=is_new)
        current.append(timer)
    return current


async def current_timers(session: AsyncSession, case_id: int) -> list[TimerRecord]:
    """案件还在走的时限（未到期与已到期的），先到期的在前。"""
    rows = await session.scalars(
        select(TimerRow)
        .where(TimerRow.case_id == case_id, TimerRow.state.in_(LIVING), TimerRow.kind != NOTICE_KIND)
        .order_by(TimerRow.due_at)
    )
    return [TimerRecord.of(row) for row in rows]


async def latest_timers(session: AsyncSession, case_id: int) -> list[TimerRecord]:
    """案件有过的每个时限的最新一版，了结的、作废的也在内，先到期的在前。"""
    rows = _latest(await _rows(session, case_id)).values()
    return [TimerRecord.of(row) for row in sorted(rows, key=lambda row: row.due_at)]


async def due_timers(
    session: AsyncSession, now: datetime, limit: int, *, skipping: Collection[int] = ()
) -> list[tuple[CaseRecord, TimerRecord]]:
    """已经到期还没处理的时限及其案件，早到期的在前：由上层决定案件走到哪个阶段。

    Args:
        skipping: 这一趟里出过错、先不管的。
    """
    rows = await session.execute(
        select(CaseRow, TimerRow)
        .join(CaseRow, CaseRow.id == TimerRow.case_id)
        .where(TimerRow.state == TimerState.OPEN, TimerRow.due_at <= now, TimerRow.id.not_in(list(skipping)))
        .order_by(TimerRow.due_at)
        .limit(limit)
    )
    return [(CaseRecord.of(case), TimerRecord.of(timer)) for case, timer in rows]


async def uncertain_timers(session: AsyncSession) -> list[tuple[CaseRecord, TimerRecord]]:
    """因放假安排没公布而说不准的时限：日历更新后要重算并告诉本人。"""
    rows = await session.execute(
        select(CaseRow, TimerRow)
        .join(CaseRow, CaseRow.id == TimerRow.case_id)
        .where(TimerRow.certain.is_(False), TimerRow.state == TimerState.OPEN)
        .order_by(TimerRow.id)
    )
    return [(CaseRecord.of(case), TimerRecord.of(timer)) for case, timer in rows]


async def mark_passed(session: AsyncSession, timer: TimerRecord, now: datetime) -> bool:
    """标记到期。返回是不是这次标的（两个进程只有一个是）。"""
    return await _settle(session, timer, (TimerState.OPEN,), TimerState.PASSED, now)


async def complete(session: AsyncSession, person: Person, timer: TimerRecord, now: datetime) -> bool:
    """用户说办完了：这个时限不再提醒。返回是不是这次完成的；不是本人的案件不动。"""
    owner = await session.scalar(
        select(CaseRow.id).where(
            CaseRow.id == timer.case_id, CaseRow.platform == person.platform, CaseRow.user_id == person.user_id
        )
    )
    if owner is None or not await _settle(session, timer, LIVING, TimerState.DONE, now):
        return False
    await reminders_store.cancel_for_timer(session, timer.case_id, timer.timer_id, "done", now)
    return True


async def _rows(session: AsyncSession, case_id: int) -> Sequence[TimerRow]:
    """一件案件的全部时限，早的在前；规则变动的通知不算。"""
    rows = await session.scalars(
        select(TimerRow)
        .where(TimerRow.case_id == case_id, TimerRow.kind != NOTICE_KIND)
        .order_by(TimerRow.timer_version)
    )
    return rows.all()


def _latest(rows: Iterable[TimerRow]) -> dict[str, TimerRow]:
    """每个时限现在的那一行：撤销会让早些的一行重新生效，它后面作废的不算。"""
    latest: dict[str, TimerRow] = {}
    for row in rows:
        earlier = latest.get(row.timer_id)
        if earlier is None or earlier.state not in LIVING or row.state in LIVING:
            latest[row.timer_id] = row
    return latest


async def _cancel_gone(
    session: AsyncSession,
    case_id: int,
    latest: Mapping[str, TimerRow],
    wanted: Collection[str],
    now: datetime,
    keep_passed: bool,
) -> None:
    for timer_id, row in latest.items():
        kept = keep_passed and row.state == TimerState.PASSED
        if timer_id in wanted or row.state not in LIVING or kept:
            continue
        await _retire(session, row, now, "timer_gone")


async def _keep_or_renew(
    session: AsyncSession, case_id: int, row: TimerRow | None, draft: TimerDraft, now: datetime, version: int
) -> TimerRecord:
    if row is not None and row.state != TimerState.CANCELLED and _same_date(row, draft):
        row.title, row.starts, row.explain, row.certain = draft.title, draft.starts, draft.explain, draft.certain
        await session.flush()
        return TimerRecord.of(row)
    if row is not None and row.state in LIVING:
        await _retire(session, row, now, "timer_changed")
    values: dict[str, Any] = {
        "case_id": case_id,
        "timer_id": draft.timer_id,
        "timer_version": version,
        "kind": draft.kind,
        "title": draft.title,
        "starts": draft.starts,
        "due_at": draft.due_at,
        "safe": draft.safe,
        "arguable": draft.arguable,
        "certain": draft.certain,
        "explain": draft.explain,
        "state": TimerState.OPEN.value,
        "settled_at": None,
    }
    timer_row_id = (await session.execute(_NEW, values)).scalar_one()
    return TimerRecord(id=timer_row_id, **values)


def _same_date(row: TimerRow, draft: TimerDraft) -> bool:
    return (row.kind, row.due_at, row.safe, row.arguable) == (draft.kind, draft.due_at, draft.safe, draft.arguable)


async def _retire(session: AsyncSession, row: TimerRow, now: datetime, reason: str) -> None:
    row.state, row.settled_at = TimerState.CANCELLED, now
    await session.flush()
    await reminders_store.cancel_for_timer(session, row.case_id, row.timer_id, reason, now)


async def _settle(
    session: AsyncSession, timer: TimerRecord, states: Collection[TimerState], to: TimerState, now: datetime
) -> bool:
    settled = await session.scalar(
        update(TimerRow)
        .where(TimerRow.id == timer.id, TimerRow.state.in_(states))
        .values(state=to, settled_at=now)
        .returning(TimerRow.id)
    )
    return settled is not None

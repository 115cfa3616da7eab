"""提醒的排定、推迟、停止与查看。领取和送达在 ``delivery`` 一层。"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, bindparam, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from ...domain.days.check_ins import FOLLOW_UP
from ...rulebook.scenario_models.models import TimerKind
from ..connection.dialect import dialect_of, insert, insert_into
from ..person import people
from ..records import CaseRecord, Person, ReminderRecord, TimerRecord
from ..tables import CaseRow, DeliveryItemRow, DeliveryRow, PersonRow, ReminderRow, TimerRow, table_of
from .reminder_states import CANCELLABLE, ReminderState, moving

SNOOZE_PREFIX = "snooze@"
REDATED_PREFIX = "redated@"
"""放假安排公布、日期重算之后，告诉本人的那一次。"""
STOPPED = "stopped"


_IS_STOPPED = select(
    exists().where(CaseRow.id == bindparam("case_id"), CaseRow.reminders_stopped.is_(True))
    | exists().where(
        PersonRow.platform == bindparam("platform"),
        PersonRow.user_id == bindparam("user_id"),
        PersonRow.reminders_stopped.is_(True),
    )
)


_MINE = ReminderRow.platform == bindparam("platform"), ReminderRow.user_id == bindparam("user_id")
LAST_SENT = (
    select(ReminderRow.delivery_id)
    .where(*_MINE, ReminderRow.state == ReminderState.SENT, ReminderRow.delivery_id.is_not(None))
    .order_by(ReminderRow.settled_at.desc(), ReminderRow.id.desc())
    .limit(1)
)
"""最近一次送到本人的提醒，是哪一次送的。"""


async def plan(
    session: AsyncSession,
    case: CaseRecord,
    timer: TimerRecord,
    planned: Mapping[str, datetime],
    now: datetime,
    *,
    stopped: bool,
    is_new: bool = False,
) -> None:
    """让一个时限的提醒恰好是 ``planned``（offset 到时刻）：补缺、改期、作废多出的；用户推迟出来的、告知改期的不动。

    Args:
        stopped: 用户说过停止：照样记下，但作废，恢复提醒时再放出来。
        is_new: 这一版时限是这个事务里刚立的，还没有任何提醒，不用对照。
    """
    if not is_new:
        await _adjust(session, timer, planned, now)
    if planned:
        key = (timer.timer_id, timer.timer_version)
        rows = [
            new_row(case, key, offset, due_at, now, stopped=stopped)
            # 群里点名说的是“快到日子了”，问候和回访不是：不给群，送不到就等他下次说话
            | ({"origin_group_id": None} if is_question(timer, offset) else {})
            for offset, due_at in planned.items()
        ]
        # 各行作参数给，语句就总是同一句，编译过的还能用
        await session.execute(_new_reminders(dialect_of(session)), rows)


async def snooze(
    session: AsyncSession, case: CaseRecord, timer: TimerRecord, until: datetime, now: datetime
) -> ReminderRecord | None:
    """推迟：``until`` 之前的提醒作废，到那时再提醒一次。

    时限已了结、或他停着提醒的，返回空，什么也不做：停着的到时候不会发，不能答应。
    """
    living = await session.scalar(select(exists().where(*_is_living(timer))))
    if not living or await is_stopped(session, case):
        return None
    # 送不出去的也作废：不然他刚说推迟，下一句回复上面又是它
    await _cancel(
        session,
        now,
        "snoozed",
        *_of_version(timer),
        ReminderRow.due_at < until,
        states=(*CANCELLABLE, ReminderState.DEAD),
    )
    return await _asked_for(session, case, timer, until, now)


async def add(session: AsyncSession, case: CaseRecord, timer: TimerRecord, at: datetime, now: datetime) -> bool:
    """本人说了到 ``at`` 叫他一声：多提醒这一次，原来排着的照旧。时限已了结、或他停着提醒的，什么也不做，为假。"""
    living = await session.scalar(select(exists().where(*_is_living(timer))))
    if not living or await is_stopped(session, case):
        return False
    return await _asked_for(session, case, timer, at, now) is not None


async def _asked_for(
    session: AsyncSession, case: CaseRecord, timer: TimerRecord, at: datetime, now: datetime
) -> ReminderRecord | None:
    """本人要的一次，不随时限重排。"""
    offset = f"{SNOOZE_PREFIX}{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    row = new_row(case, (timer.timer_id, timer.timer_version), offset, at, now, stopped=False)
    await session.execute(insert(session, ReminderRow).values(row).on_conflict_do_nothing())
    found = await session.scalar(select(ReminderRow).where(*_of_version(timer), ReminderRow.offset == offset))
    return None if found is None else ReminderRecord.of(found)


async def announce_new_date(
    session: AsyncSession, case: CaseRecord, timer: TimerRecord, at: datetime, now: datetime
) -> None:
    """日期重算之后，在 ``at`` 告诉本人一次。和别的提醒走同一条路，也一样不会丢；停了提醒的人不打扰。"""
    key, offset = (timer.timer_id, timer.timer_version), f"{REDATED_PREFIX}{timer.timer_version}"
    row = new_row(case, key, offset, at, now, stopped=await is_stopped(session, case))
    await session.execute(insert(session, ReminderRow).values(row).on_conflict_do_nothing())


async def stop(session: AsyncSession, person: Person, now: datetime, *, case: CaseRecord | None = None) -> int:
    """停止提醒：给了案件只停这一件，否则停这个人的全部。返回作废了几条。"""
    if case is None:
        await people.set_reminders_stopped(session, person, True, now)
        return await _cancel(session, now, STOPPED, *_owned(person))
    await session.execute(_owned_case(person, case).values(reminders_stopped=True))
    return await _cancel(session, now, STOPPED, *_owned(person), ReminderRow.case_id == case.id)


async def resume(session: AsyncSession, person: Person, now: datetime, *, case: CaseRecord | None = None) -> int:
    """恢复提醒：因停止而作废、时刻还没过、时限还在的，重新排上。返回恢复了几条，回访不算。"""
    conditions = [*_owned(person), ReminderRow.reason == STOPPED]
    if case is None:
        await people.set_reminders_stopped(session, person, False, now)
        conditions.append(~exists().where(CaseRow.id == ReminderRow.case_id, CaseRow.reminders_stopped.is_(True)))
    else:
        await session.execute(_owned_case(person, case).values(reminders_stopped=False))
        conditions.append(ReminderRow.case_id == case.id)
    restored = await session.scalars(
        moving(ReminderState.PENDING, (ReminderState.CANCELLED,), next_try_at=ReminderRow.due_at, reason=None)
        .where(*conditions, ReminderRow.due_at > now, _timer_is_living())
        .returning(ReminderRow.offset)
        .execution_options(synchronize_session=False)
    )
    return sum(offset != FOLLOW_UP for offset in restored)


async def is_stopped(session: AsyncSession, case: CaseRecord) -> bool:
    """这个案件或这个人停了提醒吗。"""
    whose = {"case_id": case.id, "platform": case.platform, "user_id": case.user_id}
    return bool(await session.scalar(_IS_STOPPED, whose))


async def cancel_for_case(session: AsyncSession, case_id: int, reason: str, now: datetime) -> int:
    """作废案件全部还没送出的提醒。返回几条。"""
    return await _cancel(session, now, reason, ReminderRow.case_id == case_id)


async def cancel_for_timer(session: AsyncSession, case_id: int, timer_id: str, reason: str, now: datetime) -> int:
    """作废一个时限全部还没送出的提醒（各版都算）。返回几条。"""
    return await _cancel(session, now, reason, ReminderRow.case_id == case_id, ReminderRow.timer_id == timer_id)


async def of_case(session: AsyncSession, person: Person, case_id: int) -> list[ReminderRecord]:
    """本人案件的全部提醒，先到的在前。"""
    rows = await session.scalars(
        select(ReminderRow)
        .where(ReminderRow.case_id == case_id, *_owned(person))
        .order_by(ReminderRow.due_at, ReminderRow.id)
    )
    return [ReminderRecord.of(row) for row in rows]


async def last_sent(session: AsyncSession, person: Person) -> list[ReminderRecord]:
    """最近一次送到本人的那条消息里的提醒：他回“完成”“推迟”时说的就是这些。没有则为空。"""
    latest = await session.scalar(LAST_SENT, {"platform": person.platform, "user_id": person.user_id})
    return [] if latest is None else await in_delivery(session, person, latest)


async def of_message(session: AsyncSession, person: Person, self_id: str, message_id: str) -> list[ReminderRecord]:
    """本人引用的那条机器人消息里的提醒；不是提醒消息则为空。"""
    delivery_id = await session.scalar(
        select(DeliveryRow.id)
        .where(
            DeliveryRow.platform == person.platform,
            DeliveryRow.self_id == self_id,
            DeliveryRow.message_id == message_id,
        )
        .order_by(DeliveryRow.id.desc())
        .limit(1)
    )
    return [] if delivery_id is None else await in_delivery(session, person, delivery_id)


async def in_delivery(session: AsyncSession, person: Person, delivery_id: int) -> list[ReminderRecord]:
    """本人的、这一次送的提醒。"""
    rows = await session.scalars(
        select(ReminderRow)
        .join(DeliveryItemRow, DeliveryItemRow.reminder_id == ReminderRow.id)
        .where(DeliveryItemRow.delivery_id == delivery_id, *_owned(person))
        .order_by(ReminderRow.due_at, ReminderRow.id)
    )
    return [ReminderRecord.of(row) for row in rows]


async def _cancel(
    session: AsyncSession,
    now: datetime,
    reason: str,
    *conditions: ColumnElement[bool],
    states: Collection[ReminderState] = CANCELLABLE,
) -> int:
    cancelled = await session.scalars(
        # 已经领走它、还没出手的进程随后写“要发”时会发现状态不对，写不进去
        moving(ReminderState.CANCELLED, states, now, reason=reason)
        .where(*conditions)
        .returning(ReminderRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(cancelled.all())


@cache
def _new_reminders(dialect: str) -> Executable:
    return insert_into(dialect, table_of(ReminderRow)).on_conflict_do_nothing()


async def _adjust(session: AsyncSession, timer: TimerRecord, planned: Mapping[str, datetime], now: datetime) -> None:
    """已有的提醒：不该再有的作废，还没到手的改到新的时刻。"""
    await _cancel(
        session,
        now,
        "replanned",
        *_of_version(timer),
        ReminderRow.offset.not_in(planned),
        ReminderRow.offset.not_like(f"{SNOOZE_PREFIX}%"),
        ReminderRow.offset.not_like(f"{REDATED_PREFIX}%"),
    )
    for offset, due_at in planned.items():
        await session.execute(
            update(ReminderRow)
            .where(
                *_of_version(timer),
                ReminderRow.offset == offset,
                ReminderRow.state == ReminderState.PENDING,
                ReminderRow.due_at != due_at,
            )
            .values(due_at=due_at, next_try_at=due_at)
        )


def new_row(
    case: CaseRecord, timer: tuple[str, int], offset: str, due_at: datetime, now: datetime, *, stopped: bool
) -> dict[str, Any]:
    """一条新提醒的全部列；``timer`` 是时限的名字与版本，``stopped`` 的一记下就作废。"""
    timer_id, timer_version = timer
    return {
        "case_id": case.id,
        "timer_id": timer_id,
        "timer_version": timer_version,
        "offset": offset,
        "platform": case.platform,
        "self_id": case.self_id,
        "user_id": case.user_id,
        "origin_group_id": case.origin_group_id,
        "due_at": due_at,
        "next_try_at": due_at,
        "state": ReminderState.CANCELLED if stopped else ReminderState.PENDING,
        "reason": STOPPED if stopped else None,
        "settled_at": now if stopped else None,
        "attempt": 0,
        "failures": 0,
        "unknowns": 0,
        "disproved": 0,
        "possible_duplicate": False,
        "detail_owed": False,
        "created_at": now,
    }


def is_question(timer: TimerRecord, offset: str) -> bool:
    """是问候或回访，不是日子的提醒。"""
    return timer.kind == TimerKind.CHECK_IN or offset == FOLLOW_UP


def _owned(person: Person) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return ReminderRow.platform == person.platform, ReminderRow.user_id == person.user_id


def _owned_case(person: Person, case: CaseRecord) -> Any:
    return update(CaseRow).where(
        CaseRow.id == case.id, CaseRow.platform == person.platform, CaseRow.user_id == person.user_id
    )


def _of_version(timer: TimerRecord) -> tuple[ColumnElement[bool], ...]:
    return (
        ReminderRow.case_id == timer.case_id,
        ReminderRow.timer_id == timer.timer_id,
        ReminderRow.timer_version == timer.timer_version,
    )


def _is_living(timer: TimerRecord) -> tuple[ColumnElement[bool], ...]:
    return TimerRow.id == timer.id, TimerRow.state.in_(("open", "passed"))


@cache
def _timer_is_living() -> ColumnElement[bool]:
    return exists().where(
        TimerRow.case_id == ReminderRow.case_id,
        TimerRow.timer_id == ReminderRow.timer_id,
        TimerRow.timer_version == ReminderRow.timer_version,
        TimerRow.state.in_(("open", "passed")),
    )

"""改动的来龙去脉：变之前先留一份样子，撤销时照着还原；已经发出去的提醒不收回。

留的是行的样子，不是“怎样反着做”，所以答案、进展、结案、推迟、换一件事，都用同一个办法撤销。
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from ..person.people import Settings
from ..records import InterviewRecord, Person
from ..reminding.reminder_states import ReminderState, moving
from ..reminding.timers import LIVING, TimerState
from ..tables import (
    CaseEventRow,
    CaseRow,
    ChangeRow,
    EvidenceTickRow,
    InterviewRow,
    PersonRow,
    ReminderRow,
    TimerRow,
    table_of,
)
from . import interviews

KEPT_FOR = timedelta(days=180)
"""这么久以前的改动不再能撤销。"""
_TOUCHED = (ReminderState.PENDING, ReminderState.CLAIMED, ReminderState.WAITING, ReminderState.CANCELLED)
"""还没出手的提醒，撤销动得了；已经发出去、正在发、结果不明的不动。"""
_NOISE = frozenset({"updated_at", "version", "rulebook_digest"})
_SETTINGS = ("reminders_stopped", "mention_consent")
_CHANGES = table_of(ChangeRow)
_INTERVIEWS = table_of(InterviewRow)
_CASES = table_of(CaseRow)
_TIMERS = table_of(TimerRow)
_REMINDERS = table_of(ReminderRow)
_TICKS = table_of(EvidenceTickRow)
_EVENTS = table_of(CaseEventRow)
_PEOPLE = table_of(PersonRow)

_WHOSE = bindparam("platform"), bindparam("user_id")
_STANDING = select(_CHANGES).where(
    _CHANGES.c.platform == _WHOSE[0], _CHANGES.c.user_id == _WHOSE[1], _CHANGES.c.undone_at.is_(None)
)
_LATEST = _STANDING.order_by(_CHANGES.c.id.desc()).limit(bindparam("most"))
ANY_CHANGE = _STANDING.with_only_columns(_CHANGES.c.id)
"""本人还没撤销的改动。"""
_OWN_SETTINGS = select(*(_PEOPLE.c[name] for name in _SETTINGS)).where(
    _PEOPLE.c.platform == _WHOSE[0], _PEOPLE.c.user_id == _WHOSE[1]
)
_RECORD = insert(_CHANGES)

Rows = list[dict[str, Any]]
Before = dict[str, Any]
"""变之前的样子：各表的行，写成 JSON。"""


@dataclass(frozen=True, slots=True)
class Change:
    """一次改动。"""

    id: int
    kind: str
    label: str
    case_id: int | None
    detail: Mapping[str, Any]
    before: Before
    made_at: datetime


async def picture(
    session: AsyncSession,
    person: Person,
    case_ids: Collection[int] = (),
    *,
    ongoing: Sequence[InterviewRecord] | None = None,
    settings: Settings | None = None,
) -> Before:
    """现在的样子：没问完的访谈、这些案件和它们的时限、提醒、材料，本人的两项设置。

    Args:
        session: 所在的事务。
        person: 谁的。
        case_ids: 哪几件案件，不是他的不算。
        ongoing: 这个事务里已经取过、之后没动过的没问完的访谈；没有就去取。
        settings: 同样，他定下的几样。
    """
    owned = _CASES.c.platform == person.platform, _CASES.c.user_id == person.user_id
    found = await interviews.ongoing(session, person) if ongoing is None else ongoing
    before: Before = {
        "interviews": [_plain(vars(one)) for one in found],
        "person": await _settings(session, person) if settings is None else _kept(settings),
        "cases": [],
    }
    if case_ids:
        before["cases"] = await _rows(session, _CASES, _CASES.c.id.in_(case_ids), *owned)
        before["timers"] = await _rows(session, _TIMERS, _TIMERS.c.case_id.in_(case_ids))
        before["reminders"] = await _rows(session, _REMINDERS, _REMINDERS.c.case_id.in_(case_ids))
        before["ticks"] = await _rows(session, _TICKS, _TICKS.c.case_id.in_(case_ids))
        standing = _EVENTS.c.case_id.in_(case_ids), _EVENTS.c.undone_at.is_(None)
        before["events"] = list(await session.scalars(select(_EVENTS.c.id).where(*standing).order_by(_EVENTS.c.id)))
    return before


def is_same(before: Before, after: Before) -> bool:
    """两份样子里说得上改动的都一样：改过的时刻、版本号、没读懂几次这些不算。"""
    return _telling(before) == _telling(after)


async def record(
    session: AsyncSession,
    person: Person,
    *,
    kind: str,
    label: str,
    before: Before,
    now: datetime,
    case_id: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """记下一次改动，连同变之前的样子。"""
    values = {
        "platform": person.platform,
        "user_id": person.user_id,
        "kind": kind,
        "label": label,
        "case_id": case_id,
        "detail": dict(detail or {}),
        "before": before,
        "made_at": now,
        "undone_at": None,
    }
    await session.execute(_RECORD, values)


async def latest(session: AsyncSession, person: Person, *, limit: int = 20) -> list[Change]:
    """还没撤销的改动，新的在前。"""
    return [
        Change(row.id, row.kind, row.label, row.case_id, row.detail, row.before, row.made_at)
        for row in await session.execute(_LATEST, {**_whose(person), "most": limit})
    ]


async def restore(session: AsyncSession, person: Person, change: Change, now: datetime) -> None:
    """还原到 ``change`` 之前的样子；它自己还算数，接着可以再撤销它。"""
    before = change.before
    kept = [row["id"] for row in before["cases"]]
    await _drop_new_cases(session, person, change, kept)
    await _restore_cases(session, before, now)
    await _restore_interviews(session, person, before, now)
    await _restore_settings(session, person, before)


async def undo(session: AsyncSession, person: Person, change: Change, now: datetime) -> None:
    """还原到 ``change`` 之前，它和它之后的改动都算撤销了。"""
    await restore(session, person, change, now)
    await session.execute(
        update(_CHANGES)
        .where(
            _CHANGES.c.platform == person.platform,
            _CHANGES.c.user_id == person.user_id,
            _CHANGES.c.id >= change.id,
            _CHANGES.c.undone_at.is_(None),
        )
        .values(undone_at=now)
    )


async def forget(session: AsyncSession, before: datetime) -> int:
    """清掉 ``before`` 之前的。返回几件。"""
    removed = await session.scalars(delete(_CHANGES).where(_CHANGES.c.made_at < before).returning(_CHANGES.c.id))
    return len(removed.all())


def _telling(picture: Before) -> Before:
    rows = {name: value for name, value in picture.items() if name not in ("interviews", "person", "events")}
    told = {name: [_without_noise(row) for row in found] for name, found in rows.items()}
    interviews: Rows = [_without_noise(row) | {"state": _answers_of(row["state"])} for row in picture["interviews"]]
    interviews.sort(key=lambda row: row["id"])
    return {**told, "interviews": interviews, "person": picture["person"], "events": picture.get("events")}


def _without_noise(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _NOISE}


def _answers_of(state: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in state.items() if name not in ("misreads", "offered", "called")}


async def _settings(session: AsyncSession, person: Person) -> dict[str, Any] | None:
    row = (await session.execute(_OWN_SETTINGS, _whose(person))).mappings().one_or_none()
    return None if row is None else dict(row)


def _kept(settings: Settings) -> dict[str, Any]:
    return {name: getattr(settings, name) for name in _SETTINGS}


async def _rows(session: AsyncSession, table: Table, *conditions: Any) -> Rows:
    return [_plain(row) for row in (await session.execute(select(table).where(*conditions))).mappings()]


async def _drop_new_cases(session: AsyncSession, person: Person, change: Change, kept: Collection[int]) -> None:
    """这次改动才立的案件：连同时限和提醒一起没有了。"""
    opened = change.detail.get("opened")
    if opened is not None and opened not in kept:
        await session.execute(
            delete(_CASES).where(
                _CASES.c.id == opened, _CASES.c.platform == person.platform, _CASES.c.user_id == person.user_id
            )
        )


async def _restore_cases(session: AsyncSession, before: Before, now: datetime) -> None:
    for row in before["cases"]:
        values = {name: value for name, value in _typed(_CASES, row).items() if name not in ("id", "version")}
        values |= {"version": _CASES.c.version + 1, "updated_at": now}
        await session.execute(update(_CASES).where(_CASES.c.id == row["id"]).values(values))
        await _restore_timers(session, row["id"], before, now)
        await _restore_reminders(session, row["id"], before, now)
        await _restore_ticks(session, row["id"], before)
        await _strike_events(session, row["id"], before, now)


async def _restore_timers(session: AsyncSession, case_id: int, before: Before, now: datetime) -> None:
    """先作废后来才有的，再还原原来的：同一个时限不能有两行开着。"""
    earlier = {row["id"]: row for row in before["timers"] if row["case_id"] == case_id}
    await session.execute(
        update(_TIMERS)
        .where(_TIMERS.c.case_id == case_id, _TIMERS.c.id.not_in(list(earlier)), _TIMERS.c.state.in_(list(LIVING)))
        .values(state=TimerState.CANCELLED.value, settled_at=now)
    )
    for timer_id, row in earlier.items():
        values = _typed(_TIMERS, row)
        await session.execute(update(_TIMERS).where(_TIMERS.c.id == timer_id).values(_without_id(values)))


async def _restore_reminders(session: AsyncSession, case_id: int, before: Before, now: datetime) -> None:
    earlier = {row["id"]: row for row in before["reminders"] if row["case_id"] == case_id}
    await session.execute(
        moving(ReminderState.CANCELLED, _TOUCHED, now, reason="undone").where(
            ReminderRow.case_id == case_id, ReminderRow.id.not_in(list(earlier))
        )
    )
    for reminder_id, row in earlier.items():
        earlier_state = _waiting_its_turn(row)
        if earlier_state is None:
            continue
        # 那时排着的、作废的，之后怎样了都改回去；别的只在被这次改动作废了才改回去
        always = earlier_state in (ReminderState.PENDING, ReminderState.CANCELLED)
        values = _typed(_REMINDERS, row)
        restored = {name: values[name] for name in ("due_at", "next_try_at", "reason", "settled_at")}
        await session.execute(
            moving(earlier_state, _TOUCHED if always else (ReminderState.CANCELLED,), now, **restored).where(
                ReminderRow.id == reminder_id
            )
        )


def _waiting_its_turn(row: Mapping[str, Any]) -> ReminderState | None:
    """当时的状态，还原得了的；那时有进程领着的，现在没有人领着了，算排着的。"""
    state = ReminderState(row["state"])
    if state is ReminderState.CLAIMED:
        return ReminderState.UNKNOWN if row["possible_duplicate"] else ReminderState.PENDING
    return None if state in (ReminderState.SENDING, ReminderState.SENT) else state


async def _restore_ticks(session: AsyncSession, case_id: int, before: Before) -> None:
    await session.execute(delete(_TICKS).where(_TICKS.c.case_id == case_id))
    ticks = [_typed(_TICKS, row) for row in before["ticks"] if row["case_id"] == case_id]
    if ticks:
        await session.execute(insert(_TICKS), ticks)


async def _strike_events(session: AsyncSession, case_id: int, before: Before, now: datetime) -> None:
    """那时算数的经过照旧算数；后来记下的还在，只是不再算数。"""
    standing = before.get("events")
    earlier = _EVENTS.c.id <= (before.get("last_event") or 0) if standing is None else _EVENTS.c.id.in_(standing)
    of_case = _EVENTS.c.case_id == case_id
    await session.execute(update(_EVENTS).where(of_case, ~earlier, _EVENTS.c.undone_at.is_(None)).values(undone_at=now))
    if standing is not None:
        await session.execute(update(_EVENTS).where(of_case, earlier).values(undone_at=None))


async def _restore_interviews(session: AsyncSession, person: Person, before: Before, now: datetime) -> None:
    earlier = {row["id"]: row for row in before["interviews"]}
    mine = _INTERVIEWS.c.platform == person.platform, _INTERVIEWS.c.user_id == person.user_id
    ongoing = _INTERVIEWS.c.status.in_(("active", "suspended"))
    newer = _INTERVIEWS.c.id > max(earlier, default=0)
    await session.execute(delete(_INTERVIEWS).where(*mine, ongoing, _INTERVIEWS.c.id.not_in(list(earlier)), newer))
    # 先全搁下再还原：每人至多一场正在进行的
    await session.execute(update(_INTERVIEWS).where(*mine, _INTERVIEWS.c.status == "active").values(status="suspended"))
    for interview_id, row in earlier.items():
        values = {name: value for name, value in _typed(_INTERVIEWS, row).items() if name not in ("id", "version")}
        values |= {"version": _INTERVIEWS.c.version + 1, "updated_at": now}
        await session.execute(update(_INTERVIEWS).where(_INTERVIEWS.c.id == interview_id).values(values))


async def _restore_settings(session: AsyncSession, person: Person, before: Before) -> None:
    if before["person"] is not None:
        await session.execute(
            update(_PEOPLE)
            .where(_PEOPLE.c.platform == person.platform, _PEOPLE.c.user_id == person.user_id)
            .values(before["person"])
        )


def _whose(person: Person) -> dict[str, str]:
    return {"platform": person.platform, "user_id": person.user_id}


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def _typed(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """JSON 里的时刻和日子变回来；别的原样。后来新加的列、已经没有的列都略过。"""
    return {name: _value(table, name, value) for name, value in row.items() if name in table.c}


def _value(table: Table, name: str, value: Any) -> Any:
    if not isinstance(value, str) or name not in _moments(table):
        return value
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


def _moments(table: Table) -> Iterable[str]:
    """装时刻、日子的列。"""
    return {"starts", "due_at", "safe", "arguable", "settled_at", "next_try_at", "lease_until", "created_at"} | {
        column.name for column in table.c if column.name.endswith("_at")
    }


def _without_id(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "id"}

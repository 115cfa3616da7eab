"""案件：只有本人查得到、改得了。每个查询都带平台与账号。"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from ..connection.dialect import dialect_of, insert, insert_into
from ..errors import StaleVersionError, StorageError
from ..records import CaseEventRecord, CaseRecord, Person
from ..reminding.reminders import cancel_for_case
from ..reminding.timers import TimerState
from ..tables import CaseEventRow, CaseRow, EvidenceTickRow, TimerRow, table_of
from .case_codes import LONGEST, SHORTEST, Draw, draw_code

_CASES = table_of(CaseRow)
_MINE = CaseRow.platform == bindparam("platform"), CaseRow.user_id == bindparam("user_id")
_ONE = select(CaseRow).where(CaseRow.id == bindparam("which"), *_MINE)
_ONE_TO_CHANGE = _ONE.with_for_update()
_LISTED = select(CaseRow).where(*_MINE).order_by(CaseRow.opened_at.desc(), CaseRow.id.desc())
_LISTED_OPEN = _LISTED.where(CaseRow.closed_at.is_(None))
ANY_CASE = select(CaseRow.id).where(*_MINE)
"""本人的案件，结了案的也算。"""
_EVENTS = (
    select(CaseEventRow)
    .where(CaseEventRow.case_id == bindparam("case"), CaseEventRow.undone_at.is_(None))
    .order_by(CaseEventRow.id)
)
_TICKED = select(EvidenceTickRow.evidence_id).where(EvidenceTickRow.case_id == bindparam("case"))
_TRIES_PER_LENGTH = 8
_CHANGEABLE = frozenset(
    {
        "answers",
        "amounts",
        "ledger",
        "rulebook_digest",
        "rule_id",
        "rule_version",
        "verdict",
        "track_id",
        "stage_id",
        "stage_entered_at",
        "stage_told",
        "self_id",
        "origin_group_id",
    }
)


@dataclass(frozen=True)
class CaseDraft:
    """要立的案件。"""

    self_id: str
    scenario_id: str
    rulebook_digest: str
    answers: Mapping[str, Any]
    rule_id: str
    rule_version: int
    verdict: str
    track_id: str | None = None
    stage_id: str | None = None
    origin_group_id: str | None = None
    amounts: Mapping[str, Any] = field(default_factory=dict)
    """立案前就说过的钱数，和这件案件的叫法。"""


@dataclass(frozen=True)
class EventDraft:
    """要记下的一件经过。"""

    event_id: str
    from_stage: str | None = None
    to_stage: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


async def create(
    session: AsyncSession, person: Person, draft: CaseDraft, now: datetime, draw: Draw | None = None
) -> CaseRecord:
    """立案，发一个没人用过的案件号；撞号就重抽，短号不够用就加一位。

    Args:
        draw: 抽号时取字符的办法，测试里换成固定的。
    """
    for length in range(SHORTEST, LONGEST + 1):
        for _ in range(_TRIES_PER_LENGTH):
            code = draw_code(length) if draw is None else draw_code(length, draw)
            case = await _insert(session, person, draft, code, now)
            if case is not None:
                return case
    raise StorageError("案件号已经用完", "请清理早已结案的案件")


async def get(session: AsyncSession, person: Person, code: str) -> CaseRecord | None:
    """按案件号取本人的案件；别人的案件和不存在的一样，都是空。"""
    row = await session.scalar(select(CaseRow).where(CaseRow.code == code, *_owned(person)))
    return None if row is None else CaseRecord.of(row)


async def get_by_id(
    session: AsyncSession, person: Person, case_id: int, *, to_change: bool = False
) -> CaseRecord | None:
    """按行号取本人的案件。

    Args:
        to_change: 接着要改它的时限：先占住案件这一行。各处都是先案件后时限，两个进程才不会互相等死。
    """
    row = await session.scalar(_ONE_TO_CHANGE if to_change else _ONE, {"which": case_id, **_whose(person)})
    return None if row is None else CaseRecord.of(row)


async def listed(session: AsyncSession, person: Person, *, include_closed: bool = False) -> list[CaseRecord]:
    """本人的案件，新的在前；默认只列没结案的。"""
    rows = await session.scalars(_LISTED if include_closed else _LISTED_OPEN, _whose(person))
    return [CaseRecord.of(row) for row in rows]


async def count_open(session: AsyncSession, person: Person) -> int:
    """本人没结案的有几件。"""
    counted = select(func.count()).select_from(CaseRow).where(*_owned(person), CaseRow.closed_at.is_(None))
    return (await session.execute(counted)).scalar_one()


async def save(session: AsyncSession, case: CaseRecord, now: datetime, **changes: Any) -> CaseRecord:
    """改案件的若干列（答案、规则、结论、阶段…），其余不动。

    Raises:
        StaleVersionError: 读出来之后已被别处改过，或已删。
        TypeError: 改了不许改的列。
    """
    refused = changes.keys() - _CHANGEABLE
    if refused:
        raise TypeError(f"案件的这些列不能这样改：{', '.join(sorted(refused))}")
    return await _update(session, case, changes, now)


async def close(session: AsyncSession, case: CaseRecord, outcome: str, now: datetime) -> CaseRecord:
    """结案：时限全部了结，还没送出的提醒全部作废，都在这一个事务里。错误同 :func:`save`。"""
    closed = await _update(session, case, {"outcome": outcome, "closed_at": now}, now)
    await session.execute(
        update(TimerRow)
        .where(TimerRow.case_id == case.id, TimerRow.state == TimerState.OPEN)
        .values(state=TimerState.CANCELLED, settled_at=now)
    )
    await cancel_for_case(session, case.id, "case_closed", now)
    return closed


async def append_event(session: AsyncSession, case: CaseRecord, event: EventDraft, now: datetime) -> CaseEventRecord:
    """记下一件经过。"""
    row = CaseEventRow(
        case_id=case.id,
        at=now,
        event_id=event.event_id,
        from_stage=event.from_stage,
        to_stage=event.to_stage,
        detail=dict(event.detail),
    )
    session.add(row)
    await session.flush()
    return CaseEventRecord.of(row)


async def events(session: AsyncSession, case: CaseRecord) -> list[CaseEventRecord]:
    """案件的全部经过，由早到晚；撤销了的不算。"""
    rows = await session.scalars(_EVENTS, {"case": case.id})
    return [CaseEventRecord.of(row) for row in rows]


async def redate_event(
    session: AsyncSession, case: CaseRecord, event_id: int, happened_at: datetime, now: datetime
) -> None:
    """一件经过其实是另一天的：它和后来的照原样另记一遍，只有它的日子不同；原来的算撤销了，还在。"""
    rows = [row for row in await session.scalars(_EVENTS, {"case": case.id}) if row.id >= event_id]
    for row in rows:
        day = {"happened_at": happened_at.astimezone(UTC).isoformat()} if row.id == event_id else {}
        session.add(
            CaseEventRow(
                case_id=case.id,
                at=row.at,
                event_id=row.event_id,
                from_stage=row.from_stage,
                to_stage=row.to_stage,
                detail={**row.detail, **day},
            )
        )
        row.undone_at = now
    await session.flush()


async def tick_evidence(session: AsyncSession, case: CaseRecord, evidence_id: str, now: datetime) -> bool:
    """勾上一项材料。返回是不是这次才勾上的。"""
    inserted = await session.scalar(
        insert(session, EvidenceTickRow)
        .values(case_id=case.id, evidence_id=evidence_id, ticked_at=now)
        .on_conflict_do_nothing()
        .returning(EvidenceTickRow.evidence_id)
    )
    return inserted is not None


async def untick_evidence(session: AsyncSession, case: CaseRecord, evidence_id: str) -> bool:
    """取消勾选。返回原来是不是勾着的。"""
    removed = await session.scalar(
        delete(EvidenceTickRow)
        .where(EvidenceTickRow.case_id == case.id, EvidenceTickRow.evidence_id == evidence_id)
        .returning(EvidenceTickRow.evidence_id)
    )
    return removed is not None


async def ticked_evidence(session: AsyncSession, case: CaseRecord) -> set[str]:
    """已备好的材料的 id。"""
    return set(await session.scalars(_TICKED, {"case": case.id}))


async def open_count(session: AsyncSession) -> int:
    """全部没结案的案件数：给管理员看的只有数目。"""
    return await session.scalar(select(func.count()).select_from(CaseRow).where(CaseRow.closed_at.is_(None))) or 0


async def _insert(
    session: AsyncSession, person: Person, draft: CaseDraft, code: str, now: datetime
) -> CaseRecord | None:
    values: dict[str, Any] = {
        "code": code,
        "platform": person.platform,
        "user_id": person.user_id,
        "self_id": draft.self_id,
        "origin_group_id": draft.origin_group_id,
        "scenario_id": draft.scenario_id,
        "rulebook_digest": draft.rulebook_digest,
        "answers": dict(draft.answers),
        "amounts": dict(draft.amounts),
        "ledger": [],
        "rule_id": draft.rule_id,
        "rule_version": draft.rule_version,
        "verdict": draft.verdict,
        "track_id": draft.track_id,
        "stage_id": draft.stage_id,
        "stage_entered_at": now,
        "stage_told": {},
        "reminders_stopped": False,
        "outcome": None,
        "opened_at": now,
        "updated_at": now,
        "closed_at": None,
        "version": 1,
    }
    case_id = await session.scalar(_new_case(dialect_of(session)), values)
    return None if case_id is None else CaseRecord(id=case_id, **values)


@cache
def _new_case(dialect: str) -> Executable:
    return insert_into(dialect, _CASES).on_conflict_do_nothing(index_elements=["code"]).returning(_CASES.c.id)


async def _update(session: AsyncSession, case: CaseRecord, changes: Mapping[str, Any], now: datetime) -> CaseRecord:
    row = await session.scalar(
        update(CaseRow)
        .where(CaseRow.id == case.id, CaseRow.version == case.version, *_owned(case.person))
        .values({**changes, "version": case.version + 1, "updated_at": now})
        .returning(CaseRow)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise StaleVersionError(f"案件 {case.code} 已被别处改过")
    return CaseRecord.of(row)


def _whose(person: Person) -> dict[str, str]:
    return {"platform": person.platform, "user_id": person.user_id}


def _owned(person: Person) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return CaseRow.platform == person.platform, CaseRow.user_id == person.user_id

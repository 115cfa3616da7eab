"""访谈：每人至多一场正在进行的，其余的搁着，随时能接着问。"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from ..errors import StaleVersionError
from ..records import InterviewRecord, Person
from ..tables import InterviewRow, table_of

_INTERVIEWS = table_of(InterviewRow)
_LISTED = (
    select(_INTERVIEWS)
    .where(
        _INTERVIEWS.c.platform == bindparam("platform"),
        _INTERVIEWS.c.user_id == bindparam("user_id"),
        _INTERVIEWS.c.status == bindparam("status"),
    )
    .order_by(_INTERVIEWS.c.updated_at.desc(), _INTERVIEWS.c.id.desc())
)
MOST_ONGOING = 20
_ONGOING = (
    select(_INTERVIEWS)
    .where(
        _INTERVIEWS.c.platform == bindparam("platform"),
        _INTERVIEWS.c.user_id == bindparam("user_id"),
        _INTERVIEWS.c.status.in_(("active", "suspended")),
    )
    .order_by(_INTERVIEWS.c.updated_at.desc())
    .limit(MOST_ONGOING)
)
_NEW = insert(_INTERVIEWS).returning(_INTERVIEWS.c.id)
_SAVED = (
    update(_INTERVIEWS)
    .where(_INTERVIEWS.c.id == bindparam("which"), _INTERVIEWS.c.version == bindparam("read_version"))
    .returning(_INTERVIEWS.c.id)
)
_SUSPENDED = update(_INTERVIEWS).where(
    _INTERVIEWS.c.platform == bindparam("of_platform"),
    _INTERVIEWS.c.user_id == bindparam("of_user"),
    _INTERVIEWS.c.status == bindparam("now_status"),
)


class InterviewStatus(StrEnum):
    """访谈的状态。"""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    FINISHED = "finished"
    ABANDONED = "abandoned"


async def start(
    session: AsyncSession,
    person: Person,
    *,
    self_id: str,
    scenario_id: str,
    rulebook_digest: str,
    state: Mapping[str, Any],
    now: datetime,
    origin_group_id: str | None = None,
    case_id: int | None = None,
) -> InterviewRecord:
    """开始一场访谈；正在进行的那场（若有）先搁下，答过的都还在。"""
    await suspend_active(session, person, now)
    values: dict[str, Any] = {
        "platform": person.platform,
        "user_id": person.user_id,
        "self_id": self_id,
        "origin_group_id": origin_group_id,
        "scenario_id": scenario_id,
        "rulebook_digest": rulebook_digest,
        "state": dict(state),
        "status": InterviewStatus.ACTIVE.value,
        "case_id": case_id,
        "version": 1,
        "started_at": now,
        "updated_at": now,
    }
    interview_id = (await session.execute(_NEW, values)).scalar_one()
    return InterviewRecord(id=interview_id, **values)


async def count_started(session: AsyncSession, person: Person, since: datetime) -> int:
    """他从 ``since`` 起开始过几场访谈，不论后来怎样。"""
    counted = select(func.count()).where(
        _INTERVIEWS.c.platform == person.platform,
        _INTERVIEWS.c.user_id == person.user_id,
        _INTERVIEWS.c.started_at >= since,
    )
    return (await session.execute(counted)).scalar_one()


async def active(session: AsyncSession, person: Person) -> InterviewRecord | None:
    """他正在进行的访谈；没有则为空。"""
    found = await _listed(session, person, InterviewStatus.ACTIVE)
    return found[0] if found else None


async def ongoing(session: AsyncSession, person: Person) -> list[InterviewRecord]:
    """他没问完的访谈，正在进行的、搁着的都算，最近动过的在前，至多 :data:`MOST_ONGOING` 场。"""
    asked = {"platform": person.platform, "user_id": person.user_id}
    return [InterviewRecord.of(row) for row in await session.execute(_ONGOING, asked)]


async def ongoing_and_active(
    session: AsyncSession, person: Person
) -> tuple[list[InterviewRecord], InterviewRecord | None]:
    """:func:`ongoing` 和 :func:`active`，一般一条语句问完。"""
    found = await ongoing(session, person)
    running = next((one for one in found if one.status == InterviewStatus.ACTIVE), None)
    if running is None and len(found) == MOST_ONGOING:
        running = await active(session, person)
    return found, running


async def suspended(session: AsyncSession, person: Person) -> list[InterviewRecord]:
    """他搁着的访谈，最近动过的在前。"""
    return await _listed(session, person, InterviewStatus.SUSPENDED)


async def save(
    session: AsyncSession,
    interview: InterviewRecord,
    *,
    now: datetime,
    state: Mapping[str, Any] | None = None,
    status: InterviewStatus | None = None,
    case_id: int | None = None,
    rulebook_digest: str | None = None,
) -> InterviewRecord:
    """存下改动；没给的保持原样。

    Raises:
        StaleVersionError: 读出来之后已被别处改过（如同一个人的两条消息并行处理）。
    """
    changes: dict[str, Any] = {"version": interview.version + 1, "updated_at": now}
    if state is not None:
        changes["state"] = dict(state)
    if status is not None:
        changes["status"] = status.value
    if case_id is not None:
        changes["case_id"] = case_id
    if rulebook_digest is not None:
        changes["rulebook_digest"] = rulebook_digest
    saved = await session.scalar(_SAVED, {"which": interview.id, "read_version": interview.version, **changes})
    if saved is None:
        raise StaleVersionError(f"访谈 {interview.id} 已被别处改过")
    return replace(interview, **changes)


async def resume(session: AsyncSession, interview: InterviewRecord, now: datetime) -> InterviewRecord:
    """接着问一场搁着的访谈；正在进行的那场（若有）先搁下。错误同 :func:`save`。"""
    await suspend_active(session, interview.person, now)
    return await save(session, interview, now=now, status=InterviewStatus.ACTIVE)


async def suspend_active(session: AsyncSession, person: Person, now: datetime) -> None:
    """把正在进行的访谈搁下；没有就算了。"""
    running = {
        "of_platform": person.platform,
        "of_user": person.user_id,
        "now_status": InterviewStatus.ACTIVE.value,
    }
    changed = {"status": InterviewStatus.SUSPENDED.value, "updated_at": now}
    await session.execute(_SUSPENDED.values(version=_INTERVIEWS.c.version + 1), running | changed)


async def _listed(session: AsyncSession, person: Person, status: InterviewStatus) -> list[InterviewRecord]:
    asked = {"platform": person.platform, "user_id": person.user_id, "status": status.value}
    return [InterviewRecord.of(row) for row in await session.execute(_LISTED, asked)]

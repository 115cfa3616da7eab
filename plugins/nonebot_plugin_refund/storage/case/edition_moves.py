"""换版的进度：哪些没结案的案件还钉在旧版本上，走到哪一件了。

几个进程共用一份进度；进程没了，下次接着走。同一件走两遍不要紧：换过的不再换，告诉过的不再告诉。
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from ..connection.dialect import insert
from ..records import CaseRecord
from ..tables import CaseRow, ControlRow, SnapshotRow

_CONTROL = "rulebook-in-force"


@dataclass(frozen=True)
class InForce:
    """大家现在都该用的版本，和各旧版本的案件走到了哪一件。"""

    digests: Mapping[str, str] = field(default_factory=dict[str, str])
    """场景 id -> 版本。几个进程用的不一样时，只有与它相同的才动案件，免得换来换去。"""
    done: Mapping[str, int] = field(default_factory=dict[str, int])
    """“场景:旧版本” -> 已经看过的最大行号。"""

    def after(self, scenario_id: str, digest: str) -> int:
        """这个旧版本的案件从哪个行号之后接着看。"""
        return self.done.get(f"{scenario_id}:{digest}", 0)


async def in_force(session: AsyncSession, *, to_change: bool = False) -> InForce:
    """取出来；还没有就是空的。``to_change`` 时先占住这一行。"""
    statement = select(ControlRow.value).where(ControlRow.name == _CONTROL)
    value = await session.scalar(statement.with_for_update() if to_change else statement)
    if value is None:
        return InForce()
    return InForce(cast("dict[str, str]", value["digests"]), cast("dict[str, int]", value["done"]))


async def declare(session: AsyncSession, digests: Mapping[str, str], now: datetime) -> None:
    """从现在起用这些版本。版本变了的场景从头看起，没变的接着看。"""
    before = await in_force(session, to_change=True)
    if dict(before.digests) == dict(digests):
        return
    same = {scenario_id for scenario_id, digest in digests.items() if before.digests.get(scenario_id) == digest}
    done = {key: last for key, last in before.done.items() if key.partition(":")[0] in same}
    await _write(session, InForce(digests, done), now)


async def remember(session: AsyncSession, scenario_id: str, digest: str, last: int, to: str, now: datetime) -> None:
    """这个旧版本的案件看到 ``last`` 了；其间别的进程换了别的版本（不再是 ``to``）就不记。"""
    current = await in_force(session, to_change=True)
    if current.digests.get(scenario_id) == to and last > current.after(scenario_id, digest):
        await _write(session, InForce(current.digests, {**current.done, f"{scenario_id}:{digest}": last}), now)


async def kept_editions(session: AsyncSession) -> list[tuple[str, str]]:
    """留过底的全部版本：``(场景 id, 版本)``。案件总钉在其中一个上，所以不必去数案件。"""
    rows = await session.execute(
        select(SnapshotRow.scenario_id, SnapshotRow.digest).order_by(SnapshotRow.scenario_id, SnapshotRow.digest)
    )
    return [(scenario_id, digest) for scenario_id, digest in rows]


async def open_cases_on(
    session: AsyncSession, scenario_id: str, digest: str, after: int, limit: int
) -> Sequence[CaseRecord]:
    """钉在这个版本上、没结案、行号大于 ``after`` 的，按行号，至多 ``limit`` 件。"""
    rows = await session.scalars(
        select(CaseRow)
        .where(
            CaseRow.rulebook_digest == digest,
            CaseRow.scenario_id == scenario_id,
            CaseRow.closed_at.is_(None),
            CaseRow.id > after,
        )
        .order_by(CaseRow.id)
        .limit(limit)
    )
    return [CaseRecord.of(row) for row in rows]


async def count_open_on(session: AsyncSession, scenario_id: str, digest: str) -> int:
    """钉在这个版本上、没结案的有几件。"""
    return (
        await session.scalar(
            select(func.count())
            .select_from(CaseRow)
            .where(CaseRow.rulebook_digest == digest, CaseRow.scenario_id == scenario_id, CaseRow.closed_at.is_(None))
        )
        or 0
    )


async def _write(session: AsyncSession, value: InForce, now: datetime) -> None:
    row = {"name": _CONTROL, "value": {"digests": dict(value.digests), "done": dict(value.done)}, "updated_at": now}
    statement = insert(session, ControlRow).values(row)
    changed = {"value": statement.excluded.value, "updated_at": statement.excluded.updated_at}
    await session.execute(statement.on_conflict_do_update(index_elements=["name"], set_=changed))

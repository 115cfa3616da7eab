"""欠着的回答：事情办了、话没说到的，留着等下一次说；取走就没有了，所以只补一次。"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from ..records import Person
from ..tables import OwedReplyRow, PersonRow

KEPT_FOR = timedelta(days=1)
"""再晚补上，事情早变了样。"""
MOST = 4
"""一个人至多欠几条：再多的，先前的已经过时。"""


@dataclass(frozen=True, slots=True)
class OwedPerson:
    """有回答没发到的一个人。"""

    person: Person
    self_id: str
    """该由哪个机器人账号说。"""
    kept_at: datetime
    """最近一条是什么时候欠下的。"""


async def keep(session: AsyncSession, person: Person, self_id: str, texts: Sequence[str], now: datetime) -> bool:
    """留下几条。人已经删了自己的数据就不留；返回留没留。"""
    known = select(exists().where(PersonRow.platform == person.platform, PersonRow.user_id == person.user_id))
    if not await session.scalar(known):
        return False
    for text in texts:
        session.add(
            OwedReplyRow(platform=person.platform, user_id=person.user_id, self_id=self_id, text=text, kept_at=now)
        )
    await session.flush()
    newest = select(OwedReplyRow.id).where(*_owed_to(person)).order_by(OwedReplyRow.id.desc()).limit(MOST)
    await session.execute(
        delete(OwedReplyRow)
        .where(*_owed_to(person), OwedReplyRow.id.not_in(newest.scalar_subquery()))
        .execution_options(synchronize_session=False)
    )
    return True


async def take(session: AsyncSession, person: Person, now: datetime) -> list[str]:
    """取走欠这个人的，早的在前；过了期的一并清掉，不算。"""
    taken = await session.scalars(
        delete(OwedReplyRow)
        .where(*_owed_to(person))
        .returning(OwedReplyRow)
        .execution_options(synchronize_session=False)
    )
    return [row.text for row in sorted(taken, key=lambda row: row.id) if row.kept_at > now - KEPT_FOR]


async def creditors(session: AsyncSession, now: datetime) -> list[OwedPerson]:
    """有回答没发到、还没过期的人，最早的在前。"""
    whom = (OwedReplyRow.platform, OwedReplyRow.user_id, OwedReplyRow.self_id)
    found = await session.execute(
        select(*whom, func.max(OwedReplyRow.kept_at))
        .where(OwedReplyRow.kept_at > now - KEPT_FOR)
        .group_by(*whom)
        .order_by(func.min(OwedReplyRow.id))
    )
    return [OwedPerson(Person(platform, user_id), self_id, kept_at) for platform, user_id, self_id, kept_at in found]


async def forget(session: AsyncSession, before: datetime) -> int:
    """清掉 ``before`` 之前留的。返回几条。"""
    removed = await session.scalars(
        delete(OwedReplyRow)
        .where(OwedReplyRow.kept_at < before)
        .returning(OwedReplyRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(removed.all())


def _owed_to(person: Person) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return OwedReplyRow.platform == person.platform, OwedReplyRow.user_id == person.user_id

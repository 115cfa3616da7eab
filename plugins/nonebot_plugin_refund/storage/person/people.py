"""用户：见没见过、要不要提醒、能不能在群里点名、要不要图片。"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Executable, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from ..connection.dialect import dialect_of, insert_into
from ..records import Person, PersonRecord
from ..tables import PersonRow, table_of

_PEOPLE = table_of(PersonRow)


@dataclass(frozen=True, slots=True)
class Settings:
    """他定下的几样：每条话都要知道，记下他来过时顺手带出来，不必再问一次。"""

    pictures: bool | None
    """要不要图片，没说过为空。"""
    reminders_stopped: bool
    mention_consent: bool | None
    """能不能在群里点他的名，没说过为空。"""


async def get(session: AsyncSession, person: Person) -> PersonRecord | None:
    """这个人的设置；没来过的为空。"""
    row = await session.scalar(select(PersonRow).where(*_is(person)))
    return None if row is None else PersonRecord.of(row)


async def touch(session: AsyncSession, person: Person, now: datetime) -> Settings:
    """记下他来过：第一次来的建档，来过的只改最近一次的时刻。返回他定下的几样。"""
    visit = {
        "platform": person.platform,
        "user_id": person.user_id,
        "reminders_stopped": False,
        "first_seen_at": now,
        "seen_at": now,
    }
    pictures, stopped, consent = (await session.execute(_visit(dialect_of(session)), visit)).one()
    return Settings(pictures, stopped, consent)


async def set_mention_consent(session: AsyncSession, person: Person, consent: bool, now: datetime) -> None:
    """记下他是否同意：私聊送不到时在群里点他的名（不带案情）。"""
    await touch(session, person, now)
    await session.execute(update(PersonRow).where(*_is(person)).values(mention_consent=consent))


async def set_pictures(session: AsyncSession, person: Person, wanted: bool, now: datetime) -> None:
    """记下他要不要图片。"""
    await touch(session, person, now)
    await session.execute(update(PersonRow).where(*_is(person)).values(pictures=wanted))


async def set_reminders_stopped(session: AsyncSession, person: Person, stopped: bool, now: datetime) -> None:
    """只改标记。连同已经排好的提醒一起停或恢复，用 ``reminders.stop`` 与 ``reminders.resume``。"""
    await touch(session, person, now)
    await session.execute(update(PersonRow).where(*_is(person)).values(reminders_stopped=stopped))


@cache
def _visit(dialect: str) -> Executable:
    statement = insert_into(dialect, _PEOPLE)
    return statement.on_conflict_do_update(
        index_elements=["platform", "user_id"], set_={"seen_at": statement.excluded.seen_at}
    ).returning(_PEOPLE.c.pictures, _PEOPLE.c.reminders_stopped, _PEOPLE.c.mention_consent)


def _is(person: Person) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return PersonRow.platform == person.platform, PersonRow.user_id == person.user_id

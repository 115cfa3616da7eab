"""删过数据的人：备份里还留着他，恢复备份之后要照记号（:mod:`.erasure_marks`）再删一遍。

记号与删除在同一个事务里写进库，提交以后再抄进数据文件夹的文件；共用一个库的几个进程，各把库里的抄进自己的文件夹。
所以文件里有、库里没有的记号只有一个意思：这个库是那次删除之前的样子，里面他的一切都该再删一遍。不比时刻，钟拨错过也不怕。
"""

import asyncio
import logging
import sqlite3
from collections.abc import Collection, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from ...log_lines import about
from ..connection.database import Database
from ..connection.dialect import insert
from ..owner import installation
from ..records import Person
from ..tables import ControlRow, ErasureRow, PersonRow, table_of
from . import erasure_marks
from .erasure_marks import FILE_NAME, Mark, digest_of, mark_of
from .personal_data import OWN_TABLES, delete_person

logger = logging.getLogger(__name__)

KEPT_AT_LEAST = timedelta(days=365)
"""记号至少留这么久：主人可能把备份拷到别处，我们看不见。更老的备份还在时，留到它也没了。"""
SMALL = 64 << 20
"""文件不到这么多字节的，当场整理也只要一两秒；更大的等十二小时一次的清理。"""
_WIPE_OWED = "wipe-owed"

__all__ = ["FILE_NAME", "KEPT_AT_LEAST", "catch_up", "mark", "marks_in_file", "prune", "wipe_if_owed", "wipe_now"]


async def mark(session: AsyncSession, person: Person, at: datetime) -> Mark:
    """在库里记下 ``person`` 在 ``at``（带时区）删了数据，与删除同一个事务。

    返回的记号，提交以后交给 :func:`write_down`。
    """
    salt = (await installation.secret(session)).hex()
    made = await asyncio.to_thread(mark_of, person, salt, at)
    await _insert(session, [made])
    values = {"value": {}, "updated_at": at}
    await session.execute(
        insert(session, ControlRow)
        .values(name=_WIPE_OWED, **values)
        .on_conflict_do_update(index_elements=["name"], set_=values)
    )
    return made


async def write_down(folder: Path, marks: Collection[Mark]) -> None:
    """把库里的记号抄进文件夹。写不进去只记日志：库里有，下一轮再抄。"""
    try:
        await asyncio.to_thread(erasure_marks.add, folder, marks)
    except OSError as error:
        logger.warning("删除记号没能写进 %s：%s", FILE_NAME, error.strerror, extra=about("erasure_not_noted"))


async def catch_up(folder: Path, database: Database, now: datetime, also: Collection[Mark] = ()) -> int:
    """库和文件夹里的记号互相补齐；库里缺的，照着再删一遍。返回删了几个人。可以重复执行。

    Args:
        folder: 插件的数据文件夹。
        database: 已升级的数据库。
        now: 现在，带时区。
        also: 别处得来的记号，比如恢复之前那个库里的。

    Raises:
        OSError: 记号文件读不出来。
    """
    known = (await asyncio.to_thread(erasure_marks.read, folder)) | frozenset(also)
    async with database.session() as session:
        done = await _marks(session)
        missing = known - done
        people = await _everybody(session) if missing else {}
    if not done <= known or also:
        await write_down(folder, done | known)
    if not missing:
        return 0
    erased = await asyncio.to_thread(_erased_among, missing, people, now)
    async with database.transaction() as session:
        for person in erased:
            await delete_person(session, person)
        await _insert(session, missing)
    if erased:
        await database.wipe_deleted()
    return len(erased)


def marks_in_file(file: Path) -> frozenset[Mark]:
    """一个 SQLite 文件里的记号：要被换下来的库，记着它自己那时的删除。没有文件、坏了、没有这张表的为空。"""
    if not file.is_file():
        return frozenset()
    try:
        with closing(sqlite3.connect(file)) as connection:
            rows = connection.execute("SELECT salt, digest, erased_at FROM refund_erasures").fetchall()
    except sqlite3.DatabaseError as error:
        logger.warning("现在的库里的删除记号读不出来：%s", type(error).__name__)
        return frozenset()
    return frozenset(Mark(salt, digest, datetime.fromisoformat(at).replace(tzinfo=UTC)) for salt, digest, at in rows)


async def wipe_now(database: Database) -> None:
    """删完当场把他从文件的字节里抹去：清空 WAL；文件不大的，整个重写一遍。没做成的留给 :func:`wipe_if_owed`。"""
    file = database.file
    if file is None:
        return
    try:
        if file.stat().st_size <= SMALL:
            await wipe_if_owed(database)
        else:
            await database.empty_wal()
    except Exception as error:  # 删已经删了；抹得干不干净不能让人听不到这句话
        logger.warning("删掉的还没有从文件里抹净，下次清理再来：%s", type(error).__name__, extra=about("not_wiped"))


async def wipe_if_owed(database: Database) -> bool:
    """有人删过数据而文件还没有整理过：整理（:meth:`....database.Database.wipe_deleted`），碎片从文件里消失。返回做了没有。

    正忙着、磁盘放不下的，这次不做，下次再来。
    """
    async with database.session() as session:
        owed = await session.scalar(select(ControlRow.updated_at).where(ControlRow.name == _WIPE_OWED))
    if owed is None:
        return False
    try:
        wiped = await database.wipe_deleted()
    except sqlite3.OperationalError as error:
        logger.warning("整理数据库文件没有做成，下次再来：%s", error.sqlite_errorname)
        return False
    if not wiped:
        return False
    async with database.transaction() as session:
        await session.execute(delete(ControlRow).where(ControlRow.name == _WIPE_OWED, ControlRow.updated_at == owed))
    return True


async def prune(folder: Path, database: Database, now: datetime, oldest_backup: datetime | None = None) -> int:
    """清掉用不着的记号：满了 :data:`KEPT_AT_LEAST`，又没有更老的备份。返回清了几个。

    先清文件再清库：反过来的话，断在中间，文件里的就像是库里少了的。

    Args:
        folder: 插件的数据文件夹。
        database: 数据库。
        now: 现在，带时区。
        oldest_backup: 还留着的最老的备份是什么时候做的；没有备份为空。

    Raises:
        OSError: 读不出来或写不进去。
    """
    before = min(now - KEPT_AT_LEAST, oldest_backup or now)
    await asyncio.to_thread(erasure_marks.drop, folder, before)
    async with database.transaction() as session:
        dropped = await session.scalars(
            delete(ErasureRow)
            .where(ErasureRow.erased_at < before)
            .returning(ErasureRow.digest)
            .execution_options(synchronize_session=False)
        )
        return len(dropped.all())


def _erased_among(missing: Collection[Mark], people: Mapping[Person, datetime | None], now: datetime) -> list[Person]:
    """该再删一遍的人。"""
    by_digest: dict[tuple[str, str], list[Mark]] = {}
    for each in missing:
        by_digest.setdefault((each.salt, each.digest), []).append(each)
    salts = {each.salt for each in missing}
    return [
        person
        for person, first_seen in people.items()
        if any(
            _is_before(each, first_seen, now)
            for salt in salts
            for each in by_digest.get((salt, digest_of(person, salt)), ())
        )
    ]


def _is_before(missing: Mark, first_seen: datetime | None, now: datetime) -> bool:
    """库里的他是不是这次删除之前的。

    库里没有这个记号就是；只有满了年头的，也可能是库里先清掉了，别的进程的文件夹里还没有：那时才看他是什么时候来的。
    """
    may_be_pruned = missing.at < now - KEPT_AT_LEAST + timedelta(days=1)
    return not may_be_pruned or first_seen is None or first_seen <= missing.at


async def _insert(session: AsyncSession, marks: Collection[Mark]) -> None:
    rows = [{"salt": each.salt, "digest": each.digest, "erased_at": each.at} for each in marks]
    await session.execute(insert(session, ErasureRow).on_conflict_do_nothing(), rows)


async def _marks(session: AsyncSession) -> frozenset[Mark]:
    rows = await session.execute(select(ErasureRow.salt, ErasureRow.digest, ErasureRow.erased_at))
    return frozenset(Mark(*row) for row in rows)


async def _everybody(session: AsyncSession) -> dict[Person, datetime | None]:
    """库里有数据的每一个人，和他第一次来的时刻；没有建档的时刻为空。"""
    columns = [(table_of(table).c.platform, table_of(table).c.user_id) for table in OWN_TABLES.values()]
    everybody = await session.execute(union(*[select(*pair) for pair in columns]))
    seen = await session.execute(select(PersonRow.platform, PersonRow.user_id, PersonRow.first_seen_at))
    first_seen = {Person(platform, user_id): at for platform, user_id, at in seen}
    return {person: first_seen.get(person) for person in (Person(*row) for row in everybody)}

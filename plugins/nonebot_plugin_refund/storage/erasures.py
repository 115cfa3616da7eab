"""删过数据的人的记号：备份里还留着他，恢复备份之后要照记号再删一遍。

记号放在数据库外面的一个文件里，与备份同在插件的数据文件夹，备份里没有它。记的是账号加盐的慢散列和删除的时刻，
不记账号本身；账号只有十来位数字，拿着这个文件一个个试仍猜得出来，所以算得慢、只许自己读、到期就清。

先写记号再提交删除：提交没成就撤回；写完记号就断电的，下次启动照记号删完。
"""

import asyncio
import hashlib
import json
import logging
import os
import secrets
import sqlite3
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, union, update
from sqlalchemy.ext.asyncio import AsyncSession

from .database import Database
from .dialect import insert
from .personal_data import OWN_TABLES, delete_person
from .records import Person
from .tables import ControlRow, PersonRow, table_of

logger = logging.getLogger(__name__)

FILE_NAME = "erasures.jsonl"
"""第一行是盐，其余每行一个记号。"""

KEPT_AT_LEAST = timedelta(days=365)
"""记号至少留这么久：主人可能把备份拷到别处，我们看不见。更老的备份还在时，留到它也没了。"""

_SCRYPT = {"n": 2**11, "r": 8, "p": 1}
"""算一个账号约 5 毫秒：正常用只算几个，挨个试一百亿个账号要一年多。"""

_CONTROL = "erasures"
_writing = threading.Lock()


@dataclass(frozen=True)
class _Journal:
    salt: bytes
    erased: Mapping[str, datetime]
    """散列到最近一次删除的时刻。"""

    @property
    def newest(self) -> datetime | None:
        return max(self.erased.values(), default=None)


async def record(folder: Path, person: Person, at: datetime) -> None:
    """记下 ``person`` 在 ``at``（带时区）删了数据。要在删除提交之前调用；返回时已落盘。

    Args:
        folder: 插件的数据文件夹，没有就建。

    Raises:
        OSError: 写不进去。
    """
    await asyncio.to_thread(_record, folder, person, at)


async def withdraw(folder: Path, person: Person, at: datetime) -> None:
    """删除没有提交成：撤回 ``record`` 记下的那一个。错误同 :func:`record`。"""
    await asyncio.to_thread(_withdraw, folder, person, at)


async def mark(session: AsyncSession, at: datetime) -> None:
    """在库里写明“到 ``at`` 为止的删除都已经办了”，与删除同一个事务：启动时靠它看出库是不是从旧备份恢复的。"""
    through = await _done_through(session)
    if through is not None and through >= at:
        return
    values = {"value": {"through": at.astimezone(UTC).isoformat()}, "updated_at": at}
    await session.execute(
        insert(session, ControlRow)
        .values(name=_CONTROL, **values)
        .on_conflict_do_update(index_elements=["name"], set_=values)
    )


async def reapply(folder: Path, database: Database) -> int:
    """照记号再删一遍：库里有谁在记号之前就来过、记号说他删了，就删掉他的一切。返回删了几个人。

    删了数据之后又来用的人不受影响：他重新来的时刻在记号之后。可以重复执行。

    Args:
        folder: 插件的数据文件夹。
        database: 刚恢复、已升级的数据库，还没有给机器人用。

    Raises:
        OSError: 记号文件读不出来。
    """
    journal = await asyncio.to_thread(_read, folder)
    if journal is None or journal.newest is None:
        return 0
    async with database.session() as session:
        people = await _everybody(session)
    erased = await asyncio.to_thread(_erased_among, journal, people)
    async with database.transaction() as session:
        for person in erased:
            await delete_person(session, person)
        await mark(session, journal.newest)
    if erased:
        await database.wipe_deleted()
    return len(erased)


async def catch_up(folder: Path, database: Database) -> int:
    """启动时调用：库比记号旧（从备份恢复的，或删到一半断了电）才 :func:`reapply`，平时只比一下时刻。"""
    journal = await asyncio.to_thread(_read, folder)
    if journal is None or journal.newest is None:
        return 0
    async with database.session() as session:
        through = await _done_through(session)
    return 0 if through is not None and through >= journal.newest else await reapply(folder, database)


async def wipe_if_owed(database: Database) -> bool:
    """有人删过数据而文件还没有整理过：整理（:meth:`..database.Database.wipe_deleted`），碎片从文件里消失。返回做了没有。

    正忙着、磁盘放不下的，这次不做，下次再来。
    """
    async with database.session() as session:
        value = await _control(session)
    if value is None or value.get("wiped") == value["through"]:
        return False
    try:
        await database.wipe_deleted()
    except sqlite3.OperationalError as error:
        logger.warning("整理数据库文件没有做成，下次再来：%s", error.sqlite_errorname)
        return False
    async with database.transaction() as session:
        await session.execute(
            update(ControlRow).where(ControlRow.name == _CONTROL).values(value=value | {"wiped": value["through"]})
        )
    return True


async def prune(folder: Path, now: datetime, oldest_backup: datetime | None = None) -> int:
    """清掉用不着的记号：满了 :data:`KEPT_AT_LEAST`，又没有更老的备份。返回清了几个。

    Args:
        folder: 插件的数据文件夹。
        now: 现在，带时区。
        oldest_backup: 还留着的最老的备份是什么时候做的；没有备份为空。

    Raises:
        OSError: 读不出来或写不进去。
    """
    before = min(now - KEPT_AT_LEAST, oldest_backup or now)
    return await asyncio.to_thread(_prune, folder, before)


def _record(folder: Path, person: Person, at: datetime) -> None:
    with _writing:
        journal = _read(folder)
        salt = secrets.token_bytes(32) if journal is None else journal.salt
        lines = [] if journal else [_dumped({"salt": salt.hex()})]
        lines.append(_tombstone(_digest(salt, person), at))
        _append(folder, lines)


def _withdraw(folder: Path, person: Person, at: datetime) -> None:
    with _writing:
        journal = _read(folder)
        if journal is not None:
            unwanted = _tombstone(_digest(journal.salt, person), at)
            _rewrite(folder, [line for line in _lines(folder) if line != unwanted])


def _prune(folder: Path, before: datetime) -> int:
    with _writing:
        journal = _read(folder)
        if journal is None:
            return 0
        kept = {digest: at for digest, at in journal.erased.items() if at >= before}
        removed = len(journal.erased) - len(kept)
        if removed:
            tombstones = [_tombstone(digest, at) for digest, at in kept.items()]
            _rewrite(folder, [_dumped({"salt": journal.salt.hex()}), *tombstones])
        return removed


def _read(folder: Path) -> _Journal | None:
    """读出全部记号；没有文件、第一行坏了（断电时刚开始写）为空。"""
    lines = _lines(folder)
    salt = _parsed(lines[0]).get("salt") if lines else None
    if not isinstance(salt, str):
        return None
    erased: dict[str, datetime] = {}
    for line in lines[1:]:
        entry = _parsed(line)
        if not entry:
            # 写到一半断了电：那次删除也没有提交
            logger.warning("%s 里有一行读不出来，略过", FILE_NAME)
            continue
        at = datetime.fromisoformat(entry["at"])
        erased[entry["erased"]] = max(at, erased.get(entry["erased"], at))
    return _Journal(bytes.fromhex(salt), erased)


def _lines(folder: Path) -> list[str]:
    file = folder / FILE_NAME
    return file.read_text("utf-8").splitlines() if file.exists() else []


def _append(folder: Path, lines: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    # 上次断电可能留下半行：总是另起一行
    text = "\n".join(["", *lines, ""]) if _lines(folder) else "\n".join([*lines, ""])
    _write(folder / FILE_NAME, text, os.O_APPEND)


def _rewrite(folder: Path, lines: list[str]) -> None:
    fresh = folder / f"{FILE_NAME}.new"
    _write(fresh, "\n".join([*lines, ""]), os.O_TRUNC)
    fresh.replace(folder / FILE_NAME)


def _write(file: Path, text: str, how: int) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | how, 0o600)
    with open(descriptor, "w", encoding="utf-8", newline="\n") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(descriptor)


def _tombstone(digest: str, at: datetime) -> str:
    return _dumped({"erased": digest, "at": at.astimezone(UTC).isoformat()})


def _dumped(entry: dict[str, str]) -> str:
    return json.dumps(entry, separators=(",", ":"))


def _parsed(line: str) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except ValueError:
        return {}
    return entry if isinstance(entry, dict) else {}


def _digest(salt: bytes, person: Person) -> str:
    whole = f"{person.platform}\0{person.user_id}".encode()
    return hashlib.scrypt(whole, salt=salt, dklen=16, **_SCRYPT).hex()


def _erased_among(journal: _Journal, people: Mapping[Person, datetime | None]) -> list[Person]:
    newest = journal.newest
    assert newest is not None
    found: list[Person] = []
    for person, first_seen in people.items():
        if first_seen is not None and first_seen > newest:
            continue
        at = journal.erased.get(_digest(journal.salt, person))
        if at is not None and (first_seen is None or first_seen <= at):
            found.append(person)
    return found


async def _everybody(session: AsyncSession) -> dict[Person, datetime | None]:
    """库里有数据的每一个人，和他第一次来的时刻；没有建档的时刻为空。"""
    columns = [(table_of(table).c.platform, table_of(table).c.user_id) for table in OWN_TABLES.values()]
    everybody = await session.execute(union(*[select(*pair) for pair in columns]))
    seen = await session.execute(select(PersonRow.platform, PersonRow.user_id, PersonRow.first_seen_at))
    first_seen = {Person(platform, user_id): at for platform, user_id, at in seen}
    return {person: first_seen.get(person) for person in (Person(*row) for row in everybody)}


async def _done_through(session: AsyncSession) -> datetime | None:
    value = await _control(session)
    return None if value is None else datetime.fromisoformat(value["through"])


async def _control(session: AsyncSession) -> dict[str, Any] | None:
    return await session.scalar(select(ControlRow.value).where(ControlRow.name == _CONTROL))

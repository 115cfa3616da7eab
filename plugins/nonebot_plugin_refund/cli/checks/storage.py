"""数据：数据库、磁盘、备份，和里面等着处理的提醒。"""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from ...domain.days.calendar import SHANGHAI
from ...storage.backup import backup_register
from ...storage.backup.sqlite_content import check_content
from ...storage.connection.database import Database, parse_target
from ...storage.connection.sqlite_file import check_sqlite_file, read_version
from ...storage.errors import StorageError
from ...storage.owner import controls
from ...storage.reminding.undelivered import undelivered_count
from ...storage.tables import CaseRow, DeliveryRow
from ...storage.upgrade import VERSION_TABLE, known_revisions
from ..ownership import strangers_in
from .result import CheckedInstallation, Result, fail, ok, warn

_PATIENCE = 5.0
"""等数据库服务器最多这么多秒。"""
_FULL = 200 << 20
_NEARLY_FULL = 1 << 30
_MOST_ACCOUNTS = 3
_OLD_BACKUP = timedelta(days=7)
Answer = TypeVar("Answer")
_FROM_BACKUP = "用最近的备份恢复：refund restore 备份文件"


def check_storage(checked: CheckedInstallation) -> Iterator[Result]:
    """全部数据。"""
    file = checked.installation.database_file
    usable = list(_check_file(file) if file is not None else _check_server(checked))
    yield from usable
    yield from _check_owners(checked.installation.data)
    yield from _check_disk(file.parent if file is not None else checked.installation.data)
    if file is None:
        yield ok("backup", "数据库在 PostgreSQL 服务器上：用 pg_dump 备份，这里看不到做过没有")
    elif file.exists():
        yield _check_backups(checked)
    if all(result.health == "ok" for result in usable) and (file is None or file.exists()):
        yield from _check_reminders(checked)


def newest_moment(checked: CheckedInstallation) -> datetime | None:
    """库里最近的一个时刻（UTC）；没有、读不出来为空。"""
    file = checked.installation.database_file
    if file is not None and not file.exists():
        return None
    try:
        return asyncio.run(_ask(checked, _newest))
    except (SQLAlchemyError, StorageError, OSError):
        return None


def _check_file(file: Path) -> Iterator[Result]:
    if not file.parent.is_dir() and _nearest(file.parent).is_dir():
        yield ok("database", f"还没有数据库（{file}）：第一次启动机器人时会建")
        return
    try:
        check_sqlite_file(file)
        if not file.exists():
            yield ok("database", f"还没有数据库（{file}）：第一次启动机器人时会建")
            return
        revision = read_version(file, VERSION_TABLE)
        check_content(file, str(file), quick=True)
    except StorageError as error:
        yield fail("database", error.what, error.cure or _FROM_BACKUP)
        return
    yield _revision(revision, str(file))
    yield _writable(file)


def _check_owners(folder: Path) -> Iterator[Result]:
    """用 root 手工拷过、恢复过的，服务账户读不了。"""
    backups = sorted({one.path.parent for one in backup_register.known(folder)})
    if strangers := strangers_in(folder, *backups):
        owner = folder.stat()
        yield fail(
            "owner",
            f"有 {len(strangers)} 个不归 {folder} 的主人，例如 {strangers[0]}：机器人、定时备份可能读不了、写不了",
            f"sudo chown -R {owner.st_uid}:{owner.st_gid} {folder.parent}",
        )


def _revision(revision: str | None, name: str) -> Result:
    known = known_revisions()
    if revision is None:
        return fail("database", f"{name} 里没有退款助手的表", "检查 REFUND_DATABASE_URL 指的是不是它")
    if revision not in known:
        return fail(
            "database", f"{name} 来自更新的版本（结构 {revision}）", "升级退款助手，或恢复这一版时的备份；不会动这个库"
        )
    if revision != known[-1]:
        return warn("database", f"{name} 是旧版的结构（{revision}）", "启动机器人时会自动升级，先做一份备份更稳妥")
    return ok("database", f"{name} 完好，结构 {revision}")


def _writable(file: Path) -> Result:
    wal = file.with_name(file.name + "-wal")
    size = (file.stat().st_size + (wal.stat().st_size if wal.exists() else 0)) / (1 << 20)
    try:
        with closing(sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)) as connection:
            (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        return fail("database-write", f"{file} 写不了（{error}）", "看看磁盘满没满、文件归谁、有没有别的程序占着")
    said = "用着 WAL" if mode == "wal" else f"现在是 {mode} 模式，机器人启动时会换成 WAL"
    return ok("database-write", f"写得了，{said}，{size:.1f} MB")


def _check_server(checked: CheckedInstallation) -> Iterator[Result]:
    name = parse_target(checked.installation.database).render_as_string(hide_password=True)
    try:
        revision = asyncio.run(_ask(checked, _server_revision))
    except (SQLAlchemyError, StorageError, OSError) as error:
        cause = getattr(error, "orig", None) or error
        yield fail("database", f"连不上 {name}（{cause}）", "看看服务器开没开、地址和口令对不对")
        return
    yield _revision(revision, name) if revision else ok("database", f"{name} 还没有表：第一次启动机器人时会建")


def _check_disk(folder: Path) -> Iterator[Result]:
    place = _nearest(folder)
    free = shutil.disk_usage(place).free
    said = f"{place} 所在的磁盘还剩 {free / (1 << 30):.1f} GB"
    if free < _FULL:
        yield fail("disk", said, "马上腾出空间：写不进去就记不下案件和提醒")
    elif free < _NEARLY_FULL:
        yield warn("disk", said, "腾出些空间，或把数据搬到大一点的盘上")
    else:
        yield ok("disk", said)
    if not os.access(place, os.W_OK | os.X_OK):
        yield fail("disk", f"{place} 写不了", "改权限，或换一个账户运行")


def _check_backups(checked: CheckedInstallation) -> Result:
    known = backup_register.known(checked.installation.data)
    if not known:
        return warn("backup", "没有备份", "每天跑一次：refund backup 备份文件夹/ --keep 7，备份最好在另一块盘上")
    newest = known[-1]
    said = f"最近一份是 {newest.made_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} 的：{newest.path}"
    if checked.now - newest.made_at > _OLD_BACKUP:
        return warn("backup", said, "再做一份，并让系统每天自动做：refund backup 备份文件夹/ --keep 7")
    return ok("backup", said)


def _check_reminders(checked: CheckedInstallation) -> Iterator[Result]:
    try:
        undelivered, paused = asyncio.run(_ask(checked, _reminders))
        known = asyncio.run(_ask(checked, _accounts))
    except (SQLAlchemyError, OSError) as error:
        yield fail("reminders", f"读不出提醒（{type(error).__name__}）", _FROM_BACKUP)
        return
    if undelivered:
        cure = "看看机器人开没开、QQ 在不在线；主人私聊机器人 /退款 管理 没送到，看原因、重试"
        yield warn("dead-reminders", f"{undelivered} 条提醒没送到", cure)
    else:
        yield ok("dead-reminders", "没有没送到的提醒")
    if paused is not None:
        since = f"{paused.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
        yield warn("sending", f"从 {since} 起暂停着推送，提醒都等着", "主人私聊机器人 /退款 管理 恢复推送")
    else:
        yield ok("sending", "推送没有停着")
    yield _accounts_in_words(known)


def _accounts_in_words(known: Sequence[tuple[str, datetime]]) -> Result:
    if not known:
        return ok("account", "还没有 QQ 账号连上过；连上以后这里写着是哪个、什么时候")
    shown = "、".join(f"{name}（{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}）" for name, at in known[:_MOST_ACCOUNTS])
    return ok("account", f"最近连上的账号：{shown}")


async def _accounts(database: Database, now: datetime) -> list[tuple[str, datetime]]:
    del now
    async with database.session() as session:
        return await controls.accounts(session)


async def _ask(checked: CheckedInstallation, question: Callable[[Database, datetime], Awaitable[Answer]]) -> Answer:
    database = checked.installation.connect()
    try:
        async with asyncio.timeout(_PATIENCE):
            return await question(database, checked.now)
    finally:
        await database.close()


async def _newest(database: Database, now: datetime) -> datetime | None:
    del now
    async with database.session() as session:
        moments = [
            await session.scalar(select(func.max(column))) for column in (CaseRow.updated_at, DeliveryRow.started_at)
        ]
    return max((moment for moment in moments if moment is not None), default=None)


async def _server_revision(database: Database, now: datetime) -> str | None:
    del now
    async with database.session() as session:
        if await session.scalar(text("SELECT to_regclass(:name)").bindparams(name=VERSION_TABLE)) is None:
            return None
        return await session.scalar(text(f'SELECT version_num FROM "{VERSION_TABLE}"'))


async def _reminders(database: Database, now: datetime) -> tuple[int, datetime | None]:
    async with database.session() as session:
        return await undelivered_count(session, now), await controls.sending_paused_since(session)


def _nearest(folder: Path) -> Path:
    """还没建的，看它上面最近的一层。"""
    return next((place for place in (folder, *folder.parents) if place.exists()), folder)

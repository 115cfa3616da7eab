"""做备份：机器人照常运行时，把数据库和操作者的手册收进一个文件。

数据库用 SQLite 自己的在线备份接口，一步抄完：抄的是同一刻的内容，不挡机器人写。先做在 ``refund-backup-unfinished``
文件夹里，查过、落盘以后才改名：哪一刻被打断，原来的文件都还在，至多多一个这样的文件夹，下一次备份会清掉。
"""

import hashlib
import os
import secrets
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ...domain.days.calendar import SHANGHAI
from ..connection.sqlite_file import read_version
from ..errors import StorageError
from ..upgrade import VERSION_TABLE
from .backup_manifest import DATABASE, MANIFEST, RULEBOOK, Manifest, found_in
from .exclusive import workplace
from .sqlite_content import check_content, count_content, seal

UNFINISHED = "refund-backup-unfinished"
"""做到一半的东西都在这个文件夹里。"""
NAME_PATTERN = "refund-backup-*.zip"
_BUSY_TIMEOUT = 15.0
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Subject:
    """要备份的东西。"""

    database: Path
    rulebook: Path
    """操作者自己的手册文件夹；不在就没有。"""
    program: str
    """这一版程序的版本号。"""


def dated_name(now: datetime) -> str:
    """按时刻（上海时间）起的文件名；早晚同字典序。"""
    return f"refund-backup-{now.astimezone(SHANGHAI):%Y%m%d-%H%M%S}.zip"


def make_backup(subject: Subject, target: Path, now: datetime) -> Manifest:
    """做一份备份，放到 ``target``；已有的同名文件换成新的。会阻塞，在事件循环里请用 ``asyncio.to_thread``。

    Args:
        subject: 要备份的东西。
        target: 备份文件的路径；所在的文件夹没有就建。
        now: 现在，带时区，写进清单。

    Raises:
        StorageError: 没有数据库、数据库坏了、磁盘不够、另一次备份正在做。原来的备份不动。
    """
    _require_database(subject.database)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _require_space(subject.database, target.parent)
        with workplace(target.parent / UNFINISHED) as working:
            # 名字里带随机数：别的进程挤进来也不会写到同一个文件上
            token = secrets.token_hex(8)
            copy, packed = working / f"{token}.sqlite3", working / f"{token}.zip"
            _copy_database(subject.database, copy)
            manifest = _pack(copy, subject, packed, now)
            _publish(packed, target)
    except OSError as error:
        raise StorageError(
            f"备份写不到 {target}（{error.strerror or error}）", "请检查磁盘和权限；原来的备份没有动"
        ) from error
    return manifest


def prune(folder: Path, keep: int) -> list[Path]:
    """同一个文件夹里按日期起名、清单是我们的备份，只留最新的 ``keep`` 份。返回删掉的。"""
    surplus = found_in(folder, NAME_PATTERN)[keep:]
    for found in surplus:
        found.path.unlink()
    return [found.path for found in surplus]


def sync_folder(folder: Path) -> None:
    """让文件夹里刚改的名字落盘；Windows 打不开文件夹，也不需要。"""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(file: Path) -> None:
    """让文件的内容落盘。"""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def _require_database(file: Path) -> None:
    if not file.is_file():
        raise StorageError(
            "没有数据库可备份", f"{file} 不在。机器人启动过吗？在启动它的目录里运行，或用 --data 指明数据文件夹"
        )


def _require_space(database: Path, folder: Path) -> None:
    """抄出来的库和压缩包要同时放得下。"""
    wal = database.with_name(database.name + "-wal")
    needed = 2 * (database.stat().st_size + (wal.stat().st_size if wal.exists() else 0))
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise StorageError(
            f"{folder} 所在的磁盘只剩 {free >> 20} MB，做备份要 {max(needed >> 20, 1)} MB", "请腾出空间，或换一个地方"
        )


def _copy_database(source: Path, copy: Path) -> None:
    try:
        with (
            closing(
                sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True, timeout=_BUSY_TIMEOUT)
            ) as opened,
            closing(sqlite3.connect(copy)) as destination,
        ):
            # 一步抄完：分几步的话，机器人一写就要从头再抄
            opened.backup(destination, pages=-1)
        seal(copy)
    except sqlite3.DatabaseError as error:
        raise StorageError(f"数据库 {source} 抄不出来（{error}）", "请先检查它；原来的备份没有动") from error
    check_content(copy, str(source))


def _pack(copy: Path, subject: Subject, packed: Path, now: datetime) -> Manifest:
    revision = read_version(copy, VERSION_TABLE)
    if revision is None:
        raise StorageError(f"数据库 {subject.database} 里没有退款助手的表", "请检查路径，或先启动一次机器人")
    members = {DATABASE: copy} | {RULEBOOK + name: path for name, path in _rulebook_files(subject.rulebook)}
    digests: dict[str, str] = {}
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in members.items():
            digests[name] = _add(archive, name, path)
        manifest = Manifest(
            program=subject.program,
            revision=revision,
            made_at=now.astimezone(UTC),
            counts=count_content(copy),
            files=digests,
        )
        archive.writestr(MANIFEST, manifest.dumped())
    return manifest


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    """一边压一边算校验和：手册可能正被人改，算的和装的要是同一份。"""
    digest = hashlib.sha256()
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as member:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            member.write(chunk)
    return digest.hexdigest()


def _rulebook_files(folder: Path) -> Iterator[tuple[str, Path]]:
    if folder.is_dir():
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield path.relative_to(folder).as_posix(), path


def _publish(packed: Path, target: Path) -> None:
    # 里面有别人的案情
    packed.chmod(0o600)
    sync_file(packed)
    packed.replace(target)
    sync_folder(target.parent)

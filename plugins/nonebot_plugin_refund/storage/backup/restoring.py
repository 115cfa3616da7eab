"""恢复备份：先在旁边备齐、查好，最后一步才换上；现在的数据改名留着，从不删除。

三种来源都认：``refund backup`` 做的文件；手工拷出来的 ``refund.sqlite3``（连同旁边的 ``-wal``）；整个数据文件夹的拷贝。
"""

import hashlib
import secrets
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from ...domain.days.calendar import SHANGHAI
from ..connection.sqlite_file import check_sqlite_file, read_version
from ..errors import StorageError
from ..upgrade import VERSION_TABLE, known_revisions
from .backup_manifest import DATABASE, RULEBOOK, Manifest, manifest_in
from .backups import sync_file, sync_folder
from .exclusive import sole_use, workplace
from .sqlite_content import check_content, seal

UNFINISHED = "refund-restore-unfinished"
"""备到一半的东西都在这个文件夹里。"""
_COMPANIONS = ("-wal", "-shm")
_INSIDE = ("", "nonebot_plugin_refund", "data/nonebot_plugin_refund")
"""整个文件夹的拷贝，拷的可能是插件自己的文件夹、``data``，或启动机器人的目录。"""
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Source:
    """要恢复的东西。``manifest`` 为空是手工拷出来的。"""

    path: Path
    manifest: Manifest | None
    database: Path | None = None
    """手工拷出来的数据库文件。"""
    rulebook: Path | None = None
    """手工拷出来的手册文件夹；没有拷就没有。"""

    @property
    def made_at(self) -> datetime:
        """数据是哪一刻的，UTC；手工拷出来的看文件最后改动的时刻。"""
        if self.manifest is not None:
            return self.manifest.made_at
        assert self.database is not None
        wal = _beside(self.database, "-wal")
        touched = max(file.stat().st_mtime for file in (self.database, wal) if file.exists())
        return datetime.fromtimestamp(touched, UTC)


@dataclass(frozen=True)
class Staged:
    """备好了、查过了，还没有换上。"""

    database: Path
    rulebook: Path | None
    """备份里的手册；没有为空。"""
    says_rulebook: bool
    """来源说得清当时有没有自己的手册；只拷了数据库的说不清，现在的手册就不动。"""


@dataclass(frozen=True)
class Place:
    """要恢复到哪里。文件夹没有就建。"""

    database: Path
    rulebook: Path


def inspect_source(path: Path) -> Source:
    """认出来源，并看它的版本这一版认不认得。什么也不改。

    Raises:
        StorageError: 不是能恢复的东西，或来自更新的版本。
    """
    source = _recognized(path)
    revision = source.manifest.revision if source.manifest else _revision_of(source)
    if not revision:
        raise StorageError(f"{path} 里没有退款助手的表", "请换成它的备份或数据库；什么也没有改动")
    if revision not in known_revisions():
        raise StorageError(f"{path} 来自更新的版本（结构 {revision}）", "请先升级退款助手，再恢复；什么也没有改动")
    return source


@contextmanager
def staged(source: Source, place: Place) -> Generator[Staged]:
    """在目的地旁边备齐并查好，离开时清掉没用上的。

    Raises:
        StorageError: 备份坏了、磁盘放不下，或另一次恢复正在做。现在的数据不动。
        OSError: 写不了。
    """
    if source.manifest is not None:
        _require_our_names(source.path, source.manifest.files)
        _require_space(source.path, source.manifest, place.database.parent)
    place.database.parent.mkdir(parents=True, exist_ok=True)
    with workplace(place.database.parent / UNFINISHED) as working:
        room = working / secrets.token_hex(8)
        room.mkdir()
        found = _unpack(source, room) if source.manifest else _copy(source, room)
        seal_copy(found.database, str(source.path))
        yield found


def seal_copy(file: Path, name: str) -> None:
    """让备好的库自成一个文件，查过，落盘。

    Raises:
        StorageError: 坏了。
    """
    check_sqlite_file(file)
    check_content(file, name)
    seal(file)
    sync_file(file)


def require_unused(file: Path) -> None:
    """目的地没有机器人开着。

    Raises:
        DatabaseInUseError: 有人开着。
    """
    with sole_use(file):
        pass


def switch(ready: Staged, place: Place, now: datetime) -> list[Path]:
    """换上备好的；返回现在的数据改名留在哪里。

    数据库在最后一步一次改名换上：之前被打断，现在的数据库原样都在；之后被打断，已经换好了。手册在它之前换，
    被打断了再恢复一次就好。

    Args:
        ready: 备好的，不再动它。
        place: 目的地。
        now: 现在，带时区，写进留底的名字。

    Raises:
        DatabaseInUseError: 机器人又开起来了。
        OSError: 改不了名。
    """
    stamp = f"before-restore-{now.astimezone(SHANGHAI):%Y%m%d-%H%M%S}"
    kept: list[Path] = []
    with sole_use(place.database):
        # 旁边的 -wal 并进文件再换：新的库旁边若留着旧的 -wal，SQLite 会把它当成自己的
        pass
    if ready.says_rulebook:
        kept += _switch_rulebook(ready.rulebook, place.rulebook, stamp)
    aside = _free_name(place.database.with_name(f"{place.database.stem}-{stamp}{place.database.suffix}"))
    if place.database.exists():
        _keep(place.database, aside)
        kept.append(aside)
    for suffix in _COMPANIONS:
        # 坏得打不开的库，-wal 并不进去
        companion = _beside(place.database, suffix)
        if companion.exists():
            companion.replace(_beside(aside, suffix))
    ready.database.replace(place.database)
    sync_folder(place.database.parent)
    return kept


def _recognized(path: Path) -> Source:
    if path.is_dir():
        for inside in _INSIDE:
            database = path / inside / DATABASE
            if database.is_file():
                rulebook = path / inside / RULEBOOK.rstrip("/")
                return Source(path, None, database, rulebook if rulebook.is_dir() else None)
        raise StorageError(f"{path} 里没有 {DATABASE}", "请给出备份文件，或整个数据文件夹的拷贝")
    if not path.exists():
        raise StorageError(f"找不到 {path}")
    if zipfile.is_zipfile(path):
        return Source(path, manifest_in(path))
    with path.open("rb") as opened:
        is_database = opened.read(6) == b"SQLite"
    if not is_database:
        raise StorageError(f"{path} 不是完整的备份，也不是数据库", "可能没有拷完，请换一份")
    return Source(path, None, path)


def _revision_of(source: Source) -> str:
    """手工拷出来的库的结构版本。要读它的 ``-wal`` 就得有地方写，所以在临时文件夹里的拷贝上看。"""
    assert source.database is not None
    with tempfile.TemporaryDirectory(prefix="refund-restore-") as folder:
        copy = Path(folder) / DATABASE
        _copy_database(source.database, copy)
        return read_version(copy, VERSION_TABLE) or ""


def _require_our_names(path: Path, files: Mapping[str, str]) -> None:
    if DATABASE not in files or not all(name == DATABASE or _is_rulebook_member(name) for name in files):
        raise StorageError(f"{path} 的清单里有不该有的路径", "不是 refund backup 做的，没有恢复")


def _require_space(path: Path, manifest: Manifest, folder: Path) -> None:
    """拆开放得下。声明的大小作数：``zipfile`` 拆到那么大为止，多出来的读不到，再由 CRC 发现是假的。

    数据库算两份：恢复时还要升级结构、整理文件，SQLite 会临时再写一份。
    """
    with zipfile.ZipFile(path) as archive:
        sizes = {member.filename: member.file_size for member in archive.infolist()}
    needed = sum(sizes.get(name, 0) for name in manifest.files) + sizes.get(DATABASE, 0)
    existing = next(one for one in (folder.absolute(), *folder.absolute().parents) if one.is_dir())
    free = shutil.disk_usage(existing).free
    if free < needed:
        raise StorageError(
            f"{existing} 所在的磁盘只剩 {free >> 20} MB，恢复 {path} 要 {max(needed >> 20, 1)} MB",
            "请腾出空间，或换一个地方；什么也没有改动",
        )


def _unpack(source: Source, room: Path) -> Staged:
    assert source.manifest is not None
    with zipfile.ZipFile(source.path) as archive:
        for name, digest in source.manifest.files.items():
            _extract(archive, name, digest, room / name, source.path)
    rulebook = room / RULEBOOK.rstrip("/")
    return Staged(room / DATABASE, rulebook if rulebook.is_dir() else None, says_rulebook=True)


def _extract(archive: zipfile.ZipFile, name: str, digest: str, target: Path, source: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    computed = hashlib.sha256()
    try:
        with archive.open(name) as member, target.open("wb") as opened:
            while chunk := member.read(_CHUNK):
                computed.update(chunk)
                opened.write(chunk)
    except (KeyError, zipfile.BadZipFile, EOFError, zlib.error, RuntimeError) as error:  # 最后一种：加了密、压法不认得
        raise StorageError(f"备份 {source} 里的 {name} 坏了", "请换一份；什么也没有改动") from error
    if computed.hexdigest() != digest:
        raise StorageError(f"备份 {source} 里的 {name} 与清单的校验和对不上", "请换一份；什么也没有改动")


def _is_rulebook_member(name: str) -> bool:
    """在手册前缀下面、没有往上走的路径。"""
    parts = PurePosixPath(name).parts
    plain = not any(part in ("..", "") or ":" in part or "\\" in part for part in parts)
    return name.startswith(RULEBOOK) and len(parts) > 1 and plain


def _copy(source: Source, room: Path) -> Staged:
    assert source.database is not None
    copy = room / DATABASE
    _copy_database(source.database, copy)
    if source.rulebook is None:
        return Staged(copy, None, says_rulebook=False)
    rulebook = room / RULEBOOK.rstrip("/")
    shutil.copytree(source.rulebook, rulebook)
    return Staged(copy, rulebook, says_rulebook=True)


def _copy_database(database: Path, copy: Path) -> None:
    """连同 ``-wal``；``-shm`` 是它的索引，打开时会重建。"""
    shutil.copyfile(database, copy)
    wal = _beside(database, "-wal")
    if wal.exists():
        shutil.copyfile(wal, _beside(copy, "-wal"))


def _switch_rulebook(fresh: Path | None, present: Path, stamp: str) -> list[Path]:
    kept: list[Path] = []
    if present.exists():
        aside = _free_name(present.with_name(f"{present.name}-{stamp}"))
        present.rename(aside)
        kept.append(aside)
    if fresh is not None:
        present.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(fresh, present)
    return kept


def _keep(present: Path, aside: Path) -> None:
    """给现在的库添一个名字，原来的名字一刻也不空着；文件系统不支持就拷一份。"""
    try:
        aside.hardlink_to(present)
    except OSError:
        shutil.copy2(present, aside)
        sync_file(aside)


def _free_name(wanted: Path) -> Path:
    """同一秒里恢复了两次，也不盖掉前一次留的。"""
    taken, free = 1, wanted
    while free.exists():
        taken += 1
        free = wanted.with_name(f"{wanted.stem}-{taken}{wanted.suffix}")
    return free


def _beside(file: Path, suffix: str) -> Path:
    return file.with_name(file.name + suffix)

"""打开 SQLite 文件之前的检查：只看，不在盘上留下任何东西。"""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from ..errors import StorageError

_MAGIC = b"SQLite format 3\x00"


def check_sqlite_file(file: Path) -> None:
    """文件可以拿来用（或可以新建）吗。

    Raises:
        StorageError: 文件夹不在或不能写、路径是文件夹、文件不能读写、不是 SQLite 数据库。
    """
    _check_folder(file)
    if not file.exists():
        return
    if not file.is_file():
        raise StorageError(f"数据库 {file} 不是文件（可能是文件夹）", "请换一个路径，或把它挪走")
    if not os.access(file, os.R_OK | os.W_OK):
        raise StorageError(f"数据库文件 {file} 没有读写权限", "请改权限（chmod u+rw），或换运行机器人的账户")
    try:
        with file.open("rb") as opened:
            head = opened.read(len(_MAGIC))
    except OSError as error:
        raise StorageError(f"数据库文件 {file} 读不出来（{error.strerror}）", "请检查磁盘和权限") from error
    if head and head != _MAGIC:
        raise StorageError(f"{file} 不是 SQLite 数据库", "请把它挪走，或用备份恢复；原文件没有被改动")


def make_private(file: Path) -> None:
    """数据库只给运行机器人的账户（和它的组）读：新的按只给自己建，旧的去掉给别人的。-wal、-shm 照着它来。"""
    if not file.exists():
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))
    elif os.name != "nt" and (mode := file.stat().st_mode) & 0o007:
        # 归别的账户的、不记权限的盘上的改不了：能用就用
        with suppress(OSError):
            file.chmod(mode & 0o770)


def read_version(file: Path, version_table: str) -> str | None:
    """文件里记着的结构版本；新文件或没有版本表的为空。

    Raises:
        StorageError: 文件已损坏。
    """
    if not file.exists() or file.stat().st_size == 0:
        return None
    # 没有 -wal 时按“不会变的文件”打开，SQLite 就不会在旁边建 -wal、-shm
    wal = file.with_name(file.name + "-wal")
    mode = "mode=ro" if wal.exists() else "mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?{mode}", uri=True)) as connection:
            known = connection.execute(
                "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (version_table,)
            ).fetchone()
            if known is None:
                return None
            row = connection.execute(f'SELECT version_num FROM "{version_table}"').fetchone()
    except sqlite3.DatabaseError as error:
        raise StorageError(f"数据库文件 {file} 已损坏（{error}）", "请用备份恢复；原文件没有被改动") from error
    return None if row is None else str(row[0])


def _check_folder(file: Path) -> None:
    folder = file.absolute().parent
    if not folder.is_dir():
        raise StorageError(f"放数据库的文件夹 {folder} 不存在", f"请先建好它，或换一个路径（数据库 {file}）")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StorageError(f"放数据库的文件夹 {folder} 不能写", f"请改权限，或换一个路径（数据库 {file}）")

"""只许一个人用：数据库有没有机器人开着，文件夹里有没有别人正在做备份。

都靠 SQLite 自己的文件锁。锁由操作系统替进程拿着，进程被 ``kill -9`` 也立刻放开，不会留下一个谁也打不开的锁文件。
"""

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from ..errors import StorageError

WORKPLACE_LOCK = "lock.sqlite3"
_PATIENCE = 1.0
"""别人可能正好看一眼（如 ``refund doctor``），等这么多秒再说有人在用。"""


class DatabaseInUseError(StorageError):
    """数据库正被另一个进程开着。"""


class WorkplaceBusyError(StorageError):
    """这个文件夹里有另一次备份或恢复正在做。"""


@contextmanager
def sole_use(file: Path) -> Generator[None]:
    """独占一个 SQLite 文件；离开时 ``-wal`` 里的都并进了文件，旁边不再有 ``-wal``、``-shm``。

    机器人开着连接时，哪怕什么也没做，也拿着共享锁（WAL 模式如此），所以独占不到。
    文件不在、坏得打不开时照样进入：没有谁能用着它。

    Raises:
        DatabaseInUseError: 有别的进程开着它。
    """
    try:
        connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
    except sqlite3.OperationalError:
        yield
        return
    with closing(connection):
        if _locked_out(connection):
            raise DatabaseInUseError(
                f"数据库 {file} 正被机器人（或别的程序）开着：请先停下机器人，再做一次；什么也没有改动"
            )
        yield


@contextmanager
def workplace(folder: Path) -> Generator[Path]:
    """在 ``folder`` 里干活的地方：进去时清掉上次被打断留下的，离开时连文件夹一起清掉。

    Raises:
        WorkplaceBusyError: 另一个进程正在里面干活。
        OSError: 建不了、写不了。
    """
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / WORKPLACE_LOCK, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise WorkplaceBusyError(f"{folder} 里另一次备份或恢复正在做：请等它做完") from error
        _clear(folder)
        try:
            yield folder
        finally:
            _clear(folder)
            lock.close()
            with suppress(OSError):
                # 有人紧接着进来了就留给他
                (folder / WORKPLACE_LOCK).unlink()
                folder.rmdir()


def _locked_out(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute(f"PRAGMA busy_timeout={int(_PATIENCE * 1000)}")
        # 独占模式下第一次读就要拿到整个文件的独占锁，并一直拿到关上连接
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError as error:
        # 扩展错误码的低八位是基本的那一种
        return (error.sqlite_errorcode & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return False


def _clear(folder: Path) -> None:
    """只有拿着锁的人才清，所以清掉的总是没人要的。里面只会有文件和我们自己建的文件夹。"""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.name.startswith(WORKPLACE_LOCK):
            continue
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink()

"""看一个没有人在用的 SQLite 文件里面好不好、有多少。"""

import sqlite3
from contextlib import closing
from pathlib import Path

from ..errors import StorageError
from ..reminding.reminder_states import SETTLED

_COUNTED = {
    "cases": "SELECT count(*) FROM refund_cases",
    "open_cases": "SELECT count(*) FROM refund_cases WHERE closed_at IS NULL",
    "people": "SELECT count(*) FROM refund_people",
    "reminders": "SELECT count(*) FROM refund_reminders",
    "unsettled_reminders": "SELECT count(*) FROM refund_reminders WHERE state NOT IN ({})".format(
        ", ".join(f"'{state}'" for state in SETTLED)
    ),
}


def check_content(file: Path, name: str, *, quick: bool = False) -> None:
    """逐页检查，再查外键。

    Args:
        file: 要查的文件。
        name: 出错时怎么称呼它。
        quick: 不对照索引与内容，快得多。

    Raises:
        StorageError: 坏了；消息里有第一处毛病。
    """
    try:
        with closing(sqlite3.connect(file)) as connection:
            (found,) = connection.execute(f"PRAGMA {'quick_check' if quick else 'integrity_check'}(1)").fetchone()
            orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise StorageError(f"数据库 {name} 已损坏（{error}）", "请用上一份好的备份恢复") from error
    if found != "ok":
        raise StorageError(f"数据库 {name} 已损坏（{found}）", "请用上一份好的备份恢复")
    if orphan is not None:
        raise StorageError(f"数据库 {name} 里 {orphan[0]} 表有找不到主人的行", "请用上一份好的备份恢复")


def count_content(file: Path) -> dict[str, int]:
    """里面有多少案件、人、提醒。

    Raises:
        StorageError: 读不出来。
    """
    try:
        with closing(sqlite3.connect(file)) as connection:
            return {name: connection.execute(statement).fetchone()[0] for name, statement in _COUNTED.items()}
    except sqlite3.DatabaseError as error:
        raise StorageError(f"数据库 {file} 读不出来（{error}）", "请用上一份好的备份恢复") from error


def seal(file: Path) -> None:
    """让内容全在这一个文件里：``-wal`` 并进来，改成不用 ``-wal`` 的模式（机器人打开时会再换回去）。

    Raises:
        sqlite3.DatabaseError: 坏了，或别人正开着。
    """
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")

"""备份测试共用的几步：恢复一份、看库里有哪些案件、给文件夹照个相。"""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from nonebot_plugin_refund.storage.backup.restoring import Place, inspect_source, staged, switch


def restore(path: Path, place: Place, now: datetime) -> list[Path]:
    source = inspect_source(path)
    with staged(source, place) as ready:
        return switch(ready, place, now)


def codes(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [code for (code,) in connection.execute("SELECT code FROM refund_cases")]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

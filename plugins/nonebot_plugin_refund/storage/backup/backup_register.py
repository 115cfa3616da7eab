"""做过哪些备份、放在哪里：``refund doctor`` 靠它知道最近一份有多旧，清删除记号时靠它知道最老的一份是哪天的。

记在数据文件夹的 ``backups.json`` 里，只有路径和时刻，没有任何人的内容。
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

FILE_NAME = "backups.json"


@dataclass(frozen=True)
class KnownBackup:
    """一份做过的备份，文件还在原处。"""

    path: Path
    made_at: datetime
    """UTC。"""


def note(data_folder: Path, path: Path, made_at: datetime) -> None:
    """记下一份；文件已经不在的旧记录顺便去掉。

    Raises:
        OSError: 写不进去。
    """
    fresh = KnownBackup(path.absolute(), made_at.astimezone(UTC))
    _write(data_folder, [*(kept for kept in known(data_folder) if kept.path != fresh.path), fresh])


def known(data_folder: Path) -> list[KnownBackup]:
    """记着的、文件还在的备份，旧的在前。记录没有或坏了就是空的：它只是方便，备份本身才算数。"""
    try:
        written = json.loads((data_folder / FILE_NAME).read_text(encoding="utf-8"))
        found = [KnownBackup(Path(path), datetime.fromisoformat(made_at)) for path, made_at in written.items()]
    except (OSError, ValueError, AttributeError, TypeError):
        return []
    return sorted((one for one in found if one.path.is_file()), key=lambda one: one.made_at)


def _write(data_folder: Path, backups: Sequence[KnownBackup]) -> None:
    text = json.dumps({str(one.path): one.made_at.isoformat() for one in backups}, ensure_ascii=False, indent=2)
    fresh = data_folder / f"{FILE_NAME}.new"
    fresh.write_text(text + "\n", encoding="utf-8")
    fresh.replace(data_folder / FILE_NAME)

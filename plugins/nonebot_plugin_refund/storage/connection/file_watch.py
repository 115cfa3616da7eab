"""机器人开着，数据库文件却被人换掉、删掉、拿走了 -wal：连接还写着看不见的旧文件，写下的都会丢，所以要看出来。"""

from pathlib import Path

_Identity = tuple[int, int]


class FileWatch:
    """记着开着的是哪个文件。

    Args:
        file: SQLite 文件；用 PostgreSQL 的为空，永远没事。
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._opened: dict[Path, _Identity] = {}

    def swapped(self) -> Path | None:
        """不再是原来那一个的文件；都还是就为空。头一回看到的算原来的。"""
        if self._file is None:
            return None
        for path in (self._file, self._file.with_name(f"{self._file.name}-wal")):
            now = _identity(path)
            if now != self._opened.get(path, now):
                return path
            if now is not None:
                self._opened[path] = now
        return None


def _identity(path: Path) -> _Identity | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino

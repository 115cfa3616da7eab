"""操作者的手册文件夹：只碰里面的手册文件，别处的一个也不读、不写。"""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ...rulebook.folder_listing import SUFFIXES, files_read


class OutsideError(ValueError):
    """文件名不像手册文件，或指到了文件夹外面。"""


@dataclass(frozen=True)
class OwnFolder:
    """一个文件夹；可以还没有，存第一个文件时才建。"""

    path: Path

    def names(self) -> list[str]:
        """里面的手册文件，按名字排；指到外面的链接不算。"""
        return [path.name for path in files_read(self.path) if self._is_inside(path)]

    def place(self, name: str) -> Path:
        """一个文件的位置。

        Raises:
            OutsideError: 名字带着文件夹、不是 ``.yaml`` 结尾，或是指到外面的链接。
        """
        path = self.path / name
        is_plain = bool(name) and not set(name) & set("/\\:\0") and not name.startswith(".")
        if not is_plain or path.suffix.lower() not in SUFFIXES or not self._is_inside(path):
            raise OutsideError(f"“{name}”不能用：文件要直接放在 {self.path} 里，名字以 .yaml 结尾")
        return path

    def read(self, name: str) -> bytes | None:
        """文件的内容；没有这个文件为空。抛出的错误同 :meth:`place`。"""
        path = self.place(name)
        return path.read_bytes() if path.is_file() else None

    def write(self, name: str, content: bytes | None) -> None:
        """换上新的内容，要么全换、要么不换；``None`` 是删掉它。抛出的错误同 :meth:`place`。"""
        path = self.place(name)
        if content is None:
            path.unlink(missing_ok=True)
            return
        self.path.mkdir(parents=True, exist_ok=True)
        descriptor, fresh = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=self.path)
        try:
            with os.fdopen(descriptor, "wb") as opened:
                opened.write(content)
            # 临时文件只有本人能读，机器人可能由另一个用户运行
            Path(fresh).chmod(path.stat().st_mode & 0o777 if path.is_file() else 0o644)
            Path(fresh).replace(path)
        except OSError:
            Path(fresh).unlink(missing_ok=True)
            raise

    def _is_inside(self, path: Path) -> bool:
        return path.resolve().parent == self.path.resolve()

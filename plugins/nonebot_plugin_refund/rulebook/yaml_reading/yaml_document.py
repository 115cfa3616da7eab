"""读一份 YAML，并记住每一处在第几行，好让错误指得准。

怎样把文字变成数据，见 :mod:`.yaml_building`。
"""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..findings import Finding, Location, RulebookError

MAX_BYTES = 512 * 1024
"""一份手册文件的上限；现有内容都在 100 KiB 以内。"""


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """一份读好的 YAML：数据，以及每个位置的行号（从 1 起）。"""

    file: str
    data: Any
    lines: dict[Location, int]
    files: Mapping[Location, str] = field(default_factory=dict[Location, str])
    """由两份合成的：不是写在 ``file`` 里的那些位置，各写在哪个文件里。"""
    hints: Mapping[Location, str] = field(default_factory=dict[Location, str])
    """合成时知道的、出了错才要说的话，按位置。"""

    def file_of(self, location: Location) -> str:
        """这个位置写在哪个文件里，与 :meth:`line_of` 说的是同一处。"""
        for length in range(len(location), -1, -1):
            if location[:length] in self.lines:
                return self.files.get(location[:length], self.file)
        return self.file

    def finding(self, location: Location, item_id: str, check: str, message: str) -> Finding:
        """这个位置上的一处问题。"""
        return Finding(self.file_of(location), self.line_of(location), item_id, check, message)

    def line_of(self, location: Location) -> int:
        """这个位置的行号；位置不在文件里时取最近的上级。"""
        for length in range(len(location), -1, -1):
            line = self.lines.get(location[:length])
            if line is not None:
                return line
        return 1

    def part(self, location: Location) -> "YamlDocument":
        """这个位置下面的那一部分，位置从它数起；没有这个位置抛 ``KeyError``。"""
        data = self.data
        for step in location:
            data = data[step]
        depth = len(location)
        lines = {key[depth:]: line for key, line in self.lines.items() if key[:depth] == location}
        files = {key[depth:]: file for key, file in self.files.items() if key[:depth] == location}
        hints = {key[depth:]: hint for key, hint in self.hints.items() if key[:depth] == location}
        return YamlDocument(self.file, data, lines, files, hints)


@dataclass(frozen=True, slots=True)
class Place:
    """哪个文件里的哪一处。"""

    document: YamlDocument
    location: Location

    @property
    def file(self) -> str:
        """文件的名字。"""
        return self.document.file_of(self.location)

    @property
    def line(self) -> int:
        """行号；位置不在文件里时取最近的上级。"""
        return self.document.line_of(self.location)

    def within(self, *rest: str | int) -> "Place":
        """里面的一处。"""
        return Place(self.document, (*self.location, *rest))


def read_yaml(path: Path, file: str | None = None) -> YamlDocument:
    """读一个文件。

    Args:
        path: 文件位置。
        file: 报错时显示的名字，默认是路径本身。

    Raises:
        RulebookError: 读不了、不是 UTF-8、太大、语法错误、用了不接受的写法。
    """
    name = file or str(path)
    try:
        raw = _first_bytes(path)
    except OSError as error:
        raise RulebookError([Finding(name, 1, "-", "unreadable", f"读不了这个文件：{error.strerror}")]) from error
    if raw is None:
        raise RulebookError([Finding(name, 1, "-", "unreadable", "这不是普通的文件（管道、设备之类），不读")])
    if len(raw) > MAX_BYTES:
        raise RulebookError([Finding(name, 1, "-", "too-large", f"文件超过 {MAX_BYTES // 1024} KiB，请拆小")])
    try:
        return parse_yaml(raw.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        raise RulebookError([Finding(name, 1, "-", "encoding", "文件要存成 UTF-8 编码")]) from error


def refuse_outsider(path: Path, folder: Path) -> None:
    """``folder`` 里的链接不许指到外面去：手册的文件夹会整个备份、拷给别人，不该带出别处的文件。

    ``folder`` 就是这个文件时（命令行上点名要读它），不查。

    Raises:
        RulebookError: 指到了外面，或指来指去没有尽头。
    """
    if path == folder or not path.is_symlink():
        return
    try:
        inside = path.resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, RuntimeError) as error:
        raise RulebookError([Finding(str(path), 1, "-", "unreadable", "这个链接指的文件找不到")]) from error
    if not inside:
        message = "这是个链接，指到手册文件夹外面去了；请把文件本身放进来"
        raise RulebookError([Finding(str(path), 1, "-", "unreadable", message)])


def _first_bytes(path: Path) -> bytes | None:
    """文件的内容，只读到刚过上限为止；不是普通文件为 ``None``。

    先打开再看是什么，中间换不掉；管道没有人写时，不等。
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as opened:
        return opened.read(MAX_BYTES + 1) if stat.S_ISREG(os.fstat(descriptor).st_mode) else None


def parse_yaml(text: str, file: str) -> YamlDocument:
    """解析一段 YAML 文字；``file`` 只用于报错。抛出的错误同 :func:`read_yaml`。"""
    from .yaml_building import built  # 平常的启动没有要解析的，不装解析的库

    return YamlDocument(file, *built(text, file))

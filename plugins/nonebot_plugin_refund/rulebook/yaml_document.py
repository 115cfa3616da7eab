"""读一份 YAML，并记住每一处在第几行，好让错误指得准。

只接受映射、列表和普通的值：不接受锚点、别名和自定义标签（手册用不着，也免得展开成巨大的数据），
同一层写两遍同一个键也算错。
"""

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import yaml
from yaml.composer import ComposerError

from .findings import Finding, Location, RulebookError
from .yaml_mistakes import mistake_in_plain, mistake_of

MAX_BYTES = 512 * 1024
"""一份手册文件的上限；现有内容都在 100 KiB 以内。"""

_DEEPEST = 50
"""最多套几层；现有内容不超过八层。libyaml 读很深的嵌套要平方级的时间，几百 KiB 的方括号能卡住几分钟。"""

_LONGEST_NUMBER = 40
"""数字、日期这些不是文字的值最多几个字符。YAML 1.1 的六十进制数（``1:59:59…``）越长越慢，几百 KiB 要算十几秒。"""

_TEXT_TAG = "tag:yaml.org,2002:str"
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp"))
_COLLECTION_TAGS = frozenset({"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})


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
    loader = yaml.CSafeLoader(text)
    builder = _Builder(loader, file, text.splitlines(), _events(loader))
    try:
        data = builder.whole()
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        found = mistake_of(text, error)
        raise _problem(file, found.line, "syntax", found.message) from error
    finally:
        loader.dispose()
    return YamlDocument(file, data, builder.lines)


def _events(loader: yaml.CSafeLoader) -> Iterator[Any]:
    untyped = cast("Any", loader)
    while untyped.check_event():
        yield untyped.get_event()


def _problem(file: str, line: int, check: str, message: str) -> RulebookError:
    return RulebookError([Finding(file, line + 1, "-", check, message)])


@dataclass
class _Builder:
    """边读边把事件流变成数据，记下每一处的行号；引用套引用、套得太深的，一读到就停。"""

    loader: yaml.CSafeLoader
    file: str
    text: list[str]
    events: Iterator[Any]
    lines: dict[Location, int] = field(default_factory=dict[Location, int])

    def whole(self) -> Any:
        """唯一的一份文档；空的为空。"""
        data: Any = None
        opened: Any = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if opened is not None:
                    raise ComposerError(
                        "expected a single document", opened, "but found another document", _start(event)
                    )
                opened = _start(event)
            elif isinstance(event, yaml.NodeEvent):
                data = self.build(event, (), 0)
        return data

    def build(self, event: Any, location: Location, depth: int) -> Any:
        """一处的数据；``event`` 是它的第一个事件，其余的接着取。"""
        line = int(event.start_mark.line)
        self.lines[location] = line + 1
        if event.anchor:
            raise _problem(self.file, line, "alias", "这里用了 & 或 * 引用；请把内容直接写出来")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, line)
        if depth >= _DEEPEST:
            raise _problem(self.file, line, "syntax", f"这里套了 {_DEEPEST} 层还没完，多半是括号写多了")
        if event.tag and event.tag not in _COLLECTION_TAGS:
            raise self._strange_tag(event.tag, line)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(location, depth + 1)
        return [self.build(item, (*location, index), depth + 1) for index, item in enumerate(self._items())]

    def _items(self) -> Iterator[Any]:
        """这一层的各项各自的第一个事件，到这一层收尾为止。"""
        for event in self.events:
            if isinstance(event, yaml.CollectionEndEvent):
                return
            yield event

    def _scalar(self, event: Any, line: int) -> Any:
        tag = event.tag if event.tag and event.tag != "!" else self._kind(event)
        if tag not in _PLAIN_TAGS:
            raise self._strange_tag(tag, line)
        if tag == _TEXT_TAG:
            self._refuse_mistyped(event, line)
            return event.value
        if len(event.value) > _LONGEST_NUMBER:
            message = f"这个数太长了，最多 {_LONGEST_NUMBER} 个字符；要是文字，请加引号"
            raise _problem(self.file, line, "syntax", message)
        try:
            node = yaml.ScalarNode(tag, event.value, event.start_mark, event.end_mark)
            return cast("Any", self.loader).construct_object(node)
        except ValueError as error:  # 2026-02-30 这样的日期
            message = f"“{event.value}”没有这一天（或这个数）；日期写成 2026-11-23 的样子"
            raise _problem(self.file, line, "syntax", message) from error

    def _kind(self, event: Any) -> str:
        """没写标签的，照写法看是文字、数、真假还是日期。"""
        return cast("Any", self.loader).resolve(yaml.ScalarNode, event.value, event.implicit)

    def _strange_tag(self, tag: str, line: int) -> RulebookError:
        return _problem(self.file, line, "tag", f"不接受 {tag} 这样的标签，请写成普通的文字或数字")

    def _refuse_mistyped(self, event: Any, line: int) -> None:
        """冒号写错的键会被当成一段文字，有时还接在上一行的后面。"""
        if not event.style:
            covered = self.text[line : int(event.end_mark.line) + 1]
            found = mistake_in_plain(covered, line, str(event.value))
            if found is not None:
                raise _problem(self.file, found.line, "syntax", found.message)

    def _mapping(self, location: Location, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for key_event in self._items():
            line = int(key_event.start_mark.line)
            key = self.build(key_event, (*location, "<key>"), depth)
            # 裸写的 yes / no / on / off 会被读成真假；在键的位置一律还原成手册的写法
            if isinstance(key, bool):
                written = str(key_event.value).lower()
                key = written if written in {"on", "off"} else "yes" if key else "no"
            if not isinstance(key, str):
                raise _problem(self.file, line, "syntax", f"冒号前面要写文字，现在写的是“{_written(key_event)}”")
            if key in mapping:
                raise _problem(self.file, line, "duplicate-key", f"“{key}”在同一层写了两遍；去掉一个，或合成一个")
            mapping[key] = self.build(next(self.events), (*location, key), depth)
            self.lines[*location, key] = line + 1
        return mapping


def _start(event: Any) -> Any:
    return event.start_mark


def _written(event: Any) -> str:
    return str(event.value) if isinstance(event, yaml.ScalarEvent) else "一列或几个键"

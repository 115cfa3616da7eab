"""把 YAML 文字变成数据，边读边记每一处在第几行。

只接受映射、列表和普通的值：不接受锚点、别名和自定义标签（手册用不着，也免得展开成巨大的数据），
同一层写两遍同一个键也算错。
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import yaml
from yaml.composer import ComposerError

from ..findings import Finding, Location, RulebookError
from .yaml_mistakes import mistake_in_plain, mistake_of

_DEEPEST = 50
"""最多套几层；现有内容不超过八层。libyaml 读很深的嵌套要平方级的时间，几百 KiB 的方括号能卡住几分钟。"""

_LONGEST_NUMBER = 40
"""数字、日期这些不是文字的值最多几个字符。YAML 1.1 的六十进制数（``1:59:59…``）越长越慢，几百 KiB 要算十几秒。"""

_TEXT_TAG = "tag:yaml.org,2002:str"
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp"))
_COLLECTION_TAGS = frozenset({"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})


def built(text: str, file: str) -> tuple[Any, dict[Location, int]]:
    """一段 YAML 文字里的数据和每个位置的行号（从 1 起）；``file`` 只用于报错。

    Raises:
        RulebookError: 语法错误、用了不接受的写法。
    """
    loader = yaml.CSafeLoader(text)
    builder = _Builder(loader, file, text.splitlines(), _events(loader))
    try:
        return builder.whole(), builder.lines
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        found = mistake_of(text, error)
        raise _problem(file, found.line, "syntax", found.message) from error
    finally:
        loader.dispose()


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

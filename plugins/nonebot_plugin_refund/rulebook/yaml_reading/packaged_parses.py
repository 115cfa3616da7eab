"""随包的 YAML 解析过的结果，记在代码旁边。

一兆的 YAML 每次启动都解析要近半秒，读回来只要它的十分之一。照文件内容的摘要认：内容、读法、Python 版本变了哪样，
都重新解析；记不下来、读不回来也只是慢，见 :mod:`...beside_code`。
"""

from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from ...beside_code import beside, keep, recalled
from .yaml_document import YamlDocument, read_yaml

Parsed = tuple[Any, dict[Any, int]]
"""数据和行号。"""


@dataclass
class PackagedParses:
    """一处记着的解析结果。

    Args:
        store: 记在哪个文件里。
    """

    store: Path
    _known: dict[str, Parsed] = field(default_factory=dict[str, Parsed])
    _used: dict[str, Parsed] = field(default_factory=dict[str, Parsed])
    _kept: frozenset[str] = frozenset()
    """文件里已经记着的。"""

    @classmethod
    @cache
    def beside_the_code(cls) -> "PackagedParses":
        """记在本包的 ``__pycache__`` 里的，一个进程里只读一次；还没有的是空的。"""
        parses = cls(beside(__file__, "content"))
        parses.recall()
        return parses

    def recall(self) -> None:
        """读回上次记下的；没有、读不了就当没有。"""
        way, known = recalled(self.store)
        if way == _way_of_reading():
            self._known, self._kept = dict(known), frozenset(known)

    def read(self, path: Path) -> YamlDocument:
        """一个文件；记着的不再解析。抛出的错误同 :func:`~.yaml_document.read_yaml`。"""
        try:
            digest = sha256(path.read_bytes()).hexdigest()
        except OSError:
            return read_yaml(path)
        if digest not in self._known:
            document = read_yaml(path)
            self._known[digest] = document.data, document.lines
        self._used[digest] = self._known[digest]
        return YamlDocument(str(path), *self._known[digest])

    def keep(self) -> None:
        """记下这一次用到的；和记着的一样的不写。"""
        if frozenset(self._used) != self._kept:
            keep(self.store, _way_of_reading(), self._used)


def _way_of_reading() -> str:
    """读法变了（:mod:`.yaml_building` 改过），先前记的不算。"""
    return sha256(Path(__file__).with_name("yaml_building.py").read_bytes()).hexdigest()

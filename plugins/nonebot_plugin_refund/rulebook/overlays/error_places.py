"""合成的场景里出了错，错处写在随包的文件里：随包的自己没有错，错出在操作者的哪一处改动上。"""

from collections.abc import Sequence
from dataclasses import replace

from ..findings import Finding, Location
from .merging import Change

_OF_PACKAGED = frozenset({"overdue-source"})
"""随包的自己也会有的毛病，与改动无关。"""


def blamed(finding: Finding, changes: Sequence[Change], location: Location = ()) -> Finding:
    """改指操作者写的那一处；没有改动、错处本来就在他的文件里、与改动无关的，原样返回。

    先看话里提到了哪一处改动的 id，再看哪一处离出错的地方最近，都看不出来就是第一处。
    """
    if not changes or finding.check in _OF_PACKAGED:
        return finding
    if any(change.place.file == finding.file for change in changes):
        return finding
    best = max(changes, key=lambda change: _closeness(change, finding, location))
    return replace(finding, file=best.place.file, line=best.place.line)


def _closeness(change: Change, finding: Finding, location: Location) -> tuple[int, int]:
    said = f"{finding.id} {finding.message}"
    mentioned = sum(1 for name in change.names if _is_in(name, said))
    shared = 0
    for mine, theirs in zip(change.out, location, strict=False):
        if mine != theirs:
            break
        shared += 1
    return (mentioned, shared)


def _is_in(name: str, text: str) -> bool:
    """作为一个完整的名字出现，不是别的名字的一截。"""
    start = text.find(name)
    while start >= 0:
        around = text[max(0, start - 1) : start] + text[start + len(name) : start + len(name) + 1]
        if not any(letter.isascii() and (letter.isalnum() or letter in "-_") for letter in around):
            return True
        start = text.find(name, start + 1)
    return False

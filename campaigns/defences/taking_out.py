"""一道防线，和拆掉它：在源码里照函数的名字和语法树找到那一处，与怎么换行、缩进、前后写了什么无关。"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

_IF = "if "


@dataclass(frozen=True)
class Edit:
    """把一个函数里的一处换成别的。

    Args:
        file: 包里的哪个文件。
        place: 在哪个函数或类里，写全名，如 ``Sender.deliver``；空的是整个模块。
        old: 换哪一处：一个表达式、一个写明名字的参数（``name=value``）、一条语句，
            或 ``if`` 和它的条件（换的只是条件）。在 ``place`` 里要恰好有一处。
        new: 换成什么；空的是去掉。
    """

    file: str
    place: str
    old: str
    new: str = ""

    def applied_to(self, text: str) -> str:
        """换好的文件。

        Raises:
            ValueError: 没有这个函数，或要换的不是恰好一处：代码变了，清单要跟着改。
        """
        found = list(self._found(_named(ast.parse(text), self.place)))
        if len(found) != 1:
            raise ValueError(f"“{self.old}”在 {self.file} 的 {self.place or '模块'} 里有 {len(found)} 处")
        return _replaced(text, found[0], self.new)

    def _found(self, place: ast.AST) -> Iterator[ast.expr | ast.stmt | ast.keyword]:
        if self.old.startswith(_IF):
            condition = ast.dump(ast.parse(self.old.removeprefix(_IF), mode="eval").body)
            yield from (node.test for node in ast.walk(place) if isinstance(node, ast.If) and _is(node.test, condition))
            return
        (statement,) = ast.parse(self.old).body
        wanted = {ast.dump(statement.value if isinstance(statement, ast.Expr) else statement)}
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            wanted.add(ast.dump(ast.keyword(statement.targets[0].id, statement.value)))
        for node in ast.walk(place):
            if isinstance(node, ast.expr | ast.stmt | ast.keyword) and ast.dump(node) in wanted:
                yield node


class Removal(Protocol):
    """拆掉一处：改哪个文件，怎么改。"""

    @property
    def file(self) -> str:
        """包里的文件。"""
        ...

    def applied_to(self, text: str) -> str:
        """改好的文件。"""
        ...


@dataclass(frozen=True)
class Guard:
    """一道防线：是什么，怎么拆，哪些测试文件该发现。"""

    name: str
    edits: tuple[Removal, ...]
    tests: tuple[str, ...] = ("tests/delivery/test_delivery_outbox.py",)
    campaigns: bool = True
    """短战役看不看得着它：只有提醒的防线看得着。"""
    needs_postgres: bool = False
    """行锁的事：SQLite 写的时候只许一个，拆掉了也看不出来，要有 PostgreSQL 的测试才发现得了。"""
    known_by: str = ""
    """上一次发现它的测试，先跑这一个；没发现的再跑全部。"""


def _is(node: ast.AST, dumped: str) -> bool:
    return ast.dump(node) == dumped


def _named(tree: ast.Module, place: str) -> ast.AST:
    node: ast.AST = tree
    for name in filter(None, place.split(".")):
        inside = (
            one for one in ast.walk(node) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        )
        found = next((one for one in inside if one.name == name and one is not node), None)
        if found is None:
            raise ValueError(f"没有 {place}")
        node = found
    return node


def _replaced(text: str, node: ast.expr | ast.stmt | ast.keyword, new: str) -> str:
    """``node`` 那一段换成 ``new``；去掉的连同一个逗号，语句去掉了换成 ``pass``。"""
    content = text.encode("utf-8")
    starts = [0]
    for line in content.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    before = content[: starts[node.lineno - 1] + node.col_offset]
    after = content[starts[node.end_lineno - 1] + node.end_col_offset :]
    if not new and isinstance(node, ast.stmt):
        new = "pass"
    elif not new and after.lstrip().startswith(b","):
        after = after.lstrip().removeprefix(b",")
    elif not new:
        before = before.rstrip().removesuffix(b",")
    return (before + new.encode("utf-8") + after).decode("utf-8")

"""数据库层里每一个关于谁的、哪个平台、第几次、什么时候的条件：由源码找出来，各是一道防线。

不必有人一条条列：新写的条件自动算在内。拆法是把这一个条件换成“总是真”，别的都不动。
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .taking_out import Guard

TESTS = {
    "storage": (
        "tests/storage",
        "tests/security",
        "tests/chat/group/test_erasing.py",
        "tests/chat/bot/test_owed_replies.py",
        "tests/chat/progress/test_check_ins.py",
    ),
    "delivery": ("tests/delivery",),
}
"""哪个文件夹里的条件，由哪些测试看着。"""
_WHOSE = frozenset({"platform", "user_id", "group_id", "account", "attempt"})
_WHEN = ("_at", "_until")
_LEFT_OUT = ("migrations", "tables")
_TRUE_IN_SQL = '__import__("sqlalchemy").true()'


@dataclass(frozen=True)
class Condition:
    """源码里的一个条件。

    Args:
        file: 包里的哪个文件。
        start: 从第几个字节起。
        end: 到第几个字节为止。
        text: 条件的原文。
        place: 在哪个函数里。
        always: 换成的“总是真”。
    """

    file: str
    start: int
    end: int
    text: str
    place: str
    always: str

    def applied_to(self, text: str) -> str:
        """拆掉这个条件之后的文件；文件和找的时候一样。"""
        content = text.encode("utf-8")
        return (content[: self.start] + self.always.encode() + content[self.end :]).decode("utf-8")


def conditions_in(package: Path) -> list[Condition]:
    """包里的全部条件，按文件、按先后。"""
    files = [path for folder in TESTS for path in sorted((package / folder).rglob("*.py"))]
    kept = [path for path in files if not set(_LEFT_OUT) & set(path.relative_to(package).parts)]
    return [found for path in kept for found in _in_file(path, path.relative_to(package).as_posix())]


def sql_guards(package: Path) -> tuple[Guard, ...]:
    """每个条件一道防线。"""
    return tuple(
        Guard(f"{one.file} {one.place} {one.text}", (one,), tests=TESTS[one.file.partition("/")[0]], campaigns=False)
        for one in conditions_in(package)
    )


def _in_file(path: Path, file: str) -> Iterator[Condition]:
    source = path.read_text(encoding="utf-8")
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line.encode("utf-8")))
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare) or len(node.ops) != 1 or not _is_about(node.left):
            continue
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        yield Condition(
            file,
            starts[node.lineno - 1] + node.col_offset,
            starts[node.end_lineno - 1] + node.end_col_offset,
            ast.unparse(node),
            _innermost(functions, node.lineno),
            _TRUE_IN_SQL if _is_column(node.left) or _is_column(node.comparators[0]) else "True",
        )


def _innermost(functions: Iterable[ast.FunctionDef | ast.AsyncFunctionDef], line: int) -> str:
    """这一行在哪个函数里；不在函数里的为空。"""
    around = [one for one in functions if one.lineno <= line <= (one.end_lineno or one.lineno)]
    return max(around, key=lambda one: one.lineno).name if around else ""


def _is_about(left: ast.expr) -> bool:
    return isinstance(left, ast.Attribute) and (left.attr in _WHOSE or left.attr.endswith(_WHEN))


def _is_column(left: ast.expr) -> bool:
    """表的一列：``CaseRow.user_id``、``_CASES.c.user_id``；别的是读出来以后在 Python 里比的。"""
    root = left
    while isinstance(root, ast.Attribute):
        root = root.value
    return isinstance(root, ast.Name) and root.id.lstrip("_")[:1].isupper()

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
        "tests/security/test_whose_case.py",
        "tests/security/test_oversized.py",
        "tests/chat/group/test_erasing.py",
        "tests/chat/bot/test_owed_replies.py",
        "tests/chat/progress/test_check_ins.py",
    ),
    "delivery": ("tests/delivery",),
}
"""哪个文件夹里的条件，由哪些测试看着。"""
_WHOSE = frozenset({"platform", "user_id", "self_id", "group_id", "account", "attempt"})
_WHEN = ("_at", "_until")
_COMPARING = frozenset({"is_", "is_not", "in_", "not_in"})
"""SQLAlchemy 里用方法写的比较。"""
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
        if not isinstance(node, ast.Compare | ast.Call):
            continue
        in_sql = _is_sql(node)
        if not in_sql and not _is_plain(node):
            continue
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        yield Condition(
            file,
            starts[node.lineno - 1] + node.col_offset,
            starts[node.end_lineno - 1] + node.end_col_offset,
            ast.unparse(node),
            _innermost(functions, node.lineno),
            _TRUE_IN_SQL if in_sql else "True",
        )


def _innermost(functions: Iterable[ast.FunctionDef | ast.AsyncFunctionDef], line: int) -> str:
    """这一行在哪个函数里；不在函数里的为空。"""
    around = [one for one in functions if one.lineno <= line <= (one.end_lineno or one.lineno)]
    return max(around, key=lambda one: one.lineno).name if around else ""


def _is_sql(node: ast.Compare | ast.Call) -> bool:
    """数据库里的一个条件，哪一头说到谁、什么时候都算，包在函数里的、用方法写的也算。"""
    if isinstance(node, ast.Call):
        if not isinstance(node.func, ast.Attribute) or node.func.attr not in _COMPARING:
            return False
        sides: list[ast.expr] = [node.func.value]
    elif len(node.ops) == 1:
        sides = [node.left, *node.comparators]
    else:
        return False
    return any(map(_is_about, sides)) and any(map(_has_column, sides))


def _is_plain(node: ast.Compare | ast.Call) -> bool:
    """读出来以后在 Python 里比的。"""
    return (
        isinstance(node, ast.Compare)
        and len(node.ops) == 1
        and isinstance(node.left, ast.Attribute)
        and _names_one(node.left)
    )


def _is_about(side: ast.expr) -> bool:
    return any(map(_names_one, ast.walk(side)))


def _names_one(node: ast.AST) -> bool:
    """说到谁、什么时候的一列，或读出来的一项；列名写成字符串的（``_column(table, "platform")``）也算。"""
    name = node.attr if isinstance(node, ast.Attribute) else node.value if isinstance(node, ast.Constant) else None
    return isinstance(name, str) and (name in _WHOSE or name.endswith(_WHEN))


def _has_column(side: ast.expr) -> bool:
    return any(_is_column(node) or _makes_column(node) for node in ast.walk(side))


def _is_column(node: ast.AST) -> bool:
    """表的一列：``CaseRow.user_id``、``_CASES.c.user_id``；别的是读出来以后在 Python 里比的。"""
    if not isinstance(node, ast.Attribute):
        return False
    root: ast.expr = node
    while isinstance(root, ast.Attribute):
        root = root.value
    return isinstance(root, ast.Name) and root.id.lstrip("_")[:1].isupper()


def _makes_column(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_column"

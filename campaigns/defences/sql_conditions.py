"""数据库层里每一个关于谁的、哪个平台、第几次、什么时候的条件：由源码找出来，各是一道防线。

不必有人一条条列：新写的条件自动算在内。拆法是把这一个条件换成“总是真”，别的都不动。
拆过的记在 ``sql_caught.json``：哪个条件，哪个测试发现的（空的是记账之前拆过的，那时没有记名字）。
不在账上的条件，`tests/test_sql_conditions.py` 通不过。
"""

import ast
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
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
        "tests/chat/case/test_check_ins.py",
    ),
    "delivery": ("tests/delivery",),
}
"""哪个文件夹里的条件，由哪些测试看着。"""
CAUGHT = Path(__file__).with_name("sql_caught.json")
"""拆过的条件，各由哪个测试发现。"""
WHOSE = frozenset({"platform", "user_id", "self_id", "group_id", "origin_group_id", "account", "attempt"})
"""说到谁、第几次的列。"""
_WHEN_ENDINGS = ("_at", "_until")
_WHEN_NAMES = frozenset({"at", "now", "until", "deadline", "safe", "arguable"})
_ORDERING = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
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
    """每个条件一道防线；拆过的，先跑那时发现它的测试。"""
    known = caught()
    return tuple(
        Guard(name, (one,), tests=TESTS[one.file.partition("/")[0]], campaigns=False, known_by=known.get(name, ""))
        for name, one in named_conditions(package).items()
    )


def named_conditions(package: Path) -> dict[str, Condition]:
    """每个条件的名字：文件、函数、原文；同一处写着几个一样的，各带次序。换了文件夹的还是它。"""
    seen: Counter[str] = Counter()
    named: dict[str, Condition] = {}
    for one in conditions_in(package):
        name = f"{Path(one.file).name} {one.place} {one.text}"
        seen[name] += 1
        named[name if seen[name] == 1 else f"{name}（第 {seen[name]} 处）"] = one
    return named


def caught() -> dict[str, str]:
    """拆过的条件，各由哪个测试发现。"""
    return json.loads(CAUGHT.read_text(encoding="utf-8")) if CAUGHT.exists() else {}


def keep_caught(found: Mapping[str, str], package: Path) -> None:
    """记下这次拆过、有测试发现的；源码里没有了的去掉。"""
    # 测试会换文件夹：只记文件名
    everything = {**caught(), **{name: test.rpartition("/")[2] for name, test in found.items()}}
    kept = {name: everything[name] for name in named_conditions(package) if name in everything}
    CAUGHT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


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
    """读出来以后在 Python 里比的；比先后的，哪一头是时刻都算。"""
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        return False
    if isinstance(node.left, ast.Attribute) and _names_one(node.left):
        return True
    return isinstance(node.ops[0], _ORDERING) and any(map(_is_moment, (node.left, *node.comparators)))


def _is_moment(side: ast.expr) -> bool:
    """一头就是个时刻，加减了多久的也算；只是从时刻算出来的数不算。"""
    if isinstance(side, ast.BinOp):
        return _is_moment(side.left) or _is_moment(side.right)
    name = side.attr if isinstance(side, ast.Attribute) else side.id if isinstance(side, ast.Name) else ""
    return name in _WHEN_NAMES or name.endswith(_WHEN_ENDINGS)


def _is_about(side: ast.expr) -> bool:
    return any(map(_names_one, ast.walk(side)))


def _names_one(node: ast.AST) -> bool:
    """说到谁、什么时候的一列，或读出来的一项；列名写成字符串的（``_column(table, "platform")``）也算。"""
    name = node.attr if isinstance(node, ast.Attribute) else node.value if isinstance(node, ast.Constant) else None
    return isinstance(name, str) and names_column(name)


def names_column(name: str) -> bool:
    """这一列说的是谁、第几次、什么时候。"""
    return name in WHOSE or name in _WHEN_NAMES or name.endswith(_WHEN_ENDINGS)


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

"""插件代码里写着的全部正则，和代码怎样用它们。

写在模块里的，从装好的模块里取（包括由函数拼出来的、放在元组里的）；写在函数里的（``re.sub("…", …)``），
从源代码里取出那个式子，在它的模块里算出来。
"""

import ast
import inspect
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from tests.security.harness.regex_ambiguity import Use

PACKAGE = "nonebot_plugin_refund"
_TO_THE_END = {"fullmatch"}
_ONCE = {"match", "fullmatch"}
_METHODS = {"match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}


@dataclass(frozen=True, slots=True)
class Written:
    """写着的一个正则。"""

    place: str
    """``模块.名字`` 或 ``模块.函数()``。"""
    pattern: re.Pattern[str]
    use: Use


@dataclass(frozen=True, slots=True)
class Unread:
    """写在函数里、要运行时才拼得出来的。"""

    place: str
    source: str


def modules() -> list[ModuleType]:
    """插件的全部模块；数据库迁移只由 alembic 装。"""
    package = import_module(PACKAGE)
    names = [info.name for info in pkgutil.walk_packages(package.__path__, f"{PACKAGE}.")]
    return [package, *(import_module(name) for name in names if ".migrations" not in name)]


@cache
def written_patterns() -> tuple[list[Written], list[Unread]]:
    """全部正则，和算不出来的几个。"""
    trees = {module: ast.parse(inspect.getsource(module)) for module in modules()}
    methods = _methods_called(trees)
    found: dict[re.Pattern[str], Written] = {}
    unread: list[Unread] = []
    for module, tree in trees.items():
        for name, value in vars(module).items():
            for pattern in _held(value):
                use = _use_of(methods[pattern] if pattern is value else {""})
                _remember(found, Written(f"{module.__name__}.{name}", pattern, use))
        for item in _in_functions(module, tree):
            if isinstance(item, Unread):
                unread.append(item)
            else:
                _remember(found, item)
    return list(found.values()), unread


def _remember(found: dict[re.Pattern[str], Written], item: Written) -> None:
    """同一个正则几处都用到的，按用得最宽的算。"""
    known = found.setdefault(item.pattern, item)
    wide = Use(known.use.searched or item.use.searched, known.use.to_the_end or item.use.to_the_end)
    found[item.pattern] = Written(known.place, known.pattern, wide)


def _held(value: Any, depth: int = 3) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif depth and isinstance(value, (tuple, list, set, frozenset)):
        for item in value:
            yield from _held(item, depth - 1)
    elif depth and isinstance(value, dict):
        for item in value.items():
            yield from _held(item, depth - 1)


def _methods_called(trees: Mapping[ModuleType, ast.Module]) -> defaultdict[re.Pattern[str], set[str]]:
    """正则 → 在各处用了它的哪些方法；整个传给别人、放进元组的记作空串。"""
    methods: defaultdict[re.Pattern[str], set[str]] = defaultdict(set)
    for module, tree in trees.items():
        called = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                pattern = vars(module).get(node.id)
                if isinstance(pattern, re.Pattern):
                    methods[pattern].add(called.get(id(node), ""))
    return methods


def _use_of(methods: set[str]) -> Use:
    known = methods <= _METHODS
    return Use(searched=not known or not methods <= _ONCE, to_the_end=not known or bool(methods & _TO_THE_END))


def _in_functions(module: ModuleType, tree: ast.Module) -> Iterator[Written | Unread]:
    for function in ast.walk(tree):
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        for node in ast.walk(function):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in {*_METHODS, "compile"}
            ):
                yield _evaluated(module, f"{module.__name__}.{function.name}()", node)


def _evaluated(module: ModuleType, place: str, call: ast.Call) -> Written | Unread:
    assert isinstance(call.func, ast.Attribute)
    expression = ast.Expression(call.args[0])
    try:
        pattern = eval(compile(ast.fix_missing_locations(expression), place, "eval"), dict(vars(module)))
    except NameError:
        return Unread(place, ast.unparse(call.args[0]))
    return Written(place, re.compile(pattern), _use_of({call.func.attr}))

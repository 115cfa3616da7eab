"""威胁表说的都是真的：写到的每个文件、函数、测试都在，每一道拆得掉的防线都列着。"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from campaigns.defences.security_guards import SECURITY_GUARDS

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "plugins" / "nonebot_plugin_refund"
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
REFERENCE = re.compile(r"`([\w/]+\.py)::(\w+)`")


def rows(heading: str) -> list[list[str]]:
    """一节里的表格，去掉表头。"""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@cache
def names_in(path: Path) -> frozenset[str]:
    """一个文件里定义的函数和类，包括类里面的。"""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, kinds))


THREATS = rows("威胁")


@pytest.mark.parametrize("row", THREATS, ids=lambda row: row[0][:20])
def test_every_threat_names_guards_and_tests_that_exist(row: list[str]) -> None:
    _, guards, tests, left_to_the_owner = row
    assert left_to_the_owner
    assert REFERENCE.search(guards)
    assert REFERENCE.search(tests)
    for file, name in REFERENCE.findall(guards):
        folder = ROOT if file.startswith("launch/") or file == "bot.py" else PACKAGE
        assert name in names_in(folder / file), f"{file}::{name}"
    for file, name in REFERENCE.findall(tests):
        assert name.startswith("test_")
        assert name in names_in(ROOT / "tests" / file), f"{file}::{name}"


def test_every_guard_that_can_be_taken_out_is_listed_with_the_test_that_noticed() -> None:
    listed = {row[0]: row[1].strip("`") for row in rows("拆防线")}
    assert set(listed) == {guard.name for guard in SECURITY_GUARDS}
    for guard in SECURITY_GUARDS:
        (test,) = guard.tests
        assert re.sub(r"\[.*", "", listed[guard.name]) in names_in(ROOT / test.partition("::")[0]), guard.name


def test_every_test_of_this_folder_is_named_by_some_threat_or_guard() -> None:
    """新写的安全测试要写进表里。"""
    written = {
        name
        for path in Path(__file__).parent.glob("test_*.py")
        if path != Path(__file__)
        for name in names_in(path)
        if name.startswith("test_")
    }
    unnamed = {name for name in written if name not in PAGE}
    assert unnamed == set()

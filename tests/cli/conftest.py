"""命令行测试共用的准备。"""

import os
import shutil
from functools import cache
from pathlib import Path

import pytest

from nonebot_plugin_refund.cli.checks import rules as rules_checks
from nonebot_plugin_refund.cli.checks import surroundings
from nonebot_plugin_refund.cli.rulebooks import books
from nonebot_plugin_refund.rulebook.loader import Rulebook, load_rulebook


@cache
def _packaged() -> Rulebook:
    return load_rulebook()


@pytest.fixture(autouse=True)
def _read_the_packaged_book_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """随包的手册不会在测试中间变，每条命令都从头读一遍要多花几十秒。"""
    monkeypatch.setattr(books, "load_rulebook", lambda *folders: load_rulebook(*folders) if folders else _packaged())


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_template: Path) -> Path:
    """启动机器人的目录：有一个空库，没有设置；测试就在里面。"""
    data = tmp_path / "data" / "nonebot_plugin_refund"
    data.mkdir(parents=True)
    shutil.copy(sqlite_template, data / "refund.sqlite3")
    for name in list(os.environ):
        if name.lower().startswith(("localstore_", "refund_", "onebot_")) or name in ("HOST", "PORT", "SUPERUSERS"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    for module in (surroundings, rules_checks):
        monkeypatch.setattr(module, "load_rulebook", lambda *own: load_rulebook(*own) if own else _packaged())
    return tmp_path

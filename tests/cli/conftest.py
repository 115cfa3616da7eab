"""命令行测试共用的准备。"""

from functools import cache

import pytest

from nonebot_plugin_refund.cli.rulebooks import books
from nonebot_plugin_refund.rulebook.loader import Rulebook, load_rulebook


@cache
def _packaged() -> Rulebook:
    return load_rulebook()


@pytest.fixture(autouse=True)
def _read_the_packaged_book_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """随包的手册不会在测试中间变，每条命令都从头读一遍要多花几十秒。"""
    monkeypatch.setattr(books, "load_rulebook", lambda *folders: load_rulebook(*folders) if folders else _packaged())

"""对话测试共用的夹具。"""

from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path

import pytest
from aiosqlite import core
from campaigns.worlds.inline_sqlite import REPLACED

from tests.chat.beaten_path import BeatenPaths
from tests.chat.conversation_harness import Bench, make_template, opened_bench


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """升好级的空库。"""
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def beaten_paths() -> BeatenPaths:
    """说过的开头，整场共用。"""
    return BeatenPaths()


@cache
def _needs_every_word(file: Path) -> bool:
    """这个测试文件里有换掉程序里的东西的、看日志的、数语句的：开头也要真的说。"""
    text = file.read_text(encoding="utf-8")
    return any(word in text for word in ("monkeypatch", "caplog", "logger", "statements"))


@pytest.fixture
async def bench(
    empty_database: Path,
    beaten_paths: BeatenPaths,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Bench]:
    """一台开好的机器。

    语句当场执行，不经线程：一千多个测试各说好几句，一句十来条语句，线程之间的来回占掉五分之一的时间。
    经线程的由 ``storage``、``delivery`` 和 ``e2e`` 的测试来走。
    """
    for name, replacement in REPLACED:
        monkeypatch.setattr(core, name, replacement)
    async with opened_bench(empty_database, tmp_path) as opened:
        if not _needs_every_word(request.path):
            opened.paths = beaten_paths
        yield opened

"""对话测试共用的夹具。"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat.conversation_harness import Bench, make_template, opened_bench


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """升好级的空库。"""
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture
async def bench(empty_database: Path, tmp_path: Path) -> AsyncIterator[Bench]:
    """一台开好的机器。"""
    async with opened_bench(empty_database, tmp_path) as opened:
        yield opened

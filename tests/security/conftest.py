"""安全测试共用的夹具：一台限速照正式运行来的机器，一个接好的 QQ 账号。"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from nonebot.adapters.onebot import v11

from nonebot_plugin_refund.dialogue.limits.flood import Limits
from tests.chat.conversation_harness import Bench, make_template, opened_bench
from tests.chat.platform_harness import Platform, connected
from tests.rulebook.small_book import PlantedBook


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """升好级的空库。"""
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture
async def bench(empty_database: Path, tmp_path: Path) -> AsyncIterator[Bench]:
    """一台开好的机器，不限速。"""
    async with opened_bench(empty_database, tmp_path) as opened:
        yield opened


@pytest.fixture
async def limited(bench: Bench) -> Bench:
    """照正式运行限速的机器。"""
    bench.limits = Limits()
    await bench.restart()
    return bench


@pytest.fixture
async def qq(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Platform]:
    """接好的一个 QQ 账号。"""
    async with connected(v11.Adapter, tmp_path, monkeypatch) as platform:
        yield platform


@pytest.fixture
def book(tmp_path: Path) -> PlantedBook:
    """小手册的一份副本。"""
    return PlantedBook.copied_to(tmp_path)

"""端到端测试共用的夹具。"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from .bot_process import BotProcess


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[BotProcess]:
    """一个已经就绪的机器人；测试结束时停掉。"""
    process = BotProcess(tmp_path / "bot")
    await process.start()
    yield process
    await process.stop()

"""端到端测试共用的夹具。"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import count

import pytest

from tests.e2e.harness.bot_process import BotProcess

_numbers = count(1)


@dataclass(frozen=True)
class Strangers:
    """别的测试都没用过的号码：共用一个机器人的测试互不相识。"""

    account: int
    group: int
    user: int


@pytest.fixture
def strangers() -> Strangers:
    """这个测试自己的账号、群和人；群与人后面的九个号码也归它。"""
    number = next(_numbers)
    return Strangers(account=11_000 + number, group=21_000 + 10 * number, user=31_000 + 10 * number)


@pytest.fixture(scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotProcess]:
    """一个已经就绪的机器人，一个文件里的测试共用（启动一次要几秒）；各用各的 `strangers`。"""
    process = BotProcess(tmp_path_factory.mktemp("bot"))
    await process.start()
    yield process
    await process.stop()

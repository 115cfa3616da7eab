"""许多测试从同样几句话开始：真的说过两遍以后，从说完时存下的库接着走，不再一句句重说。

只记一台新开的机器上、没动过别的、好友私聊里从头说的那几句；机器除了盘上的库什么都不留，换上库就是说完了的样子。
换过程序里的东西的测试文件不用它，见 ``conftest.py``。
"""

import itertools
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from nonebot_plugin_refund.dialogue.limits.flood import NO_LIMITS

if TYPE_CHECKING:
    from tests.chat.conversation_harness import Bench

SHORTEST = 3
"""这么多句以上才值得存。"""
MOST = 48
"""最多存几个库，一个约一兆；多了去掉最早的。"""

Path = tuple[datetime, tuple[str, ...]]
"""从几点起，依次说了哪几句。"""
Replies = list[str]


@dataclass(frozen=True)
class Arrived:
    """走到这里时的样子。"""

    stored: sqlite3.Connection
    """库，放在内存里。"""
    replies: tuple[tuple[str, ...], ...]
    """每句各回了什么。"""
    received: tuple[tuple[str, str, str], ...]
    calls: tuple[tuple[str, str, str], ...]
    next_number: int


class BeatenPaths:
    """这个进程里走过的路，和存下的。"""

    def __init__(self) -> None:
        self._walked: set[Path] = set()
        self._kept: dict[Path, Arrived] = {}

    def begin(self, bench: "Bench", texts: Sequence[str]) -> list[Replies]:
        """新开的机器要依次说 ``texts``：从存下的最远一处接着走；返回不必再说的那几句各回了什么。"""
        for length in range(len(texts), SHORTEST - 1, -1):
            arrived = self._kept.get(_path(bench, texts[:length]))
            if arrived is not None:
                _put_back(bench, arrived)
                return [list(said) for said in arrived.replies]
        return []

    def worth_keeping(self, bench: "Bench", texts: Sequence[str]) -> int:
        """从头说 ``texts``，说完第几句时该存：走过的路里与它最长的一段；没有为零。"""
        lengths = range(len(texts), SHORTEST - 1, -1)
        return next((length for length in lengths if _path(bench, texts[:length]) in self._walked), 0)

    def keep(self, bench: "Bench", texts: Sequence[str], replies: Sequence[Replies]) -> None:
        """存下说完 ``texts`` 的样子。"""
        path = _path(bench, texts)
        if path in self._kept:
            return
        if len(self._kept) >= MOST:
            self._kept.pop(next(iter(self._kept))).stored.close()
        stored = sqlite3.connect(":memory:", check_same_thread=False)
        with _opened(bench) as source:
            source.backup(stored)
        number = next(bench._numbers)
        bench._numbers = itertools.count(number)
        platform = bench.platform
        self._kept[path] = Arrived(
            stored, tuple(map(tuple, replies)), tuple(platform.received), tuple(platform.calls), number
        )

    def walked(self, bench: "Bench", texts: Sequence[str]) -> None:
        """从头说完了 ``texts``。"""
        self._walked.update(_path(bench, texts[:length]) for length in range(SHORTEST, len(texts) + 1))


def is_as_opened(bench: "Bench") -> bool:
    """机器刚开，手册、限速、平台都照平常。"""
    platform = bench.platform
    return (
        bench.in_force is None
        and bench.limits is NO_LIMITS
        and not bench.roles
        and platform.online
        and platform.strangers_are_friends
        and platform.failure is None
        and platform.before_delivery is None
        and not (platform.friends or platform.behaviours or platform.received or platform.history_offered)
    )


def _path(bench: "Bench", texts: Sequence[str]) -> Path:
    return bench.clock.moment, tuple(texts)


def _put_back(bench: "Bench", arrived: Arrived) -> None:
    with _opened(bench) as target:
        arrived.stored.backup(target)
    bench._numbers = itertools.count(arrived.next_number)
    bench.platform.received[:] = arrived.received
    bench.platform.calls[:] = arrived.calls


@contextmanager
def _opened(bench: "Bench") -> Iterator[sqlite3.Connection]:
    """另开一个连接，看得到已经提交的。"""
    with closing(sqlite3.connect(bench.file)) as connection:
        yield connection

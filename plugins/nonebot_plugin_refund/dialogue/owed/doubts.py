"""提交了没有，说不准：回音丢在路上，也许已经写下了。等库回来查一眼登记，再说实话。"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ...storage.records import Person
from ..base.turn import Reply

_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True)
class Doubt:
    """一句话，办没办成说不准。"""

    fingerprint: str
    """登记过的消息的标记：查得到就是办成了。"""
    said: Sequence[Reply]
    """办成了该说的。"""
    after_commit: Sequence[Callable[[], None]]
    """办成了该接着做的。"""


class Doubts:
    """说不准的，每人记最近一句；在内存里，条数有上限。"""

    def __init__(self) -> None:
        self._doubts: dict[int, Doubt] = {}

    def of(self, person: Person) -> Doubt | None:
        """这个人有没有说不准的一句。"""
        return self._doubts.get(hash(person))

    def put(self, person: Person, doubt: Doubt) -> None:
        """记下。"""
        self._doubts.pop(hash(person), None)
        self._doubts[hash(person)] = doubt
        if len(self._doubts) > _REMEMBERED:
            del self._doubts[next(iter(self._doubts))]

    def settled(self, person: Person) -> None:
        """说得准了。"""
        self._doubts.pop(hash(person), None)

"""分几条说的一件事：前面几条没听出是什么事，和接着来的合在一起当一段话听。

只在内存里放两分钟，不写进数据库；听出来了、说了别的就丢。重启、换了进程就是没说过，照一条一条听。
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from ...storage.records import Person

_GOES_ON_WITHIN = timedelta(minutes=2)
_MOST_PIECES, _LONGEST = 4, 300
_MOST_PEOPLE = 1000


@dataclass(frozen=True, slots=True)
class _Piece:
    message: str
    said: str
    at: datetime


class ToldSoFar:
    """各人刚说过、还没听出是什么事的几条。"""

    def __init__(self) -> None:
        self._pieces: OrderedDict[Person, tuple[_Piece, ...]] = OrderedDict()

    def before(self, person: Person, message: str, now: datetime) -> str:
        """这一条之前刚说的几条，连成一段；没有为空。同一条重办一遍，不和自己相连。"""
        recent = [piece for piece in self._pieces.get(person, ()) if now - piece.at <= _GOES_ON_WITHIN]
        return "，".join(piece.said for piece in recent if piece.message != message)[-_LONGEST:]

    def keep(self, person: Person, message: str, said: str, now: datetime) -> None:
        """没听出是什么事：留着，等下一条。"""
        earlier = tuple(piece for piece in self._pieces.pop(person, ()) if piece.message != message)
        self._pieces[person] = (*earlier, _Piece(message, said, now))[-_MOST_PIECES:]
        while len(self._pieces) > _MOST_PEOPLE:
            self._pieces.popitem(last=False)

    def forget(self, person: Person) -> None:
        """听出来了，或说的是别的。"""
        self._pieces.pop(person, None)

"""几张权重表合用的特征：一句话的特征在里面第几，找一遍，几张表都用。"""

from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain, islice

from .features import Group

_ROOMY = 2
"""格子是特征的这么多倍以上：大多数找不到的，格子是空的，看一眼就知道。"""


class Vocabulary:
    """几张表里出现过的特征的散列，照先后编号，从 1 起；第一次用到时才合起来。

    按散列的低位分到各个格子里；几个分到一格的串起来。写成数组不写成字典：几十万个特征，字典要几十兆内存。
    """

    def __init__(self, tables: "Iterable[array[int]]") -> None:
        self._tables = tuple(tables)

    def __len__(self) -> int:
        return len(self._hashes) - 1

    def places_of(self, group: Group) -> tuple[int, ...]:
        """这一组特征里有的，各是几号，照组里的先后；同一组再问就是上次的。"""
        found = group.places.get(self)
        if found is None:
            found = group.places[self] = tuple(self.find(group.hashes))
        return found

    def find(self, keys: Sequence[int]) -> list[int]:
        """这些散列里有的，各是几号。一句话要找几百次，所以不拆成小函数。"""
        hashes, (slots, following) = self._hashes, self._slots
        mask = len(slots) - 1
        found: list[int] = []
        for key in keys:
            place = slots[key & mask]
            while place:
                if hashes[place] == key:
                    found.append(place)
                    break
                place = following[place]
        return found

    @cached_property
    def rows(self) -> "tuple[array[int], ...]":
        """各张表：一号特征在表里的第几行，从 1 数；没有的是 0。几张表一起做，比一张张去找快几倍。"""
        numbers = dict(zip(self._hashes, range(len(self._hashes)), strict=True))
        found: list[array[int]] = []
        for table in self._tables:
            rows = array("H", bytes(2 * len(self._hashes)))
            for row, place in enumerate(map(numbers.__getitem__, table), start=1):
                rows[place] = row
            found.append(rows)
        return tuple(found)

    @cached_property
    def _hashes(self) -> "array[int]":
        """各号的散列；没有 0 号。"""
        return array("I", chain((0,), dict.fromkeys(chain.from_iterable(self._tables))))

    @cached_property
    def _slots(self) -> "tuple[array[int], array[int]]":
        """每一格的第一个是几号，每一号的下一个是几号；没有的是 0。"""
        slots = array("I", bytes(4 * (1 << (_ROOMY * len(self)).bit_length())))
        following = array("I", bytes(4 * len(self._hashes)))
        mask = len(slots) - 1
        for place, key in enumerate(islice(self._hashes, 1, None), start=1):
            slot = key & mask
            if before := slots[slot]:
                following[place] = before
            slots[slot] = place
        return slots, following

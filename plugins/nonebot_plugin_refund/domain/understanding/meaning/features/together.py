"""每句话都要问的几个头合成一张表：一个特征一行，几个头的权重并排；一句话的特征找一遍、加一遍，几个头就都有了。

找得快，占的内存也多（一个特征一百来个字节），所以按场景分开的几十个头不这样做，用 :mod:`.vocabulary`。
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from struct import Struct
from typing import TYPE_CHECKING

from .features import Group

if TYPE_CHECKING:
    from array import array

_LANE = 16
"""一个意思在合成的整数里占几位。"""
_AT_ONCE = 255
"""一批加这么多行：再多，16 位就可能装不下了。"""
_LEAST = -128
_ABOVE_ZERO = bytes((weight - _LEAST) % 256 for weight in range(256))
"""一个字节的权重减去最小的，就不小于零。"""


class Together:
    """几个头合成的一张表；第一次用到时才合。

    一行的几个权重合成一个大整数，每个占 16 位，整行整行地加，比一个个加快几倍。

    Args:
        tables: 各个头的散列、权重（一行一个特征，一行里一个意思一个字节）和有几个意思。
    """

    def __init__(self, tables: "Sequence[tuple[array[int], memoryview, int]]") -> None:
        self._tables = tables
        self._columns = Struct(f"<{sum(width for _, _, width in tables)}h")
        self._halves = halves_of(self._columns.size)

    def sums_of(self, group: Group) -> tuple[int, ...]:
        """这一组特征里有的，权重加起来各是多少，照几个头的意思排成一列；都没有的为空。同一组再问就是上次的。"""
        found = group.sums.get(self)
        if found is None:
            found = group.sums[self] = self._summed(group.hashes)
        return found

    def _summed(self, hashes: Sequence[int]) -> tuple[int, ...]:
        rows = list(filter(None, map(self._row_of, hashes)))
        if len(rows) <= _AT_ONCE:
            return self._apart(sum(rows))
        parts = [self._apart(sum(rows[start : start + _AT_ONCE])) for start in range(0, len(rows), _AT_ONCE)]
        return tuple(map(sum, zip(*filter(None, parts), strict=True)))

    def _apart(self, whole: int) -> tuple[int, ...]:
        """合成的整数拆成一个意思一个数；零就是一行也没有。"""
        if not whole:
            return ()
        return self._columns.unpack(((whole + self._halves) ^ self._halves).to_bytes(self._columns.size, "little"))

    @cached_property
    def _row_of(self) -> Callable[[int], int | None]:
        """散列 → 那一行合成的整数。"""
        rows: dict[int, int] = {}
        shift = 0
        for hashes, weights, width in self._tables:
            length = 2 * width
            raised = weights.tobytes().translate(_ABOVE_ZERO)
            lanes = bytearray(length * len(hashes))
            for column in range(width):
                lanes[2 * column :: length] = raised[column::width]
            added = lanes_of(-_LEAST, length)
            for place, key in enumerate(hashes):
                packed = int.from_bytes(lanes[place * length : (place + 1) * length], "little") - added
                rows[key] = rows.get(key, 0) + (packed << shift)
            shift += _LANE * width
        return rows.get


def lanes_of(value: int, length: int) -> int:
    """每 16 位都是 ``value`` 的整数，一共 ``length`` 个字节。"""
    return int.from_bytes(value.to_bytes(2, "little") * (length // 2), "little")


def halves_of(length: int) -> int:
    """每 16 位都是半个满位的整数：加上它，里面的数就都不小于零，拆得开；再翻过最高的一位，就是有正负的数。"""
    return lanes_of(1 << (_LANE - 1), length)

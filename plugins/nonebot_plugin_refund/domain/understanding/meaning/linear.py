"""线性的读法：每个特征给每个意思加减一点分，加起来比大小。

一个“头”管一个问题：几个意思、一张权重表。表里只有训练时留下的特征，按散列排好，找不到的特征不加分；
每个权重一个字节，乘上那个意思的刻度。没有随机，没有浮点以外的东西，普通的 Python 就能算。
"""

import math
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat
from operator import add, mul
from struct import Struct

from .features.features import Group
from .features.together import Together, halves_of, lanes_of
from .features.vocabulary import Vocabulary

_LEAST = -128
_ABOVE_ZERO = bytes((weight - _LEAST) % 256 for weight in range(256))
"""一个字节的权重减去最小的，就不小于零。"""
_WORD, _IN_A_WORD = 8, 4
"""数组里一个数的字节数，装得下几个意思。"""
_FEW = 8
"""意思不超过这么多的算少。"""
_AT_ONCE = 255
"""一批加这么多行：再多，16 位就可能装不下了。"""


@dataclass(frozen=True)
class Head:
    """一张权重表。"""

    labels: tuple[str, ...]
    biases: tuple[float, ...]
    scales: tuple[float, ...]
    temperature: float
    """分数先除以它再变成概率；使 0.9 的意思是十次里对九次。"""
    hashes: "array[int]"
    """特征的散列，从小到大。"""
    weights: memoryview
    """一行一个特征，一行里一个意思一个字节。"""
    shared: Vocabulary | None = field(default=None, compare=False, repr=False)
    """与几张一起问的表合用的特征；没有就只用自己的。"""
    place: int = field(default=0, compare=False, repr=False)
    """在合用的几张表里是第几张。"""
    together: tuple[Together, slice] | None = field(default=None, compare=False, repr=False)
    """和几个头合成的一张表，和自己的意思在里面从第几个到第几个；没有就自己算。"""

    def scores(self, groups: Sequence[Group]) -> list[float]:
        """每个意思的分数，没有除以温度。"""
        totals: Iterable[float] = repeat(0.0)
        for group in groups:
            if summed := self._sums_of(group):
                totals = map(add, totals, map(mul, repeat(group.weight), summed))
        # 一组接一组的加法到这里一遍算完，不为每组另列一张单子
        return list(map(add, self.biases, map(mul, self.scales, totals)))

    def probabilities(self, groups: Sequence[Group]) -> dict[str, float]:
        """几个意思里只有一个对：每个的概率，加起来是 1。"""
        return dict(zip(self.labels, softmax(self.scores(groups), self.temperature), strict=True))

    def chances(self, groups: Sequence[Group]) -> dict[str, float]:
        """几个意思可以同时对：每个各自的概率。"""
        scores = self.scores(groups)
        return {label: sigmoid(score / self.temperature) for label, score in zip(self.labels, scores, strict=True)}

    def _sums_of(self, group: Group) -> Sequence[int]:
        """这一组特征的权重，一个意思一个意思地加起来；一个特征也不在表里的为空。"""
        if self.together is not None:
            table, own = self.together
            return (group.sums.get(table) or table.sums_of(group))[own]
        rows = list(filter(bool, map(self._row_of, self._vocabulary.places_of(group))))
        return self._summed(rows) if rows else ()

    def _summed(self, rows: Sequence[int]) -> Sequence[int]:
        """这几行的权重，一个意思一个意思地加起来。

        一行的几个权重合成一个大整数，每个占 16 位，整行整行地加，比一个个加快几倍。
        """
        if len(rows) > _AT_ONCE:
            parts = (self._summed(rows[start : start + _AT_ONCE]) for start in range(0, len(rows), _AT_ONCE))
            return [sum(column) for column in zip(*parts, strict=True)]
        total = sum([sum(map(packed_in, rows)) << shift for packed_in, shift in self._packed])
        whole = total - len(rows) * self._raised
        return self._columns.unpack(((whole + self._halves) ^ self._halves).to_bytes(self._columns.size, "little"))

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return self.shared or Vocabulary((self.hashes,))

    @cached_property
    def _row_of(self) -> Callable[[int], int]:
        """合用的特征的一号在这张表的第几行，从 1 数；没有的是 0。"""
        return self._vocabulary.rows[self.place].__getitem__

    @cached_property
    def _columns(self) -> Struct:
        """一行合成的整数怎样拆成一个意思一个数；字节凑成整的几个字。"""
        width = len(self.labels)
        return Struct(f"<{width}h{2 * (-width % _IN_A_WORD)}x")

    @cached_property
    def _raised(self) -> int:
        """一行的每个权重都减去了最小的，合起来多了这么多。"""
        return lanes_of(-_LEAST, 2 * len(self.labels))

    @cached_property
    def _halves(self) -> int:
        """见 :func:`~.features.together.halves_of`。"""
        return halves_of(2 * len(self.labels))

    @cached_property
    def _packed(self) -> tuple[tuple[Callable[[int], int], int], ...]:
        """第几行 → 合成的整数，权重都减去了最小的，不小于零，才拆得开；和它在一行里从第几位起。

        意思少的，四个一组放在数组里，省内存；多的，一行就是一个大整数，快些。
        """
        width, length = len(self.labels), self._columns.size
        raised = self.weights.tobytes().translate(_ABOVE_ZERO)
        lanes = bytearray(length * (len(self.hashes) + 1))
        for column in range(width):
            lanes[length + 2 * column :: length] = raised[column::width]
        if width > _FEW:
            packed = [int.from_bytes(lanes[at : at + length], "little") for at in range(0, len(lanes), length)]
            return ((tuple(packed).__getitem__, 0),)
        words = array("Q", bytes(lanes))
        many = length // _WORD
        return tuple((words[word::many].__getitem__, 8 * _WORD * word) for word in range(many))


def softmax(scores: Sequence[float], temperature: float = 1.0) -> list[float]:
    """分数变成加起来是 1 的概率。"""
    highest = max(scores)
    exp = math.exp
    raised = [exp((score - highest) / temperature) for score in scores]
    total = sum(raised)
    return [one / total for one in raised]


def sigmoid(score: float) -> float:
    """一个分数变成 0 到 1 的概率。"""
    return 1 / (1 + math.exp(-score)) if score >= 0 else 1 - 1 / (1 + math.exp(score))


def weighed(probabilities: Mapping[str, float], prior: Mapping[str, float]) -> dict[str, float]:
    """照先前的可能性重新分：不在 ``prior`` 里的去掉，其余的乘上它，再凑成 1。"""
    raised = {label: probabilities[label] * weight for label, weight in prior.items() if label in probabilities}
    total = sum(raised.values())
    return {label: one / total for label, one in raised.items()} if total else {}

"""线性的读法：每个特征给每个意思加减一点分，加起来比大小。

一个“头”管一个问题：几个意思、一张权重表。表里只有训练时留下的特征，按散列排好，找不到的特征不加分；
每个权重一个字节，乘上那个意思的刻度。没有随机，没有浮点以外的东西，普通的 Python 就能算。
"""

import math
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .features import Group

_HASH_BITS = 32
_A_FEW = 1
"""平均二的这么多次方个散列分成一段。"""


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

    def scores(self, groups: Sequence[Group]) -> list[float]:
        """每个意思的分数，没有除以温度。"""
        totals = list(self.biases)
        for group in groups:
            summed = self._summed(group)
            for index, scale in enumerate(self.scales):
                totals[index] += group.weight * scale * summed[index]
        return totals

    def probabilities(self, groups: Sequence[Group]) -> dict[str, float]:
        """几个意思里只有一个对：每个的概率，加起来是 1。"""
        return dict(zip(self.labels, softmax(self.scores(groups), self.temperature), strict=True))

    def chances(self, groups: Sequence[Group]) -> dict[str, float]:
        """几个意思可以同时对：每个各自的概率。"""
        scores = self.scores(groups)
        return {label: sigmoid(score / self.temperature) for label, score in zip(self.labels, scores, strict=True)}

    def _summed(self, group: Group) -> list[int]:
        width, weights = len(self.labels), self.weights
        rows = [weights[index * width : (index + 1) * width] for index in self._found(group.hashes)]
        return list(map(sum, zip(*rows, strict=True))) if rows else [0] * width

    def _found(self, keys: Sequence[int]) -> list[int]:
        """这些散列里表上有的，各在第几行。一句话要找几千次，所以不拆成小函数。"""
        hashes, (shift, starts) = self.hashes, self._sections
        found: list[int] = []
        for key in keys:
            section = key >> shift
            start, end = starts[section], starts[section + 1]
            if start != end:
                index = bisect_left(hashes, key, start, end)
                if index != end and hashes[index] == key:
                    found.append(index)
        return found

    @cached_property
    def _sections(self) -> "tuple[int, array[int]]":
        """散列照最高的几位分成小段：右移几位得到段号，各段从第几个起。在一小段里找，比在整张表里找快几倍。"""
        bits = max(0, len(self.hashes).bit_length() - _A_FEW)
        shift = _HASH_BITS - bits
        starts = array("I", bytes(4 * ((1 << bits) + 1)))
        section = 0
        for index, key in enumerate(self.hashes):
            while section <= key >> shift:
                starts[section] = index
                section += 1
        for rest in range(section, len(starts)):
            starts[rest] = len(self.hashes)
        return shift, starts


def softmax(scores: Sequence[float], temperature: float = 1.0) -> list[float]:
    """分数变成加起来是 1 的概率。"""
    highest = max(scores)
    raised = [math.exp((score - highest) / temperature) for score in scores]
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

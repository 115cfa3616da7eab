"""特征和意思在一起：全部例句里，一个特征在哪些意思的话里出现得比凑巧多。

一道题只有几百句例句，别的题、案件消息、后续的话里却用了许多一样的说法：“小家伙”在这道题里没见过，
在别的题里总和“孩子”的选项在一起。拿这张表当先前的知识，没见过的字也有了分量；运行时的权重表样子不变。
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix

from .corpus import News, Purpose, Reply
from .matrices import Floats, matrix, vocabulary

_SEEN_OFTEN = 3
"""少于这么多句里有的特征不要。"""
_LEAST_SENTENCES = 8
"""例句少于这么多的意思不要。"""


@dataclass(frozen=True, slots=True)
class Associations:
    """每个特征和每个意思有多常在一起。"""

    hashes: NDArray[np.uint32]
    strengths: csr_matrix
    """一行一个特征，一列一个意思：一起出现的次数是凑巧的几倍，取对数，不到一倍的是 0。"""

    def of(self, texts: Sequence[str]) -> Floats:
        """每句话和各个意思有多近。"""
        near = csr_matrix(matrix(texts, self.hashes) @ self.strengths)
        return np.asarray(near.todense(), dtype=np.float32)

    def spread(self, weights: Floats) -> Floats:
        """每个意思的权重分到每个特征上：一行一个特征。"""
        return np.asarray(self.strengths @ weights, dtype=np.float32)


def associations_in(replies: Iterable[Reply], news: Iterable[News], purposes: Iterable[Purpose]) -> Associations:
    """从全部例句里数出来。"""
    told = _meanings(replies, news, purposes)
    texts = sorted({text for said in told.values() for text in said})
    hashes = vocabulary(texts)
    rows = matrix(texts, hashes)
    rows.data[:] = 1
    often = np.flatnonzero(np.asarray(rows.sum(0)).ravel() >= _SEEN_OFTEN)
    rows, hashes = rows[:, often], hashes[often]
    place = {text: row for row, text in enumerate(texts)}
    enough = {meaning: said for meaning, said in told.items() if len(said) >= _LEAST_SENTENCES}
    wanted = _columns([[place[text] for text in said] for said in enough.values()], len(texts))
    return Associations(hashes, _above_chance(rows, wanted, len(texts)))


def _meanings(
    replies: Iterable[Reply], news: Iterable[News], purposes: Iterable[Purpose]
) -> dict[tuple[object, ...], list[str]]:
    """每个意思的例句：一题的一个选项、一个场景的一件事、一种语气、一种打算、一种危险。"""
    found: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for reply in replies:
        for answer in reply.answers:
            found["answer", reply.head, answer].append(reply.text)
    for one in news:
        for event in one.events:
            found["event", one.scenarios, event].append(one.text)
        if not one.events:
            found["mood", one.mood].append(one.text)
    for one in purposes:
        found["intent", one.intent].append(one.text)
        found["danger", one.danger].append(one.text)
    return found


def _columns(said: Sequence[Sequence[int]], count: int) -> csr_matrix:
    """一句话一行、一个意思一列：是这个意思的是 1。"""
    rows = np.concatenate([np.array(sentences) for sentences in said])
    columns = np.concatenate([np.full(len(sentences), column) for column, sentences in enumerate(said)])
    return csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(count, len(said)))


def _above_chance(rows: csr_matrix, wanted: csr_matrix, count: int) -> csr_matrix:
    """一起出现的次数除以凑巧的次数（加一，免得见得少的说得太满），取对数，只留大于 0 的。``count`` 是几句话。"""
    together = coo_matrix(rows.T @ wanted)
    often, sizes = np.asarray(rows.sum(0)).ravel(), np.asarray(wanted.sum(0)).ravel()
    chance = often[together.row] * sizes[together.col] / count
    strength = np.log(together.data / (chance + 1.0))
    kept = strength > 0
    return csr_matrix(
        (strength[kept].astype(np.float32), (together.row[kept], together.col[kept])), shape=together.shape
    )

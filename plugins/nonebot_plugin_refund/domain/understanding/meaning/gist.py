"""一句话大意像什么：没有学过的题，借学过的那些来比两句话意思近不近。

“袖口蹭了一块黑的”和“不小心沾上油了”一个字也不同，可是在学过的各题里像的是同样的几项。
"""

import math
from functools import lru_cache

from .features.features import features_of
from .linear import sigmoid, softmax
from .stories import MATTER_HEAD
from .weights import NEWS, STORIES, weights_of


@lru_cache(maxsize=512)
def gist_of(text: str) -> tuple[float, ...]:
    """像各个场景各题的各项多少，像哪种事、哪件进展、哪种语气多少；各句的次序一样。"""
    groups = features_of(text)
    found: list[float] = []
    for name, head in weights_of(STORIES).heads.items():
        if "/" in name:  # 日子、钱数看的是前后的字，不是整句
            continue
        scores = [score / head.temperature for score in head.scores(groups)]
        found += softmax(scores) if name == MATTER_HEAD else map(sigmoid, scores)
    for head in weights_of(NEWS).heads.values():
        found += softmax(head.scores(groups), head.temperature)
    return tuple(found)


class Gists:
    """几句话的大意，去掉它们都有的，只留下彼此不同的，缩到长度为 1。"""

    _STEADY = 0.02
    """几句话差得这么少的地方，不放大。"""

    def __init__(self, texts: tuple[str, ...]) -> None:
        columns = list(zip(*map(gist_of, texts), strict=True))
        self._middles = [sum(column) / len(texts) for column in columns]
        spreads = [
            math.sqrt(sum((value - middle) ** 2 for value in column) / len(texts))
            for column, middle in zip(columns, self._middles, strict=True)
        ]
        self._scales = [1 / math.sqrt(spread + self._STEADY) for spread in spreads]
        self.known = [self.apart(text) for text in texts]
        """这几句的，次序一样。"""

    def apart(self, text: str) -> list[float]:
        """一句话的大意里，与这几句共有的不同的那部分。"""
        found = [
            (value - middle) * scale
            for value, middle, scale in zip(gist_of(text), self._middles, self._scales, strict=True)
        ]
        length = math.sqrt(sum(value * value for value in found))
        return [value / length for value in found] if length else found

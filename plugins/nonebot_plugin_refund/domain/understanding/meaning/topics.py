"""听一句话在打听什么：和手册里的问法比，像哪一句就是哪一种。

比的是字、读音和词族，少见的分量重；例句倒排，第一次用到时才建。话里另有小句在说别的，再单拿在问的小句比一遍。
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ....rulebook.topics import ScopedTopic
from ..text import normalise
from .families import families_in
from .scored import Scored, likeliest_first
from .sounds import sounds_of

LONGEST = 80
"""只看前这么多个字：打听的话短，长篇大论里的另按小句比。"""
_SHARE_OF_NEXT = 0.2
"""除了最像的一句，同一种里第二像的也算一点：两句都像比一句像可靠。"""
_WEIGHTS = {"c": 1.0, "s": 0.6, "f": 0.6}
"""字、读音、词族各有多重。"""
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[a-z]+|[^\W_]")


@dataclass(frozen=True, slots=True)
class _Index:
    """倒排的例句：一个特征在哪几句里、有多重。"""

    owners: tuple[int, ...]
    """每句例句是第几种打听的。"""
    postings: dict[str, tuple[tuple[int, float], ...]]
    rarity: dict[str, float]
    """越少见越大；例句里没有的按最少见的算。"""
    rarest: float


class TopicReader:
    """照一本手册的打听来听；做一次，反复用。"""

    def __init__(self, topics: Sequence[ScopedTopic]) -> None:
        self._topics = tuple(topics)

    def read(self, text: str, scenario_ids: Iterable[str]) -> tuple[Scored, ...]:
        """各种打听有多像，0 到 1，像的在前；只看这几个场景里用的，一点不像的不列。"""
        at_hand = tuple(scenario_ids)
        index = self._index
        likeness = [0.0] * len(index.owners)
        for feature, weight in _unit(_features(text), index.rarity, index.rarest).items():
            for place, other in index.postings.get(feature, ()):
                likeness[place] += weight * other
        best: dict[int, tuple[float, float]] = {}
        for owner, value in zip(index.owners, likeness, strict=True):
            first, second = best.get(owner, (0.0, 0.0))
            if value > first:
                best[owner] = (value, first)
            elif value > second:
                best[owner] = (first, value)
        return likeliest_first(
            {
                self._topics[owner].id: (first + _SHARE_OF_NEXT * second) / (1 + _SHARE_OF_NEXT)
                for owner, (first, second) in best.items()
                if first > 0 and self._topics[owner].is_for(at_hand)
            }
        )

    @cached_property
    def _index(self) -> _Index:
        owners: list[int] = []
        found: list[dict[str, float]] = []
        for number, scoped in enumerate(self._topics):
            topic = scoped.topic
            for said in dict.fromkeys((*topic.asked, *topic.said, topic.title)):
                owners.append(number)
                found.append(_features(said))
        counts = Counter(feature for values in found for feature in values)
        rarity = {feature: math.log((1 + len(found)) / count) for feature, count in counts.items()}
        rarest = math.log(1 + len(found))
        postings: dict[str, list[tuple[int, float]]] = {}
        for place, values in enumerate(found):
            for feature, weight in _unit(values, rarity, rarest).items():
                postings.setdefault(feature, []).append((place, weight))
        return _Index(tuple(owners), {key: tuple(places) for key, places in postings.items()}, rarity, rarest)


def _features(text: str) -> dict[str, float]:
    """一句话里的字、音、词族，各组里越多的每一个越轻。"""
    prepared = normalise(text, LONGEST)
    tokens = _TOKEN.findall(prepared)
    sounds = [sounds_of(token)[0] if len(token) == 1 else token for token in tokens]
    _, families = families_in(prepared)
    groups = {"c": set(_runs(tokens, 1, 3)), "s": set(_runs(sounds, 2, 3)), "f": families}
    return {
        f"{name}{item}": _WEIGHTS[name] / len(found) ** 0.5 for name, found in groups.items() if found for item in found
    }


def _runs(tokens: Sequence[str], shortest: int, longest: int) -> Iterator[str]:
    for length in range(shortest, longest + 1):
        for start in range(len(tokens) - length + 1):
            yield " ".join(tokens[start : start + length])


def _unit(values: dict[str, float], rarity: dict[str, float], rarest: float) -> dict[str, float]:
    """乘上少见的程度，缩到长度为 1。"""
    raised = {feature: value * rarity.get(feature, rarest) for feature, value in values.items()}
    length = math.sqrt(sum(value * value for value in raised.values()))
    return {feature: value / length for feature, value in raised.items()} if length else {}

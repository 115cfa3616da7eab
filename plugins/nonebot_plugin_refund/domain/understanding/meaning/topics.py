"""听一句话在打听什么：和手册里每种打听的问法、标题、回答比，哪一种的词对得上得最多。

比的是字、读音、词族和概念（:mod:`.features.topic_words`），几种里都有的词轻，只有一种里有的词重。
一字不差的问法另认。倒排第一次用到时才建，一本手册几百毫秒；之后一句话一两毫秒。
"""

import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import accumulate, chain

from ....rulebook.scenario_models.topics import ScopedTopic
from ..writing.text import normalise
from .features.numbers import Numbers
from .features.topic_words import features_in, weight_of
from .scored import Scored

LONGEST = 80
"""只看前这么多个字：打听的话短，长篇大论里的另按小句比。"""
_FROM_ANSWER = 0.5
"""回答里的一个词抵问法里的几个：人问的常常就是回答里的词。"""
_FROM_PHRASES = 2.0
"""``said`` 里写得再多，合起来也只抵两句问法。"""
_SATURATION = 3.0
"""同一个词在一种打听里说了又说，越往后越不多算。"""
_LENGTH = 0.5
"""写得多的打听词也多，按长短折去几成。"""
_SHARPNESS = 0.151
"""比最像的差这么多（按它的几成算），把握就差 e 倍；在留出来的例句上定的。

一点不像的也各分走一点，所以打听又多了十几种，就要重定一次。
"""
_TELLING = 0.2
"""超过这么多成的打听里都有的词，分不出是哪一种，不去找，省时间。"""
_FEWEST = 3
"""手册里只有几种打听时，有这么几种都有的词也还留着。"""
_MOST_TOLD = 8
"""最像的几种就够了，后面的不排。"""
_RECENT = 32
_RARITY = 1.8
"""少见的词有多重：照几种里有它的倒数，再放大这么多。"""


class HeardTopics:
    """一句话和各种打听比的结果。

    Args:
        topics: 用得上的各种打听的 id。
        scores: 同样次序，各多少分。
        familiar: 见 :attr:`familiar`。
        verbatim: 见 :attr:`verbatim`。
    """

    def __init__(self, topics: Sequence[str], scores: Sequence[float], familiar: float, verbatim: str | None) -> None:
        self._topics = topics
        self._scores = scores
        self.familiar = familiar
        """话里的词最像的那一种认得多少，0 起；说的是别的事就小。"""
        self.verbatim = verbatim
        """一字不差就是哪一种的问法；不是为 ``None``。"""

    @cached_property
    def likeliest(self) -> tuple[Scored, ...]:
        """最像的几种打听的把握，大的在前；各种的把握加起来是 1。

        一样大的，手册里后写的在前。问到才算：多数话里的词不够熟，用不着。
        """
        highest = max(self._scores, default=0.0)
        if not highest:
            return ()
        unheard = math.exp(-1 / _SHARPNESS)
        raised = [math.exp((score / highest - 1) / _SHARPNESS) if score else unheard for score in self._scores]
        total = sum(raised)
        least = sorted(raised)[-_MOST_TOLD:][0]
        best = [(one, place) for place, one in enumerate(raised) if one >= least]
        best.sort(reverse=True)
        return tuple(Scored(self._topics[place], one / total) for one, place in best[:_MOST_TOLD])


@dataclass(frozen=True, slots=True)
class _Index:
    """特征有几万个，只记散列，各样的数排成几列，比一个个对象省几十 MB。"""

    numbers: Numbers
    """每个特征是第几个，从 1 数起。"""
    weights: "array[float]"
    """第几个特征有多重，连同少见的程度；没有 0 号，下面也是。"""
    starts: "array[int]"
    """第几个特征的各种打听，在 ``places`` 里从哪里起；到下一个的起点为止。"""
    places: "array[int]"
    """是哪一种打听。"""
    parts: "array[float]"
    """给那一种加多少分。"""
    rarest: float
    """例句里没有的特征要再乘的重：不认得的词多，就不熟。"""
    verbatim: Mapping[str, tuple[int, ...]]


class TopicReader:
    """照一本手册的打听来听；做一次，反复用。"""

    def __init__(self, topics: Sequence[ScopedTopic]) -> None:
        self._topics = tuple(topics)
        self._places: dict[tuple[str, ...], tuple[int, ...]] = {}
        """说着哪几个场景 → 用得上的打听。"""
        self._ids: dict[tuple[str, ...], tuple[str, ...]] = {}
        """同样次序，它们的 id。"""
        self._recent: dict[tuple[bytes, tuple[str, ...]], HeardTopics] = {}
        """最近比过的：同一句话几种听法都要问。只记话的散列：说话的人删掉自己的数据以后，这里也不留他的字。"""

    def knows(self, topic_id: str) -> bool:
        """手册里有没有这一种打听。"""
        return any(scoped.id == topic_id for scoped in self._topics)

    def read(self, text: str, scenario_ids: Iterable[str]) -> HeardTopics:
        """各种打听有多像；只看这几个场景里用的。"""
        at_hand = tuple(scenario_ids)
        asked = blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest(), at_hand
        found = self._recent.get(asked)
        if found is None:
            if len(self._recent) >= _RECENT:
                self._recent.clear()
            found = self._recent[asked] = self._compared(text, at_hand)
        return found

    def _compared(self, text: str, at_hand: tuple[str, ...]) -> HeardTopics:
        fitting = self._fitting(at_hand)
        prepared = normalise(text, LONGEST)
        index = self._index
        scores = [0.0] * len(self._topics)
        whole = 0.0
        weights, starts = index.weights, index.starts
        features = features_in(prepared)
        told: list[slice] = []
        for feature, number in zip(features, index.numbers.of(map(hash, features)), strict=True):
            if number:
                whole += weights[number]
                told.append(slice(starts[number], starts[number + 1]))
            else:
                whole += weight_of(feature) * index.rarest
        parts = chain.from_iterable(map(index.parts.__getitem__, told))
        for place, part in zip(chain.from_iterable(map(index.places.__getitem__, told)), parts, strict=True):
            scores[place] += part
        own = [scores[place] for place in fitting]
        familiar = max(own, default=0.0) / whole if whole else 0.0
        return HeardTopics(self._ids_of(at_hand), own, familiar, self._verbatim(prepared, fitting))

    def prepare(self, stopping: Callable[[], bool] = lambda: False) -> None:
        """现在就把倒排建好：启动、换手册时在线程里做，免得第一个来问的人等。

        ``stopping`` 是要停机了没有：进程退出要等线程做完，所以做一种看一眼，要停就不做了。
        """
        for scoped in self._topics:
            if stopping():
                break
            _spoken(scoped)
        else:
            _ = self._index
            return
        _spoken.cache_clear()

    def _verbatim(self, prepared: str, fitting: Sequence[int]) -> str | None:
        found = self._index.verbatim.get(_bare(prepared), ())
        return next((self._topics[place].id for place in found if place in fitting), None)

    def _fitting(self, at_hand: tuple[str, ...]) -> tuple[int, ...]:
        if at_hand not in self._places:
            self._places[at_hand] = tuple(place for place, scoped in enumerate(self._topics) if scoped.is_for(at_hand))
        return self._places[at_hand]

    def _ids_of(self, at_hand: tuple[str, ...]) -> tuple[str, ...]:
        if at_hand not in self._ids:
            self._ids[at_hand] = tuple(self._topics[place].id for place in self._fitting(at_hand))
        return self._ids[at_hand]

    @cached_property
    def _index(self) -> _Index:
        return _index_of(self._topics)


@lru_cache(maxsize=4)
def _index_of(topics: tuple[ScopedTopic, ...]) -> _Index:
    """同样的打听只建一次：换手册时多半没改打听。"""
    spoken = [_spoken(scoped) for scoped in topics]
    _spoken.cache_clear()
    counts = Counter[int]()
    for words in spoken:
        counts.update(words.features)
    rarest = math.log(2 + 2 * len(spoken)) ** _RARITY
    numbers = Numbers(counts)
    rarity = [math.log(1 + (len(spoken) - many + 0.5) / (many + 0.5)) ** _RARITY for many in range(len(spoken) + 1)]
    weights = array("d", bytes(8 * (len(counts) + 1)))
    for words in spoken:
        for feature, number, group in zip(words.features, numbers.of(words.features), words.groups, strict=True):
            weights[number] = group * rarity[counts[feature]]
    most = max(_FEWEST, _TELLING * len(spoken))
    starts = array("I", (0, *accumulate((count if count <= most else 0 for count in counts.values()), initial=0)))
    places, parts = _postings(spoken, numbers, weights, starts)
    return _Index(numbers, weights, starts, places, parts, rarest, _said_verbatim(topics))


def _said_verbatim(topics: Sequence[ScopedTopic]) -> dict[str, tuple[int, ...]]:
    said: dict[str, list[int]] = {}
    for place, scoped in enumerate(topics):
        for phrase in (*scoped.topic.asked, *scoped.topic.said, scoped.topic.title):
            said.setdefault(_bare(normalise(phrase, LONGEST)), []).append(place)
    return {phrase: tuple(places) for phrase, places in said.items()}


@dataclass(frozen=True, slots=True)
class _Words:
    """一种打听里的词。"""

    features: "array[int]"
    """各个特征的散列。"""
    groups: tuple[float, ...]
    """同样次序，各自那一组有多重。"""
    amounts: "array[float]"
    """同样次序，各有几个。"""


@lru_cache(maxsize=1024)
def _spoken(scoped: ScopedTopic) -> _Words:
    """一种打听里的词各有几个；建好倒排就不用再记着。"""
    topic = scoped.topic
    said = [
        *((phrase, 1.0) for phrase in (*topic.asked, topic.title)),
        *((phrase, _FROM_PHRASES / len(topic.said)) for phrase in topic.said),
        (topic.answer, _FROM_ANSWER),
    ]
    found: dict[str, float] = {}
    for text, amount in said:
        for feature in features_in(normalise(text, 2 * LONGEST)):
            found[feature] = found.get(feature, 0.0) + amount
    return _Words(array("q", map(hash, found)), tuple(map(weight_of, found)), array("d", found.values()))


def _postings(
    spoken: Sequence[_Words], numbers: Numbers, weights: "array[float]", starts: "array[int]"
) -> "tuple[array[int], array[float]]":
    """每个特征在哪几种里、加多少，各排成一列；``starts`` 里没给它留地方的到处都有，不记。"""
    lengths = [
        math.hypot(
            *(
                weights[number] * _saturated(amount)
                for number, amount in zip(numbers.of(words.features), words.amounts, strict=True)
            )
        )
        for words in spoken
    ]
    usual = sum(lengths) / len(lengths) if lengths else 1.0
    places, parts = array("H", bytes(2 * starts[-1])), array("d", bytes(8 * starts[-1]))
    free = starts[:]
    for place, (words, length) in enumerate(zip(spoken, lengths, strict=True)):
        shortened = 1 - _LENGTH + _LENGTH * length / usual
        for number, amount in zip(numbers.of(words.features), words.amounts, strict=True):
            if starts[number] != starts[number + 1]:
                at = free[number]
                places[at], parts[at] = place, weights[number] * _saturated(amount) / shortened
                free[number] = at + 1
    return places, parts


def _saturated(amount: float) -> float:
    """同一个词说了几个，算几个：越往后越不多算。"""
    return (1 + _SATURATION) * amount / (amount + _SATURATION)


def _bare(prepared: str) -> str:
    """比是不是一字不差时，不看空格和句末的标点、语气词。"""
    return prepared.replace(" ", "").rstrip("?!。,~啊呀呢哈吧嘛哦")

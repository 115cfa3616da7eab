"""一句话说的是哪种退款场景，值不值得在群里主动开口。

做法透明，全是加法：一遍扫描找出词表里的词，每组词给各场景加分，几组词同时出现另有加减，单字和两字连写再加一点
小分；分数最高的场景若胜过“都不是”就是它，把握是各场景分数的 softmax。词和权重都在 ``rulebook/content/`` 的
``signals.yaml`` 与 ``signals-fitted.json``。操作者自己加的场景另照它写的词来认，见 :mod:`.keyword_recognition`。
"""

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from operator import add

from ahocorasick_rs import AhoCorasick, MatchKind

from ...rulebook.scenario_models.models import Scenario
from ...rulebook.wording_models.signals import NONE, Pairing, Signals
from .keyword_recognition import KeywordMatch, KeywordRecogniser
from .writing.folding import folded_into
from .writing.pieces import pieces_of
from .writing.text import normalise, simplify

_QUICK_LIMIT = 600
"""快速检查只看前这么多字；再长的消息直接走完整识别。"""


@dataclass(frozen=True, slots=True)
class Recognition:
    """识别的结果。"""

    scenario: str | None
    score: float
    trigger: bool
    explain: Callable[[], "_Pieces"] = field(default=tuple, compare=False, repr=False)
    """算出 :attr:`pieces`：要给人看理由时才算。"""
    doubtful: bool = False
    """句子里有别的平台、卖家、广告、闲聊这类词，或场景自己说了不主动接话：开口要格外有把握。"""
    by_keywords: bool = False
    """是照场景自己写的词听出来的：词都对上了，只是不一定该在群里主动接话。"""
    leaning: Mapping[str, float] = field(default_factory=dict[str, float])
    """各场景各得多少分；听不出是哪一种时，也看得出偏向哪边。"""

    @property
    def pieces(self) -> "_Pieces":
        """起作用的词、它偏向的场景和分量，大的在前；给人看理由用。"""
        return self.explain()

    def leans_to(self, among: Collection[str]) -> str | None:
        """这几种里明显偏向的一种；差不多的为 ``None``。"""
        if not among or not self.leaning:
            return None
        first, *others = sorted((self.leaning.get(label, 0.0), label) for label in among)[::-1]
        second = others[0][0] if others else 0.0
        return first[1] if first[0] - second >= _LEANS else None

    @property
    def is_sure(self) -> bool:
        """够不够有把握把它当成另一件事：私聊里用，比群里主动开口宽。"""
        return self.trigger or self.by_keywords


_Pieces = tuple[tuple[str, str, float], ...]
_GRAM_LIMIT = 200
"""两字连写只看前这么多字：够认出意思，又不让长消息变慢。"""
_SHOWN_GRAM = 0.3
"""影响小于此的单字、两字不列进理由。"""
_LEANS = 0.4
_UNRELATED = Recognition(None, 1.0, trigger=False)


def grams_of(text: str) -> set[str]:
    """一句话里的单字与两字连写；首尾各有记号，空格写成下划线。拟合与识别共用。"""
    marked = f"^{text[:_GRAM_LIMIT].replace(' ', '_')}$"
    return {*marked, *map(add, marked, marked[1:])}


def pairs_of(groups: Iterable[str]) -> list[str]:
    """同时出现的词组两两成对，写成 ``甲+乙``，按 id 的字母次序。拟合与识别共用。"""
    return ["+".join(pair) for pair in combinations(sorted(groups), 2)]


class Classifier:
    """识别器：做一次，反复用，线程间可共享；换手册时用 :meth:`adopt` 换掉里面的表，拿着它的方法的人不必知道。"""

    def __init__(self, signals: Signals, scenarios: Iterable[Scenario] = ()) -> None:
        self._tables = _Tables(signals, scenarios)

    def adopt(self, signals: Signals, scenarios: Iterable[Scenario]) -> None:
        """换上另一本手册的词：全部表做好之后一次换掉，正在识别的那句话要么全用旧的、要么全用新的。

        Args:
            signals: 词表，见 :meth:`~....rulebook.loader.Rulebook.signals`。
            scenarios: 手册里的全部场景；写了 ``recognised_by`` 的才用得上。
        """
        self._tables = _Tables(signals, scenarios)

    def refund_word_present(self, text: str) -> bool:
        """快速检查：有没有任何一个跟退款有关的词。没有的消息不必再看（几微秒）。"""
        return self._tables.refund_word_present(text)

    def features(self, text: str) -> tuple[dict[str, str], tuple[str, ...]]:
        """一句话里出现的词组（各带一个例词）和搭配的 id；拟合权重时也用它。"""
        return self._tables.features(text)

    def classify(self, text: str) -> Recognition:
        """识别一句话；``scenario`` 为 ``None`` 表示不是手册管的事，或者说得太笼统。"""
        return self._tables.classify(text)

    def settled(self, scenario: str, text: str, *, midway: bool = False, outright: bool = False) -> str:
        """听着是 ``scenario``，话里却说了只有另一种才会说的：改成那一种；没有的照旧。

        ``midway`` 是正问着它，``outright`` 时只看先于回答去听的。
        """
        return self._tables.settled(scenario, text, midway=midway, outright=outright)


class _Tables:
    """由词表和场景自己写的词做成的全部表；做好就不再变。"""

    def __init__(self, signals: Signals, scenarios: Iterable[Scenario]) -> None:
        self._signals = signals
        self._keywords = KeywordRecogniser(scenarios)
        self._groups = signals.groups
        self._labels: tuple[str, ...] = tuple(
            dict.fromkeys(
                [NONE, *(label for group in signals.groups for label in group.weights), *signals.fitted.labels]
            )
        )
        self._words, self._owners = _index(signals)
        self._matcher = AhoCorasick(self._words, matchkind=MatchKind.Standard)
        opening = {word for group in signals.groups if group.opens for word in group.words}
        self._opening_matcher = AhoCorasick(sorted(opening), matchkind=MatchKind.Standard)
        self._folded_into_opening = folded_into({letter for word in opening for letter in word})
        self._pairings = [
            (frozenset(pairing.all_of), frozenset(pairing.none_of), "＋".join(pairing.all_of), pairing)
            for pairing in signals.pairings
        ]
        """每种搭配：要有哪几组词、不能有哪几组、给人看的名字。"""
        self._group_number = {group.id: number for number, group in enumerate(signals.groups)}
        # 同一句话几种听法都要问，记住最近的几句
        self.classify = lru_cache(maxsize=16)(self._classified)

    def refund_word_present(self, text: str) -> bool:
        """见 :meth:`Classifier.refund_word_present`。"""
        if len(text) > _QUICK_LIMIT:
            return True
        plain = simplify(text) if self._folded_into_opening.search(text) else text
        if self._opening_matcher.find_matches_as_indexes(plain):
            return True
        return bool(self._keywords) and self._keywords.find(normalise(text)) is not None

    def settled(self, scenario: str, text: str, *, midway: bool, outright: bool) -> str:
        """见 :meth:`Classifier.settled`。"""
        rules = [rule for rule in self._signals.settled if rule.instead_of == scenario]
        rules = [one for one in rules if not one.only_with or any(word in text for word in one.only_with)]
        if midway:
            rules = [one for one in rules if one.outright or not outright]
            rules = [one for one in rules if one.midway and not any(word in text for word in one.not_midway_with)]
        elif any(rule.midway for rule in rules):
            leaning = self.classify(text).scenario  # 字眼也听着是那一种才算
            rules = [one for one in rules if not one.midway or one.scenario == leaning]
        pieces = [normalise(piece) for piece in pieces_of(text)] if rules else []
        for rule in rules:
            for piece in pieces:
                if any(word in piece for word in rule.words) and not any(word in piece for word in rule.not_with):
                    return rule.scenario
        return scenario

    def features(self, text: str) -> tuple[dict[str, str], tuple[str, ...]]:
        """见 :meth:`Classifier.features`。"""
        fired = self._fired_groups(normalise(text))
        found = {self._groups[number].id: word for number, word in fired.items()}
        return found, tuple(pairing.id for _, pairing in self._pairings_in(found.keys()))

    def _classified(self, text: str) -> Recognition:
        """见 :meth:`Classifier.classify`。"""
        prepared = normalise(text)
        if self._keywords and (match := self._keywords.find(prepared)) is not None:
            return self._by_keywords(match, prepared)
        fired = self._fired_groups(prepared)
        groups = [self._groups[number] for number in fired]
        if not any(group.opens for group in groups):
            return _UNRELATED
        present = {group.id for group in groups}
        words = [(fired[self._group_number[group.id]], group.weights) for group in groups]
        words += [(named, pairing.weights) for named, pairing in self._pairings_in(present)]
        fitted = self._fitted(prepared, present)
        totals = self._totals((weights for _, weights in words), (weights for _, weights in fitted))
        best = max(totals, key=lambda label: totals[label])
        score = _softmax(totals, best)
        scenario = None if best == NONE else best
        doubtful = any(group.silences for group in groups)
        rule = self._signals.trigger
        enough = rule.minimum_score_when_doubtful if doubtful else rule.minimum_score

        def explain() -> _Pieces:
            return (*_pieces(words, best), *self._small_pieces(fitted, best))

        return Recognition(scenario, score, scenario is not None and score >= enough, explain, doubtful, leaning=totals)

    def _by_keywords(self, match: KeywordMatch, prepared: str) -> Recognition:
        """照场景自己写的词听出来的：词都对上了，把握就是 1；群里接不接话另看。

        随包的平台词（抖音、淘宝……）在这里正是要听的，不算可疑；广告、闲聊、卖家这类词仍然算。
        """
        heard = {
            self._words[index] for index, _, _ in self._matcher.find_matches_as_indexes(prepared, overlapping=True)
        }
        silencing = {word for group in self._groups if group.silences for word in heard.intersection(group.words)}
        expected = {word for word in silencing if word in match.also or match.names(word)}
        doubtful = not match.speaks_up or silencing != expected
        pieces = tuple((word, match.scenario, 1.0) for word in (*match.needed, *match.also))
        return Recognition(match.scenario, 1.0, not doubtful, lambda: pieces, doubtful, by_keywords=True)

    def _fitted(self, prepared: str, present: Iterable[str]) -> list[tuple[str, tuple[float, ...]]]:
        """拟合出来的小权重里，这句话用得上的：单字、两字连写，和成对的词组。"""
        grams, pairs = self._signals.fitted.grams, self._signals.fitted.pairs
        found = [(gram, grams[gram]) for gram in grams_of(prepared) if gram in grams]
        found += [(pair, pairs[pair]) for pair in pairs_of(present) if pair in pairs]
        return found

    def _fired_groups(self, text: str) -> dict[int, str]:
        """词组编号 → 出现的词；完全落在遮盖词里面的不算。"""
        matches = self._matcher.find_matches_as_indexes(text, overlapping=True)
        reach = _mask_reach([(start, end) for index, start, end in matches if not self._owners[index]], len(text))
        fired: dict[int, str] = {}
        for index, start, end in matches:
            if self._owners[index] and end > reach[start]:
                for number in self._owners[index]:
                    fired[number] = max(fired.get(number, ""), self._words[index], key=len)
        return fired

    def _pairings_in(self, present: AbstractSet[str]) -> Iterator[tuple[str, Pairing]]:
        """这几组词里成立的搭配，和它给人看的名字。"""
        for needed, unwanted, named, pairing in self._pairings:
            if needed <= present and unwanted.isdisjoint(present):
                yield named, pairing

    def _small_pieces(
        self, fitted: Iterable[tuple[str, Sequence[float]]], best: str
    ) -> tuple[tuple[str, str, float], ...]:
        """单字、两字和成对的词组里影响够大的，给 ``best`` 和“都不是”的分量；大的在前。"""
        labels = self._signals.fitted.labels
        shown = [(labels.index(label), label) for label in dict.fromkeys((best, NONE)) if label in labels]
        pieces = [
            (piece, label, weights[place])
            for piece, weights in fitted
            for place, label in shown
            if abs(weights[place]) > _SHOWN_GRAM
        ]
        return _strongest_first(pieces)

    def _totals(self, added: Iterable[dict[str, float]], fitted: Iterable[Sequence[float]]) -> dict[str, float]:
        totals: dict[str, float] = {label: self._signals.bias.get(label, 0.0) for label in self._labels}
        for weights in added:
            for label, weight in weights.items():
                totals[label] += weight
        for label, column in zip(self._signals.fitted.labels, zip(*fitted, strict=True), strict=False):
            totals[label] += sum(column)
        return totals


def _mask_reach(masks: list[tuple[int, int]], length: int) -> list[int]:
    """每个位置上，从它或更早开始的遮盖词最远盖到哪里；一遍算完，免得逐对比较。"""
    reach = [0] * (length + 1)
    for start, end in masks:
        reach[start] = max(reach[start], end)
    for position in range(1, length + 1):
        reach[position] = max(reach[position], reach[position - 1])
    return reach


def _index(signals: Signals) -> tuple[list[str], list[tuple[int, ...]]]:
    """全部词，以及每个词属于哪几组；遮盖词哪组都不属于。"""
    owners: dict[str, list[int]] = {word: [] for word in signals.masks}
    for number, group in enumerate(signals.groups):
        for word in group.words:
            owners.setdefault(word, []).append(number)
    return list(owners), [tuple(numbers) for numbers in owners.values()]


def _softmax(totals: dict[str, float], label: str) -> float:
    top = max(totals.values())
    return math.exp(totals[label] - top) / sum(math.exp(total - top) for total in totals.values())


def _pieces(words: Iterable[tuple[str, Mapping[str, float]]], best: str) -> tuple[tuple[str, str, float], ...]:
    """每个词对结果的影响：支持“都不是”的按它给“都不是”的分量，其余按它给所选场景的分量；大的在前。"""
    labels = tuple(dict.fromkeys((best, NONE)))
    return _strongest_first(
        [(word, label, weight) for word, weights in words for label in labels if (weight := weights.get(label, 0.0))]
    )


def _strongest_first(pieces: Iterable[tuple[str, str, float]]) -> tuple[tuple[str, str, float], ...]:
    return tuple(sorted(pieces, key=lambda piece: -abs(piece[2])))

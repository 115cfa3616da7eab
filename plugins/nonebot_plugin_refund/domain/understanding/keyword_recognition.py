"""照场景自己写的词（``recognised_by``）听是不是它：三列词，全有全无，不打分。

只有写了这三列词的场景才用得上；一个也没有时这里什么都不做，识别和它的用时都与没有这回事一样。
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from ahocorasick_rs import AhoCorasick, MatchKind

from ...rulebook.scenario_models.models import Scenario
from .writing.text import normalise


class _Column(Enum):
    """词写在哪一列。"""

    NEEDED = "needs_one_of"
    ALSO = "and_one_of"
    UNLESS = "unless"


@dataclass(frozen=True, slots=True)
class KeywordMatch:
    """听出来的场景，和听见的词。"""

    scenario: str
    needed: tuple[str, ...]
    also: tuple[str, ...]
    speaks_up: bool
    """群里没人叫时，这个场景要不要主动接话。"""

    def names(self, word: str) -> bool:
        """``word`` 是不是少不了的那个词本身，或它的长短写法（抖音、抖音商城）。"""
        return any(word in needed or needed in word for needed in self.needed)


class KeywordRecogniser:
    """由各场景的 ``recognised_by`` 做成；线程间可共享。"""

    def __init__(self, scenarios: Iterable[Scenario]) -> None:
        self._scenarios = [(one.id, one.recognised_by) for one in scenarios if one.recognised_by]
        owners: dict[str, list[tuple[int, _Column]]] = {}
        for number, (_, written) in enumerate(self._scenarios):
            for column, words in (
                (_Column.NEEDED, written.needs_one_of),
                (_Column.ALSO, written.and_one_of),
                (_Column.UNLESS, written.unless),
            ):
                for word in words:
                    # 话先统一成半角、小写、简体再比，词也一样：写的人不必知道这件事
                    owners.setdefault(normalise(word), []).append((number, column))
        self._words = list(owners)
        self._owners = list(owners.values())
        self._matcher = AhoCorasick(self._words, matchkind=MatchKind.Standard)

    def __bool__(self) -> bool:
        """有没有场景写了这三列词。"""
        return bool(self._scenarios)

    def find(self, prepared: str) -> KeywordMatch | None:
        """听出一个场景；没有则为 ``None``。``prepared`` 是 :func:`~.writing.text.normalise` 过的话。

        几个场景都对得上时取听见的词最多的，一样多的取菜单上靠前的。
        """
        heard: dict[int, dict[_Column, dict[str, None]]] = {}
        for index, _, _ in self._matcher.find_matches_as_indexes(prepared, overlapping=True):
            for number, column in self._owners[index]:
                heard.setdefault(number, {}).setdefault(column, {})[self._words[index]] = None
        best: KeywordMatch | None = None
        for number in sorted(heard):
            columns = heard[number]
            if _Column.UNLESS in columns or _Column.NEEDED not in columns or _Column.ALSO not in columns:
                continue
            needed, also = tuple(columns[_Column.NEEDED]), tuple(columns[_Column.ALSO])
            if best is None or len(needed) + len(also) > len(best.needed) + len(best.also):
                scenario_id, written = self._scenarios[number]
                best = KeywordMatch(scenario_id, needed, also, written.speaks_up)
        return best

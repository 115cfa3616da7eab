"""一遍扫过，看出话里有几百个词里的哪些：一个个去找，一句话要找几百遍。"""

from collections.abc import Iterable
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

_Owner = TypeVar("_Owner")


class Words(Generic[_Owner]):
    """词和它的主人；做一次，反复用。

    Args:
        owned: （词，主人）一对一对；同一个词可以有几个主人。统一写法之后什么也不剩的（光一个表情）不算词。
    """

    def __init__(self, owned: Iterable[tuple[str, _Owner]]) -> None:
        by_word: dict[str, list[_Owner]] = {}
        for word, owner in owned:
            if word:
                by_word.setdefault(word, []).append(owner)
        self._owners = tuple(map(tuple, by_word.values()))
        self._matcher = AhoCorasick(list(by_word), matchkind=MatchKind.Standard)

    def are_in(self, text: str) -> bool:
        """有没有哪个词。"""
        return bool(self._matcher.find_matches_as_indexes(text))

    def owners_in(self, text: str) -> set[_Owner]:
        """话里有词的主人；盖住的、交叉的词都算。"""
        matches = self._matcher.find_matches_as_indexes(text, overlapping=True)
        return {owner for word, _, _ in matches for owner in self._owners[word]}

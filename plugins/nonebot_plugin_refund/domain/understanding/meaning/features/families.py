"""词族：意思相近的词归在一起，“驳回”“没批”“回绝”都是 refuse；没听过的说法靠它与听过的连上。

词写在 ``rulebook/content/meaning`` 的文字文件里，第一次用到时才读：
``families.txt`` 是退款的事，``danger-families.txt`` 是危险。
两个字以上的词也认同音的：“据绝”就是“拒绝”。
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from ...writing.text import normalise
from .sounds import sounds_of

REFUNDS = "families.txt"
DANGERS = "danger-families.txt"
_FIRST_LETTER, _NO_WORD = 0xE000, "\uf8ff"
"""代表读音的字符取自统一码的自用区，话里不会有；那一区的最后一个代表词里没有的音。"""
_LONGEST_BY_SOUND = 4
"""再长的词整个打成同音字的极少。"""


class Found(NamedTuple):
    """在话里认出的一个词。"""

    start: int
    end: int
    families: tuple[str, ...]
    """它属于哪几族，按名字的先后。"""


class _Matcher:
    """一次扫过，找出全部的词。"""

    def __init__(self, families: dict[str, set[str]]) -> None:
        self._families = [tuple(sorted(found)) for found in families.values()]
        self._matcher = AhoCorasick(list(families), matchkind=MatchKind.Standard)

    def found_in(self, text: str) -> dict[tuple[int, int], tuple[str, ...]]:
        """哪里到哪里是哪几族的词；盖住的、交叉的都算。"""
        matches = self._matcher.find_matches_as_indexes(text, overlapping=True)
        families = self._families
        return {(start, end): families[index] for index, start, end in matches}


@dataclass(frozen=True, slots=True)
class _Table:
    words: _Matcher
    sounds: _Matcher
    letter_of: dict[str, str]
    """一个音 → 代表它的一个字符；词里没有的音不在里面。"""

    def found_in(self, text: str) -> dict[tuple[int, int], tuple[str, ...]]:
        """哪里到哪里是哪几族的词：照字的先算，再算只是同音的。"""
        letter_of = self.letter_of
        spelled = "".join([letter_of.get(sound, _NO_WORD) for sound in sounds_of(text)])
        return self.sounds.found_in(spelled) | self.words.found_in(text)


def families_in(text: str, file: str = REFUNDS) -> tuple[tuple[Found, ...], frozenset[str]]:
    """一句统一写法的话里的词族：从左到右取最长的词排成一串；再加上所有认得出的族（长词里面的短词也算）。"""
    found = _every_word(text, file)
    return found.string, found.families


def families_within(text: str, part: str) -> frozenset[str]:
    """一句统一写法的话的一截里所有认得出的族：整句里认出来的词，全在这一截里的那些。"""
    found = _every_word(text, REFUNDS)
    if part == text:
        return found.families
    start = text.find(part)
    if start < 0:
        return families_in(part)[1]
    end = start + len(part)
    within = [families for (first, last), families in found.matches.items() if start <= first and last <= end]
    return frozenset(chain.from_iterable(within))


@dataclass(frozen=True, slots=True)
class _Words:
    matches: Mapping[tuple[int, int], tuple[str, ...]]
    string: tuple[Found, ...]
    families: frozenset[str]


@lru_cache(maxsize=64)
def _every_word(text: str, file: str) -> _Words:
    matches = _table(file).found_in(text)
    string: list[Found] = []
    reached = 0
    for start, low in sorted([(start, -end) for start, end in matches]):
        if start >= reached:
            string.append(Found(start, -low, matches[start, -low]))
            reached = -low
    return _Words(matches, tuple(string), frozenset(chain.from_iterable(matches.values())))


@cache
def _table(file: str) -> _Table:
    content = files("nonebot_plugin_refund.rulebook").joinpath("content", "meaning", file)
    by_word: dict[str, set[str]] = {}
    by_sound: dict[str, set[str]] = {}
    letter_of: dict[str, str] = {}
    for line in content.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        family, words = line.split(": ", 1)
        for word in map(normalise, words.split(" ")):
            by_word.setdefault(word, set()).add(family)
            if 2 <= len(word) <= _LONGEST_BY_SOUND:
                letters = (letter_of.setdefault(one, chr(_FIRST_LETTER + len(letter_of))) for one in sounds_of(word))
                by_sound.setdefault("".join(letters), set()).add(family)
    return _Table(_Matcher(by_word), _Matcher(by_sound), letter_of)

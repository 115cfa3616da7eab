"""词族：意思相近的词归在一起，“驳回”“没批”“回绝”都是 refuse；没听过的说法靠它与听过的连上。

词写在 ``rulebook/content/meaning`` 的文字文件里，第一次用到时才读：
``families.txt`` 是退款的事，``danger-families.txt`` 是危险。
两个字以上的词也认同音的：“据绝”就是“拒绝”。
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..text import normalise
from .sounds import sounds_of

REFUNDS = "families.txt"
DANGERS = "danger-families.txt"
_LONGEST_BY_SOUND = 4
"""再长的词整个打成同音字的极少。"""


@dataclass(frozen=True, slots=True)
class Found:
    """在话里认出的一个词。"""

    start: int
    end: int
    families: tuple[str, ...]
    """它属于哪几族，按名字的先后。"""


@dataclass(frozen=True, slots=True)
class _Table:
    by_word: dict[str, tuple[str, ...]]
    by_sound: dict[str, tuple[str, ...]]
    longest_from: dict[str, int]
    """以这个字开头的词最长几个字。"""
    longest_from_sound: dict[str, int]
    """以这个音开头的词最长几个字。"""

    def reach(self, character: str, sound: str) -> int:
        """从这个字起，最长要看几个字。"""
        return max(self.longest_from.get(character, 0), self.longest_from_sound.get(sound, 0))


def families_in(text: str, file: str = REFUNDS) -> tuple[tuple[Found, ...], frozenset[str]]:
    """一句统一写法的话里的词族：从左到右取最长的词排成一串；再加上所有认得出的族（长词里面的短词也算）。"""
    table = _table(file)
    sounds = sounds_of(text)
    string: list[Found] = []
    every: set[str] = set()
    reached = 0
    for start in range(len(text)):
        longest: Found | None = None
        for end in range(min(len(text), start + table.reach(text[start], sounds[start])), start, -1):
            families = _families(text, sounds, start, end, table)
            if families:
                every.update(families)
                longest = longest or Found(start, end, families)
        if longest is not None and start >= reached:
            string.append(longest)
            reached = longest.end
    return tuple(string), frozenset(every)


def _families(text: str, sounds: tuple[str, ...], start: int, end: int, table: _Table) -> tuple[str, ...]:
    found = table.by_word.get(text[start:end])
    if found is None and 2 <= end - start <= _LONGEST_BY_SOUND:
        found = table.by_sound.get(" ".join(sounds[start:end]))
    return found or ()


@cache
def _table(file: str) -> _Table:
    content = files("nonebot_plugin_refund.rulebook").joinpath("content", "meaning", file)
    by_word: dict[str, set[str]] = {}
    by_sound: dict[str, set[str]] = {}
    for line in content.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        family, words = line.split(": ", 1)
        for word in map(normalise, words.split(" ")):
            by_word.setdefault(word, set()).add(family)
            if 2 <= len(word) <= _LONGEST_BY_SOUND:
                by_sound.setdefault(" ".join(sounds_of(word)), set()).add(family)
    from_sound = ((sounds[0], len(sounds)) for sounds in (key.split(" ") for key in by_sound))
    return _Table(
        _sorted(by_word), _sorted(by_sound), _longest((word[0], len(word)) for word in by_word), _longest(from_sound)
    )


def _longest(lengths: Iterable[tuple[str, int]]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for start, length in lengths:
        longest[start] = max(length, longest.get(start, 0))
    return longest


def _sorted(table: dict[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(sorted(families)) for key, families in table.items()}

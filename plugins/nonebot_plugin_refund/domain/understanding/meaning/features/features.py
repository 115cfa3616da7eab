"""一句话的特征：字和字的读音连成的短串、词族、词族排成的串、每个小句的语气与谁做的。

特征分成几组，每组各有分量；一组里的特征越多，每一个越轻，长话短话才能放在一起比。
改了这里，权重就要重新训练（``python -m tools.train``）。
"""

import re
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar
from zlib import crc32

from ...moods import mood_reader
from ...writing.text import normalise
from .families import Found, families_in, families_within
from .sounds import sounds_of

if TYPE_CHECKING:
    from .together import Together
    from .vocabulary import Vocabulary

LONGEST = 160
"""只看前这么多个字：一句消息里要紧的话都在前面，耗时也有上限。"""
_WEIGHTS = {"c": 0.9, "p": 0.9, "k": 0.7, "s": 0.55, "t": 0.45, "m": 0.55, "d": 0.55}
"""各组的分量：字、音、词族、词族的串（两个、三个）、词族与旁边的字、语气。在没参加训练的写作者上比出来的。"""
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[a-z]+|.", re.DOTALL)
_MARKS = re.compile(r"[^\w?]")
_TELLING_NUMBERS = frozenset({"12315", "12345", "96110", "110", "120", "12377", "12321", "12318"})
_LONGEST_RUN, _LONGEST_SOUNDS = 4, 3
"""连着的字、音最多几个。"""
_Run = TypeVar("_Run")
_Token = TypeVar("_Token")


@dataclass(slots=True)
class Group:
    """一组特征：字、音、词族……各一组，组内分量相同；做好了就不再改。一句话要做几十个，所以不冻结：冻结的做一个要慢一倍。"""

    weight: float
    """这一组里每个特征的值：分量除以个数的平方根。"""
    hashes: "array[int]"
    """各个特征的散列，权重表里按它找。写成数组：最近几十句的几万个散列，垃圾回收不必一个个走过。"""
    places: "dict[Vocabulary, tuple[int, ...]]" = field(default_factory=dict[Any, Any], compare=False, repr=False)
    """在哪几张合用的表里找过，各找到了哪些。"""
    sums: "dict[Together, tuple[int, ...]]" = field(default_factory=dict[Any, Any], compare=False, repr=False)
    """在哪几张合成的表里加过，各加出多少。"""


@lru_cache(maxsize=64)
def features_of(text: str) -> tuple[Group, ...]:
    """一句话的特征；同一句话几个读法都要用，记住最近的几句。"""
    prepared = normalise(text, LONGEST)
    string, every = families_in(prepared)
    tokens = _tokens(prepared)
    groups = [
        ("c", _run_hashes("c", tokens, _LONGEST_RUN)),
        ("p", _run_hashes("p", sounds_of(tokens), _LONGEST_SOUNDS)),
        *[(mark, hashes_of(found)) for mark, found in _told_in(text, prepared, string, every).items()],
    ]
    return tuple([_group(_WEIGHTS[mark], hashes) for mark, hashes in groups if hashes])


def names_of(text: str) -> Iterator[tuple[float, tuple[str, ...]]]:
    """:func:`features_of` 的各组，特征写的是名字：看得懂、比得出变没变；训练、检查时用，慢几倍。"""
    prepared = normalise(text, LONGEST)
    string, every = families_in(prepared)
    tokens = _tokens(prepared)
    groups = {
        "c": _run_names("c", tokens, _LONGEST_RUN),
        "p": _run_names("p", sounds_of(tokens), _LONGEST_SOUNDS),
        **_told_in(text, prepared, string, every),
    }
    for mark, names in groups.items():
        if names:
            yield weight_of(_WEIGHTS[mark], len(names)), tuple(sorted(names))


def _told_in(text: str, prepared: str, string: Sequence[Found], every: frozenset[str]) -> dict[str, set[str]]:
    """词族和语气的几组，特征的名字。"""
    return {
        "k": {f"k{family}" for family in every},
        "s": _pairs(string),
        "t": _triples(string),
        "m": set(_beside(prepared, string)),
        "d": set(_moods(text, prepared)),
    }


def weight_of(weight: float, many: int) -> float:
    """一组里有这么多个特征，每一个的值。"""
    return weight / many**0.5


def hashes_of(names: Iterable[str]) -> "array[int]":
    """各个名字的散列。"""
    return array("I", map(crc32, map(str.encode, names)))


def group_of(weight: float, names: Collection[str]) -> Group:
    """起了名的特征合成一组。"""
    return _group(weight, hashes_of(names))


def _group(weight: float, hashes: "array[int]") -> Group:
    return Group(weight_of(weight, len(hashes)), hashes)


def _tokens(text: str) -> list[str]:
    """字；数只分大小，标点只记断开。"""
    tokens = ["^"]
    for found in _TOKEN.findall(text):
        if found[0].isdigit():
            tokens.append(_number(found))
        elif _MARKS.fullmatch(found):
            if tokens[-1] != "|":
                tokens.append("|")
        else:
            tokens.append(found)
    if tokens[-1] == "|":
        tokens.pop()
    return [*tokens, "$"]


def _number(digits: str) -> str:
    if digits in _TELLING_NUMBERS or len(digits) == 1:
        return digits
    return "##" if len(digits) == 2 else "###"


def _run_hashes(mark: str, tokens: Sequence[str], longest: int) -> "array[int]":
    """:func:`_run_names` 的散列：长一截的接着短一截的往下算，不把名字拼出来。"""
    after = [f" {token}".encode() for token in tokens]
    start = crc32(mark.encode())
    runs = [crc32(token[1:], start) for token in after]
    return array("I", _runs(runs, after, longest, crc32))


def _run_names(mark: str, tokens: Sequence[str], longest: int) -> set[str]:
    runs = [mark + token for token in tokens]
    return _runs(runs, [f" {token}" for token in tokens], longest, lambda token, run: run + token)


def _runs(
    runs: Sequence[_Run], after: Sequence[_Token], longest: int, join: Callable[[_Token, _Run], _Run]
) -> set[_Run]:
    """连着的一个到几个；单独的句首句末不算。"""
    found = set(runs[1:-1])
    for length in range(1, longest):
        runs = list(map(join, after[length:], runs))
        found.update(runs)
    return found


def _string(string: Sequence[Found], most: int) -> list[tuple[str, ...]]:
    return [("^",), *[families[:most] for _, _, families in string], ("$",)]


def _pairs(string: Sequence[Found]) -> set[str]:
    """挨着的两族，和隔着一族的两族。"""
    families = _string(string, 3)
    return {
        f"{mark}{one}>{other}"
        for distance, mark in ((1, "b"), (2, "g"))
        for first, second in zip(families, families[distance:], strict=False)
        for one in first
        for other in second
    }


def _triples(string: Sequence[Found]) -> set[str]:
    """挨着的三族。"""
    families = _string(string, 2)
    return {
        f"t{one}>{other}>{last}"
        for first, second, third in zip(families, families[1:], families[2:], strict=False)
        for one in first
        for other in second
        for last in third
    }


def _beside(text: str, string: Sequence[Found]) -> Iterator[str]:
    """一族和它旁边的字或另一族。"""
    before: tuple[str, ...] = ()
    reached = 0
    for start, end, families in string:
        tags = tuple([f"<{family}>" for family in families[:2]])
        if start > reached:
            yield from (f"m{tag}{text[reached]}" for tag in before)
            before = (text[start - 1],)
        yield from (f"m{one}{tag}" for one in before for tag in tags)
        before, reached = tags, end
    if reached < len(text):
        yield from (f"m{tag}{text[reached]}" for tag in before)


def _moods(text: str, prepared: str) -> Iterator[str]:
    """每个小句的语气、谁做的，和那一句里的词族。"""
    clauses = mood_reader().clauses(text[:LONGEST])
    for index, clause in enumerate(clauses):
        mood = f"d{clause.mood}"
        spoken = f"{mood}'" if clause.is_quoted else mood
        yield spoken
        yield f"{spoken}/{clause.actor}"
        if index == len(clauses) - 1:
            yield f"{spoken}$"
        yield from [f"{mood}~{family}" for family in families_within(prepared, clause.text)]

"""打听的话里的特征：字、读音连成的短串，词族，概念，和一句话里同时说到的两个概念。

概念写在 ``rulebook/content/meaning/topic-words.txt``：“多久”“几天”“时限”都是 how-long，“起诉”“打官司”都是 court，
合在一起就是在问官司要多久。只给听打听用，和训练过的权重无关，改了不必重新训练。
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations, pairwise

from ahocorasick_rs import AhoCorasick, MatchKind

from ...writing.text import normalise
from .families import families_in
from .sounds import sounds_of

_WEIGHTS = {"1": 1.3, "2": 1.0, "3": 0.6, "s": 0.5, "f": 2.0, "k": 7.0, "p": 3.0}
"""各组有多重，按名字的第一个字：一个到三个字、两个音、词族、概念、一对概念。"""
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[a-z]+|[^\W_]")


def features_in(prepared: str) -> set[str]:
    """一句统一写法的话里的特征；第一个字是哪一组。"""
    tokens = _TOKEN.findall(prepared)
    sounds = sounds_of(tokens)
    concepts = concepts_in(prepared)
    found = {f"1{token}" for token in tokens}
    found.update([f"2{one} {other}" for one, other in pairwise(tokens)])
    found.update([f"3{one} {other} {last}" for one, other, last in zip(tokens, tokens[1:], tokens[2:], strict=False)])
    found.update([f"s{one} {other}" for one, other in pairwise(sounds)])
    found.update([f"f{family}" for family in families_in(prepared)[1]])
    found.update([f"k{concept}" for concept in concepts])
    found.update([f"p{one}+{other}" for one, other in combinations(concepts, 2)])
    return found


def weight_of(feature: str) -> float:
    """一个特征所在的那一组有多重。"""
    return _WEIGHTS[feature[0]]


def concepts_in(prepared: str) -> tuple[str, ...]:
    """说到的概念，按写在文件里的先后。"""
    table = _concepts()
    found = {
        place
        for word, _, _ in table.matcher.find_matches_as_indexes(prepared, overlapping=True)
        for place in table.owners[word]
    }
    return tuple(table.names[place] for place in sorted(found))


@dataclass(frozen=True, slots=True)
class _Concepts:
    names: tuple[str, ...]
    owners: tuple[tuple[int, ...], ...]
    """每个词是哪几个概念的，按概念在文件里的先后。"""
    matcher: AhoCorasick


@cache
def _concepts() -> _Concepts:
    content = files("nonebot_plugin_refund.rulebook").joinpath("content", "meaning", "topic-words.txt")
    lines = [line for line in content.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    split = [line.split(": ", 1) for line in lines]
    owners: dict[str, list[int]] = {}
    for place, (_, words) in enumerate(split):
        for word in dict.fromkeys(map(normalise, words.split(" "))):
            owners.setdefault(word, []).append(place)
    matcher = AhoCorasick(list(owners), matchkind=MatchKind.Standard)
    return _Concepts(tuple(name for name, _ in split), tuple(map(tuple, owners.values())), matcher)

"""词表里的概念：孩子就是儿子、闺女、娃、崽……，说法里写 ``<孩子>拿我手机``，读入时换成每一种。"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from pydantic import Field, model_validator

from ..scenario_models.base_models import Id, Strict, Text, Word

_MENTION = re.compile(r"<([^<>]{1,12})>")

MOST_SAYINGS = 400
"""一条说法最多换成这么多种；再多就是把概念写得太宽，或一句里套了太多个。"""


class Concept(Strict):
    """一个概念，和人们叫它的各种词。"""

    id: Id
    name: Text
    """在说法里怎么写，如 ``孩子``，写成 ``<孩子>``。"""
    words: tuple[Word, ...] = Field(min_length=1)
    """都算它的词：简体、小写、半角。"""


class Lexicon(Strict):
    """``lexicon.yaml`` 的形状。"""

    concepts: tuple[Concept, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> "Lexicon":
        names = [concept.name for concept in self.concepts]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"概念“{'、'.join(twice)}”写了两遍")
        return self


def mentioned_concepts(saying: str) -> tuple[str, ...]:
    """一条说法里用到的概念的名字，按先后。"""
    return tuple(_MENTION.findall(saying))


def spelled_out(saying: str, words: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """把说法里的概念换成每一种词；``words`` 是概念的名字到词。

    Raises:
        KeyError: 没有这个概念。
        ValueError: 换出来超过 :data:`MOST_SAYINGS` 种。
    """
    names = mentioned_concepts(saying)
    if not names:
        return (saying,)
    choices = [words[name] for name in names]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > MOST_SAYINGS:
        raise ValueError(f"“{saying}”会换成 {count} 种说法，最多 {MOST_SAYINGS} 种")
    pieces = _MENTION.split(saying)[::2]
    return tuple(_joined(pieces, chosen) for chosen in product(*choices))


def all_spelled_out(sayings: Iterable[str], words: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """一列说法全部换好，重复的只留一个，次序不变。抛出的错误同 :func:`spelled_out`。"""
    return tuple(dict.fromkeys(said for saying in sayings for said in spelled_out(saying, words)))


def _joined(pieces: list[str], chosen: tuple[str, ...]) -> str:
    return "".join(_interleaved(pieces, chosen))


def _interleaved(pieces: list[str], chosen: tuple[str, ...]) -> Iterator[str]:
    for piece, word in zip(pieces, chosen, strict=False):
        yield piece
        yield word
    yield pieces[-1]

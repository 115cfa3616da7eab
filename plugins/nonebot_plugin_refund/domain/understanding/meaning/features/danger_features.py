"""听危险用的特征：一般的特征之外，再加危险的词族和它们怎样排在一起，和隔着几个字的两个字。

动手的词后面跟着身上的伤、吃了之后跟着难受，才是危险；同样的字排在玩笑、商品、剧情里就不是。
隔着几个字的两个字（“停了华法林，脚紫了”的停和紫）说的是没有归进词族的词怎样排在一起。
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from ...writing.text import normalise
from .families import DANGERS, families_in
from .features import LONGEST, Group, features_of, group_of, names_of, weight_of

_ALONE = 0.8
_BESIDE = 1.0
_TOGETHER = 0.8
_APART = 0.8
"""各组的分量：词族、挨着的词族、同在一句里的词族、隔着几个字的两个字。"""
_DISTANCES = (2, 3, 4, 5)
"""两个字隔多远才算；挨着的在一般的特征里。"""
_MOST = 12
"""一句话里只看前这么多个词族怎样搭配。"""


@lru_cache(maxsize=16)
def danger_features_of(text: str) -> tuple[Group, ...]:
    """一句话听危险用的特征。"""
    return (*features_of(text), *(group_of(weight, names) for weight, names in _dangers_in(text)))


def danger_names_of(text: str) -> Iterator[tuple[float, tuple[str, ...]]]:
    """:func:`danger_features_of` 的各组，特征写的是名字，见 :func:`~.features.names_of`。"""
    yield from names_of(text)
    for weight, names in _dangers_in(text):
        yield weight_of(weight, len(names)), tuple(sorted(names))


def _dangers_in(text: str) -> list[tuple[float, set[str]]]:
    """危险的词族和它们怎样排在一起：各组的分量和特征的名字，没有的组不在里面。"""
    said = normalise(text, LONGEST).replace(" ", "")
    string, _ = families_in(said, DANGERS)
    found = [family for word in string for family in word.families[:2]]
    groups = [
        (_ALONE, {f"z{family}" for family in found}),
        (_BESIDE, set(_beside(["^", *found, "$"]))),
        (_TOGETHER, set(_together(list(dict.fromkeys(found[:_MOST]))))),
        (_APART, {f"w{one}_{other}" for far in _DISTANCES for one, other in zip(said, said[far:], strict=False)}),
    ]
    return [(weight, names) for weight, names in groups if names]


def _beside(found: list[str]) -> Iterator[str]:
    """挨着的两族、三族，和隔着一族的两族。"""
    yield from (f"y{first}>{second}" for first, second in pairwise(found))
    for first, second, third in zip(found, found[1:], found[2:], strict=False):
        yield f"yg{first}>{third}"
        yield f"yt{first}>{second}>{third}"


def _together(found: list[str]) -> Iterator[str]:
    """同在一句里的两族，不论远近，照先后。"""
    for index, first in enumerate(found):
        yield from (f"x{first}&{second}" for second in found[index + 1 :])

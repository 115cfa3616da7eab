"""没有训练过的问题：照选项的名称、别名和例句来比，像哪一句就是哪个选项。

和训练过的用同样的特征，从第一条说法起就能用；比不出来就是没有在答。
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from ....rulebook.scenario_models.models import Question
from .features.features import Group, features_of
from .linear import softmax
from .scored import NONE, UNSURE

_SHARPNESS = 0.08
"""像的程度相差这么多，把握就差 e 倍。"""
_STRANGE = 0.30
"""和哪一句都不到这么像，就是没有在答。"""
_UNSURE_SAYINGS = (
    "不清楚", "不知道", "不记得了", "忘了", "说不好", "不太确定", "没注意", "不懂这个", "搞不清", "没印象",
)  # fmt: skip
_YES_SAYINGS = ("是", "是的", "有", "对", "嗯", "有的", "可以", "确实是")
_NO_SAYINGS = ("不是", "没有", "没", "否", "不", "没有的事", "从来没有")


@dataclass(frozen=True, slots=True)
class _Sayings:
    """一个问题的各句说法，倒排：特征在哪几句里、有多重。"""

    answers: tuple[str, ...]
    """每句说法是哪个答案。"""
    postings: dict[int, tuple[tuple[int, float], ...]]


def by_examples(question: Question, text: str) -> dict[str, float]:
    """各个答案、``unsure``、``not-an-answer`` 的把握，加起来是 1。"""
    sayings = _sayings(_phrases(question))
    likeness = [0.0] * len(sayings.answers)
    for key, weight in _unit(features_of(text)).items():
        for index, other in sayings.postings.get(key, ()):
            likeness[index] += weight * other
    best = dict.fromkeys(sayings.answers, 0.0)
    for answer, value in zip(sayings.answers, likeness, strict=True):
        best[answer] = max(best[answer], value)
    best[NONE] = _STRANGE
    return dict(zip(best, softmax(list(best.values()), _SHARPNESS), strict=True))


def _phrases(question: Question) -> tuple[tuple[str, str], ...]:
    """（说法，答案），一对一对。"""
    if question.options:
        answers = [(said, option.id) for option in question.options for said in (option.label, *option.aliases)]
    else:
        answers = [*((said, "yes") for said in _YES_SAYINGS), *((said, "no") for said in _NO_SAYINGS)]
    return (*answers, *((said, UNSURE) for said in _UNSURE_SAYINGS))


@lru_cache(maxsize=128)
def _sayings(phrases: tuple[tuple[str, str], ...]) -> _Sayings:
    postings: dict[int, list[tuple[int, float]]] = {}
    for index, (said, _) in enumerate(phrases):
        for key, weight in _unit(features_of(said)).items():
            postings.setdefault(key, []).append((index, weight))
    return _Sayings(tuple(answer for _, answer in phrases), {key: tuple(found) for key, found in postings.items()})


def _unit(groups: tuple[Group, ...]) -> dict[int, float]:
    """特征的值，缩到长度为 1。"""
    values = {key: group.weight for group in groups for key in group.hashes}
    length = math.sqrt(sum(value * value for value in values.values()))
    return {key: value / length for key, value in values.items()} if length else {}

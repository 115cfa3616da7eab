"""没有训练过的问题：照选项的名称、别名和写下的例句来比，像哪一项的几句就是哪一项。

两句话像不像，一半看字、音、词族，一半看大意（:mod:`.gist`）；每句例句该拉向哪一项、拉多重，在头一次问到时由例句自己解出来，
几项都有的说法拉不动谁。从第一条例句起就能用；什么也不像的，就是没有在答。
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ....rulebook.scenario_models.models import Question
from ....rulebook.wording_models.spoken import load_spoken
from .features.features import Group, features_of
from .gist import Gists
from .linear import softmax
from .scored import NONE, UNSURE

_SHARPNESS = 0.15
"""分数相差这么多，把握就差 e 倍；在随包的题上各取一个人写的几句、念别人写的话，校出来的。"""
_BY_WORDS, _BY_GIST = 1.0, 0.5
_SLACK = 0.3
"""越大，越不信单独一句例句。"""
_MOST = 160
"""一题至多看这么多句例句：头一次问到时要解的，随它的立方变多。"""


_YES_OR_NO = 12
"""“是”和“否”各看这么多句：整句就是它们的，另有读法。"""


@dataclass(frozen=True, slots=True)
class _Fitted:
    """一个问题解好的样子：每个特征、大意的每一处，各把每个答案加减多少分。"""

    answers: tuple[str, ...]
    """各个答案，``unsure`` 和没有在答在后面。"""
    features: dict[int, tuple[float, ...]]
    gists: Gists
    gist_pulls: tuple[tuple[float, ...], ...]
    """一行一个答案。"""

    def scores(self, text: str) -> list[float]:
        """各个答案多少分。"""
        own = self.gists.apart(text)
        totals = [sum(map(float.__mul__, own, pulls)) for pulls in self.gist_pulls]
        for key, weight in _unit(features_of(text)).items():
            if (pulls := self.features.get(key)) is not None:
                totals = [total + weight * pull for total, pull in zip(totals, pulls, strict=True)]
        return totals


def by_examples(question: Question, text: str) -> dict[str, float]:
    """各个答案、``unsure``、``not-an-answer`` 的把握，加起来是 1。"""
    fitted = _fitted(_phrases(question))
    return dict(zip(fitted.answers, softmax(fitted.scores(text), _SHARPNESS), strict=True))


def prepare(question: Question) -> None:
    """先解好，头一个答这题的人不必等。"""
    _fitted(_phrases(question))


def _phrases(question: Question) -> tuple[tuple[str, str], ...]:
    """（说法，答案），一对一对。"""
    spoken = load_spoken()
    if question.options:
        most = _MOST // len(question.options)
        answers = [(said, option.id) for option in question.options for said in (option.label, *option.aliases)[:most]]
    else:
        answers = [
            *((said, "yes") for said in spoken.answers.yes[:_YES_OR_NO]),
            *((said, "no") for said in spoken.answers.no[:_YES_OR_NO]),
        ]
    unsure = [(said, UNSURE) for said in spoken.not_knowing]
    return (*answers, *unsure, *((said, NONE) for said in spoken.not_answering))


@lru_cache(maxsize=128)
def _fitted(phrases: tuple[tuple[str, str], ...]) -> _Fitted:
    texts, owners = zip(*phrases, strict=True)
    answers = tuple(dict.fromkeys(owners))
    words = [_unit(features_of(said)) for said in texts]
    gists = Gists(texts)
    pulls = _solved(
        _likeness(words, gists.known, owners), [[float(answer == own) for answer in answers] for own in owners]
    )
    features: dict[int, list[float]] = {}
    for own, pull in zip(words, pulls, strict=True):
        for key, weight in own.items():
            before = features.setdefault(key, [0.0] * len(answers))
            features[key] = [total + _BY_WORDS * weight * each for total, each in zip(before, pull, strict=True)]
    gist_pulls = [
        [_BY_GIST * sum(map(float.__mul__, column, place)) for place in zip(*gists.known, strict=True)]
        for column in zip(*pulls, strict=True)
    ]
    return _Fitted(answers, {key: tuple(pull) for key, pull in features.items()}, gists, tuple(map(tuple, gist_pulls)))


def _likeness(
    words: Sequence[Mapping[int, float]], gists: Sequence[Sequence[float]], owners: Sequence[str]
) -> list[list[float]]:
    """每两句例句各像多少；自己和自己还要加上那句的余地。"""
    table = [[0.0] * len(words) for _ in words]
    for index, (own, gist, slack) in enumerate(zip(words, gists, _slacks(owners), strict=True)):
        for other in range(index + 1):
            shared = own.keys() & words[other].keys()
            by_words = sum([own[key] * words[other][key] for key in shared])
            near = _BY_WORDS * by_words + _BY_GIST * sum(map(float.__mul__, gist, gists[other]))
            table[index][other] = table[other][index] = near
        table[index][index] += slack
    return table


def _slacks(owners: Sequence[str]) -> list[float]:
    """例句多的答案，每一句少信一点：合起来各答案一样重。"""
    counts = [owners.count(owner) for owner in owners]
    mean = sum(1 / count for count in counts) / len(counts)
    return [_SLACK * mean * count for count in counts]


def _solved(table: list[list[float]], wanted: list[list[float]]) -> list[list[float]]:
    """解 ``table · x = wanted``；``table`` 对称、主元都大于零，照次序消去就行。"""
    size = len(table)
    rows = [[*left, *right] for left, right in zip(table, wanted, strict=True)]
    for place in range(size):
        pivot = rows[place][place:]
        for below in range(place + 1, size):
            if factor := rows[below][place] / pivot[0]:
                rows[below][place:] = [
                    value - factor * above for value, above in zip(rows[below][place:], pivot, strict=True)
                ]
    solved: list[list[float]] = [[] for _ in range(size)]
    for place in reversed(range(size)):
        total = rows[place][size:]
        for later in range(place + 1, size):
            factor = rows[place][later]
            total = [value - factor * known for value, known in zip(total, solved[later], strict=True)]
        solved[place] = [value / rows[place][place] for value in total]
    return solved


def _unit(groups: tuple[Group, ...]) -> dict[int, float]:
    """特征的值，缩到长度为 1。"""
    values = {key: group.weight for group in groups for key in group.hashes}
    length = math.sqrt(sum(value * value for value in values.values()))
    return {key: value / length for key, value in values.items()} if length else {}

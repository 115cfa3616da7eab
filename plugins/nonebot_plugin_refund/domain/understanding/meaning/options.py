"""听一个问题的答案：选的是哪个选项，是还是否，几个里有哪几个；或者不清楚，或者根本没在答这个问题。

问题自己的字不算数，只看答的话。随包的场景有训练好的权重；操作者自己的场景、改过选项的问题，照名称、别名和写下的例句来比。
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from ....rulebook.derived.once import once_for_each
from ....rulebook.scenario_models.models import Question, QuestionKind, Scenario
from ..writing.pieces import pieces_of
from .examples import by_examples, prepare
from .features.features import features_of
from .linear import Head
from .scored import NONE, UNSURE, Scored, likeliest_first
from .weights import OPTIONS, labels_in, weights_of

_YES_NO = frozenset({"yes", "no"})
_CHOSEN = 0.45
"""多选题里，一个选项到这么多就算选了。"""
_MOST_PIECES = 8
"""一句话最多拆成这么多小句来看，耗时有上限。"""


@dataclass(frozen=True, slots=True)
class Several:
    """多选题听到的。"""

    chosen: tuple[Scored, ...]
    """选了的，把握大的在前。"""
    left: tuple[Scored, ...]
    """没选的，把握大的在前。"""
    unsure: float
    none: float


def read_option(scenario_id: str, question: Question, text: str) -> tuple[Scored, ...]:
    """单选题的答案：各个选项、``unsure``、``not-an-answer``，把握大的在前，加起来是 1。"""
    head = trained_head(scenario_id, question)
    if head is None:
        return likeliest_first(by_examples(question, text))
    return _likeliest(f"{scenario_id}/{question.id}", text)


@lru_cache(maxsize=256)
def _likeliest(head: str, text: str) -> tuple[Scored, ...]:
    """同一句话几种听法都要问，一句话还要问好几题，记住最近的。"""
    return likeliest_first(weights_of(OPTIONS).heads[head].probabilities(features_of(text)))


def prepare_untrained(scenarios: Iterable[Scenario], stopping: Callable[[], bool] = lambda: False) -> None:
    """没有学过的单选题先解好：启动时在线程里做，免得头一个来答的人等；``stopping`` 是要停机了没有。"""
    for scenario in scenarios:
        for question in scenario.questions:
            if stopping():
                return
            if question.kind is QuestionKind.CHOICE and not _is_trained(scenario.id, question):
                prepare(question)


def read_multi(scenario_id: str, question: Question, text: str) -> Several:
    """多选题的答案。“以上都没有”这类只能单独选：它最像，就只有它。"""
    head = trained_head(scenario_id, question)
    chances = by_examples(question, text) if head is None else _whole_and_pieces(head, text)
    options = {option.id: chances.get(option.id, 0.0) for option in question.options}
    exclusive = {option.id for option in question.options if option.exclusive}
    scored = likeliest_first(options)
    if scored[0].id in exclusive:
        chosen = scored[:1] if scored[0].score >= _CHOSEN else ()
    else:
        chosen = tuple(one for one in scored if one.score >= _CHOSEN and one.id not in exclusive)
    left = tuple(one for one in scored if one not in chosen)
    return Several(chosen, left, chances.get(UNSURE, 0.0), chances.get(NONE, 0.0))


def _whole_and_pieces(head: Head, text: str) -> dict[str, float]:
    """整句的把握，和最像的那一小句的把握，各算一半：几样一起说时，一小句常常只说一样。"""
    whole = head.chances(features_of(text))
    pieces = pieces_of(text)
    if len(pieces) < 2:
        return whole
    apart = [head.chances(features_of(piece)) for piece in pieces[:_MOST_PIECES]]
    return {label: (chance + max(one[label] for one in apart)) / 2 for label, chance in whole.items()}


def trained_head(scenario_id: str, question: Question) -> Head | None:
    """训练过的、选项还是那几个的权重；没有就是 ``None``。"""
    return weights_of(OPTIONS).heads[f"{scenario_id}/{question.id}"] if _is_trained(scenario_id, question) else None


def _is_trained(scenario_id: str, question: Question) -> bool:
    """训练过，选项还是那几个；只看有没有，启动时不为它把权重都读进来。"""
    labels = labels_in(OPTIONS).get(f"{scenario_id}/{question.id}")
    return labels is not None and _answers_of(question) == _answers_in(labels)


@once_for_each(1024)
def _answers_of(question: Question) -> frozenset[str]:
    return frozenset(option.id for option in question.options) or _YES_NO


@lru_cache(maxsize=256)
def _answers_in(labels: tuple[str, ...]) -> frozenset[str]:
    return frozenset(labels) - {UNSURE, NONE}

"""留出一份写作者：用其余的人训练，在他们写的话上打分。"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from nonebot_plugin_refund.rulebook.scenario_models.models import QuestionKind

from .answers import fit_answers, targets
from .associations import Associations, associations_in
from .calibrating import Held
from .corpus import Alarm, News, Purpose, Reply, events_of, questions
from .fitting import Fitted
from .happenings import fit_events, fit_moods
from .purposes import fit_danger, fit_intents

_FOLDS = 5
_NEVER = 50.0
"""减去这么多分，就等于不可能。"""


@dataclass(frozen=True, slots=True)
class Part:
    """留出一份写作者：他们以外的人写的话，和由那些话数出来的、哪些字和哪些意思在一起。"""

    kept_out: frozenset[str]
    replies: list[Reply]
    news: list[News]
    purposes: list[Purpose]
    associations: Associations


def parts_of(replies: Sequence[Reply], news: Sequence[News], purposes: Sequence[Purpose]) -> list[Part]:
    """写作者分成几份，每次留出一份。"""
    writers = sorted({one.writer for one in (*replies, *news)})
    return [_part(frozenset(writers[start::_FOLDS]), replies, news, purposes) for start in range(_FOLDS)]


def _part(
    kept_out: frozenset[str], replies: Sequence[Reply], news: Sequence[News], purposes: Sequence[Purpose]
) -> Part:
    told = [one for one in replies if one.writer not in kept_out]
    happened = [one for one in news if one.writer not in kept_out]
    others = [one for one in purposes if one.writer not in kept_out]
    return Part(kept_out, told, happened, others, associations_in(told, happened, others))


def single_choice_heads(replies: Sequence[Reply]) -> list[str]:
    """有例句的单选题和是非题。"""
    heads = sorted({reply.head for reply in replies})
    return [head for head in heads if questions()[head].kind is not QuestionKind.MULTI]


def held_answers(parts: Iterable[Part], replies: Sequence[Reply]) -> list[tuple[str, list[Reply], Held]]:
    """每一份、每个问题一个；那一份里没有人写过的问题没有。"""
    found: list[tuple[str, list[Reply], Held]] = []
    for part in parts:
        for head in single_choice_heads(part.replies):
            left = [one for one in replies if one.head == head and one.writer in part.kept_out]
            if not left:
                continue
            fitted = fit_answers(head, part.replies, part.news, part.purposes, part.associations)
            right = targets([one.answers for one in left], fitted.labels)
            found.append((head, left, Held(fitted.labels, fitted.scores([one.text for one in left]), right)))
    return found


def held_events(parts: Iterable[Part], news: Sequence[News]) -> list[tuple[list[News], Held]]:
    """每一份一个：只看报告了什么的话。"""
    told = [one for one in news if one.events]
    return [
        held
        for part in parts
        for held in _held(part, told, partial(fit_events, associations=part.associations), lambda one: one.events)
    ]


def held_moods(parts: Iterable[Part], news: Sequence[News]) -> list[tuple[list[News], Held]]:
    """每一份一个：报告还是哪种语气。"""
    return [held for part in parts for held in _held(part, news, fit_moods, lambda one: (one.mood,))]


def within(held: Held, left: Sequence[News]) -> Held:
    """只在那个场景会发生的事里比：案件是哪个场景总是知道的。"""
    scores = held.scores.copy()
    for row, one in enumerate(left):
        possible = frozenset[str]().union(*(events_of()[scenario] for scenario in one.scenarios))
        if possible:
            scores[row, [index for index, label in enumerate(held.labels) if label not in possible]] = -_NEVER
    return Held(held.labels, scores, held.right)


def _held(
    part: Part,
    news: Sequence[News],
    fitting: Callable[[Sequence[News]], Fitted],
    wanted: Callable[[News], tuple[str, ...]],
) -> Iterator[tuple[list[News], Held]]:
    fitted = fitting([one for one in news if one.writer not in part.kept_out])
    left = [one for one in news if one.writer in part.kept_out and set(wanted(one)) & set(fitted.labels)]
    if left:
        right = targets([wanted(one) for one in left], fitted.labels)
        yield left, Held(fitted.labels, fitted.scores([one.text for one in left]), right)


def held_purposes(
    purposes: Sequence[Purpose], news: Sequence[News], alarms: Sequence[Alarm]
) -> tuple[list[Held], list[Held]]:
    """想做什么、危险各一份：这些话还只有一个人写，所以隔着留出五分之一。"""
    folds = [purposes[start::_FOLDS] for start in range(_FOLDS)]
    intents: list[Held] = []
    danger: list[Held] = []
    for left in folds[:1]:
        rest = [one for fold in folds if fold is not left for one in fold]
        told = [one for one in left if one.intent]
        fitted = fit_intents(rest, news)
        right = targets([(one.intent,) for one in told], fitted.labels)
        intents.append(Held(fitted.labels, fitted.scores([one.text for one in told]), right))
        fitted = fit_danger(rest, news, alarms)
        right = targets([(one.danger,) for one in left], fitted.labels)
        danger.append(Held(fitted.labels, fitted.scores([one.text for one in left]), right))
    return intents, danger

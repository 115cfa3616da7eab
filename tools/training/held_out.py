"""留出一个写作者：用其余的人训练，在他写的话上打分。"""

from collections.abc import Callable, Sequence

from nonebot_plugin_refund.rulebook.scenario_models.models import QuestionKind

from .answers import fit_answers, targets
from .calibrating import Held
from .corpus import News, Purpose, Reply, events_of, questions
from .fitting import Fitted
from .happenings import fit_events, fit_moods
from .purposes import fit_danger, fit_intents

_FOLDS = 5
_NEVER = 50.0
"""减去这么多分，就等于不可能。"""


def single_choice_heads(replies: Sequence[Reply]) -> list[str]:
    """有例句的单选题和是非题。"""
    heads = sorted({reply.head for reply in replies})
    return [head for head in heads if questions()[head].kind is not QuestionKind.MULTI]


def held_answers(
    replies: Sequence[Reply], news: Sequence[News], purposes: Sequence[Purpose]
) -> list[tuple[str, list[Reply], Held]]:
    """每个问题、每个写作者一份；只有一个人写过的问题没有。"""
    found: list[tuple[str, list[Reply], Held]] = []
    for head in single_choice_heads(replies):
        writers = sorted({reply.writer for reply in replies if reply.head == head})
        if len(writers) < 2:
            continue
        for writer in writers:
            fitted = fit_answers(head, [reply for reply in replies if reply.writer != writer], news, purposes)
            left = [reply for reply in replies if reply.head == head and reply.writer == writer]
            right = targets([reply.answers for reply in left], fitted.labels)
            found.append((head, left, Held(fitted.labels, fitted.scores([reply.text for reply in left]), right)))
    return found


def held_events(news: Sequence[News]) -> list[tuple[list[News], Held]]:
    """每个写过事件的写作者一份：只看报告了什么的话。"""
    return _held(news, fit_events, lambda one: one.events, lambda one: bool(one.events))


def held_moods(news: Sequence[News]) -> list[tuple[list[News], Held]]:
    """每个写作者一份：报告还是哪种语气。"""
    return _held(news, fit_moods, lambda one: (one.mood,), lambda one: True)


def within(held: Held, left: Sequence[News]) -> Held:
    """只在那个场景会发生的事里比：案件是哪个场景总是知道的。"""
    scores = held.scores.copy()
    for row, one in enumerate(left):
        possible = frozenset[str]().union(*(events_of()[scenario] for scenario in one.scenarios))
        if possible:
            scores[row, [index for index, label in enumerate(held.labels) if label not in possible]] = -_NEVER
    return Held(held.labels, scores, held.right)


def _held(
    news: Sequence[News],
    fitting: Callable[[Sequence[News]], Fitted],
    wanted: Callable[[News], tuple[str, ...]],
    counts: Callable[[News], bool],
) -> list[tuple[list[News], Held]]:
    found: list[tuple[list[News], Held]] = []
    for writer in sorted({one.writer for one in news if counts(one)}):
        fitted = fitting([one for one in news if one.writer != writer])
        left = [one for one in news if one.writer == writer and set(wanted(one)) & set(fitted.labels)]
        if not left:
            continue
        right = targets([wanted(one) for one in left], fitted.labels)
        found.append((left, Held(fitted.labels, fitted.scores([one.text for one in left]), right)))
    return found


def held_purposes(
    purposes: Sequence[Purpose], news: Sequence[News], look_alikes: Sequence[str]
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
        fitted = fit_danger(rest, news, look_alikes)
        right = targets([(one.danger,) for one in left], fitted.labels)
        danger.append(Held(fitted.labels, fitted.scores([one.text for one in left]), right))
    return intents, danger

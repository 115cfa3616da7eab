"""答话的头：每个选择题、是非题、多选题一个。

选择题和是非题拟合两次，分数取平均：一次只看字，一次再看这些字在别处的例句里多半是什么意思，例句里也添上
一句话答了两题的。两次错的不是同一些话，平均之后哪次的错都说得没那么满。
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from random import Random
from zlib import crc32

import numpy as np

from nonebot_plugin_refund.domain.understanding.meaning.scored import NONE, UNSURE
from nonebot_plugin_refund.rulebook.scenario_models.models import QuestionKind

from .associations import Associations
from .corpus import News, Purpose, Reply, questions
from .fitting import Fitted, fit, mean
from .matrices import Floats

PENALTY = 1e-5
_OTHER_REPLIES = 300
"""别的问题的答话，拿来当“没有在答”的例子：这么多句。"""
_OTHER_NEWS = 100
_OTHER_UNSURE = 100
_OTHER_WEIGHT = 0.1
"""别处拿来的例子各算十分之一句。"""
_BESIDE = 400
"""访谈中途说的别的（出价、要看什么、另一件事、闲聊）拿来当“没有在答”：这么多句。"""
_BESIDE_WEIGHT = 0.25
_JOINED = 1200
"""一句话里答了这一题、也答了同一个场景的另一题：拼起来这么多句，答案还是这一题的。"""
_JOINED_ELSEWHERE = 300
"""答的是同一个场景别的两题：拼起来这么多句，没有在答这一题。"""
_JOINED_WEIGHT = 0.25
_BETWEEN = ("，", " ", "。", "")
_BESIDE_INTENTS = frozenset({"offered", "command", "new-matter", "talk", "undo"})


@dataclass(frozen=True, slots=True)
class _Example:
    """一句例句，答的是什么，算几句。"""

    text: str
    answers: tuple[str, ...]
    weight: float = 1.0


def fit_answers(
    head: str,
    replies: Sequence[Reply],
    news: Sequence[News],
    purposes: Sequence[Purpose],
    associations: Associations,
) -> Fitted:
    """拟合一个问题的头；``replies`` 是全部问题的答话，``purposes`` 是后续的话，``associations`` 由它们数出来。"""
    plain = _examples(head, replies, news, purposes)
    if questions()[head].kind is QuestionKind.MULTI:
        return _fitted(plain, independent=True)
    joined = [_Example(text, answers, _JOINED_WEIGHT) for text, answers in _joined(head, replies)]
    return mean(_fitted(plain), _fitted([*plain, *joined], associations=associations))


def _examples(head: str, replies: Sequence[Reply], news: Sequence[News], purposes: Sequence[Purpose]) -> list[_Example]:
    """这一题的答话、选项的名称和别名，和没有在答这一题的话。"""
    named = [(said, (option.id,)) for option in questions()[head].options for said in (option.label, *option.aliases)]
    others = [*_others(head, replies, news), *_neighbours(head, {said for said, _ in named})]
    return [
        *(_Example(reply.text, reply.answers) for reply in replies if reply.head == head),
        *(_Example(text, answers) for text, answers in named),
        *(_Example(text, answers, _OTHER_WEIGHT) for text, answers in others),
        *(_Example(text, (NONE,), _BESIDE_WEIGHT) for text in _said_beside(head, purposes)),
    ]


def _fitted(
    examples: Sequence[_Example], *, independent: bool = False, associations: Associations | None = None
) -> Fitted:
    labels = sorted({answer for one in examples for answer in one.answers})
    return fit(
        [one.text for one in examples],
        targets([one.answers for one in examples], labels),
        labels,
        penalty=PENALTY,
        weights=np.array([one.weight for one in examples], dtype=np.float32),
        independent=independent,
        associations=associations,
    )


def targets(wanted: Sequence[Sequence[str]], labels: Sequence[str]) -> Floats:
    """对的那几列是 1。"""
    column = {label: index for index, label in enumerate(labels)}
    table = np.zeros((len(wanted), len(labels)), dtype=np.float32)
    for row, answers in enumerate(wanted):
        for answer in answers:
            if answer in column:
                table[row, column[answer]] = 1
    return table


def _others(head: str, replies: Sequence[Reply], news: Sequence[News]) -> list[tuple[str, tuple[str, ...]]]:
    """别的问题的答话和案件消息，当作没有在答；别的问题的“不清楚”也是不清楚。每次抽到的都一样。"""
    chance = Random(crc32(head.encode()))
    elsewhere = [reply for reply in replies if reply.head != head]
    unsure = [reply.text for reply in elsewhere if reply.answers == (UNSURE,)]
    answering = [reply.text for reply in elsewhere if reply.answers != (UNSURE,)]
    told = [one.text for one in news]
    return [
        *((text, (NONE,)) for text in _sample(chance, answering, _OTHER_REPLIES)),
        *((text, (NONE,)) for text in _sample(chance, told, _OTHER_NEWS)),
        *((text, (UNSURE,)) for text in _sample(chance, unsure, _OTHER_UNSURE)),
    ]


def _joined(head: str, replies: Sequence[Reply]) -> list[tuple[str, tuple[str, ...]]]:
    """这一题的答话和同一个场景别的题的答话拼成一句，哪句在前都有；别的两题的拼起来，还是没有在答。每次拼的都一样。"""
    chance = Random(crc32(f"joined {head}".encode()))
    scenario = head.partition("/")[0]
    own = [reply for reply in replies if reply.head == head and NONE not in reply.answers]
    others = [
        reply.text
        for reply in replies
        if reply.head != head and reply.head.partition("/")[0] == scenario and not {NONE, UNSURE} & set(reply.answers)
    ]
    if not own or not others:
        return []
    first = [(reply.text, reply.answers) for reply in chance.choices(own, k=_JOINED)]
    first += [(text, (NONE,)) for text in chance.choices(others, k=_JOINED_ELSEWHERE)]
    return [(_together(chance, text, chance.choice(others)), answers) for text, answers in first]


def _together(chance: Random, *said: str) -> str:
    """几句话随便哪句在前，拼成一句。"""
    return chance.choice(_BETWEEN).join(chance.sample(said, len(said)))


def _said_beside(head: str, purposes: Sequence[Purpose]) -> list[str]:
    """后续的话里明明不是在答题的，每次抽到的都一样。"""
    chance = Random(crc32(f"beside {head}".encode()))
    texts = [one.text for one in purposes if one.intent in _BESIDE_INTENTS and not one.is_opening]
    return _sample(chance, texts, _BESIDE)


def _neighbours(head: str, named: AbstractSet[str]) -> list[tuple[str, tuple[str, ...]]]:
    """同一个场景里别的问题的选项和别名，当作没有在答：人会把前面答过的再说一遍。自己的选项里也有的不算。"""
    scenario = head.partition("/")[0]
    said = {
        phrase
        for other, question in questions().items()
        if other != head and other.partition("/")[0] == scenario
        for option in question.options
        for phrase in (option.label, *option.aliases)
    }
    return [(phrase, (NONE,)) for phrase in sorted(said - named)]


def _sample(chance: Random, texts: Sequence[str], most: int) -> list[str]:
    return chance.sample(texts, min(most, len(texts)))

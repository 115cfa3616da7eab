"""答话的头：每个选择题、是非题、多选题一个。"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from random import Random
from zlib import crc32

import numpy as np

from nonebot_plugin_refund.domain.understanding.meaning.scored import NONE, UNSURE
from nonebot_plugin_refund.rulebook.scenario_models.models import QuestionKind

from .corpus import News, Purpose, Reply, questions
from .fitting import Fitted, Floats, fit

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
_BESIDE_INTENTS = frozenset({"offered", "command", "new-matter", "talk", "undo"})


def fit_answers(head: str, replies: Sequence[Reply], news: Sequence[News], purposes: Sequence[Purpose]) -> Fitted:
    """拟合一个问题的头；``replies`` 是全部问题的答话，``purposes`` 是后续的话。"""
    question = questions()[head]
    multi = question.kind is QuestionKind.MULTI
    own = [reply for reply in replies if reply.head == head]
    named = [(said, (option.id,)) for option in question.options for said in (option.label, *option.aliases)]
    others = [*_others(head, replies, news), *_neighbours(head, {said for said, _ in named})]
    beside = [(text, (NONE,)) for text in _said_beside(head, purposes)]
    examples = [*((reply.text, reply.answers) for reply in own), *named, *others, *beside]
    labels = sorted({answer for _, answers in examples for answer in answers})
    each = [1.0] * (len(own) + len(named)) + [_OTHER_WEIGHT] * len(others) + [_BESIDE_WEIGHT] * len(beside)
    weights = np.array(each, dtype=np.float32)
    return fit(
        [text for text, _ in examples],
        targets([answers for _, answers in examples], labels),
        labels,
        penalty=PENALTY,
        weights=weights,
        independent=multi,
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

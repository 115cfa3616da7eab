"""想做什么的头，要机器人做哪一样的头，和危险的头。"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nonebot_plugin_refund.domain.understanding.meaning.features.danger_features import danger_features_of
from nonebot_plugin_refund.domain.understanding.meaning.purposes import DANGERS, HARMLESS, INTENT_IDS

from .answers import targets
from .corpus import Alarm, News, Purpose
from .fitting import Fitted, fit, fit_on_features
from .matrices import Floats

PENALTY = 1e-5
_DANGER_PENALTY = 3e-6
"""听危险的例句多，罚得轻些：一个没参加训练的人写的 900 句，误当成危险的一样多（0.012），听见的从 0.658 到 0.695。"""
_NEWS_STEP = 4
"""案件消息很多，隔几句取一句。"""
_LOOK_ALIKE = 1.5
_OTHERS = 0.3
"""听危险时，专写的看着像的话、别的话各有多要紧。"""
_OPENING_WEIGHT = 0.6
"""案子开着时，从头说一件事的多半是另一件事，也可能是把这件再说一遍。"""
_OPENING_STEP = 2
"""从头说的也很多，隔一句取一句：句数的平方占内存，也拖时间。"""
_INTENT_OF_MOOD = {"report": "reported", "question": "asked", "talk": "talk"}


@dataclass(frozen=True, slots=True)
class _Example:
    text: str
    label: str
    weight: float = 1.0


def fit_intents(purposes: Sequence[Purpose], news: Sequence[News]) -> Fitted:
    """后续的话想做什么。"""
    openings = [one for one in purposes if one.intent and one.is_opening][::_OPENING_STEP]
    others = [one for one in purposes if one.intent and not one.is_opening]
    examples = [
        *(_Example(one.text, one.intent) for one in others),
        *(_Example(one.text, one.intent, _OPENING_WEIGHT) for one in openings),
        *(_Example(one.text, _INTENT_OF_MOOD.get(one.mood, "remark")) for one in news[::_NEWS_STEP]),
    ]
    return _fitted(examples, sorted(INTENT_IDS))


def fit_commands(purposes: Sequence[Purpose]) -> Fitted:
    """已经知道是要机器人做什么的话，要它做的是哪一样。"""
    told = [one for one in purposes if one.command]
    return _fitted([_Example(one.text, one.command) for one in told], sorted({one.command for one in told}))


def fit_danger(purposes: Sequence[Purpose], news: Sequence[News], alarms: Sequence[Alarm]) -> Fitted:
    """危险是哪一种；别的话都是不危险的，``alarms`` 是只用来听危险的话。

    专为听危险写的例句要紧；别的话里偶尔也带着危险，又没有标出来，所以轻得多。
    """
    told = {one.writer for one in purposes if one.danger != HARMLESS}
    about_danger = [*(one for one in purposes if one.writer in told), *alarms]
    others = [one.text for one in purposes if one.writer not in told]
    examples = [
        *(_Example(one.text, one.danger, _LOOK_ALIKE if one.danger == HARMLESS else 1.0) for one in about_danger),
        *(_Example(text, HARMLESS, _OTHERS) for text in (*others, *(one.text for one in news))),
    ]
    labels = sorted((*DANGERS, HARMLESS))
    return fit_on_features(
        [one.text for one in examples],
        targets([(one.label,) for one in examples], labels),
        labels,
        penalty=_DANGER_PENALTY,
        weights=_weights_of(examples),
        reading=danger_features_of,
    )


def _fitted(examples: Sequence[_Example], labels: Sequence[str]) -> Fitted:
    return fit(
        [one.text for one in examples],
        targets([(one.label,) for one in examples], labels),
        labels,
        penalty=PENALTY,
        weights=_weights_of(examples),
    )


def _weights_of(examples: Sequence[_Example]) -> Floats:
    return np.array([one.weight for one in examples], dtype=np.float32)

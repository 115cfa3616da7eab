"""想做什么的头，和危险的头。"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nonebot_plugin_refund.domain.understanding.meaning.purposes import DANGERS, HARMLESS, INTENT_IDS

from .answers import targets
from .corpus import News, Purpose
from .fitting import Fitted, fit

PENALTY = 1e-5
_NEWS_STEP = 2
"""案件消息很多，隔一句取一句。"""
_OPENING_WEIGHT = 0.3
"""案子开着时，从头说一件事的多半是另一件事，也可能是把这件再说一遍。"""
_INTENT_OF_MOOD = {"report": "reported", "question": "asked", "talk": "talk"}


@dataclass(frozen=True, slots=True)
class _Example:
    text: str
    label: str
    weight: float = 1.0


def fit_intents(purposes: Sequence[Purpose], news: Sequence[News]) -> Fitted:
    """后续的话想做什么。"""
    examples = [
        *(_Example(one.text, one.intent, _OPENING_WEIGHT if one.is_opening else 1.0) for one in purposes if one.intent),
        *(_Example(one.text, _INTENT_OF_MOOD.get(one.mood, "remark")) for one in news[::_NEWS_STEP]),
    ]
    return _fitted(examples, sorted(INTENT_IDS))


def fit_danger(purposes: Sequence[Purpose], news: Sequence[News]) -> Fitted:
    """危险是哪一种；别的话都是不危险的。"""
    examples = [
        *(_Example(one.text, one.danger) for one in purposes if one.danger),
        *(_Example(one.text, HARMLESS, 0.3) for one in news[::_NEWS_STEP]),
    ]
    return _fitted(examples, sorted((*DANGERS, HARMLESS)))


def _fitted(examples: Sequence[_Example], labels: Sequence[str]) -> Fitted:
    return fit(
        [one.text for one in examples],
        targets([(one.label,) for one in examples], labels),
        labels,
        penalty=PENALTY,
        weights=np.array([one.weight for one in examples], dtype=np.float32),
    )

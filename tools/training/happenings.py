"""案件消息的两个头：说的是哪件事；是不是在说发生了的事。"""

from collections.abc import Sequence

import numpy as np

from nonebot_plugin_refund.domain.understanding.meaning.news import MOODS, REPORT

from .answers import targets
from .associations import Associations
from .corpus import News, rulebook
from .fitting import Fitted, fit, mean

PENALTY = 1e-5


def fit_events(news: Sequence[News], associations: Associations) -> Fitted:
    """说的是哪件事：只用报告了什么的，加上目录里的叫法和说法；拟合两次取平均（:mod:`tools.training.answers`）。"""
    examples = [*((one.text, one.events) for one in news if one.events), *_sayings()]
    labels = sorted({event for _, events in examples for event in events})
    texts = [text for text, _ in examples]
    wanted = targets([events for _, events in examples], labels)
    weights = np.ones(len(examples), dtype=np.float32)
    plain = fit(texts, wanted, labels, penalty=PENALTY, weights=weights)
    return mean(plain, fit(texts, wanted, labels, penalty=PENALTY, weights=weights, associations=associations))


def fit_moods(news: Sequence[News]) -> Fitted:
    """报告还是哪种语气。"""
    labels = sorted((REPORT, *MOODS))
    return fit(
        [one.text for one in news],
        targets([(one.mood,) for one in news], labels),
        labels,
        penalty=PENALTY,
        weights=np.ones(len(news), dtype=np.float32),
    )


def _sayings() -> list[tuple[str, tuple[str, ...]]]:
    """目录里的叫法和说法；几件事都这么说的，哪件都算对。"""
    events = {event.id: event for scenario in rulebook().scenarios for event in scenario.events}
    found: dict[str, set[str]] = {}
    for event in events.values():
        for said in (event.label, *event.said):
            found.setdefault(said, set()).add(event.id)
    return [(said, tuple(sorted(ids))) for said, ids in sorted(found.items())]

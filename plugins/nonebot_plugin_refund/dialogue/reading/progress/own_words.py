"""列着几件请他选时说了一整句，却没有那一件自己的字：不照列着的硬记，先问一句。"""

from collections.abc import Callable
from dataclasses import replace

from ....domain.understanding.writing.text import normalise, shared_run
from ....rulebook.derived.stage_view import ReportableEvent
from ..context import Context
from ..intents import Band, Reading, Reported
from ..utterance import Utterance
from .told_pieces import BANDS, likely_in

_A_SENTENCE = 10
"""比这还长的是一整句，不是照着列出来的回一声。"""
_OWN_RUN = 2
"""和那件的名称、说法有这么多个连着的字一样，就是在说它。"""


def in_its_words(event: ReportableEvent, text: str) -> bool:
    """话里有那件事的名称、说法里连着的两个字。"""
    said = normalise(text)
    return any(shared_run(normalise(phrase), said) >= _OWN_RUN for phrase in (event.label, *event.said))


def ask_unless_in_its_words(
    context: Context, utterance: Utterance, news: Reading, *, means_else: Callable[[], bool]
) -> Reading:
    """一整句、没有那一件的字，又听不太准或更像别的意思（``means_else``）：记之前先问。"""
    first = news.first
    if not isinstance(first, Reported) or not first.sure or len(utterance.word) <= _A_SENTENCE:
        return news
    if news.score >= BANDS.record and not means_else():
        return news
    event = next(
        (
            one
            for matter in context.matters
            for one in likely_in(matter)
            if (matter.code, one.id) == (first.case, first.event)
        ),
        None,
    )
    if event is None or in_its_words(event, utterance.raw):
        return news
    return replace(news, intents=(replace(first, sure=False), *news.intents[1:]), band=Band.CONFIRM)

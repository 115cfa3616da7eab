"""访谈里先应一声、再说进展（“嗯嗯 客服拒了”“行 我刚去申请了”）：应的那一声不是在答题。"""

from dataclasses import replace

from ....domain.understanding.writing.text import trim_punctuation
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..answering.answers import is_plainly_answering
from ..context import Context
from ..intents import Reading
from ..utterance import Utterance
from .early_news import read_early_news, read_maybe_news
from .early_offers import read_early_offer

_SPOKEN = load_spoken()
_NODS = frozenset((*_SPOKEN.acknowledge, *_SPOKEN.assenting))
_LEAST_LEFT = 4


def read_acknowledged(context: Context, utterance: Utterance) -> Reading | None:
    """去掉先应的那一声，剩下的明明是一件进展、一个出价；在答正问着的那一题的为空。"""
    if context.open_question is None:
        return None
    first, _, rest = utterance.text.partition(" ")
    if len(rest) < _LEAST_LEFT or trim_punctuation(first) not in _NODS:
        return None
    told = Utterance(rest)
    if is_plainly_answering(context, told):
        return None
    found = read_early_offer(context, told) or read_early_news(context, told) or read_maybe_news(context, told)
    if found is None or not isinstance(found.first, (intents.EarlyNews, intents.EarlyOffered)):
        return None
    return replace(found, explain=(*found.explain, "先应了一声"))

"""说的是一种处境，不是进展：“马桶装上了 寄不回去”“民警说不立案”，照手册里的一种打听答，听成的进展先问。"""

import re
from dataclasses import replace

from ....domain.understanding.moods import Mood
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..context import Context
from ..intents import Band, Reading
from ..progress.told_in_turn import read_told_news
from ..utterance import Utterance

_PLIGHTS = load_spoken().matters.plights
_ANY = re.compile("|".join(re.escape(word) for plight in _PLIGHTS for word in plight.words))
_NOT_SO = frozenset({Mood.IF, Mood.PLAN})


def read_plight(context: Context, utterance: Utterance) -> Reading | None:
    """办着一件案件，说了一种处境；在问的、假设的由打听去答；听着也像一步进展的，一并问是不是。"""
    if not context.matters or context.open_question is not None or _ANY.search(utterance.text) is None:
        return None
    topic = _told(context, utterance.text)
    if topic is None or utterance.asks or utterance.moods & _NOT_SO:
        return None
    asked = intents.Asked(topic, utterance.raw)
    news = read_told_news(context, utterance)
    first = news.first if news is not None else None
    if news is None or not isinstance(first, intents.Reported) or not first.sure:
        return Reading((asked,), Band.RECORD, 0.7, ("说的是一种处境",))
    report = replace(first, sure=False, then="", earlier=())
    return replace(news, intents=(asked, report), band=Band.CONFIRM)


def _told(context: Context, text: str) -> str | None:
    for plight in _PLIGHTS:
        at_hand = not plight.scenarios or any(matter.scenario.id in plight.scenarios for matter in context.matters)
        if not at_hand or not any(word in text for word in plight.words) or any(word in text for word in plight.unless):
            continue
        if not plight.along or any(word in text for word in plight.along):
            return plight.topic
    return None

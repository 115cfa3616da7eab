"""案件：对方要证件、要他写一份东西，问给不给、签不签：先答；是不是要补材料，由他另说。"""

import re

from ....domain.understanding.writing.listed_words import either, has_any
from ....rulebook.wording_models.spoken import load_spoken
from ..context import Context
from ..intents import Asked, Band, Reading
from ..utterance import Utterance
from .topics import hear_topic

_WORDS = load_spoken().whether_to_give
_GIVING = either(_WORDS.giving)
_WHETHER = re.compile(
    rf"(?P<word>{_GIVING})[不没](?P=word)|{either(_WORDS.may)}{_GIVING}[^ ,。;]{{0,4}}(?:吗|不|么|嘛)?[?!]{{0,2}}$"
)
_LEAST = 0.45


def read_whether_to_give(context: Context, utterance: Utterance) -> Reading | None:
    """问的是手册里有的哪一种才给出听法。"""
    if context.open_question is not None or not context.matters:
        return None
    said = utterance.text
    if _WHETHER.search(said) is None or not has_any(said, _WORDS.wanted) or has_any(said, _WORDS.formal):
        return None
    heard = hear_topic(context, utterance, surely_asking=True)
    if heard is None or heard.score < _LEAST or not (heard.id or heard.alike):
        return None
    asked = Asked(heard.id, utterance.raw, heard.offered, alike=heard.alike)
    return Reading((asked,), Band.RECORD, heard.score, ("问给不给、签不签",))

"""放在一边的那一问（“要改吗”“换不换”）：他先说了别的，隔几句才回“改”“换”，照样算数。

只认这几个字：光一个“是”“好”，应的多半是眼前的话。
"""

from ....rulebook.wording_models.spoken import load_spoken
from .. import awaits, intents
from ..context import Context
from ..intents import Reading
from ..utterance import Utterance

_SPOKEN = load_spoken()
_AMEND = frozenset(_SPOKEN.amend)
_SWITCH = frozenset(_SPOKEN.switch)
_ASSENTING = frozenset(_SPOKEN.assenting)
_LONGEST = 10


def says_amend(utterance: Utterance) -> bool:
    """整句就是要改：“改”“是的 改一下”。"""
    said = utterance.word.split() if len(utterance.word) <= _LONGEST else []
    return bool(said) and said[-1] in _AMEND and all(word in _AMEND or word in _ASSENTING for word in said)


def read_set_aside(context: Context, utterance: Utterance) -> Reading | None:
    """隔了几句才回的“改”“不改”“换”。"""
    asked = context.set_aside.asked if context.set_aside is not None else None
    if asked is None or utterance.asks or len(utterance.word) > _LONGEST:
        return None
    if isinstance(asked, awaits.ConfirmChange):
        keeps = "no" if utterance.word.startswith(_SPOKEN.keeping) else None
        value = "yes" if says_amend(utterance) else keeps
    elif isinstance(asked, awaits.ConfirmReport):
        return None
    else:
        value = "switch" if utterance.word in _SWITCH else None
    return None if value is None else Reading((intents.Chosen(asked, value, utterance.raw),), explain=("回先前的一问",))

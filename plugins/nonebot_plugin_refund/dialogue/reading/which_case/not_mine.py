"""案件：刚说了别人的那件，补一句说的是谁（“不是我 是我室友”）：什么都不改，应一声。"""

import re

from ....domain.understanding.writing.listed_words import either
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import normalise
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..context import Context
from ..intents import Band, Reading
from ..utterance import Utterance

_NOT_ME = re.compile(r"(?:这个?|那个?|说的)?(?:可)?不是(?:说)?(?:我|俺)(?:的|自己|自己的|这个|这单|这件|那单|那件)?")
_THEIRS = re.compile(
    rf"(?:我)?(?:说的?|讲的?)?是?(?:我|俺)?(?:的)?{either(load_spoken().people.acquaintances)}"
    r"(?:的|他|她|自己){0,2}(?:那|这)?(?:个|单|件)?"
)


def read_not_mine(context: Context, utterance: Utterance) -> Reading | None:
    """一截说不是我，一截说是哪个朋友、同学；还说了别的为空。"""
    if context.open_question is not None or not context.matters or utterance.asks:
        return None
    pieces = [normalise(piece) for piece in pieces_of(utterance.raw)]
    denied = [piece for piece in pieces if _NOT_ME.fullmatch(piece)]
    theirs = [piece for piece in pieces if piece not in denied and _THEIRS.fullmatch(piece)]
    if not denied or not theirs or len(denied) + len(theirs) < len(pieces):
        return None
    return Reading((intents.Talk(intents.TalkKind.OTHERS, utterance.raw),), Band.RECORD, 0.8, ("说的是别人那件",))

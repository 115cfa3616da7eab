"""“你看看这图”“我发你张照片 你瞅瞅”：整句只请它看图，没答什么、没说什么。"""

import re

from ....domain.understanding.writing.listed_words import either
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..awaits import PickEvidence
from ..context import Context
from ..intents import Band, Reading
from ..utterance import Utterance

_WORDS = load_spoken().look_at
_LOOK, _PICTURE = re.compile(either(_WORDS.look)), re.compile(either(_WORDS.pictures))
_ONLY = re.compile(rf"(?:{either((*_WORDS.look, *_WORDS.pictures, *_WORDS.around))}|[ ,，。.!?？！~])++")
_PROOF = re.compile(r"照片|视频|截图|录屏|凭证|证据|检测")
"""问的就是有没有图、有没有凭证。"""
_LONGEST = 24


def read_look_at(context: Context, utterance: Utterance) -> Reading | None:
    """手头有事时才听；话里还有别的字的不是。"""
    if context.spoken_of is None or len(utterance.text) > _LONGEST or utterance.is_bare:
        return None
    if isinstance(context.awaits, PickEvidence) or _asks_for_proof(context):
        return None
    said = utterance.text
    if _LOOK.search(said) is None or _PICTURE.search(said) is None or _ONLY.fullmatch(said) is None:
        return None
    return Reading((intents.Talk(intents.TalkKind.LOOK_AT),), Band.RECORD, 0.8, ("请它看图",))


def _asks_for_proof(context: Context) -> bool:
    """正问着手里有没有凭证：“拍了照片 你看”就是有。"""
    opened = context.open_question
    return opened is not None and _PROOF.search(opened.question.text) is not None

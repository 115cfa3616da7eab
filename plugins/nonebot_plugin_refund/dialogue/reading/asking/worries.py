"""访谈里的担心、万一（“那平台要是不理咋办”“我怕要不回来”）：不是在答题，听准了问的是哪种就答，答完题还开着。"""

import re

from ....domain.understanding.moods import Mood
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.yesno import says_yes_or_no_first
from ....rulebook.scenario_models.models import QuestionKind
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..context import Context, is_plainly_another
from ..intents import Band, Reading
from ..utterance import Utterance
from .topics import hear_topic

THEY_REFUSE = "if-they-refuse"
"""手册里的一种打听：他们不理、不退怎么办。"""
_WORDS = load_spoken()
_ABOUT = _WORDS.worried_about
_FIRST = r"(?:[那就也又可我俺咱们哎唉诶哦但还真最主要是心里]|现在|一直|因为|所以|不过){0,8}+"
_WORRIES = re.compile(rf"{_FIRST}(?:{'|'.join(map(re.escape, _WORDS.worrying))})")
_FORESEEN = re.compile(r"(?:那我?|以后|往后|到时候|最后|我?不就|就)")
_INTERJECTION = 2
"""“哎”“可是”这样的一截，什么也没说。"""


def read_worry(context: Context, utterance: Utterance) -> Reading | None:
    """整句都是担心、假设、问：听得准的一种直接答，说的是对方不理、不退的答那一种，都不是的照问话办。"""
    opened = context.open_question
    if opened is None or utterance.is_bare or not _only_worries(utterance) or is_plainly_another(context, utterance):
        return None
    if opened.question.kind is QuestionKind.YESNO and says_yes_or_no_first(utterance.raw) is not None:
        return None  # “没，我怕麻烦一直拖着”：先答了
    heard = hear_topic(context, utterance, surely_asking=True)
    topic = None if heard is None else heard.id
    if topic is None and any(word in utterance.text for word in _ABOUT):
        topic = THEY_REFUSE
    offered = () if heard is None or topic is not None else heard.offered
    band = Band.CONFIRM if offered else Band.RECORD
    return Reading((intents.Asked(topic, utterance.raw, offered),), band, 0.7, ("在担心、在想万一",))


def _only_worries(utterance: Utterance) -> bool:
    """没有一截在说已经有了的事；至少有一截是担心、是假设。"""
    pieces = [piece for piece in pieces_of(utterance.raw) if len(piece) > _INTERJECTION or piece in _WORDS.at_once]
    asks = any(Utterance(piece).asks or piece.endswith(_WORDS.what_to_do) for piece in pieces)
    worried = False
    for piece in pieces:
        about = any(word in piece for word in _ABOUT)
        fears = _WORRIES.match(piece) is not None and (about or asks)
        supposes = Mood.IF in Utterance(piece).moods and (about or asks or piece.endswith("呢"))
        if fears or supposes:
            worried = True
            continue
        is_asked = Utterance(piece).asks or piece.endswith(_WORDS.what_to_do)
        if not (is_asked or _follows(piece, worried=worried)):
            return False
    return worried


def _follows(piece: str, *, worried: bool) -> bool:
    """跟着担心说的后果：“会不会拉黑我 以后买不了”。"""
    return worried and _FORESEEN.match(piece) is not None

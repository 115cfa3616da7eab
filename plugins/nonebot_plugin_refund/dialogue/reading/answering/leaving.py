"""访谈里说不问这个了、先放着：放下这场，答过的留着，想接着再说。"""

import re

from ....domain.understanding.controls import Control, ControlKind
from ....domain.understanding.moods import Mood, mood_reader
from ....domain.understanding.writing.listed_words import has_any
from ....domain.understanding.writing.pieces import pieces_of
from ....rulebook.scenario_models.event_models import Actor
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..context import Context
from ..intents import Band, Reading
from ..utterance import Utterance
from . import answers

_LEAVING = tuple(sorted(load_spoken().leaving, key=len, reverse=True))
_BACK = load_spoken().back_to_case
_SHORT = 12
"""要回去说先前那件的一句，至多这么长。"""
_MOST_BESIDE = 7
"""说放下的那一截里，别的字再多，说的多半是别的事（“想退的那件先放着没穿”）。"""
_FAMILY_SAYS = re.compile(
    r"^(?:我|俺|咱)?(?:爸妈?|妈|老公|老婆|媳妇|对象|爱人|家里人?|家人|爷爷|奶奶|外公|外婆)(?:他|她)?(?:也|都)?(?:说|讲|让我?|叫我?)"
)
"""家里人劝的也是要放下：“我爸说算了别折腾了”。"""
_ANOTHERS = ("让我", "叫我", "喊我", "说", "他", "她", "商家", "卖家", "客服", "老师", "主播", "平台")
"""说放下的那一截里有其中一个，是别人这么说、这么做的。"""


def read_leaving(context: Context, utterance: Utterance) -> Reading | None:
    """不问这个了（“货的不要问了 回到我的团购券”“打赏那个先放着 回头再说”）；别的几截在答题的照旧当回答。"""
    if context.open_question is None or utterance.is_bare or utterance.asks:
        return None
    if not (_goes_back_to_case(context, utterance) or _sets_aside(context, utterance)):
        return None
    return Reading((intents.Control(Control(ControlKind.QUIT)),), Band.RECORD, 0.8, ("不问这个了",))


def _goes_back_to_case(context: Context, utterance: Utterance) -> bool:
    if context.matters and len(utterance.word) <= _SHORT and has_any(utterance.text, _BACK):
        return True
    said = utterance.raw.upper().replace(" ", "")
    return any(f"回到{matter.code}" in said for matter in context.matters)


def _sets_aside(context: Context, utterance: Utterance) -> bool:
    every = pieces_of(utterance.raw)
    aside = [piece for piece in every if _is_aside(piece)]
    if not aside:
        return False
    rest = " ".join(piece for piece in every if piece not in aside)
    answered = answers.read_answer(context, Utterance(rest)) if rest else None
    return answered is None


def _is_aside(piece: str) -> bool:
    """这一截说的就是放下：是自己、家里人说的，没说别的什么。"""
    piece = _FAMILY_SAYS.sub("", piece)
    word = next((word for word in _LEAVING if word in piece), None)
    if word is None:
        return False
    beside = piece.replace(word, "", 1)
    if len(beside) > _MOST_BESIDE or any(other in beside for other in _ANOTHERS):
        return False
    clauses = mood_reader().clauses(piece)
    return all(clause.actor is Actor.ME and clause.mood is not Mood.QUESTION for clause in clauses)

"""光一个“是”“不是”：整句就是它才算，里面碰巧有“有”“了”的不算。"""

from ....rulebook.scenario_models.models import QuestionKind
from ....rulebook.wording_models.spoken import load_spoken
from ..context import Context
from ..utterance import Utterance
from .whether import says_whether

_SPOKEN = load_spoken()
_PLAINLY_YES = frozenset((*_SPOKEN.assenting, *_SPOKEN.undo_it))


def says_plainly(utterance: Utterance) -> str | None:
    """要撤、要改什么，只有明说的“是”才算；“有照片 没吃”里的“有”说的是别的。"""
    if all(word in _PLAINLY_YES for word in utterance.word.split()):
        return "yes"
    return "no" if says_whether(utterance) == "no" else None


def agrees_to_sole(context: Context, utterance: Utterance) -> bool:
    """只列了一项“你说的是……？”，回的是“对”；是非题里“是”就是那一题的回答。"""
    asked = context.open_question
    is_yesno = asked is None or asked.question.kind is QuestionKind.YESNO
    return not is_yesno and all(word in _SPOKEN.assenting for word in utterance.word.split())

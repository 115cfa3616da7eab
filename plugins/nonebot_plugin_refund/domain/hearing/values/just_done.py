"""问的是哪天，答的是刚做完：“行 我刚点了仅退款”“刚申请的”，就是今天。"""

import re
from datetime import datetime

from ....rulebook.derived.once import once_for_each
from ....rulebook.scenario_models.models import Question, QuestionKind
from ....rulebook.wording_models.spoken import load_spoken
from ...days.calendar import SHANGHAI
from ...interview.answers import Answer
from ...understanding.days.date_mentions import find_mentions
from ...understanding.writing.pieces import pieces_of
from ...understanding.writing.text import normalise

_WORDS = load_spoken()
_JUST = re.compile(r"(?<!不)刚(?:刚|才)?(?!好|说|讲|问|要|想|准备)")
_DENIED = re.compile(r"[没不未]")
_ANOTHER_TIME = re.compile(r"[周月号年昨前]|礼拜|星期|上[次回]")
"""说到了别的时候（“上周刚申请的”），今天不算。"""
_LONGEST = 40
_NEAR = 10
"""“刚”后面这么多个字以内说做了什么。"""


def just_done(question: Question, text: str, now: datetime) -> Answer | None:
    """刚做完的就是问的那件，别的日子一个也没说：今天；不是这样的为 ``None``。``now`` 带时区。"""
    said = normalise(text)
    if question.kind is not QuestionKind.DATE or "刚" not in said or len(said) > _LONGEST:
        return None
    today = now.astimezone(SHANGHAI)
    if _ANOTHER_TIME.search(said) is not None:
        return None
    if find_mentions(_JUST.sub(" ", said), today) or not any(_tells(question, piece) for piece in pieces_of(said)):
        return None
    return Answer(today.date())


def _tells(question: Question, piece: str) -> bool:
    just = _JUST.search(piece)
    if just is None or _DENIED.search(piece) or any(word in piece for word in question.not_heard_with):
        return False
    return any(word in piece[just.end() : just.end() + _NEAR] for word in _deeds(question))


@once_for_each(256)
def _deeds(question: Question) -> tuple[str, ...]:
    applies = any(word in question.heard_by for word in _WORDS.just_applied_for)
    return (*question.heard_by, *(_WORDS.just_applied if applies else ()))

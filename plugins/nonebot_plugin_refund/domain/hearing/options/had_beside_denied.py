"""问手里有哪样凭证的单选题：“鉴定没去做 手头就诊断证明”，别的几截都在说没有，只有一截说了有的，有的就是那一样。"""

import re

from ....rulebook.scenario_models.models import Question, QuestionKind
from ...understanding.meaning import NONE, UNSURE, read_option
from ...understanding.moods import mood_reader
from ...understanding.writing.pieces import pieces_of

_DENIES = re.compile(r"没|不|无|未|还差|来不及")
_SURELY = 0.9
"""说有的那一截单看，要这么像。"""
_LEAST_SAID = 3
_IN_HAND, _SEVERAL = "手里", 3


def _asks_which(question: Question) -> bool:
    """问的是手里有几样里的哪一样；只问够不够的（“照片太暗，看不出来”），没有的那截说的就是它。"""
    return _IN_HAND in question.text and len(question.options) >= _SEVERAL


def had_beside_denied(scenario_id: str, question: Question, text: str) -> str | None:
    """只有一截不在说没有，单看又听得准的那一样；不是这样的为 ``None``。"""
    pieces = [piece for piece in pieces_of(text) if len(piece) >= _LEAST_SAID]
    if question.kind is not QuestionKind.CHOICE or not _asks_which(question) or len(pieces) < 2:
        return None
    if mood_reader().is_question(text):
        return None
    had = [piece for piece in pieces if _DENIES.search(piece) is None]
    if len(had) != 1:
        return None
    best = read_option(scenario_id, question, had[0])[0]
    return best.id if best.id not in (NONE, UNSURE) and best.score >= _SURELY else None

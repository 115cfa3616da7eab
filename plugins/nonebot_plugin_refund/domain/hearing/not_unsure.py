"""选择题听成了“不清楚”，说的却不是不清楚：“不认识那个人”“大概十来天前收的”“客服说查不到这笔”。"""

import re

from ...rulebook.scenario_models.models import Question, QuestionKind, Scenario
from ...rulebook.wording_models.spoken import load_spoken
from ..understanding.moods import mood_reader
from ..understanding.writing.text import normalise
from .cues import has_value, says_another_event

_SPOKEN = load_spoken()
_NOT_SURE = tuple(word for word in _SPOKEN.answers.unsure if len(word) > 1 and any(mark in word for mark in "不没忘唔晓"))
_LONGEST = 16
_DID_IT = re.compile(r"[收到买付签寄充刷打交]的")
"""“十来天前收的”：说的是哪天做了什么。"""


def is_not_unsure(scenario: Scenario, question: Question, text: str) -> bool:
    """没有说不清楚的字，说的是一个人、别人怎么说、另一件事的日子。"""
    said = normalise(text)
    if question.kind is not QuestionKind.CHOICE or any(word in said for word in _NOT_SURE):
        return False
    quoted = any(clause.is_quoted for clause in mood_reader().clauses(text))
    if quoted or any(word in said for word in _SPOKEN.strangers):
        return True
    if len(said) > _LONGEST or not has_value(said):
        return False
    if _DID_IT.search(said) is not None:
        return True
    dated = (one for one in scenario.questions if one.kind is QuestionKind.DATE)
    return says_another_event(said) or any(word in said for one in dated for word in one.heard_by)

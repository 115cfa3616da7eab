"""改正：一句“其实是……”改的是答过的哪一题。只有一题对得上才算，拿不准就不改。"""

from datetime import datetime

from ..rulebook.models import Question, QuestionKind, Scenario
from .answers import Answer
from .cues import cued_answers
from .dialogue import Dialogue
from .interview import Misread
from .mentioned_options import mentions_in
from .picking import read_among

_VALUED = frozenset({QuestionKind.DATE, QuestionKind.AMOUNT, QuestionKind.NUMBER})


def corrected_answer(
    scenario: Scenario, dialogue: Dialogue, text: str, now: datetime
) -> tuple[Question, Answer] | None:
    """改的是哪一题、改成什么；对不上、几题都像为 ``None``。"""
    answered = [question for question in scenario.questions if question.id in dialogue.answers]
    cued = cued_answers(scenario, text, now)
    named = [question for question in answered if question.id in cued]
    if len(named) == 1:
        return named[0], cued[named[0].id]
    mentioned = {mention.question for mention in mentions_in(scenario, text)}
    fitting: list[tuple[Question, Answer]] = []
    for question in answered:
        choosing = question.kind not in _VALUED
        if choosing and question.id not in mentioned and question.short not in text:
            continue
        read = read_among(scenario, question, text, now)
        if not isinstance(read, Misread) and not read.is_unsure and read != dialogue.answers[question.id]:
            fitting.append((question, read))
    return fitting[0] if len(fitting) == 1 else None

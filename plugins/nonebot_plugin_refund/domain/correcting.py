"""改正：一句“其实是……”改的是答过的哪一题。只有一题对得上才算，拿不准就不改。"""

from collections.abc import Sequence
from datetime import datetime

from ..rulebook.models import Question, QuestionKind, Scenario
from .answers import Answer
from .cues import cued_answers
from .dialogue import Dialogue
from .interview import Misread
from .mentioned_options import mentions_in
from .picking import read_among
from .understanding.meaning import NONE, UNSURE, read_option
from .understanding.meaning.options import trained_head

_LAST, _EARLIER = 0.6, 0.85
"""改刚答的那一题、改更早的一题，各要有多大把握。"""
_CHOOSING = frozenset({QuestionKind.CHOICE, QuestionKind.YESNO})
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
    if fitting:
        return fitting[0] if len(fitting) == 1 else None
    return _learnt(scenario, dialogue, [question for question in answered if question.kind in _CHOOSING], text)


def _learnt(
    scenario: Scenario, dialogue: Dialogue, answered: Sequence[Question], text: str
) -> tuple[Question, Answer] | None:
    """由例句学来的听法：刚答的那一题像就是它；别的题要更像，而且只有一题像。"""
    last = [*dialogue.answers][-1:]
    fitting: list[tuple[Question, Answer]] = []
    for question in answered:
        if trained_head(scenario.id, question) is None:
            continue
        best = read_option(scenario.id, question, text)[0]
        if best.id in (NONE, UNSURE) or best.id == dialogue.answers[question.id].value:
            continue
        if question.id in last and best.score >= _LAST:
            return question, Answer(best.id)
        if best.score >= _EARLIER:
            fitting.append((question, Answer(best.id)))
    return fitting[0] if len(fitting) == 1 else None

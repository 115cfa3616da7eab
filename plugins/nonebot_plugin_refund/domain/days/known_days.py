"""两个日子都说了，“在几天以内吗”就不用再问：从一个数到另一个，数得清的直接算是。"""

from collections.abc import Iterable
from datetime import date

from ...rulebook.scenario_models.models import Question
from ..interview.answers import Answer, Answers


def answers_by_days(questions: Iterable[Question], days: Answers) -> dict[str, Answer]:
    """``questions`` 里能由说过的日子答出来的；``days`` 里不是日子的答案不看。"""
    found = ((question.id, _counted(question, days)) for question in questions)
    return {key: answer for key, answer in found if answer is not None}


def _counted(question: Question, days: Answers) -> Answer | None:
    """没有超过的答“是”；超过的还可能碰上法定顺延，先后颠倒的是听错了，都照样问。"""
    if question.known_from is None:
        return None
    first, then = (_day(days.get(key)) for key in (question.known_from.first, question.known_from.then))
    if first is None or then is None or not 0 <= (then - first).days <= question.known_from.days:
        return None
    return Answer("yes")


def _day(answer: Answer | None) -> date | None:
    """说得准的一天，“大概”的不算；带钟点的只看是哪天。"""
    if answer is None or answer.approximate or not isinstance(answer.value, date):
        return None
    return date(answer.value.year, answer.value.month, answer.value.day)

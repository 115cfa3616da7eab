"""进行中的一场访谈：走到哪了、正等着哪一题、答过哪些。"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ...domain.case.edition_changes import InterviewChange
from ...domain.days.calendar import SHANGHAI
from ...domain.interview.answers import Answer
from ...domain.interview.dialogue import Dialogue, answered_questions, pending_question
from ...render.texts.interview_text import answers_message, asked_message, asked_shortly, kept_message
from ...rulebook.edition import Edition
from ...rulebook.scenario_models.models import Question
from ...storage.records import InterviewRecord
from ..base import wording
from ..base.turn import Turn

_IN_SIGHT = timedelta(hours=1)
"""上一句隔了这么久，列过的选项多半翻不到了。"""


@dataclass(frozen=True)
class OpenInterview:
    """一场进行中的访谈，连同它现在用的版本。"""

    record: InterviewRecord
    edition: Edition
    dialogue: Dialogue
    as_of: datetime
    """“还在期限里吗”按哪一刻判断：一般是现在；申请早已提交的案件改答案，按立案那时。"""
    change: InterviewChange | None = None
    """上一句话问出去之后手册换了版，带来的影响；没换为空。"""
    is_saved: bool = True
    """``dialogue`` 与库里的一样；不一样的，问下一个问题或给出结论时一并存下。"""

    def at(self, dialogue: Dialogue) -> "OpenInterview":
        """走到 ``dialogue``，还没存。"""
        return replace(self, dialogue=dialogue, is_saved=False)


def open_question_text(turn: Turn, interview: OpenInterview, *, in_full: bool = False) -> str:
    """还开着的问题；没有则为空。选项刚列过，只说问话；``in_full``、隔得久了的连选项再列一遍。"""
    question = pending_of(turn, interview)
    if question is None:
        return ""
    is_out_of_sight = turn.now - interview.record.updated_at > _IN_SIGHT
    asked = asked_message if in_full or is_out_of_sight else asked_shortly
    return wording.STILL_OPEN.format(question=asked(question, interview.dialogue))


def answers_text(turn: Turn, interview: OpenInterview) -> str:
    """已答清单。"""
    answered = answered_questions(
        interview.edition.scenario, interview.dialogue, interview.as_of, turn.services.calendar
    )
    listed = answers_message(with_answers(answered, interview.dialogue))
    return "\n".join(filter(None, (listed, kept_message(interview.dialogue))))


def with_answers(answered: tuple[Question, ...], dialogue: Dialogue) -> list[tuple[Question, Answer]]:
    """题目连同现在的答案。"""
    return [(question, dialogue.answers[question.id]) for question in answered]


def year_of(turn: Turn) -> int:
    """北京时间的今年。"""
    return turn.now.astimezone(SHANGHAI).year


def pending_of(turn: Turn, interview: OpenInterview) -> Question | None:
    """现在等着回答的问题；结论已定为空。"""
    return pending_question(interview.edition.scenario, interview.dialogue, interview.as_of, turn.services.calendar)

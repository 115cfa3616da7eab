"""一句里说了几个日子，各带着做了什么：“20号申请的 22号拒的”，问的是拒绝，就是 22 号。"""

import re
from datetime import datetime

from ....rulebook.scenario_models.models import Question, QuestionKind
from ...days.calendar import SHANGHAI
from ...interview.answers import Answer
from ...interview.interview import read_answer
from ...understanding.days.date_mentions import find_mentions
from ...understanding.stated import is_stated
from ...understanding.writing.text import normalise
from ..cues import says_another_event

_DONE = re.compile(r"收的|到的|到了|到手|点的|点了|交的|交了|办的|发的|装的|用的|拆的")
"""别的日子后面常说的，做了什么。"""
_MOST = 4
_LONGEST = 60


def own_day(question: Question, text: str, now: datetime) -> Answer | None:
    """几个日子里带着这一题提示的字的那一个；别的日子也各说了是什么事才算，不止一个、说不准的为 ``None``。

    ``now`` 带时区。
    """
    said = normalise(text)
    if question.kind is not QuestionKind.DATE or not question.heard_by or len(said) > _LONGEST:
        return None
    starts = [mention.start for mention in find_mentions(said, now.astimezone(SHANGHAI)) if not mention.weak]
    if not 1 < len(starts) <= _MOST:
        return None
    parts = [said[start:end] for start, end in zip(starts, [*starts[1:], len(said)], strict=True)]
    own = [part for part in parts if _is_own(question, part)]
    if len(own) != 1 or not all(part is own[0] or _says_what(part) for part in parts):
        return None
    read = read_answer(question, own[0], now)
    return read if isinstance(read, Answer) and not read.is_unsure and not read.approximate else None


def _says_what(part: str) -> bool:
    return says_another_event(part) or _DONE.search(part) is not None


def _is_own(question: Question, part: str) -> bool:
    """日子后面说的就是问的那件事，不是否认、不是在问。"""
    if any(word in part for word in question.not_heard_with):
        return False
    places = ((part.find(word), word) for word in question.heard_by)
    return any(at >= 0 and is_stated(part, at, at + len(word)) for at, word in places)

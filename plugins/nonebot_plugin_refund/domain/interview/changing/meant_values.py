"""改口改的是一个岁数、一个日子、一个钱数，没说是哪一题，也没直说是多少：算出来，落到唯一对得上的那一题。

“他下个月才满九岁”是八岁；“不是昨天 是今天早上”改的是先记着的那天；“是去年的事”把记着的日子往前挪一年，
没有日子可挪的，岁数要照那时候重新问。对不上、对得上几题的不改。
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ....rulebook.scenario_models.models import Question, QuestionKind, Scenario
from ...days.calendar import SHANGHAI
from ...hearing.picking import read_among
from ...hearing.values.told_values import values_in
from ...understanding.days.loose_times import says_only_a_time, years_back
from ...understanding.sums.told_ages import ToldAge, told_age
from ...understanding.writing.text import normalise
from ..answers import Answer, Answers
from ..interview import Misread

ASKS_REAL_AGE = "周岁"
_NOT_OF_THEN = frozenset({"born", "now"})
"""生日算出来的是今天的岁数，“今年几岁”往前推的差着生日：不当成那时候的。"""
_SAID_FROM_TODAY = 10
"""近到这么几天的日子，多半是从今天往前说的。"""
_DENIED_PART = re.compile(r"不是[^ ,，。是]{1,10}(?=[ ,，。]{1,3}[^ ,，。]|而?是)")
"""“不是昨天 是今天早上打的”里说不是的那一半。"""


@dataclass(frozen=True, slots=True)
class MeantValue:
    """改的是哪一题、现在是什么。"""

    question: str | None = None
    """哪一题；为空是先提到、还没问到的那一天。"""
    answer: Answer | None = None
    """算出来的；为空是要照他说的重新问。"""
    day: date | None = None
    """先提到的那一天其实是哪天；``question`` 也为空、它也为空的，那天不算了。"""
    age: ToldAge | None = None
    """换着说法说的岁数。"""
    same: bool = False
    """算出来的就是记着的。"""


def meant_value(
    scenario: Scenario, known: Answers, text: str, now: datetime, *, mentioned: date | None = None
) -> MeantValue | None:
    """``text`` 是改口之后说的。``known`` 是答过的，连同先记着的；``mentioned`` 是先提到的那一天。``now`` 带时区。"""
    said = _DENIED_PART.sub(" ", normalise(text)).strip(" ,，。.")
    questions = [scenario.question(key) for key in known]
    return (
        _age(scenario, questions, known, said, now)
        or _day(questions, known, said, now, mentioned)
        or _loose_time(questions, known, said, now, mentioned)
    )


def held_value(scenario: Scenario, held: Answers, text: str, now: datetime) -> tuple[Question, Answer] | None:
    """先记着、还没问到的钱数、日子、岁数，只有一题对得上的：那一题和现在的说法。"""
    said = _DENIED_PART.sub(" ", normalise(text)).strip(" ,，。.")
    fitting: list[tuple[Question, Answer]] = []
    for key, before in held.items():
        question = scenario.question(key)
        told = {one.value for one in values_in(question.kind, said, now)}
        if len(told) != 1:
            continue
        read = read_among(scenario, question, said, now)
        if not isinstance(read, Misread) and not read.is_unsure and read != before:
            fitting.append((question, read))
    return fitting[0] if len(fitting) == 1 else None


def _age(scenario: Scenario, questions: list[Question], known: Answers, said: str, now: datetime) -> MeantValue | None:
    asked = next((one for one in questions if one.kind is QuestionKind.NUMBER and ASKS_REAL_AGE in one.text), None)
    told = told_age(said, now.astimezone(SHANGHAI).date(), under=True) if asked is not None else None
    if asked is None or told is None:
        return None
    if told.low != told.high or told.kind in _NOT_OF_THEN:
        return MeantValue(asked.id, age=told)
    read = read_among(scenario, asked, f"{told.low}{asked.unit}", now)
    if isinstance(read, Misread):
        return None
    return MeantValue(asked.id, read, age=told, same=read.value == known[asked.id].value)


def _day(
    questions: list[Question], known: Answers, said: str, now: datetime, mentioned: date | None
) -> MeantValue | None:
    """记着的只有先提到的那一天，话里也只有一个日子。"""
    if mentioned is None or any(isinstance(known[one.id].value, date) for one in questions):
        return None
    told = {one.value for one in values_in(QuestionKind.DATE, said, now)}
    day = date.fromisoformat(str(told.pop())[:10]) if len(told) == 1 else None
    return None if day is None or day == mentioned or day > now.astimezone(SHANGHAI).date() else MeantValue(day=day)


def _loose_time(
    questions: list[Question], known: Answers, said: str, now: datetime, mentioned: date | None
) -> MeantValue | None:
    """“是去年的事”“上个月的事了”：只说了大概什么时候。"""
    if not says_only_a_time(said) or any(True for _ in values_in(QuestionKind.DATE, said, now)):
        return None
    years, today = years_back(said), now.astimezone(SHANGHAI).date()
    days = {one.id: value for one in questions if isinstance(value := known[one.id].value, date)}
    if len(days) > 1:
        return None
    if days:
        ((key, day),) = days.items()
        moved = _years_earlier(day, years, today)
        return MeantValue(key, None if moved is None else Answer(moved))
    if mentioned is not None:
        return MeantValue(day=_years_earlier(mentioned, years, today))
    return _age_of_then(questions, known) if years else None


def _age_of_then(questions: list[Question], known: Mapping[str, Answer]) -> MeantValue | None:
    """没有日子可挪：说过的岁数多半是现在的，照那时候重新问。"""
    asked = next((one for one in questions if one.kind is QuestionKind.NUMBER and ASKS_REAL_AGE in one.text), None)
    return None if asked is None or known[asked.id].is_unsure else MeantValue(asked.id)


def _years_earlier(day: date, years: int, today: date) -> date | None:
    """说成今年的日子往前挪几年；没几天的多半说的是“昨天”这样的，挪不得。"""
    on = day.astimezone(SHANGHAI).date() if isinstance(day, datetime) else day
    if not years or on.year != today.year or (today - on).days <= _SAID_FROM_TODAY:
        return None
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # 2 月 29 日
        return None

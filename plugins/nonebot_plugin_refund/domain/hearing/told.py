"""从头说起的一段话里说了的答案：学过的场景由例句学来的听法，拿得准的才要。

说到的都还会说回给他听；漏了的照样会问，听错了却可能没人发现，所以门槛定得高。
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ...rulebook.scenario_models.models import Question, QuestionKind, Scenario
from ..interview.answers import Answer
from ..interview.interview import read_answer
from ..interview.steps import furthest_scored
from ..understanding.meaning.scored import NONE, Scored
from ..understanding.meaning.stories import around, read_story, read_value
from ..understanding.options import denied_in_words
from ..understanding.stated import is_stated
from .values.told_totals import one_of_several
from .values.told_values import Told, values_in

A_STORY = 16
"""这么多个字才像在说一件事；更短的只看字眼。"""
LONGEST_STORY = 400
"""再长的只听得到前面一段，照字面听。"""
SURE = 0.75
"""选项：从多大把握起算说到了；由没参加训练的人写的话定的，见 docs/listening.md。"""
_NOT_SAID = 0.05
_CERTAIN = 0.97
_ALSO_LIKELY = 0.2
_AHEAD = 0.15
"""比第二像的选项还要多这么多。"""
_SURE_OF_VALUE = {QuestionKind.DATE: 0.5, QuestionKind.AMOUNT: 0.4, QuestionKind.NUMBER: 0.4}
"""日子、钱、数：从多大把握起算是答这一题的。"""
_SURE_WITHOUT_WORDS = 0.93
_NEAR = 6
_LEAST_MONEY = 100
_MONEY = re.compile(r"[块元钱￥¥毛万千百]")
_EACH_BEFORE = re.compile(r"(?:都是|各|[一每][笔次回个单])\s?$")
_EACH_AFTER = re.compile(r"\s?[块元]?钱?\s?[一每][笔次回个单]")
_CLAUSE_BREAK = re.compile(r"[\s,。.;!?、~…]")
_HEDGED = re.compile(
    r"大概|大约|差不多|左右|好像|应该是|可能|也许|记不清|还是|或者|不对|如果|要是|假如|万一|朋友|同事|邻居|别人家|生日|出生|满的?\s?[0-9一二三四五六七八九十]{1,3}周?岁"
)
"""小句里有这些字的日子说不准，或者不是这件事、不是他的事：差一天就会误事，留到该问的时候问。"""


_NOT_THAT_MANY = re.compile(r"[没未不]满|不到|没到|快满|快到|还差|差.{0,3}月|虚[岁的龄]|以上|以下")
"""数说的是界限，不是多少：“没满 18 岁”。"""


@dataclass(frozen=True, slots=True)
class Story:
    """一段话里听到的。"""

    answers: Mapping[str, Answer]
    """问题 id → 拿得准的答案。"""
    scores: Mapping[str, tuple[Scored, ...]]
    """问题 id → 各个选项各有多大把握；没有学过的场景是空的。"""

    def doubts(self, question_id: str, answer: Answer) -> bool:
        """字面上像是这个答案，学来的却觉得没说到。"""
        scored = self.scores.get(question_id)
        return scored is not None and not any(one.id == answer.value and one.score >= _NOT_SAID for one in scored)

    def is_torn(self, question_id: str, option_id: str) -> bool:
        """字面上提到的是另一项，学来的也没有十足把握，或觉得那一项也有几分像：说不准是哪一项。"""
        answer = self.answers.get(question_id)
        if answer is None or answer.value == option_id:
            return False
        scored = {one.id: one.score for one in self.scores.get(question_id, ())}
        return scored.get(str(answer.value), 0.0) < _CERTAIN or scored.get(option_id, 0.0) >= _ALSO_LIKELY


NOTHING_TOLD = Story({}, {})


def told_in(scenario: Scenario, text: str, now: datetime) -> Story:
    """一段话里说了的答案；太短的不是一段话，照字面听。``now`` 带时区。"""
    if not A_STORY <= len(text.strip()) <= LONGEST_STORY:
        return NOTHING_TOLD
    scores = read_story(scenario.id, text)
    says_days = any(values_in(QuestionKind.DATE, text, now))
    # 说了日子的，“在几天以内吗”由日子来数
    asked = [question for question in scenario.questions if not (says_days and question.known_from)]
    return Story({**dict(_chosen(asked, scores, text)), **dict(_valued(scenario, text, now))}, scores)


def _chosen(
    questions: Iterable[Question], scores: Mapping[str, tuple[Scored, ...]], text: str
) -> Iterator[tuple[str, Answer]]:
    for question in questions:
        scored = scores.get(question.id, ())
        reached = furthest_scored(question, scored, SURE)
        if reached is not None and not _ruled_out(question, reached, text):
            yield question.id, Answer(reached)
        elif _is_plain(scored) and _has(question, scored[0].id) and not _ruled_out(question, scored[0].id, text):
            yield question.id, Answer(scored[0].id)


def _is_plain(scored: tuple[Scored, ...]) -> bool:
    if not scored or scored[0].score < SURE:
        return False
    return len(scored) == 1 or scored[0].score - scored[1].score >= _AHEAD


def _ruled_out(question: Question, option_id: str, text: str) -> bool:
    """话里有这一项不认的字（“不予受理”不是已经受理），或说了没有这样（“没同意过”）。"""
    option = next((option for option in question.options if option.id == option_id), None)
    return option is not None and any(word in text for word in (*option.not_heard_with, *denied_in_words(option)))


def _has(question: Question, option_id: str) -> bool:
    if question.kind is QuestionKind.YESNO:
        return option_id in ("yes", "no")
    return question.kind is QuestionKind.CHOICE and any(option.id == option_id for option in question.options)


def _valued(scenario: Scenario, text: str, now: datetime) -> Iterator[tuple[str, Answer]]:
    for kind, least in _SURE_OF_VALUE.items():
        questions = {question.id: question for question in scenario.questions if question.kind is kind}
        best: dict[str, tuple[float, Told]] = {}
        every = list(values_in(kind, text, now)) if questions else []
        torn = {
            key for key, question in questions.items() if kind is QuestionKind.NUMBER and _has_several(question, every)
        }
        for told in every:
            if kind is QuestionKind.DATE and _is_hedged(told):
                continue
            heard = read_value(scenario.id, kind.value, around(told.text, told.start, told.end))
            if not heard or heard[0].id == NONE or heard[0].id not in questions or heard[0].score < least:
                continue
            if kind is QuestionKind.DATE and not _fits_words(questions, heard[0], told):
                continue
            if kind is QuestionKind.DATE and heard[0].id in best and best[heard[0].id][1].value != told.value:
                torn.add(heard[0].id)  # 同一件事说了两个日子，问了再说
            if heard[0].score > best.get(heard[0].id, (0.0, told))[0]:
                best[heard[0].id] = heard[0].score, told
        for key, (_, told) in best.items():
            answer = _answer(questions[key], told, now)
            if kind is QuestionKind.AMOUNT and isinstance(told.value, float) and one_of_several(text, told.value):
                continue
            if answer is not None and key not in torn:
                yield key, answer


def _has_several(question: Question, every: Iterable[Told]) -> bool:
    """说了几个不同的岁数（“从七岁多刷到八岁多”）：是哪一个，问了再说。"""
    ages = {
        told.value
        for told in every
        if isinstance(told.value, float) and _in_range(question, told.value) and not _is_about_another(question, told)
    }
    return len(ages) > 1


def sole_value(scenario: Scenario, question: Question, text: str, now: datetime) -> Answer | None:
    """话里只有一个日子（钱、岁数），前后的字也像在答 ``question``：这个值；没有学过的场景、说不准的为 ``None``。

    只用在这种题只剩 ``question`` 一道会问的时候：别的题的把握都归它，只和“没在答”比。
    """
    told = list(values_in(question.kind, text, now))
    if len({one.value for one in told}) != 1 or _is_about_another(question, told[0]):
        return None
    if question.kind is QuestionKind.DATE and _is_hedged(told[0]):
        return None
    if question.kind is QuestionKind.AMOUNT and (not _is_money(question, told[0]) or _is_each(told[0])):
        return None
    heard = read_value(scenario.id, question.kind.value, around(told[0].text, told[0].start, told[0].end))
    score = next((one.score for one in heard if one.id == question.id), 0.0)
    return _answer(question, told[0], now) if score >= _SURE_OF_VALUE[question.kind] else None


def _is_each(told: Told) -> bool:
    """“都是648一笔”“每次500”：一笔的数，不是一共的。"""
    return (
        _EACH_BEFORE.search(told.text[: told.start]) is not None or _EACH_AFTER.match(told.text, told.end) is not None
    )


def _is_money(question: Question, told: Told) -> bool:
    """写了单位、上百，或小句里有提示的字的，才是钱；“十岁 虚岁十一”不是。"""
    clause = _CLAUSE_BREAK.split(told.text[: told.start])[-1] + _CLAUSE_BREAK.split(told.text[told.end :])[0]
    written = told.text[max(0, told.start - 1) : told.end + 1]
    large = isinstance(told.value, float) and told.value >= _LEAST_MONEY
    return large or _MONEY.search(written) is not None or any(word in clause for word in question.heard_by)


def _fits_words(questions: Mapping[str, Question], heard: Scored, told: Told) -> bool:
    """小句里有哪一题的提示的字，日子就只能是那一题的；一题的也没有，要格外有把握；光一个日子说不准是哪一题。"""
    clause = _CLAUSE_BREAK.split(told.text[: told.start])[-1] + _CLAUSE_BREAK.split(told.text[told.end :])[0]
    if not clause:
        return False
    named = {key for key, question in questions.items() if any(word in clause for word in question.heard_by)}
    return heard.id in named if named else heard.score >= _SURE_WITHOUT_WORDS


def _is_hedged(told: Told) -> bool:
    """所在的小句里说得不准、在问、在假设、没发生，或说的是别人。"""
    before = _CLAUSE_BREAK.split(told.text[: told.start])[-1]
    after = _CLAUSE_BREAK.split(told.text[told.end :])[0]
    return bool(_HEDGED.search(before + after)) or not is_stated(told.text, told.start, told.end + len(after))


def _answer(question: Question, told: Told, now: datetime) -> Answer | None:
    """照这一题的读法再读一遍，才知道是不是“大概”“至少”；读出另一个值的、说别的的不要。"""
    if question.kind is not QuestionKind.DATE and _is_about_another(question, told):
        return None
    said = told.text[max(0, told.start - _NEAR) : told.end + _NEAR]
    read = read_answer(question, said, now)
    if isinstance(read, Answer) and not read.is_unsure and _plain(read) == told.value:
        return read
    if question.kind is QuestionKind.AMOUNT and isinstance(told.value, float):
        return Answer(told.value)
    if question.kind is QuestionKind.DATE and isinstance(told.value, str):
        return Answer(date.fromisoformat(told.value))
    if question.kind is QuestionKind.NUMBER and isinstance(told.value, float) and _in_range(question, told.value):
        return Answer(told.value)
    return None


def _is_about_another(question: Question, told: Told) -> bool:
    """小句里它前面有这一题不认的字：“孩子爸爸35岁”“孩子今年10岁”。"""
    before = _CLAUSE_BREAK.split(told.text[: told.start])[-1]
    around_it = told.text[max(0, told.start - _NEAR) : told.end + _NEAR]
    if question.kind is QuestionKind.NUMBER and _NOT_THAT_MANY.search(around_it):
        return True
    return any(word in before for word in question.not_heard_with)


def _in_range(question: Question, value: float) -> bool:
    low, high = question.minimum, question.maximum
    return (low is None or value >= low) and (high is None or value <= high)


def _plain(answer: Answer) -> str | float | None:
    value = answer.value
    if isinstance(value, date):
        return value.isoformat()[:10]
    return float(value) if isinstance(value, (int, float)) else None

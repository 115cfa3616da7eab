"""回答：一个问题的答案长什么样，怎样由它推出事实。"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast, get_args

from ...rulebook.derived.fact_space import any_of, band_of, facts_of
from ...rulebook.derived.once import once_for_each
from ...rulebook.scenario_models.conditions import NOT_ASKED, UNSURE, Truth, truth
from ...rulebook.scenario_models.models import AnyOf, DateWindow, NumberBand, Question, QuestionKind, Scenario
from ..days.calendar import SHANGHAI, WorkCalendar
from ..days.timers import window_value
from ..understanding.sums.amounts import Bound

AnswerValue = str | tuple[str, ...] | float | date | datetime | None
"""选项 id（含 yes/no）、多选的 id、数、日期或带时区的时刻；``None`` 表示不清楚。"""


@dataclass(frozen=True, slots=True)
class Answer:
    """一个问题的答案。只存读出来的值，不存用户的原话。"""

    value: AnswerValue
    approximate: bool = False
    """说的是“大概”“左右”。"""
    bound: Bound | None = None
    """金额说的是“不到”“至多”还是“至少”这么多；日期和别的题没有。"""

    @property
    def is_unsure(self) -> bool:
        """答的是“不清楚”。"""
        return self.value is None

    def to_plain(self) -> dict[str, Any]:
        """存进数据库的样子。"""
        value = self.value
        plain: Any = (
            value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
        )
        stored = {"value": plain, "approximate": True} if self.approximate else {"value": plain}
        return {**stored, "bound": self.bound} if self.bound else stored

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any], kind: QuestionKind) -> "Answer":
        """还原存下来的答案；值不是这种题型的抛 ``ValueError`` 或 ``TypeError``。"""
        value = plain["value"]
        approximate = bool(plain.get("approximate", False))
        if value is None:
            return cls(None, approximate)
        match kind:
            case QuestionKind.MULTI:
                return cls(tuple(str(item) for item in value), approximate)
            case QuestionKind.DATE:
                return cls(parse_iso_day(str(value)), approximate)
            case QuestionKind.AMOUNT | QuestionKind.NUMBER:
                bound = plain.get("bound")
                return cls(float(value), approximate, bound if bound in get_args(Bound) else None)
            case QuestionKind.CHOICE | QuestionKind.YESNO:
                return cls(str(value), approximate)


Answers = Mapping[str, Answer]
"""问题 id -> 答案，按回答的先后排列。"""


def parse_iso_day(text: str) -> date | datetime:
    """ISO 日期或时刻；时刻不带时区的按上海时间。写错了抛 ``ValueError``。"""
    if len(text) <= len("2026-11-23"):
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=SHANGHAI) if moment.tzinfo is None else moment.astimezone(SHANGHAI)


def answers_to_plain(answers: Answers) -> dict[str, Any]:
    """全部答案存进数据库的样子，保持先后。"""
    return {question_id: answer.to_plain() for question_id, answer in answers.items()}


def answers_from_plain(scenario: Scenario, plain: Mapping[str, Any]) -> dict[str, Answer]:
    """还原存下来的答案；手册里已经没有的问题、换了题型读不出来的答案跳过。"""
    kinds = {question.id: question.kind for question in scenario.questions}
    answers: dict[str, Answer] = {}
    for question_id, value in plain.items():
        if question_id not in kinds:
            continue
        try:
            answers[question_id] = Answer.from_plain(cast("Mapping[str, Any]", value), kinds[question_id])
        except (TypeError, ValueError):
            continue  # 新版换了题型，旧答案读不出来，当作没答，重问
    return answers


def unread_answers(scenario: Scenario, plain: Mapping[str, Any]) -> dict[str, Any]:
    """存着、但这一版手册里没有这题（或换了题型读不出来）的答案，原样：不用，也不丢，手册改回来时还在。"""
    read = answers_from_plain(scenario, plain)
    return {question_id: value for question_id, value in plain.items() if question_id not in read}


def facts_from(
    scenario: Scenario, answers: Answers, now: datetime, calendar: WorkCalendar
) -> tuple[dict[str, str], frozenset[str]]:
    """由答案推出事实，并给出其中仍然适用的问题。

    改了前面的答案后，不再会问到的问题，它的旧答案留着不用：改回来时还在。

    Returns:
        事实 -> 取值，和适用的已答问题 id。
    """
    facts, applicable = _reckoning(scenario)(frozenset(answers.items()), now, calendar)
    return dict(facts), applicable


_Facts = tuple[Mapping[str, str], frozenset[str]]


@once_for_each(64)
def _reckoning(scenario: Scenario) -> Callable[[frozenset[tuple[str, Answer]], datetime, WorkCalendar], _Facts]:
    """这个场景怎样推，记住最近推过的：办一句回答，同样的答案要推好几遍。"""

    def reckon(answered: frozenset[tuple[str, Answer]], now: datetime, calendar: WorkCalendar) -> _Facts:
        return _facts_from(scenario, dict(answered), now, calendar)

    return lru_cache(maxsize=32)(reckon)


def _facts_from(scenario: Scenario, answers: Answers, now: datetime, calendar: WorkCalendar) -> _Facts:
    facts: dict[str, str] = {}
    known: dict[str, str] = {}
    applicable: set[str] = set()
    for question in scenario.questions:
        asked = truth(question.ask_when, known)
        if asked is Truth.FALSE:
            # 记下它不会问，靠它决定的后面的问题才跟着不算
            known.update(dict.fromkeys(facts_of(scenario, question), NOT_ASKED))
        answer = answers.get(question.id)
        if asked is not Truth.TRUE or answer is None or not is_answer_to(question, answer):
            continue
        applicable.add(question.id)
        facts.update(_facts_of_answer(scenario, question, answer, now, calendar))
        known.update(facts)
    return facts, frozenset(applicable)


def facts_told(scenario: Scenario, told: Answers, now: datetime, calendar: WorkCalendar) -> dict[str, str]:
    """由说了、没问到的答案推出的事实；只用来写文书，不用来下结论。"""
    facts: dict[str, str] = {}
    for question in scenario.questions:
        answer = told.get(question.id)
        if answer is not None and is_answer_to(question, answer):
            facts.update(_facts_of_answer(scenario, question, answer, now, calendar))
    return facts


def is_answer_to(question: Question, answer: Answer) -> bool:
    """是不是这一题能有的答案。手册换版后，旧答案可能已不在选项里，或已不是这种题型；这样的题要重问。"""
    if answer.is_unsure:
        return question.offers_unsure
    options = {option.id for option in question.options}
    value = answer.value
    match question.kind:
        case QuestionKind.CHOICE:
            return value in options
        case QuestionKind.YESNO:
            return value in {"yes", "no"}
        case QuestionKind.MULTI:
            return isinstance(value, tuple) and bool(value) and set(value) <= options
        case QuestionKind.DATE:
            return isinstance(value, date)
        case QuestionKind.AMOUNT | QuestionKind.NUMBER:
            return isinstance(value, (int, float))


def _facts_of_answer(
    scenario: Scenario, question: Question, answer: Answer, now: datetime, calendar: WorkCalendar
) -> dict[str, str]:
    value = answer.value
    if value is None:
        return dict.fromkeys(facts_of(scenario, question), UNSURE)
    facts: dict[str, str] = {}
    if isinstance(value, str):
        facts[question.id] = value
    for fact in scenario.facts:
        if fact.question != question.id:
            continue
        if isinstance(fact, DateWindow) and isinstance(value, date):
            facts[fact.id] = window_value(fact, value, now, calendar)
        elif isinstance(fact, NumberBand) and isinstance(value, (int, float)):
            facts[fact.id] = band_of(fact, _just_below(value) if answer.bound == "below" else value)
        elif isinstance(fact, AnyOf) and isinstance(value, tuple):
            facts[fact.id] = any_of(fact, value)
    return facts


def _just_below(value: float) -> float:
    """“不到两百”正好卡在两段的边上，属于下面那一段；钱最小到分。"""
    return max(0.0, value - 0.01)

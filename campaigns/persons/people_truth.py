"""*people* 里一个人的真实情况：问到哪题才定哪题，前后说得通；由真情得出的结论就是标准答案。"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI, WorkCalendar
from nonebot_plugin_refund.domain.interview.answers import Answer
from nonebot_plugin_refund.domain.interview.interview import next_step
from nonebot_plugin_refund.rulebook.derived.deciding import Ask, Settled
from nonebot_plugin_refund.rulebook.scenario_models.conditions import UNSURE
from nonebot_plugin_refund.rulebook.scenario_models.models import Question, QuestionKind, Rule, Scenario

from .people_phrases import Sealed
from .people_values import SUMS, an_hour

_IN_TURN = (
    ("paid-on", "tipped-on", "slipped-on", "received_on"),
    ("hurt_on", "found-on", "known-on"),
    ("applied_on",),
    ("refused_on", "agreed_on"),
    ("signed_on",),
    ("refunded_on",),
    ("known_on",),
    ("complained_on",),
    ("accepted_on",),
)
"""各种日子的先后：后一行的不早于前一行的。"""
_AGES = (range(0, 9), range(9, 41), range(41, 400))
_HOW_OLD = (12, 5, 2)
"""几天前的事：多半在一周上下。"""
_TO_THE_HOUR = "几点"
_UNSURE_SHARE = 0.1
_MOST_QUESTIONS = 60


class NoVerdictError(RuntimeError):
    """真情走不到结论：手册没有管到，或题问不完。"""


@dataclass
class Truth:
    """一个人的真情。"""

    scenario: Scenario
    sealed: Sealed
    chance: random.Random
    now: datetime
    """开口的时刻，带时区。"""
    answers: dict[str, Answer] = field(default_factory=dict)

    def told(self, facts: Mapping[str, Any]) -> None:
        """第一句话里说了的都是真的。"""
        kinds = {question.id: question.kind for question in self.scenario.questions}
        for key, value in facts.items():
            if key in kinds:
                plain = None if value == UNSURE else value
                plain = [plain] if kinds[key] is QuestionKind.MULTI and isinstance(plain, str) else plain
                self.answers[key] = Answer.from_plain({"value": plain}, kinds[key])

    def of(self, question: Question) -> Answer:
        """这一题的真情；还没定的这会儿定。"""
        if question.id not in self.answers:
            self.answers[question.id] = self._drawn(question)
        return self.answers[question.id]

    def take_as_meant(self, question_id: str, answer: Answer) -> None:
        """随口带出来的，没有标准可对：就当是那个意思。"""
        self.answers.setdefault(question_id, answer)

    def agrees(self, question_id: str, recorded: Answer) -> bool:
        """记下的与真情一样吗；只知道是哪天的，记到了几点的也算，往后就照那个时刻。"""
        true, value = self.answers[question_id], recorded.value
        if isinstance(true.value, date) and isinstance(value, date):
            if isinstance(true.value, datetime):
                return true.value == value
            same_day = _day(value) == true.value
            if same_day:
                self.answers[question_id] = replace(true, value=value)
            return same_day
        if isinstance(true.value, tuple) and isinstance(value, tuple):
            return set(true.value) == set(value)
        return true.value == value

    def rule(self, now: datetime, calendar: WorkCalendar) -> Rule:
        """真情得出的结论；路上还没定的题这会儿定。

        Raises:
            NoVerdictError: 走不到结论。
        """
        for _ in range(_MOST_QUESTIONS):
            decision = next_step(self.scenario, self.applying(), now, calendar)
            if isinstance(decision, Settled):
                return decision.rule
            if not isinstance(decision, Ask):
                break
            self.of(decision.question)
        raise NoVerdictError(f"场景 {self.scenario.id} 的真情走不到结论")

    def applying(self) -> dict[str, Answer]:
        """真情里答得出口的：说不清、而这一题不许说不清的，不算答过。"""
        offered = {question.id: question.offers_unsure for question in self.scenario.questions}
        return {key: answer for key, answer in self.answers.items() if not answer.is_unsure or offered[key]}

    def _drawn(self, question: Question) -> Answer:
        if question.offers_unsure and self.chance.random() < _UNSURE_SHARE:
            return Answer(None)
        match question.kind:
            case QuestionKind.DATE:
                return Answer(self._a_day(question))
            case QuestionKind.AMOUNT:
                return Answer(self.chance.choice(SUMS))
            case QuestionKind.NUMBER:
                return Answer(float(self.chance.randint(5, 19)))
            case QuestionKind.MULTI:
                return Answer(self._several(question))
            case QuestionKind.CHOICE | QuestionKind.YESNO:
                return Answer(self.chance.choice(self._options(question)))

    def _options(self, question: Question) -> list[str]:
        """有封存的说法的那些选项；一句也没有的，全部选项。"""
        known = [option.id for option in question.options] or ["yes", "no"]
        said = [want for want in self.sealed.wants(self.scenario.id, question.id) if want in known]
        return [want for want in said if isinstance(want, str)] or known

    def _several(self, question: Question) -> tuple[str, ...]:
        known = {option.id for option in question.options}
        wants = [
            (want,) if isinstance(want, str) else want for want in self.sealed.wants(self.scenario.id, question.id)
        ]
        return self.chance.choice([want for want in wants if set(want) <= known] or [(min(known),)])

    def _a_day(self, question: Question) -> date | datetime:
        today = self.now.astimezone(SHANGHAI).date()
        earliest, latest = self._between(question.id, today)
        ago = self.chance.choice(self.chance.choices(_AGES, weights=_HOW_OLD)[0])
        day = min(max(today - timedelta(days=ago), earliest), latest)
        if _TO_THE_HOUR in question.text and day < today and self.chance.random() < 0.3:
            return datetime(day.year, day.month, day.day, an_hour(self.chance), tzinfo=SHANGHAI)
        return day

    def _between(self, question_id: str, today: date) -> tuple[date, date]:
        """说得通的最早和最晚。"""
        place = next((number for number, row in enumerate(_IN_TURN) if question_id in row), None)
        known = {key: _day(answer.value) for key, answer in self.answers.items() if isinstance(answer.value, date)}
        if place is None:
            return date.min, today
        before = [known[key] for row in _IN_TURN[:place] for key in row if key in known]
        after = [known[key] for row in _IN_TURN[place + 1 :] for key in row if key in known]
        return max(before, default=date.min), min([*after, today])


def _day(value: date) -> date:
    return value.astimezone(SHANGHAI).date() if isinstance(value, datetime) else value

"""快手小店两个场景的测试共用：照给定的回答走完一次访谈。"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI, WorkCalendar
from nonebot_plugin_refund.domain.interview.answers import Answer, AnswerValue
from nonebot_plugin_refund.domain.interview.assessment import Assessment, assess
from nonebot_plugin_refund.domain.interview.interview import Ask, Settled, next_step
from nonebot_plugin_refund.rulebook.loader import Rulebook, load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Rule

TODAY = date(2026, 11, 23)
CALENDAR = WorkCalendar()


@cache
def rulebook() -> Rulebook:
    """随包的手册，整个文件只读一次。"""
    return load_rulebook()


@dataclass(frozen=True)
class Settlement:
    """走完一次访谈：判断、答案和问过的问题。"""

    assessment: Assessment
    answers: dict[str, Answer]

    @property
    def rule(self) -> Rule:
        """定下的规则。"""
        return self.assessment.rule

    @property
    def asked(self) -> list[str]:
        """依次问过的问题。"""
        return list(self.answers)

    def due(self, timer_id: str) -> date:
        """一个时限的安全日期。"""
        return next(timer.safe for timer in self.assessment.timers if timer.timer_id == timer_id)


def at(day: date, hour: int = 15) -> datetime:
    """某天某点，上海时间。"""
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


def settle(scenario_id: str, said: dict[str, AnswerValue], today: date = TODAY) -> Settlement:
    """照 ``said`` 回答到结论为止；问到没准备的问题就抛 ``KeyError``。"""
    edition = rulebook().edition(scenario_id)
    answers: dict[str, Answer] = {}
    while True:
        step = next_step(edition.scenario, answers, at(today), CALENDAR)
        if isinstance(step, Ask):
            answers[step.question.id] = Answer(said[step.question.id])
            continue
        assert isinstance(step, Settled)
        return Settlement(assess(edition, step.rule, answers, at(today), CALENDAR), answers)

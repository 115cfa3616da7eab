"""听一场访谈的测试台：说起一件事、依次说几句。"""

from datetime import date, datetime

from nonebot_plugin_refund.domain.hearing.hearing import Heard, Listener
from nonebot_plugin_refund.domain.interview.answers import AnswerValue
from nonebot_plugin_refund.domain.interview.dialogue import Dialogue, pending_question
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Scenario
from tests.rulebook.concrete_answers import CALENDAR, NOWS, rulebook

__all__ = [
    "CALENDAR",
    "NOW",
    "SCENARIOS",
    "TODAY",
    "YESTERDAY",
    "begin",
    "hear",
    "listener_of",
    "scenario_of",
    "values",
]

NOW = NOWS[0]
TODAY = NOW.date()
YESTERDAY = date(2026, 11, 22)
SCENARIOS = ("shop-return", "refund-only", "live-tip", "paid-content", "top-up", "contact", "appeal")


def scenario_of(scenario_id: str) -> Scenario:
    """随包的一个场景。"""
    return rulebook().edition(scenario_id).scenario


def listener_of(scenario_id: str, now: datetime = NOW) -> Listener:
    """听这个场景的人。"""
    return Listener(scenario_of(scenario_id), CALENDAR, now, now, load_rulebook().asides)


def begin(scenario_id: str, text: str) -> dict[str, AnswerValue]:
    """说起一件事的第一句话里答了什么。"""
    _, also = listener_of(scenario_id).begin(text)
    return {key: answer.value for key, answer in also.items()}


def hear(scenario_id: str, *texts: str) -> tuple[Dialogue, Heard]:
    """依次说几句；返回说完的访谈和最后一句听得怎样。"""
    listener, dialogue, heard = listener_of(scenario_id), Dialogue(), None
    for text in texts:
        question = pending_question(listener.scenario, dialogue, NOW, CALENDAR)
        assert question is not None
        heard = listener.hear(dialogue, question, text)
        dialogue = heard.result.dialogue
    assert heard is not None
    return dialogue, heard


def values(dialogue: Dialogue) -> dict[str, AnswerValue]:
    """已经用上的答案。"""
    return {key: answer.value for key, answer in dialogue.answers.items()}

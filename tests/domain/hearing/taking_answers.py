"""照字面把一句话当作一个问题的回答：读懂就记下，读不懂就再问。"""

from datetime import datetime

from nonebot_plugin_refund.domain.interview.dialogue import (
    Accepted,
    Dialogue,
    Repeated,
    misread_again,
    put_answer,
    spoken_in_full,
)
from nonebot_plugin_refund.domain.interview.interview import Misread, read_answer
from nonebot_plugin_refund.rulebook.scenario_models.models import Question


def take_answer(dialogue: Dialogue, question: Question, text: str, now: datetime) -> Accepted | Repeated:
    """把一句话当作 ``question`` 的回答。"""
    result = read_answer(question, spoken_in_full(dialogue, question, text), now)
    if isinstance(result, Misread):
        return misread_again(dialogue, question, result)
    return put_answer(dialogue, question, result)

"""问的是谁做的，整句只说了是哪天的事（“10月26号刷的”“昨晚刷的”）：没说是谁。"""

import re
from datetime import datetime

from ...rulebook.scenario_models.models import Question, Scenario
from .cues import without_days

_FILLERS = re.compile(r"[是的了在就都也 ,，。.!吧啊呢]|最早|大概|应该|晚上|半夜|早上|中午|下午")
_MOST = 1


def says_only_when_it_was(scenario: Scenario, question: Question, text: str, now: datetime) -> bool:
    """去掉日子、事情本身的字（刷、打赏、送礼物），什么也没剩。``now`` 带时区。"""
    if scenario.event_date is None or not any(option.spender for option in question.options):
        return False
    left = without_days(text, now)
    if left is None:
        return False
    for word in sorted(scenario.question(scenario.event_date).heard_by, key=len, reverse=True):
        left = left.replace(word, "")
    return len(_FILLERS.sub("", left)) <= _MOST

"""还没问到哪天，先说了是放几天假的节（“国庆节收到的鞋子想退”）：不当作那一天，问到时连放假的几天一起摆出来。"""

from collections.abc import Mapping
from datetime import date, datetime

from ....rulebook.scenario_models.models import QuestionKind, Scenario
from ...days.calendar import SHANGHAI
from ...understanding.days.dates import holiday_in
from ...understanding.days.festivals import NAMES
from ...understanding.writing.pieces import pieces_of


def told_holidays(scenario: Scenario, text: str, now: datetime) -> Mapping[str, tuple[date, ...]]:
    """问题 id → 那个节放假的每一天；要那一截里有它的提示的字。``now`` 带时区。"""
    if not any(name in text for name in NAMES):
        return {}
    asked = [question for question in scenario.questions if question.kind is QuestionKind.DATE and question.heard_by]
    found: dict[str, tuple[date, ...]] = {}
    for piece in pieces_of(text):
        holiday = holiday_in(piece, now)
        days = () if holiday is None else holiday.days(now.astimezone(SHANGHAI).date())
        for question in asked:
            is_its = any(word in piece for word in question.heard_by)
            if len(days) > 1 and is_its and not any(word in piece for word in question.not_heard_with):
                found[question.id] = days
    return found

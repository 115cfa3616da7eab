"""一个听法里，哪些是当场就记下的，哪些只是问回去时列着的。"""

from typing import Any

from ...dialogue.reading import awaits, intents
from ...dialogue.reading.context import Context
from ...dialogue.reading.intents import Band, Reading
from ..hearing.reading_json import candidates_of, id_of
from ..rulebooks.assessments import answer_values


def recorded_facts(reading: Reading) -> dict[str, Any]:
    """当场记下的答案。"""
    return answer_values(reading.facts) if reading.band is Band.RECORD else {}


def recorded_event(context: Context, reading: Reading) -> str | None:
    """当场记下的进展；没有为空。"""
    if reading.band is not Band.RECORD:
        return None
    return next((id_of(context, intent) for intent in reading.intents if _is_news(intent)), None)


def offered(context: Context, reading: Reading, question: str | None = None) -> list[Any]:
    """问回去时列着的：候选，和还没记下、先问是不是的那一个。"""
    found: list[Any] = []
    for intent in reading.intents:
        found += candidates_of(reading, intent)
        if reading.band is not Band.RECORD and _is_news(intent):
            found.append(id_of(context, intent))
    value = answer_values(reading.facts).get(question) if question is not None else None
    if value is not None and reading.band is not Band.RECORD:
        found += value if isinstance(value, list) else [value]
    return found


def is_report(reading: Reading) -> bool:
    """有没有一处听成了进展，不论记没记。"""
    return any(_is_news(intent) for intent in reading.intents)


def _is_news(intent: intents.Intent) -> bool:
    if isinstance(intent, intents.Chosen):
        return isinstance(intent.awaited, awaits.PickEvent | awaits.PickMeaning)
    return isinstance(intent, intents.Reported | intents.Offered)

"""起诉到了哪一步：材料交给法院了，和法院立上了，等的不是同一个答复。"""

from dataclasses import replace

from ....domain.case.case_routes import known_events
from ....domain.understanding.writing.text import normalise
from ....rulebook.wording_models.spoken import load_spoken
from ...reading.intents import Reported
from ..case_state import OpenedCase

_SUED, _HANDED_IN = "sued", "filing-sent"


def only_handed_in(case: OpenedCase, intent: Reported) -> Reported:
    """报告的是起诉了，话里却只说材料交给了法院（“材料今天交的法院”）：记成交了、等立案；别的原样。"""
    if intent.event != _SUED or intent.exact or case.position is None:
        return intent
    if not any(event.id == _HANDED_IN for event in known_events(case.edition.scenario, case.position)):
        return intent
    words, said = load_spoken().parted, normalise(intent.said)
    if any(word in said for word in words.filed) or not any(word in said for word in words.handed_in):
        return intent
    others = tuple(_HANDED_IN if other == _SUED else other for other in intent.others)
    return replace(intent, event=_HANDED_IN, others=tuple(dict.fromkeys(others)))

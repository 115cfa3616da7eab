"""说自己没有做过的，正是记下的一件：“我没点平台介入”“没有报警啊 谁说报警了”。"""

import re

from ....domain.case.named_event import named_event
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import normalise
from ....rulebook.derived.stage_view import ReportableEvent
from ....rulebook.scenario_models.event_models import Actor
from ..context import OpenMatter
from .told_pieces import likely_in

_NOT = re.compile(
    r"(?:我们?)?(?:还|都|也|从来?|根本|压根|可)?(?:没有?|未曾|不曾)(?:去|说)?过?|谁说(?:我们?)?(?:去)?|(?:哪里|哪儿?有?)(?:去)?|你?(?:怎么|咋)(?:写|记)|这(?:回|件)?事没有"
)
"""说没有的话；去掉再听说的是哪件。"""
_ASKED_WHO = re.compile(r"谁(?=[^说]{1,6}了)")
_LATELY = 3
"""最近记下的这么多件里找。"""
_DENIES = 0.45


def denied_of_mine(matter: OpenMatter, said: str) -> ReportableEvent | None:
    """说自己没有做的是最近记下的哪一件；说的不是记下的、不是自己做的为 ``None``。"""
    lately, likely = matter.walked[-_LATELY:], likely_in(matter)
    if not any(event.by is Actor.ME and event.id in lately for event in likely):
        return None
    for piece in map(normalise, pieces_of(said)):
        told = _ASKED_WHO.sub("", _NOT.sub("", piece, count=2))
        if told == piece:
            continue
        event = named_event(told, likely, lately, least=_DENIES).event
        if event is not None and event.by is Actor.ME:
            return event
    return None

"""自己没有做的：正是记下的一件（“没有报警啊 谁说报警了”），或说了不肯去做（“爷爷不肯去派出所”）。"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ....domain.case.heard.likely import Likely
from ....domain.case.heard.named_event import named_event
from ....domain.case.heard.news import HeardEvent, hear_news
from ....domain.understanding.moods import mood_reader
from ....domain.understanding.writing.listed_words import either
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import normalise
from ....rulebook.derived.stage_view import ReportableEvent
from ....rulebook.scenario_models.event_models import Actor
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..context import Context, OpenMatter
from ..intents import Band, Reading
from ..utterance import Utterance
from .told_pieces import BANDS, LEAST_TOLD, likely_in

_WORDS = load_spoken().disowned
_ME, _WHEN = either(_WORDS.me), either(_WORDS.when)
_WROTE = either(_WORDS.wrote)
_NOT = re.compile(
    rf"{_ME}?{either(_WORDS.stressing)}?{either(_WORDS.never)}(?:去|说)?过?|{either(_WORDS.who_said)}{_ME}?去?"
    rf"|(?:哪里|哪儿?有?)去?|你?(?:怎么|咋){_WROTE}|这[回件]?事没有"
    rf"|{_ME}{_WHEN}(?=[^,。]{{1,6}}过)|是[^,。]{{0,5}}[瞎乱胡](?:{_WROTE}|[说讲编])的?"
)
"""说没有的话；去掉再听说的是哪件。"""
_ASKED_WHO = re.compile(r"(?:谁|哪一?个)(?=[^说]{1,6}了)")
_IN_PASSING = re.compile(r"[的事情办弄做去点跑交提过了呢啊呀吧嘛我俺们还都也就]")
"""说那件事的字以外，这些不说明是别的事。"""
_UNWILLING = re.compile(
    r"(?:不肯|不愿意?|不想|不敢|死活不|说什么也不|怎么也不|没想)(?:再)?(?:去|报|找|打|起诉|投诉|申请|告)"
)
_LATELY = 3
"""最近记下的这么多件里找。"""
_DENIES = 0.45
_OWN_RUN = 2


def denied_of_mine(matter: OpenMatter, said: str) -> ReportableEvent | None:
    """说自己没有做的是最近记下的哪一件；说的不是记下的、不是自己做的为 ``None``。"""
    lately, likely = matter.walked[-_LATELY:], likely_in(matter)
    if not any(event.by is Actor.ME and event.id in lately for event in likely):
        return None
    for piece in map(normalise, pieces_of(said)):
        told = _ASKED_WHO.sub("", _NOT.sub("", piece, count=2))
        if told == piece:
            continue
        event = named_event(told, likely, lately, least=_DENIES).event or _only_named(told, likely, lately)
        if event is not None and event.by is Actor.ME:
            return event
    return None


def _only_named(told: str, likely: Likely, lately: Sequence[str]) -> ReportableEvent | None:
    """“点介入”“报警的事办”：除了那件的字，没有说别的；几件都有的是后记的那件。"""
    for event_id in reversed(lately):
        event = likely.by_id.get(event_id)
        names = (event.label, *event.said) if event is not None and event.by is Actor.ME else ()
        for name in map(normalise, names):
            own = _longest_shared(told, name)
            if len(own) >= _OWN_RUN and not _IN_PASSING.sub("", told.replace(own, "")):
                return event
    return None


def _longest_shared(one: str, other: str) -> str:
    spans = ((start, end) for start in range(len(one)) for end in range(start + 2, len(one) + 1))
    return max((one[start:end] for start, end in spans if one[start:end] in other), key=len, default="")


@dataclass(frozen=True, slots=True)
class Unwilling:
    """只说了不肯去做；``reading`` 为空的，由后面去听。"""

    reading: Reading | None


def unwilling(context: Context, utterance: Utterance, matter: OpenMatter, heard: HeardEvent) -> Unwilling | None:
    """像自己做了的那一截，说的是不肯去做；别的截里说了做的、不是自己做的为 ``None``。"""
    event = heard.event
    if event.by is not Actor.ME or event.event.gives_up or _UNWILLING.search(utterance.text) is None:
        return None
    rest = " ".join(piece for piece in pieces_of(utterance.raw) if _UNWILLING.search(piece) is None)
    still = hear_news(rest, mood_reader().clauses(rest), likely_in(matter)).events if len(rest) >= LEAST_TOLD else ()
    if any(one.event.id == event.id and one.score >= BANDS.confirm for one in still):
        return None
    if context.can_undo and (denied := denied_of_mine(matter, rest)) is not None:
        undo = intents.Undo(denied.label, denied.id, sure=False)
        return Unwilling(Reading((undo,), Band.CONFIRM, 0.6, (f"否认“{denied.label}”",)))
    if context.open_question is not None or utterance.asks:
        return Unwilling(None)
    detail = intents.Talk(intents.TalkKind.DETAIL, utterance.raw, matter.code)
    return Unwilling(Reading((detail,), Band.RECORD, 0.6, ("说了不肯去做",)))

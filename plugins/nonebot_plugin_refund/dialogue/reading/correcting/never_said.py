"""刚记下一件，说自己没这么说过（“我没这么说过”“谁说的 我没讲这个”“我啥时候说他同意了”）：先问是不是要撤掉它。"""

import re

from ....domain.case.heard.likely import Likely
from ....domain.case.heard.news import hear_news
from ....domain.understanding.moods import mood_reader
from ....domain.understanding.writing.listed_words import either, has_any
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import normalise
from ....rulebook.derived.stage_view import ReportableEvent
from ....rulebook.scenario_models.event_models import Actor
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..context import Context, OpenMatter
from ..intents import Band, Reading
from ..progress.told_pieces import likely_in
from ..utterance import Utterance

_WORDS = load_spoken().disowned
_OTHERS = load_spoken().money.not_by_me
_ME, _WHEN, _SO = either(_WORDS.me), either(_WORDS.when), either(_WORDS.so)
_SAY, _THAT, _END = either(_WORDS.saying), either(_WORDS.that), f"{either(_WORDS.ending)}{{0,2}}"
_NOT = f"{_ME}{either(_WORDS.stressing)}{{0,2}}{either(_WORDS.never)}"
_NEVER_SAID = re.compile(rf"{_NOT}{_SO}?{_SAY}的?过?{_THAT}?{_END}")
_WHEN_SAID = re.compile(rf"{_ME}?{_WHEN}{_SO}?{_SAY}[过了]?{_THAT}?{_END}")
_NOT_THAT = re.compile(rf"{_ME}{_SAY}的可?不是{_THAT}{_END}")
_SAID_WHAT = re.compile(rf"(?:{_NOT}|(?P<when>{_ME}{_WHEN})){_SO}?{_SAY}过?(?P<what>.{{2,12}}?){_END}")
_WHO_SAID = re.compile(rf"{either(_WORDS.who_said)}[过了]?{_THAT}?{_END}")
_BESIDE = re.compile(rf"{either(_WORDS.beside)}{_END}")
_LATELY = 3
"""最近记下的这么多件里找。"""
_NAMES_IT = 0.3


def read_never_said(context: Context, utterance: Utterance) -> Reading | None:
    """整句都在说自己没说过，又有可撤的一件；说了没说过的是哪一件的，问的就是那一件。"""
    if not context.can_undo or context.open_question is not None or not context.matters:
        return None
    pieces = [normalise(piece).rstrip("?!") for piece in pieces_of(utterance.raw)]
    if (event := _disowned(context.matter, pieces)) is not None:
        undo = intents.Undo(event.label, event.id, sure=False)
        return Reading((undo,), Band.CONFIRM, 0.7, (f"说没说过“{event.label}”",))
    asked = _SAID_WHAT.fullmatch(pieces[0]) if len(pieces) == 1 else None
    if asked is not None and asked["when"] and _WHEN_SAID.fullmatch(pieces[0]) is None:
        return Reading((intents.Undo(asked["what"], sure=False),), Band.CONFIRM, 0.6, ("说没说过的一件没有记过",))
    denies = [piece for piece in pieces if any(form.fullmatch(piece) for form in (_NEVER_SAID, _WHEN_SAID, _NOT_THAT))]
    asides = [piece for piece in pieces if _WHO_SAID.fullmatch(piece) or _BESIDE.fullmatch(piece)]
    if not denies or len(denies) + len(asides) < len(pieces):
        return None
    return Reading((intents.Undo(sure=False),), Band.CONFIRM, 0.7, ("说自己没这么说过",))


def _disowned(matter: OpenMatter | None, pieces: list[str]) -> ReportableEvent | None:
    """“我啥时候说他同意了”：没说过的是最近记下的哪一件；“我没说同意”说的可能是自己没答应，不算。"""
    if matter is None or not matter.walked:
        return None
    likely = likely_in(matter)
    recorded = {event: prior for event, prior in likely.items() if event.id in matter.walked[-_LATELY:]}
    accuses = any(map(_WHO_SAID.fullmatch, pieces))
    for match in filter(None, map(_SAID_WHAT.fullmatch, pieces)):
        told = match["what"]
        heard = (
            hear_news(told, mood_reader().clauses(told), Likely(recorded, part_of=likely)).events if recorded else ()
        )
        event = heard[0].event if heard and heard[0].score >= _NAMES_IT else None
        if event is not None and (event.by is Actor.ME or match["when"] or accuses or has_any(told, _OTHERS)):
            return event
    return None

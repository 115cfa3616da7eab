"""说的是一种处境，不是进展：“马桶装上了 寄不回去”“民警说不立案”“投诉我撤了”，照手册里的一种打听答，听成的进展先问。"""

import re
from dataclasses import replace

from ....domain.understanding.moods import Mood
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import normalise
from ....rulebook.scenario_models.event_models import Actor
from ....rulebook.wording_models.spoken import load_spoken
from ....rulebook.wording_models.spoken_parts.matter_words import Plight
from .. import intents
from ..context import Context, OpenMatter, matter_spoken_of
from ..correcting.corrections import says_it_corrects
from ..intents import Band, Reading
from ..progress.told_in_turn import read_told_news
from ..progress.told_pieces import happened_at, likely_in
from ..utterance import Utterance

_PLIGHTS = load_spoken().matters.plights
_ANY = re.compile(
    "|".join(re.escape(word) for plight in _PLIGHTS for word in (*plight.words, plight.given) if word is not None)
)

_NAMED_TWICE = re.compile(
    r"(?:的|了|一个|一[件条双套瓶盒包只把])?(?P<thing>[^\s,，。的了]{1,4})的?[\s,，](?P=thing)[^\s,，。]{0,3}(?:没|影|不见|缺|少)"
)
"""“送床单 床单没寄”：说好给的一样，随后又说它没有。"""
_NOT_TO_NOTE = re.compile(r"别[写记]|不要[写记]")
"""“警察没立案 别写立案”：在改记着的。"""


def read_plight(context: Context, utterance: Utterance) -> Reading | None:
    """办着一件案件，说了一种处境；在问的、假设的由打听去答；听着也像一步进展的，一并问是不是。"""
    if context.open_question is not None or _ANY.search(utterance.text) is None or Mood.IF in utterance.moods:
        return None
    plight = _told(context, utterance.text)
    if plight is None or says_it_corrects(utterance) or _NOT_TO_NOTE.search(utterance.text):
        return None
    if utterance.asks and not plight.even_asked:
        return None
    if not context.matters:
        return _only(intents.Asked(plight.topic, utterance.raw)) if plight.from_start else None
    if _is_its_label(context, plight, utterance) or _is_that_step(context, plight, utterance):
        return None
    asked = intents.Asked(plight.topic, utterance.raw)
    news = read_told_news(context, utterance)
    first = news.first if news is not None else None
    if news is None or not isinstance(first, intents.Reported):
        own = _own_step(context, plight, utterance)
        intents_ = (asked,) if own is None else (asked, own)
        return Reading(intents_, Band.RECORD if own is None else Band.CONFIRM, 0.7, ("说的是一种处境",))
    if plight.asks is None:
        if first.event in (plight.instead_of, *plight.nor):
            return _only(asked)
        report = replace(first, sure=False, then="", earlier=())
        return replace(news, intents=(asked, report), band=Band.CONFIRM) if first.sure else _only(asked)
    if first.sure and not _is_mine(context, first):
        return replace(news, intents=(asked, *news.intents))  # “12315撤案了 他答应退”：答应退照记
    own = _own_step(context, plight, utterance)
    return _only(asked) if own is None else Reading((asked, own), Band.CONFIRM, 0.7, ("说的是一种处境",))


def _only(asked: intents.Asked) -> Reading:
    return Reading((asked,), Band.RECORD, 0.7, ("说的是一种处境",))


def _is_its_label(context: Context, plight: Plight, utterance: Utterance) -> bool:
    """整句一字不差就是列出来的那一件：照选了它。"""
    event = likely_in(_matter(context, utterance)).by_id.get(plight.asks or "")
    return event is not None and utterance.word == normalise(event.label)


def _is_that_step(context: Context, plight: Plight, utterance: Utterance) -> bool:
    """这条路上有一步的名称就说到了它：“已投诉或报警”。"""
    event = likely_in(_matter(context, utterance)).by_id.get(plight.instead_of or "")
    return event is not None and plight.named is not None and plight.named in event.label


def _own_step(context: Context, plight: Plight, utterance: Utterance) -> intents.Reported | None:
    """这种处境本身就是一步的，此刻轮得到：问是不是。"""
    matter = _matter(context, utterance)
    if plight.asks is None or matter.stage.event(plight.asks) is None:
        return None
    when = happened_at(utterance.raw, context.now)
    return intents.Reported(matter.code, plight.asks, when, utterance.raw, sure=False, others=(plight.asks,))


def _matter(context: Context, utterance: Utterance) -> OpenMatter:
    return matter_spoken_of(context, utterance) or context.matters[0]


def _is_mine(context: Context, report: intents.Reported) -> bool:
    matter = next((one for one in context.matters if one.code == report.case), context.matters[0])
    event = likely_in(matter).by_id.get(report.event)
    return event is not None and event.by is Actor.ME


def _told(context: Context, text: str) -> Plight | None:
    said = (text, *map(normalise, pieces_of(text)))
    at_hand = {matter.scenario.id for matter in context.matters}
    standing = {matter.stage.id for matter in context.matters}
    for plight in _PLIGHTS:
        is_start = not at_hand and plight.from_start
        if plight.scenarios and at_hand.isdisjoint(plight.scenarios) and not is_start:
            continue
        if plight.stages and standing.isdisjoint(plight.stages):
            continue
        if any(_is_in(plight, one) for one in (said if plight.asks is not None else said[:1])):
            return plight
    return None


def _is_in(plight: Plight, said: str) -> bool:
    is_given = plight.given is not None and plight.given in said
    is_said = any(word in said for word in plight.words)
    if not (is_given or is_said) or any(word in said for word in plight.unless):
        return False
    if plight.given is not None and is_given and _NAMED_TWICE.search(said, said.index(plight.given) + 1):
        return True
    if not is_said:
        return False
    if plight.also and not any(word in said for word in plight.also):
        return False
    return not plight.along or any(word in said for word in plight.along)

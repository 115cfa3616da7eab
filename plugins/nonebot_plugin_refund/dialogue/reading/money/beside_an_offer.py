"""一句里说了对方出的数，又说了别的进展（“12315昨天受理了 店家松口给1200”“没答应 今天点的平台介入”）：两样都记。"""

from dataclasses import replace

from ....domain.case.case_routes import route_to
from ....domain.understanding.terms.told_terms import is_term
from ....domain.understanding.writing.pieces import pieces_of
from ....rulebook.scenario_models.event_models import Actor
from .. import intents
from ..context import Context, OpenMatter
from ..intents import Band, Reading
from ..progress.told_in_turn import read_in_turn, read_told_news, walked_to
from ..progress.told_pieces import LEAST_TOLD, goes_on, likely_in
from ..utterance import Utterance
from .offers import EVENTS, read_offer

_ASK_MORE, _REVIEW, _SIGNED = "ask-more", "review-asked", "merchant-signed"


def read_offer_and_news(context: Context, utterance: Utterance) -> Reading | None:
    """对方出了一个数；别的几截里又说了一件听得准的进展的，先记它。"""
    offer = read_offer(context, utterance)
    first = offer.first if offer is not None else None
    if offer is None or not isinstance(first, intents.Offered) or context.open_question is not None:
        return offer
    matter = next((one for one in context.matters if one.code == first.case), None)
    pieces = [piece for piece in pieces_of(utterance.raw) if len(piece) >= LEAST_TOLD]
    if matter is None or first.dealt or len(pieces) < 2:
        return offer
    if first.deducts and read_in_turn(context, utterance, matter):
        return None  # “店里昨天签收的 今天说有穿痕要扣30”：两步都听准了，照进展记
    rest = [piece for piece in pieces if not is_term(piece) and _names_a_step(matter, piece)]
    rest = [piece for piece in rest if read_offer(context, Utterance(piece)) is None]
    if not rest or len(rest) == len(pieces):
        return offer
    told = _sure_step(context, matter, " ".join(rest))
    if told is None or not _stands_beside(matter, told):
        return offer
    reached = _reached(matter, told)
    offered = Utterance(" ".join(piece for piece in pieces_of(utterance.raw) if piece not in rest))
    again = read_offer(replace(context, matters=(reached,)), offered) if reached is not None else None
    return replace(offer, intents=(told, *(again or offer).intents))


def after_refusing(context: Context, matter: OpenMatter, utterance: Utterance, rest: str) -> Reading | None:
    """说了没答应，``rest`` 里又说了别的：没答应的先记，后面的照没答应之后听；没说别的、听不准的为空。"""
    route = route_to(matter.scenario, matter.position, _ASK_MORE, matter.walked)
    reached = walked_to(matter, route) if route is not None else None
    if reached is None or len(rest) < LEAST_TOLD:
        return None
    refused = intents.Reported(matter.code, _ASK_MORE, None, utterance.raw, sure=True, others=(_ASK_MORE,))
    onwards = replace(context, awaits=None, matters=(reached,))
    offer = read_offer(onwards, Utterance(rest))
    if offer is not None and isinstance(offer.first, intents.Offered) and offer.first.sum is not None:
        return Reading((refused, *offer.intents), Band.RECORD, 0.8, ("没答应，又出了一个数",))
    told = _sure_step(onwards, reached, rest)
    if told is None or told.event == _REVIEW:
        return None  # 要求复核就是没接受，不是另一件
    both = replace(told, said=utterance.raw, earlier=((_ASK_MORE, None), *told.earlier))
    return Reading((both,), Band.RECORD, 0.8, ("没答应对方的数，又说了后来的",))


def _sure_step(context: Context, matter: OpenMatter, said: str) -> intents.Reported | None:
    """``said`` 里听得准的一件进展；说的是出价、了结、还没动静的，听不准的为空。"""
    news = read_told_news(replace(context, awaits=None, matters=(matter,)), Utterance(said))
    first = news.first if news is not None else None
    if not isinstance(first, intents.Reported) or not first.sure or first.event in (*EVENTS, _ASK_MORE):
        return None
    event = likely_in(matter).by_id.get(first.event)
    return first if event is not None and goes_on(event) else None


def _stands_beside(matter: OpenMatter, told: intents.Reported) -> bool:
    """不是同一方先前的答复（“之前说不退 今天说给一半”）：自己做的、行政部门定的、退的货签收了。"""
    event = likely_in(matter).by_id.get(told.event)
    return event is not None and (event.event.by in (Actor.ME, Actor.AUTHORITY) or event.id == _SIGNED)


def _reached(matter: OpenMatter, told: intents.Reported) -> OpenMatter | None:
    route = route_to(matter.scenario, matter.position, told.event, matter.walked)
    return walked_to(matter, route) if route is not None else None


def _names_a_step(matter: OpenMatter, piece: str) -> bool:
    """这一截里有这件案件里哪件事的说法：有才再听一遍。"""
    return likely_in(matter).sayings.are_in(piece)

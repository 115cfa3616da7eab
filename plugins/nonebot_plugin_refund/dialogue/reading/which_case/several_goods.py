"""一句里说了几样货：“羽绒服跑毛 充电宝一直不到 面膜过期”，一样一件；问着其中一件时，说别的几样的不记进来。"""

from ....domain.understanding.writing.pieces import pieces_of
from ....rulebook.wording_models.spoken import load_spoken
from ..context import Context
from ..meanings.other_goods import OtherGoods
from ..recognising import GOODS, by_goods, recognised
from ..utterance import Utterance

_SPOKEN = load_spoken()
_TROUBLES = frozenset({"quality", "not-shipped", "not-received", "goods-return"})
"""词表里的几组：货出了毛病、没发、没到、要退。"""
_SEVERAL = 2
_ONE_ORDER = _SPOKEN.matters.one_order


def several_goods(context: Context, utterance: Utterance) -> tuple[OtherGoods, ...]:
    """说了的几样货，先说的在前，各出了各的毛病；只说了一样、说的是一单里的几样的为空。"""
    pieces = pieces_of(utterance.raw)
    if len(pieces) < _SEVERAL or any(word in utterance.text for word in _ONE_ORDER):
        return ()
    if not any(word in utterance.text for word in _SPOKEN.matters.several):
        return ()
    told: dict[str, list[str]] = {}
    thing = None
    for piece in pieces:
        thing = _thing_in(context, piece) or thing
        if thing is not None:
            told.setdefault(thing, []).append(piece)
    book = context.book
    every = {one: " ".join(said) for one, said in told.items()}
    if sum(bool(_TROUBLES & book.classifier.features(said)[0].keys()) for said in every.values()) < _SEVERAL:
        return ()
    found: list[OtherGoods] = []
    for one, said in every.items():
        kind = recognised(book.classifier, said, first=True).scenario
        kind = kind or by_goods(book.classifier, book.scenarios, said, needs=GOODS)
        if kind is None:
            return ()
        found.append(OtherGoods(kind, one, said))
    return tuple(found)


def told_of_kept(context: Context, utterance: Utterance) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    """问着一件，话里提到先前记着的另几样：正问着的这件说了什么，另几样各说了什么；没提到的为 ``None``。"""
    opened = context.open_question
    kept = () if opened is None else tuple(one.thing for one in opened.dialogue.kept)
    if not any(thing in utterance.text for thing in kept):
        return None
    own: list[str] = []
    told: dict[str, list[str]] = {}
    spoken_of: str | None = None
    for piece in pieces_of(utterance.raw):
        named = next((thing for thing in kept if thing in piece), None)
        if named is not None or _thing_in(context, piece) is not None:
            spoken_of = named
        (own if spoken_of is None else told.setdefault(spoken_of, [])).append(piece)
    return " ".join(own), tuple((thing, " ".join(said)) for thing, said in told.items())


def _thing_in(context: Context, piece: str) -> str | None:
    goods = context.book.classifier.features(piece)[0].get("goods")
    return None if goods in _SPOKEN.vague_goods else goods

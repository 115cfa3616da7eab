"""案件：说了为这件事另花的一笔（“寄走了邮费十二块”“不是到付 我自己垫的12块”）：不是东西的价钱；一起说的进展另听。"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ....domain.understanding.moods import Mood, mood_reader
from ....domain.understanding.sums.moved_sums import SUM_SAID, whole_sum
from ....domain.understanding.sums.numerals import read_number
from ....domain.understanding.sums.offered_sums import may_have_sum
from ....domain.understanding.writing.listed_words import either, has_any
from ....domain.understanding.writing.pieces import pieces_of
from ....rulebook.wording_models.spoken import load_spoken
from ..context import Context, OpenMatter, matter_spoken_of
from ..meanings.sum_intents import SumKind, SumTold
from ..utterance import Utterance

_MONEY = load_spoken().money
_COSTS = tuple(sorted(_MONEY.own_costs, key=len, reverse=True))
_COST = either(_COSTS)
_TENS = r"[二三四五六七八九]?十[一二三四五六七八九]?(?![天个号月日次点份件年多])"
_SUM = rf"(?:{SUM_SAID}|[一二两三四五六七八九十百]{{1,4}}(?=块|元)|{_TENS})(?:块钱?|元)?[0-9一二三四五六七八九]?"
_TOLD = re.compile(
    rf"{_COST}[^ ,。;0-9一二两三四五六七八九十]{{0,7}}{_SUM}(?:先?我?[自垫出付花掏][己垫出付花掏]{{0,2}}的?)?"
    rf"|(?:花|付|出|垫|掏|交)[了我俺掉]{{0,2}}{_SUM}的?{_COST}"
)
_BARE = re.compile(rf"(?:一共|花了|才)?{_SUM}(?:多|左右)?")
_PAID_MYSELF = re.compile(
    rf"(?:都?是)?(?:我|俺|咱)?(?:自己|自个|先)?(?:垫|出|付|掏)(?:的|了|钱)?{_SUM}|{_SUM}(?:是)?(?:我|俺)(?:自己)?先?(?:垫|出|付|掏)的?"
)
_COURIER = re.compile(rf"{either(_MONEY.couriers)}[^ ,。;0-9]{{0,3}}?(?:花|收|付|要)(?:了|我)?{_SUM}")
_GONE_BACK = re.compile(either(_MONEY.gone_back))
_NOT_TOLD = frozenset({Mood.QUESTION, Mood.IF, Mood.PLAN, Mood.HEARSAY})
_SENT = frozenset({"sent-back", "merchant-signed", "return-refused"})
_ON_THE_WAY = ("sent-back", "merchant-signed")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class CostTold:
    """另花的一笔，和去掉它以后说的别的。"""

    told: SumTold
    rest: str


def own_cost(context: Context, utterance: Utterance) -> CostTold | None:
    """说了另花的一笔；在问的、说对方要扣要退的、说到账的为空。"""
    matter = matter_spoken_of(context, utterance)
    if matter is None or context.open_question is not None or utterance.doubts or utterance.came:
        return None
    if not may_have_sum(utterance.text):
        return None
    pieces = list(pieces_of(utterance.raw))
    found = list(_costs(pieces, utterance.text))
    if len(found) != 1:
        return None
    (first, last), word, value, left = found[0]
    what = _named(matter, word, utterance.text)
    rest = " ".join(filter(None, (*pieces[:first], left, *pieces[last + 1 :])))
    return CostTold(SumTold(matter.code, SumKind.COST, value, utterance.raw, what=what), rest)


_Cost = tuple[tuple[int, int], str, Decimal, str]
"""从第几截到第几截、花在什么上、多少、这几截里剩下的话。"""


def _costs(pieces: Sequence[str], whole: str) -> Iterator[_Cost]:
    """一截一截地看；在问的、说对方要扣要退的不算。"""
    for place, piece in enumerate(pieces):
        found = _cost_at(place, pieces, whole)
        if found is None or has_any(_GONE_BACK.sub("", piece), _MONEY.not_own_costs) or _is_asked(piece):
            continue
        yield found


def _cost_at(place: int, pieces: Sequence[str], whole: str) -> _Cost | None:
    piece, last = pieces[place], place
    word = next((word for word in _COSTS if word in piece), "")
    if (match := _TOLD.search(piece)) is not None:
        value, left = _sum_in(match[0]), piece.replace(match[0], " ").strip()
    elif word and place + 1 < len(pieces) and whole_sum(piece) is None and _BARE.fullmatch(pieces[place + 1]):
        value, left, last = _sum_in(pieces[place + 1]), "", place + 1
    elif not word and has_any(whole, _MONEY.sending) and (match := _postage(piece)) is not None:
        word, value, left = _MONEY.postage[0], _sum_in(match[0]), piece.replace(match[0], " ").strip()
    else:
        return None
    return None if value is None else ((place, last), word, value, left)


def _sum_in(said: str) -> Decimal | None:
    """写了单位的、光一个数的、“十五”“二十五”。"""
    tens = re.search(_TENS, said)
    return whole_sum(said, _LEAST) or (None if tens is None else read_number(tens[0]))


def _postage(piece: str) -> re.Match[str] | None:
    """没说“运费”，说的是寄的时候自己垫的：“我自己垫的12块”“顺丰花了18”。"""
    return _PAID_MYSELF.fullmatch(piece) or _COURIER.search(piece)


def _is_asked(piece: str) -> bool:
    return any(clause.mood in _NOT_TOLD for clause in mood_reader().clauses(piece))


def _named(matter: OpenMatter, word: str, whole: str) -> str:
    """运费说的是哪一程：寄过了、正说着寄的，是寄回的。"""
    is_back = (
        bool(_SENT & set(matter.walked)) or any(map(matter.stage.event, _ON_THE_WAY)) or has_any(whole, _MONEY.sending)
    )
    return _MONEY.posted_back[0] if word in _MONEY.postage and is_back else word

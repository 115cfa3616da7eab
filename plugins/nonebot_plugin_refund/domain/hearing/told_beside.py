"""没在答正问着的那一题，话里说到的别的：手里有的凭证、另花的钱、一共花了多少、唯一的一个日子。

拿得准的才算；在问的、假设的、说没有的、说对方要怎样的都不算。
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from ...rulebook.scenario_models.models import Question, QuestionKind
from ...rulebook.wording_models.spoken import load_spoken
from ..days.calendar import SHANGHAI
from ..understanding.moods import Mood, mood_reader
from ..understanding.sums.moved_sums import whole_sum
from ..understanding.writing.pieces import pieces_of
from ..understanding.writing.text import normalise
from .cues import says_another_event
from .values.told_values import values_in

_SPOKEN = load_spoken()
_PROOFS = tuple(sorted((*_SPOKEN.evidence.proofs, *_SPOKEN.evidence.also_proofs), key=len, reverse=True))
_COSTS = tuple(sorted(_SPOKEN.money.own_costs, key=len, reverse=True))
_PAID = tuple({*_SPOKEN.totals, *_SPOKEN.spent, *_SPOKEN.money.went_out})
_HAS = re.compile(
    r"有(?!时|点|些人|人|次|一次|没|说|用|什么|啥)|存|留[着了下]|保存|都在|还在|翻到|找到|查到|打印|拍[了下的]|录[了下的]|截[了图屏下]|出了|出来|导[出了]|在我这|在手[里上]"
)
"""凭证在手里：“有聊天”“录了像”“我都截了图”；“天天看视频”不是凭证。"""
_HAS_NOT = re.compile(r"没|不(?!过)|未|删|丢了|忘|找不|哪|怎么|咋|要我|让我|叫我|需要|补")
_NOT_OWN = re.compile(r"扣|退|赔|补|返|报销|免|包[邮赔退]|谁|让|要我|要求|喊我|叫我|多少|如果|到账|给我|每")
"""钱不是自己已经花出去的。"""
_ROUGHLY = re.compile(
    r"[0-9一二三四五六七八九十百千万][多来](?![0-9])|左右|大概|大约|差不多|将近|快(?=[0-9一二三四五六七八九十百])"
)
"""“八十多”“大概五十”：说的是约数。"""
_NOT_HAPPENED = re.compile(r"没|不|未|别")
_SUPPOSING = ("如果", "要是", "吗")
_NOT_TOLD = frozenset({Mood.QUESTION, Mood.IF, Mood.PLAN, Mood.HEARSAY})
_LEAST_COST, _LEAST_PAID = 5, 100
_LONGEST_COVERED, _LONGEST_LISTED = 16, 8


@dataclass(frozen=True, slots=True)
class ToldBeside:
    """说到的别的；什么也没有的是假的。"""

    proofs: tuple[str, ...] = ()
    """手里有哪几样凭证，词表里的词。"""
    costs: Mapping[str, Decimal] = field(default_factory=dict[str, Decimal])
    """另花的钱：词表里的词 → 多少元。"""
    rough: Mapping[str, Decimal] = field(default_factory=dict[str, Decimal])
    """另花的钱，说的是约数的（“运费八十多”）：不当准数记。"""
    paid: Decimal | None = None
    """一共花了多少。"""
    day: date | None = None
    """唯一一个过去的日子。"""
    covers: bool = False
    """整句说的都是这些，没说别的。"""

    def __bool__(self) -> bool:
        return bool(self.proofs or self.costs or self.rough or self.paid is not None or self.day is not None)

    @property
    def is_plain(self) -> bool:
        """有凭证、有钱数：不光是提到一个日子。"""
        return bool(self.proofs or self.costs or self.rough or self.paid is not None)


NOTHING_BESIDE = ToldBeside()


def may_tell_beside(text: str) -> bool:
    """有没有像凭证、钱数、日子的字；没有的不必细看。"""
    said = normalise(text)
    return any(character.isdigit() for character in said) or _LIKE.search(said) is not None


_LIKE = re.compile(
    rf"{'|'.join(map(re.escape, _PROOFS))}|[昨前今]天|昨晚|周[一二三四五六日]|[二三四五六七八九十百千万]"
)


def told_beside(text: str, now: datetime) -> ToldBeside:
    """话里说到的别的。``now`` 带时区。"""
    proofs: dict[str, None] = {}
    costs: dict[str, Decimal] = {}
    rough: dict[str, Decimal] = {}
    paid: set[Decimal] = set()
    covered = True
    for piece in pieces_of(text):
        proof = _proof_in(piece, listing=bool(proofs))
        cost, sum_paid = _cost_in(piece), _paid_in(piece)
        is_found = proof is not None or cost is not None or sum_paid is not None
        if is_found and not _is_told(piece, proof):
            covered = False
            continue
        proofs |= {} if proof is None else {proof: None}
        kept = rough if cost is not None and _ROUGHLY.search(normalise(piece)) is not None else costs
        kept |= {} if cost is None else {cost[0]: cost[1]}
        paid |= set() if sum_paid is None or cost is not None else {sum_paid}
        covered = covered and len(piece) <= _LONGEST_COVERED and (proof is not None or _tells_sum(piece))
    whole = paid.pop() if len(paid) == 1 else None
    return ToldBeside(tuple(proofs), costs, rough, whole, sole_past_day(text, now), covers=covered)


def only_proof(text: str, now: datetime) -> bool:
    """整句只说手里有什么凭证：“照片有”“账单打印出来了 有视频”。``now`` 带时区。"""
    told = told_beside(text, now) if may_tell_beside(text) else NOTHING_BESIDE
    return told.covers and bool(told.proofs) and not (told.costs or told.rough) and told.paid is None


def without_proof(text: str, now: datetime) -> str:
    """光说凭证的几截之外的；没有这样的几截照旧，整句都是的为空。``now`` 带时区。"""
    pieces = pieces_of(text) if may_tell_beside(text) else ()
    kept = [piece for piece in pieces if not only_proof(piece, now)]
    return " ".join(kept) if len(kept) < len(pieces) else text


def asks_for_proof(question: Question) -> bool:
    """这一题问的就是手里有没有凭证。"""
    asked = (question.text, *(option.label for option in question.options))
    return any(word in said for said in asked for word in _PROOFS)


def sole_past_day(text: str, now: datetime) -> date | None:
    """话里说了的唯一一个过去的日子，后来可能会问到是不是它；说的是下单这样不会问的、还没有的为空。"""
    told = {one.value: one for one in values_in(QuestionKind.DATE, text, now)}
    if len(told) != 1:
        return None
    day = date.fromisoformat(str(next(iter(told)))[:10])
    piece = next((piece for piece in pieces_of(text) if any(values_in(QuestionKind.DATE, piece, now))), text)
    if _NOT_HAPPENED.search(piece) is not None or says_another_event(piece):
        return None
    return day if day <= now.astimezone(SHANGHAI).date() else None


def _is_told(piece: str, proof: str | None) -> bool:
    """不在问、不在假设；“老师承诺的话我都截了图”语气听着像假设，说的是手里有的。"""
    if proof is not None and not any(word in piece for word in _SUPPOSING):
        return True
    return not any(clause.mood in _NOT_TOLD for clause in mood_reader().clauses(piece))


def _proof_in(piece: str, *, listing: bool = False) -> str | None:
    """``listing`` 是前一截已经在数手里有什么：“有照片 还有直播录屏”。"""
    has = _HAS.search(piece) is not None or (listing and len(piece) <= _LONGEST_LISTED)
    if not has or _HAS_NOT.search(piece) is not None:
        return None
    return next((word for word in _PROOFS if word in piece), None)


def _tells_sum(piece: str) -> bool:
    return whole_sum(piece) is not None and _NOT_OWN.search(piece.replace("扣了", "")) is None


def _cost_in(piece: str) -> tuple[str, Decimal] | None:
    word = next((word for word in _COSTS if word in piece), None)
    if word is None or _NOT_OWN.search(piece) is not None:
        return None
    value = whole_sum(piece, _LEAST_COST)
    return None if value is None else (word, value)


def _paid_in(piece: str) -> Decimal | None:
    if (
        "游戏" in piece
        or not any(word in piece for word in _PAID)
        or _NOT_OWN.search(piece.replace("扣了", "")) is not None
    ):
        return None
    return whole_sum(piece, _LEAST_PAID)

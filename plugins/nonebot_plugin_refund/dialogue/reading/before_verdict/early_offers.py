"""访谈还没有结论，对方就出了一个数：不当作答案，先记着，有了结论和要的一比。"""

import re
from datetime import datetime

from ....domain.hearing.hearing import Heard
from ....domain.interview.early import EarlyOffer
from ....domain.understanding.moods import Clause, Mood
from ....domain.understanding.writing.pieces import pieces_of
from ....rulebook.scenario_models.event_models import Actor
from ....rulebook.scenario_models.models import QuestionKind
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..answering.answers import heard_an_answer, read_answer
from ..context import Context, OpenQuestion, is_plainly_another
from ..correcting.corrections import without_lead
from ..intents import Band, Reading
from ..money.arrivals import says_no_to_an_offer, turns_it_down
from ..money.offers import offer_in
from ..utterance import Utterance
from .early_news import read_dated_news, read_early_news

_OFFERERS = load_spoken().offerers
_WHO = load_spoken().money.offering
_WRITTEN = re.compile(r"合同|协议|条款|规定|规则|页面|写|听说|别人|网上|都说")
_MAY_IT_BE = re.compile(r"(?:能不能|可不可以|行不行)给?退|(?:能|可以)给?退(?:货|款|钱|掉)?(?:吗|不(?![了肯]))")
"""“那面膜能退吗 199的”：问能不能退，数是东西的价钱。"""
_LESS = re.compile(r"只退(?!钱|款)|退一部分|退一点|实付的少")
"""选项里有这些字的，问的就是退得少。"""
_ONLY_MONEY = "只退"
_NOT_ASKING_SUMS = frozenset({QuestionKind.CHOICE, QuestionKind.MULTI, QuestionKind.YESNO, QuestionKind.DATE})
"""问钱数的题里，说的数就是答案。"""
_REFUSES = load_spoken().money.refuses_early
_TOO_LITTLE = load_spoken().money.too_little
_NOT_BY_ME = load_spoken().money.not_by_me
_LEAST_LEFT = 3


def read_early_offer(context: Context, utterance: Utterance) -> Reading | None:
    """“店家说补我20 我没干”：对方出了多少，他应没应。"""
    opened = context.open_question
    if opened is None or opened.question.kind not in _NOT_ASKING_SUMS or context.matter is not None:
        return None
    if utterance.doubts:
        return None  # “说给我退560 会不会是骗子”：先答是不是骗子
    if any(_LESS.search(option.label) for option in opened.question.options):
        return None  # 退得少正是这一题要问的
    if _MAY_IT_BE.search(utterance.text) is not None and not any(word in utterance.text for word in _OFFERERS):
        return None
    offered = next((found for part in utterance.parts if (found := offer_in(part, context.now)) is not None), None)
    if offered is None or is_plainly_another(context, utterance):
        return None
    if any(_ONLY_MONEY in option.label for option in opened.question.options) and heard_an_answer(context, utterance):
        return None  # “收到了 他说退我20”：多半在答货到哪了
    news, heard = _told_besides(context, utterance)
    early = intents.EarlyOffered(offered, refused=_refuses(utterance), news=news, heard=heard)
    return Reading((early,), Band.RECORD, 0.8, ("还没有结论就出价",))


def _told_besides(context: Context, utterance: Utterance) -> tuple[intents.EarlyNews | None, Heard | None]:
    """出价之外的几截：里面的一件进展，或正问着的那一题的回答；都没有的两样为空。"""
    rest = " ".join(
        piece
        for piece in pieces_of(utterance.raw)
        if offer_in(Clause(piece, Mood.STATEMENT, Actor.MERCHANT, is_quoted=True), context.now) is None
        and not _refuses(Utterance(piece))
        and not any(word in piece for word in _WHO)
    )
    if len(rest) < _LEAST_LEFT:
        return None, None
    said = Utterance(rest)
    told = read_dated_news(context, said) or read_answer(context, said) or read_early_news(context, said)
    first = None if told is None else told.first
    if isinstance(first, intents.Answered):
        return None, first.heard
    return (first, None) if isinstance(first, intents.EarlyNews) else (None, None)


def offer_told(utterance: Utterance, now: datetime) -> EarlyOffer | None:
    """说起一件事的那句话里，对方已经出过的数；没说是谁出的、在问能不能的为空。``now`` 带时区。"""
    if utterance.doubts or _MAY_IT_BE.search(utterance.text) is not None:
        return None
    theirs = (part for part in utterance.parts if _is_theirs(part.text))
    offered = next((found for part in theirs if (found := offer_in(part, now)) is not None), None)
    return None if offered is None else EarlyOffer(offered, refused=_refuses(utterance))


def _is_theirs(said: str) -> bool:
    """说了是谁出的；合同、规定里写着的不是出价。"""
    return any(word in said for word in _WHO) and _WRITTEN.search(said) is None


def read_early_refusal(context: Context, utterance: Utterance) -> Reading | None:
    """对方出的数没答应、先前说错了的：里面的“没同意”“说错了”说的不是答过的哪一题。"""
    opened = context.open_question
    if opened is None:
        return None
    if without_lead(utterance) is None and not _refuses(utterance):
        return _refused_since(opened, utterance)
    return read_early_offer(context, utterance) or _refused_since(opened, utterance)


def _refused_since(opened: OpenQuestion, utterance: Utterance) -> Reading | None:
    """先前说过对方出了一个数，这一句只说不要它（“我不干”“太少了吧”）；在问的、说的是对方不答应的为空。"""
    offer = opened.dialogue.offer
    if offer is None or utterance.asks or utterance.moods & {Mood.IF, Mood.HEARSAY}:
        return None
    if not turns_it_down(utterance.raw) and not _finds_too_little(utterance):
        return None
    refused = intents.EarlyOffered(offer.sum, refused=True)
    return Reading((refused,), Band.RECORD, 0.8, ("没答应先前说的那个数",))


def _finds_too_little(utterance: Utterance) -> bool:
    """嫌少；说到别人的不算。"""
    said = utterance.text
    return any(word in said for word in _TOO_LITTLE) and not any(word in said for word in _NOT_BY_ME)


def _refuses(utterance: Utterance) -> bool:
    """有一截说了自己没答应。"""
    return says_no_to_an_offer(utterance.raw) or any(word in utterance.text for word in _REFUSES)

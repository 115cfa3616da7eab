"""第一句话：说起一件事的同时还问了一句（“要户口本不”“运费谁出”）：听准了是哪种打听的，先答它，再开始问。"""

from ....domain.understanding.asides import find_aside
from ....domain.understanding.meaning.topics import HeardTopics
from ....domain.understanding.moods import Mood
from ....domain.understanding.writing.pieces import pieces_of
from ....rulebook.wording_models.spoken import load_spoken
from ..context import Context
from ..utterance import Utterance
from .topics import is_plainly, only_what_to_do

_BY_INTERVIEW = frozenset({"chances", "how-much", "next-step", "told-hopeless", "scam-recover"})
"""能不能退、能退多少、接下来怎么办：问完这几题给的就是它。"""
_SHORTEST, _LONGEST, _MOST = 4, 24, 6
_ANSWERED_BY_SELF = 2
"""问了一句，后面只有这么几个字：“花了没？没”，是自己答了。"""
_WHAT_TO_DO, _LITTLE = load_spoken().what_to_do, 4
_JUST_ASKING = ("问问", "请问", "问一下", "问下", "凭什么", "凭啥")
_LIKELY, _FAMILIAR, _AHEAD = 0.4, 0.9, 1.6
"""没那么准的：词要这么熟，比第二像的高出这么多倍。"""


def asked_at_first(context: Context, utterance: Utterance, scenario: str) -> str | None:
    """哪一种打听；没问、问的就是能不能退、听不准的为空。"""
    if not utterance.asks:
        return None
    for piece in _asking(utterance):
        aside = find_aside(piece, context.book.asides, scenario)
        if aside is not None and context.book.topics.knows(aside.aside.id) and aside.aside.id not in _BY_INTERVIEW:
            return aside.aside.id
        found = context.book.topics.read(piece, (scenario,))
        topic = found.verbatim or (found.likeliest[0].id if found.likeliest else None)
        if topic is not None and topic not in _BY_INTERVIEW and (is_plainly(found) or _is_likely(found)):
            return topic
    return None


def _is_likely(found: HeardTopics) -> bool:
    best, *others = found.likeliest
    is_ahead = all(best.score >= _AHEAD * other.score for other in others[:1])
    return best.score >= _LIKELY and found.familiar >= _FAMILIAR and is_ahead


def _asking(utterance: Utterance) -> list[str]:
    """在问的小句、各截，只问“怎么办”的、自己答了的、一大段的不算；小句带着前后文，在前。"""
    pieces = pieces_of(utterance.raw)
    alone = [
        piece
        for piece, after in zip(pieces, (*pieces[1:], ""), strict=True)
        if Utterance(piece).asks and not 0 < len(after) <= _ANSWERED_BY_SELF
    ]
    clauses = [
        clause.text
        for clause in utterance.clauses
        if clause.mood is Mood.QUESTION and any(piece in clause.text for piece in alone)
    ]
    found = dict.fromkeys((*clauses, *alone))
    return [piece for piece in found if _SHORTEST <= len(piece) <= _LONGEST and not _is_what_to_do(piece)][:_MOST]


def _is_what_to_do(piece: str) -> bool:
    """“怎么办”“咋整啊老弟”“想问问”：没说问的是什么。"""
    return only_what_to_do(piece) or any(
        word in piece and len(piece) - len(word) <= _LITTLE for word in (*_WHAT_TO_DO, *_JUST_ASKING)
    )

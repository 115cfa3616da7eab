"""访谈里没在答正问着的那一题，说的是凭证、价钱、另花的钱、一个日子：听出来，记着说回去。"""

from decimal import Decimal

from ....domain.hearing.told_beside import ToldBeside, asks_for_proof, may_tell_beside, told_beside, without_proof
from ....domain.understanding.meaning import NONE, read_option
from ....domain.understanding.meaning.options import trained_head
from ....domain.understanding.sums.moved_sums import bare_price, price_told
from ....domain.understanding.yesno import says_yes_or_no_first
from ....rulebook.scenario_models.models import QuestionKind
from ..answering.answers import has_candidates
from ..context import Context, OpenQuestion, is_plainly_another, says_another
from ..intents import Band, Reading
from ..meanings.beside_intents import BesideTold
from ..utterance import Utterance

_ASKS_NUMBERS = frozenset({QuestionKind.AMOUNT, QuestionKind.NUMBER})
_SHORT = 3
_NOT_ANSWERING = 0.6
"""凭证之外说的，这么不像在答是非题，就是没在答。"""
_ANSWERING = 0.73
"""不到这么像，就不是在答是非题：记着的门槛（docs/listening.md）。"""
_LIKE_AN_OPTION = 0.6
"""说了花掉多少，还这么像这一题的一项，先当是在答。"""


def read_told_beside(context: Context, utterance: Utterance) -> Reading | None:
    """说到了别的就给出听法；在问的、像这一题的某几样的、说的就是这一题要的为空。"""
    opened = context.open_question
    if opened is None or opened.is_revision or utterance.is_bare or utterance.asks:
        return None
    if not may_tell_beside(utterance.raw) or says_another(utterance):
        return None
    told, price = told_beside(utterance.raw, context.now), price_beside(context, utterance)
    if not told and price is None:
        return None
    if told.proofs and price is None and not (told.costs or told.rough) and asks_for_proof(opened.question):
        return None
    if is_plainly_another(context, utterance):
        return None
    if not _is_beside(context, utterance, opened, told, is_plain=told.is_plain or price is not None):
        return None
    return Reading((BesideTold(told, price),), Band.RECORD, 0.7, ("没在答，说到了别的",))


def price_beside(context: Context, utterance: Utterance) -> Decimal | None:
    """这句话说的价钱；光报了一个数的，正问着的不是数、不是日子才算。"""
    told = price_told(utterance.raw)
    opened = context.open_question
    if told is not None or opened is None or opened.question.kind in _ASKS_NUMBERS:
        return told
    word = utterance.word
    if opened.question.kind is QuestionKind.DATE and word.isdigit() and len(word) > _SHORT:
        return None  # “1121”多半是日子
    return bare_price(utterance.raw)


def _is_beside(
    context: Context, utterance: Utterance, opened: OpenQuestion, told: ToldBeside, *, is_plain: bool
) -> bool:
    """不是在答：没有像的选项，或整句说的都是别的；光提到一个日子的，问着日子就是在答。"""
    question = opened.question
    if not is_plain and question.kind is QuestionKind.DATE:
        return False
    if not has_candidates(context, utterance) or told.covers:
        return True
    if question.kind is QuestionKind.YESNO and told.proofs:
        rest = without_proof(utterance.raw, context.now)
        best = read_option(opened.scenario.id, question, rest)[0]
        if says_yes_or_no_first(utterance.raw) is not None or not rest:
            return not rest and best.id == NONE
        return best.score < _ANSWERING if best.id != NONE else best.score >= _NOT_ANSWERING
    if not is_plain or question.kind is not QuestionKind.CHOICE or trained_head(opened.scenario.id, question) is None:
        return False
    best = read_option(opened.scenario.id, question, utterance.raw)[0]
    return best.id == NONE or (
        best.score < _LIKE_AN_OPTION and (bool(told.costs or told.rough) or told.paid is not None)
    )

"""问答里说起的价钱：没有哪一题问它的先留着，有了结论记进案件，免得再问一遍。"""

from decimal import Decimal

from ..domain.case.case_amounts import CLAIMED
from ..domain.understanding.sums.moved_sums import bare_price, price_told
from ..render.texts.offer_text import yuan
from ..rulebook.scenario_models.models import QuestionKind, Scenario
from ..storage.case import interviews
from .base.turn import Reply, Turn, replies
from .case import casework
from .case.keeper import OpenedCase
from .case.money import amounts, claiming
from .interview import interviewing
from .scene import Scene

KEPT = "你说过这单 {price}，先照它比、照它算；不对就说「价格记错了 是多少」。"

_ASKS_NUMBERS = frozenset({QuestionKind.AMOUNT, QuestionKind.NUMBER})
_SHORT = 3


async def settle(scene: Scene) -> list[Reply]:
    """还在问答的，留着；这句话有了结论、立了案的，记进去说回去。"""
    turn = scene.turn
    told = _told(scene) if turn.incoming.text else None
    before = scene.interview.dialogue.spent if scene.interview is not None else None
    if turn.known.opened is not None:
        price = Decimal(before) if before is not None else told
        return [] if price is None else await _into_case(turn, price)
    if told is None or (scene.interview is None and scene.cases):
        return []
    interview = await interviewing.active(turn)
    if interview is None or interview.dialogue.spent is not None or asks_sum(interview.edition.scenario):
        return []
    state = {**interview.record.state, "spent": str(told)}
    await interviews.save(turn.session, interview.record, now=turn.now, state=state)
    return []


def _told(scene: Scene) -> Decimal | None:
    """这句话说的价钱；光报了一个数的，正问着的不是数、不是日子才算。"""
    told = price_told(scene.utterance.raw)
    opened = scene.context.open_question
    if told is not None or opened is None or opened.question.kind in _ASKS_NUMBERS:
        return told
    bare = bare_price(scene.utterance.raw)
    word = scene.utterance.word
    if opened.question.kind is QuestionKind.DATE and word.isdigit() and len(word) > _SHORT:
        return None  # “1121”多半是日子
    return bare


def asks_sum(scenario: Scenario) -> bool:
    """这种问答自己就问钱数。"""
    return any(question.kind is QuestionKind.AMOUNT for question in scenario.questions)


async def _into_case(turn: Turn, price: Decimal) -> list[Reply]:
    opened = await casework.open_cases(turn)
    case = next((case for case in opened if case.record.id == turn.known.opened), None)
    if not isinstance(case, OpenedCase) or case.position is None or asks_sum(case.edition.scenario):
        return []
    if amounts.claimed_of(case) is not None:
        return []
    case = await claiming.keep_price(turn, case, price)
    await amounts.remember(turn, case, **{CLAIMED: price})
    return replies(KEPT.format(price=yuan(price)))

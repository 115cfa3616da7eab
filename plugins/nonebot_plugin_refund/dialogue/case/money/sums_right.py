"""“是350 不是300”：说的错数正是这件案件记着的，改成对的那个。"""

from decimal import Decimal

from ....domain.case.case_amounts import CLAIMED, read_amount
from ....domain.case.heard.called import known_sums
from ....domain.interview.answers import Answer
from ....domain.understanding.sums.stated_sums import corrected_sum, denied_sum
from ....rulebook.scenario_models.models import QuestionKind
from ...base.turn import Reply, Turn
from ...interview import revising
from ..case_state import OpenedCase
from . import amounts, claiming


async def put_right(turn: Turn, case: OpenedCase, said: str) -> list[Reply]:
    """访谈里答的是那个错数的，改那一题、重新判断；只在算钱时说过的改那里；不是这件记着的返回空。"""
    right, wrong = corrected_sum(said), denied_sum(said)
    if (
        right is None
        or wrong is None
        or wrong not in known_sums(case.edition.scenario, case.answers, case.record.amounts)
    ):
        return []
    answered = next(
        (
            question
            for question in case.edition.scenario.questions
            if question.kind is QuestionKind.AMOUNT and _is_answered(case, question.id, wrong)
        ),
        None,
    )
    offer = amounts.offer_of(case)
    if answered is None and offer is not None and wrong == offer.low and wrong != amounts.claimed_of(case):
        return []  # 错的是对方出的数
    if answered is None:
        return await claiming.correct(turn, case, said)
    if read_amount(case.record.amounts, CLAIMED) == wrong:
        case = await amounts.remember(turn, case, **{CLAIMED: right})
    return await revising.put_in_case(turn, case.record, case.edition, {answered.id: Answer(float(right))})


def _is_answered(case: OpenedCase, question: str, value: Decimal) -> bool:
    answer = case.answers.get(question)
    return answer is not None and isinstance(answer.value, (int, float)) and Decimal(str(answer.value)) == value

"""定下的数：判了、调了、谈妥了多少，到没到齐就照它比；“只退了400 少58”，该到的是两样加起来。"""

from decimal import Decimal

from ....domain.case.case_amounts import CLAIMED, DEALT
from ....domain.understanding.sums.moved_sums import is_an_instalment, whole_sum
from ....domain.understanding.sums.offered_sums import OfferedSum
from ....domain.understanding.writing.text import normalise
from ....render.texts.offer_text import yuan
from ....rulebook.money_models.offer_models import load_offers
from ....rulebook.wording_models.spoken import load_spoken
from ...base import prompts
from ...base.turn import Reply, Turn, replies
from ..case_state import OpenedCase
from ..casework import by_code
from . import amounts

_JUDGED = ("won",)
"""判了、调了：从此只要那个数。"""
_AGREED = ("agreed", "money-agreed", *_JUDGED)


async def settle_sum(turn: Turn, case: OpenedCase, event_id: str, said: str) -> str:
    """判了、调了、本人同意了：说了数的，到没到齐就照它比，不再照原来要的；没说的照先前出的。返回说回去的一句。"""
    if event_id not in _AGREED or case.record.closed_at is not None:
        return ""
    if event_id in _JUDGED and case.record.amounts.get(DEALT):
        return ""  # 一共多少随这件进展记下、说过了
    is_own = any(word in normalise(said) for word in load_spoken().dealt)
    whole = whole_sum(said) if event_id in _JUDGED else None
    offer = amounts.offer_of(case)
    if whole is None and not (is_own and offer is not None):
        return ""
    if whole is not None:
        case = await amounts.remember_offer(turn, case, OfferedSum(whole, whole))
    await amounts.remember(turn, case, **{DEALT: True})
    due = await amounts.expected(turn, await _again(turn, case))
    claimed = amounts.claimed_of(case)
    if due is None or due == claimed:
        return ""
    return load_offers().messages.settled_sum.format(sum=yuan(due))


async def short_of(turn: Turn, case: OpenedCase, said: str) -> OpenedCase:
    """“只退了400 少58”：还不知道要多少的，两样加起来就是该到的。"""
    short = amounts.short_in(said)
    came = amounts.came_in(said)
    if amounts.claimed_of(case) is not None or short is None or came is None or came == short:
        return case
    return await amounts.remember(turn, case, **{CLAIMED: came + short})


async def instalment_came(turn: Turn, case: OpenedCase, said: str, arrived: Decimal, expected: Decimal) -> list[Reply]:
    """几期里的一期到了，还有后面的：记下，不问是不是就此了结；说的不是一期的为空。"""
    if not is_an_instalment(said) or amounts.says_settled(said):
        return []
    turn.changed("amount", f"到账 {yuan(arrived)}", case.record.id)
    await prompts.done(turn)
    short, whole = yuan(expected - arrived), yuan(expected)
    told = load_offers().messages.arrived_instalment
    return replies(told.format(arrived=yuan(arrived), claimed=whole, short=short))


async def _again(turn: Turn, case: OpenedCase) -> OpenedCase:
    found = await by_code(turn, case.record.code)
    assert not isinstance(found, list)
    return found

"""案件开着时多说的一点情况：什么也没发生，什么也没问。说了算能要多少用得上的数就记下，别的应一声。"""

from ...domain.case.case_amounts import CLAIMED
from ...domain.understanding.sums.moved_sums import is_price_of_goods, spent_in
from ...domain.understanding.sums.stated_sums import stated_sum
from ...domain.understanding.writing.text import normalise
from ...rulebook.wording_models.spoken import load_spoken
from ..base import wording
from ..base.turn import Reply, Turn, replies
from ..reading import intents
from .case_state import OpenedCase
from .money import amounts, claiming, offering

_PROOFS = load_spoken().evidence.proofs
_TOTALS = load_spoken().totals
_SENT_BACK, _ON_DELIVERY = "sent-back", "到付"
_LEAST_TOTAL = 10
"""更小的数多半是几岁、几次。"""


async def hear(turn: Turn, case: OpenedCase, said: str) -> list[Reply]:
    """钱数先试着记进“能要多少”；说的是凭证，提醒留着；别的应一声，不假装记了什么。"""
    if counted := await _total(turn, case, said) or await _spent(turn, case, said):
        return counted
    if counted := await claiming.hear(turn, case, said) or await _price(turn, case, said):
        return counted
    return replies(wording.PROOF_NOTED if is_about_proof(said) else wording.DETAIL_NOTED)


def is_about_proof(said: str) -> bool:
    """话里说到了凭证：截图、录屏、鉴定书这些。"""
    text = normalise(said)
    return any(word in text for word in _PROOFS)


def on_delivery(report: intents.Reported) -> str:
    """刚记下寄出去了，说的是到付：提醒一句；不是的为空。"""
    is_sent = report.event == _SENT_BACK and report.sure and _ON_DELIVERY in normalise(report.said)
    return wording.SENT_ON_DELIVERY if is_sent else ""


async def _total(turn: Turn, case: OpenedCase, said: str) -> list[Reply]:
    """还不知道要的一共是多少，这句说了。"""
    text = normalise(said)
    if claiming.claim_for(turn, case).missing[:1] != (CLAIMED,) or not any(word in text for word in _TOTALS):
        return []
    if (stated_sum(said) or 0) < _LEAST_TOTAL:
        return []
    return await offering.hear_claimed(turn, case.record.code, said)


async def _spent(turn: Turn, case: OpenedCase, said: str) -> list[Reply]:
    """“总共花了460 两件”“一双鞋 289”：这单花了多少；已经知道的、数的是课时这些的为空。"""
    missing = claiming.claim_for(turn, case).missing
    if not missing or missing[0] not in claiming.PRICES:
        return []
    value = spent_in(said) or (stated_sum(said) if is_price_of_goods(said) else None)
    return [] if value is None else await claiming.note_price(turn, case, value)


async def _price(turn: Turn, case: OpenedCase, said: str) -> list[Reply]:
    missing = claiming.claim_for(turn, case).missing
    if not missing or missing[0] not in claiming.PRICES or amounts.sum_in(said) is None:
        return []
    return await claiming.hear_asked(turn, case.record.code, missing[0], said)

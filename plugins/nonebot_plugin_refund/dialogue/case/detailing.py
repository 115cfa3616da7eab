"""案件开着时多说的一点情况：什么也没发生，什么也没问。说了算能要多少用得上的数就记下，别的应一声。"""

from ...domain.understanding.text import normalise
from ...rulebook.spoken import load_spoken
from ..base import wording
from ..base.turn import Reply, Turn, replies
from . import amounts, claiming
from .keeper import OpenedCase

_PRICES = frozenset({"price", "paid"})
"""光说一个钱数时，多半说的是这两样：货款、交的学费。"""
_PROOFS = load_spoken().evidence.proofs


async def hear(turn: Turn, case: OpenedCase, said: str) -> list[Reply]:
    """钱数先试着记进“能要多少”；说的是凭证，提醒留着；别的应一声，不假装记了什么。"""
    if counted := await claiming.hear(turn, case, said) or await _price(turn, case, said):
        return counted
    return replies(wording.PROOF_NOTED if is_about_proof(said) else wording.DETAIL_NOTED)


def is_about_proof(said: str) -> bool:
    """话里说到了凭证：截图、录屏、鉴定书这些。"""
    text = normalise(said)
    return any(word in text for word in _PROOFS)


async def _price(turn: Turn, case: OpenedCase, said: str) -> list[Reply]:
    missing = claiming.claim_for(turn, case).missing
    if not missing or missing[0] not in _PRICES or amounts.sum_in(said) is None:
        return []
    return await claiming.hear_asked(turn, case.record.code, missing[0], said)

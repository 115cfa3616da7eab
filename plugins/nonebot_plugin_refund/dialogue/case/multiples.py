"""问赔三倍、十倍、假一赔几是多少：知道这单多少钱的，替他算出来；话里说了价钱、倍数的记下。"""

from decimal import Decimal

from ...domain.claims import sums
from ...domain.claims.said import read_inputs
from ...domain.understanding.sums.moved_sums import price_told
from ...render.texts.offer_text import yuan
from ...rulebook.money_models.claim_models import load_claims
from ..base.turn import Turn
from .case_state import OpenedCase
from .money import claiming

_TREBLE, _EITHER, _PROMISED = "fake-goods", "ten-or-three", "fake-ten"
"""手册里的三种打听。"""
_TIMES, _PRICE = "times", "price"
_MOST_TIMES = 20
_TEN = "十"
"""说到十倍的才算十倍。"""


async def computed(turn: Turn, case: OpenedCase | None, topic: str, said: str) -> str:
    """算出来的一句；不是问赔几倍、不知道这单多少钱的为空。"""
    if case is None or case.position is None or topic not in (_TREBLE, _EITHER, _PROMISED):
        return ""
    heard = read_inputs(load_claims(), said)
    known = claiming.inputs_of(case)
    told = {_PRICE: heard.get(_PRICE) or price_told(said), _TIMES: heard.get(_TIMES)}
    fresh = {name: value for name, value in told.items() if value is not None and value > 0 and name not in known}
    if fresh.get(_TIMES, Decimal()) > _MOST_TIMES:
        del fresh[_TIMES]
    if fresh:
        await claiming.keep_inputs(turn, case, fresh)
    known = {**known, **fresh}
    price = known.get(_PRICE)
    return "" if price is None else _in_words(topic, price, known.get(_TIMES), says_ten=_TEN in said)


def _in_words(topic: str, price: Decimal, times: Decimal | None, *, says_ten: bool) -> str:
    messages, said = load_claims().messages, yuan(price)
    if topic == _PROMISED and times is not None:
        promised = sums.promised(price, times, refund_included=False)
        less = sums.promised(price, times, refund_included=True)
        return messages.promised.format(
            price=said, times=f"{times.normalize():f}", promised=yuan(promised), less=yuan(less)
        )
    if topic == _EITHER and says_ten:
        return messages.treble_or_tenfold.format(
            price=said, treble=yuan(sums.treble(price)), tenfold=yuan(sums.tenfold(price))
        )
    return messages.treble.format(price=said, treble=yuan(sums.treble(price)))

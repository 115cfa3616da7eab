"""记着的到账没有这回事：去掉那个数；说了其实是花出去的，还不知道要多少的，就照它比。"""

from ....domain.case.case_amounts import ARRIVED, CLAIMED
from ....render.texts.offer_text import yuan
from ....rulebook.money_models.offer_models import load_offers
from ...base import prompts
from ...base.turn import Reply, Turn, replies
from ...reading import intents
from ..casework import by_code
from . import amounts


async def hear(turn: Turn, intent: intents.NothingCame) -> list[Reply]:
    """去掉到账的数，说回去；撤销还原。"""
    case = await by_code(turn, intent.case)
    if isinstance(case, list):
        return case
    came = amounts.arrived_before(case)
    if came <= 0 or case.record.closed_at is not None:
        return []
    messages = load_offers().messages
    turn.changed("amount", f"去掉到账 {yuan(came)}", case.record.id)
    claimed = amounts.claimed_of(case)
    lines = [messages.never_came.format(came=yuan(came))]
    if intent.spent and claimed is None:
        await amounts.remember(turn, case, **{ARRIVED: None, CLAIMED: came})
        lines.append(messages.claimed_noted.format(claimed=yuan(came)))
    else:
        await amounts.remember(turn, case, **{ARRIVED: None})
    await prompts.done(turn)
    return replies("\n".join(lines))

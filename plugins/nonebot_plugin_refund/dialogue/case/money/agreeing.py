"""对方出的数应没应：没答应的、判了谈妥了的、先到一部分后来说好补齐的，各怎么记。"""

from ....domain.case.case_amounts import DEALT
from ....domain.understanding.sums.offered_sums import OfferedSum
from ....render.texts.offer_text import yuan
from ....rulebook.money_models.offer_models import load_offers
from ...base import prompts
from ...base.turn import Reply, Turn, replies
from ...reading import intents
from ..case_state import OpenedCase
from ..casework import by_code
from ..progress import told_limits
from . import amounts, offering


async def hear(turn: Turn, intent: intents.Offered) -> list[Reply]:
    """没答应的、说好补剩下的；别的出价为空。"""
    if not intent.refused and not intent.rest:
        return []
    case = await by_code(turn, intent.case)
    if isinstance(case, list) or case.position is None or case.record.closed_at is not None:
        return case if isinstance(case, list) else []
    return await (_refused if intent.refused else _rest)(turn, case, intent)


async def _refused(turn: Turn, case: OpenedCase, intent: intents.Offered) -> list[Reply]:
    """这个阶段没有“不接受”这一步：数照记着，说清没答应。"""
    stage = case.stage
    assert stage is not None
    known = amounts.offer_of(case)
    if known is None and intent.sum is not None:
        case = await amounts.remember_offer(turn, case, intent.sum)
    turn.changed("amount", "没答应对方的数", case.record.id)
    case = await amounts.remember(turn, case, **{DEALT: None})
    await prompts.done(turn)
    claimed = amounts.claimed_of(case)
    still = f"你要的还是 {yuan(claimed)}；" if claimed is not None else ""
    return replies(
        load_offers().messages.refused.format(still=still, code=case.record.code, stage=stage.title),
    )


async def _rest(turn: Turn, case: OpenedCase, intent: intents.Offered) -> list[Reply]:
    """先到的加上说好补的，是一共的数；到了再说。补了还不够的，和要的一比。"""
    came, claimed = amounts.arrived_before(case), amounts.claimed_of(case)
    if intent.sum is not None and intent.sum.is_share:
        return await offering.offered(turn, intent)
    rest = intent.sum.low if intent.sum is not None else (claimed - came if claimed is not None else None)
    if rest is None or rest <= 0:
        return replies(load_offers().messages.rest_unsaid)
    total = came + rest
    turn.changed("amount", f"说好再给 {yuan(rest)}", case.record.id)
    case = await amounts.remember_offer(turn, case, OfferedSum(total, total))
    if claimed is not None and total < claimed:
        return await offering.compared(turn, case)
    case = await amounts.remember(turn, case, **{DEALT: True})
    said = load_offers().messages.rest_promised.format(rest=yuan(rest), came=yuan(came), total=yuan(total))
    return [*replies(said), *await told_limits.hear(turn, case, intent.said)]

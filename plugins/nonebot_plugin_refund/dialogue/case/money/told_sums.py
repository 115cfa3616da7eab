"""说了一个数：要的一共多少、花出去多少、又花出去一笔、价钱是别的：记下，和对方出的数一比。"""

from ....domain.case.case_amounts import ARRIVED, CLAIMED, read_amount
from ....render.texts.offer_text import yuan
from ....rulebook.money_models.offer_models import load_offers
from ...base.turn import Reply, Turn, replies
from ...reading.meanings.sum_intents import SumKind, SumTold
from ..case_state import OpenedCase
from ..casework import by_code
from . import amounts, claiming, offering


async def hear(turn: Turn, intent: SumTold) -> list[Reply]:
    """照它是什么去记；已经知道的不改，返回空。"""
    case = await by_code(turn, intent.case)
    if isinstance(case, list) or case.record.closed_at is not None:
        return case if isinstance(case, list) else []
    match intent.kind:
        case SumKind.WANTED | SumKind.SPENT:
            return await _claims(turn, case, intent)
        case SumKind.PAID_AGAIN:
            return await _paid_again(turn, case, intent)
        case SumKind.STILL:
            return await _still(turn, case, intent)
        case SumKind.ADDED:
            parts = "＋".join(map(yuan, intent.parts))
            return replies(load_offers().messages.added_up.format(parts=parts, total=yuan(intent.sum)))
        case SumKind.COST:
            return await _cost(turn, case, intent)
        case SumKind.PRICE:
            return await claiming.correct_to(turn, case, intent.sum)


async def _claims(turn: Turn, case: OpenedCase, intent: SumTold) -> list[Reply]:
    turn.changed("amount", f"要的是 {yuan(intent.sum)}", case.record.id)
    case = await amounts.remember(turn, case, **{CLAIMED: intent.sum})
    noted = replies(load_offers().messages.claimed_noted.format(claimed=yuan(intent.sum)))
    return noted if amounts.offer_of(case) is None else [*noted, *await offering.compared(turn, case)]


async def _cost(turn: Turn, case: OpenedCase, intent: SumTold) -> list[Reply]:
    """另花的一笔：算能要多少用得上的记下，别的应一声。"""
    messages = load_offers().messages
    case = await claiming.keep_costs(turn, case, {intent.what: intent.sum})
    said = messages.own_cost if claiming.counts(turn, case, intent.what) else messages.own_cost_apart
    return replies(said.format(what=intent.what, sum=yuan(intent.sum)))


async def _still(turn: Turn, case: OpenedCase, intent: SumTold) -> list[Reply]:
    """这个数还要：连到过的就是要的一共；记着的更多的不动，还没到过的说不准一共多少，请他说。"""
    messages, claimed = load_offers().messages, amounts.claimed_of(case)
    came = read_amount(case.record.amounts, ARRIVED)
    if not came:
        return replies(messages.still_unsaid.format(rest=yuan(intent.sum)))
    total = came + intent.sum
    if claimed is not None and claimed >= total:
        return replies(messages.still_known.format(total=yuan(claimed), came=yuan(came), short=yuan(claimed - came)))
    turn.changed("amount", f"还要 {yuan(intent.sum)}", case.record.id)
    await amounts.remember(turn, case, **{CLAIMED: total})
    return replies(messages.still_wanted.format(rest=yuan(intent.sum), came=yuan(came), total=yuan(total)))


async def _paid_again(turn: Turn, case: OpenedCase, intent: SumTold) -> list[Reply]:
    """先说止住，再加进要的数里；还不知道一共多少的，不拿这一笔当一共。"""
    messages, claimed = load_offers().messages, amounts.claimed_of(case)
    if claimed is None:
        return replies(messages.paid_again, messages.paid_again_unsaid.format(paid=yuan(intent.sum)))
    turn.changed("amount", f"又花了 {yuan(intent.sum)}", case.record.id)
    total = claimed + intent.sum
    await amounts.remember(turn, case, **{CLAIMED: total})
    return replies(messages.paid_again, messages.paid_again_added.format(paid=yuan(intent.sum), total=yuan(total)))

"""到此为止：说就这样了的先问是不是了结；数对得上、自己又说完了的不再问；问过了结、回了“不是”的照旧。"""

from ....domain.case.case_amounts import ARRIVED
from ....domain.understanding.sums.stated_sums import corrected_sum
from ....domain.understanding.writing.text import normalise
from ....render.texts.offer_text import yuan
from ....rulebook.money_models.offer_models import load_offers
from ....rulebook.wording_models.spoken import load_spoken
from ...base.turn import Reply, Turn, replies
from ...reading import intents
from ..case_state import OpenedCase
from ..money import amounts
from . import confirming

GO_ON_ASKING = "好，没有了结。{code} 还是「{stage}」；到了的先收着，没到的接着要，有了答复告诉我。"
ARRIVED_NOTED = "到账 {arrived}，记下了。没到的接着要；就到此为止说「就这样了」，一共要多少发「能要多少」。"
_ARRIVED, _ARRIVED_PART = "arrived", "arrived-part"


async def hear_settled(turn: Turn, case: OpenedCase, said: str) -> list[Reply]:
    """“就这样了 一共到手3000”：钱到过一部分，说到此为止，问一句是不是了结；没到过、没说就这样的为空。"""
    if not amounts.says_settled(said) or case.position is None or amounts.more_to_come(said):
        return []
    if (arrived := amounts.came_in(said)) is not None and arrived > amounts.arrived_before(case):
        case = await amounts.remember(turn, case, **{ARRIVED: arrived})
    route = await confirming.find_route(turn, case, _ARRIVED_PART)
    if route is None or amounts.arrived_before(case) <= 0 or case.record.closed_at is not None:
        return []
    report_of = intents.Reported(case.record.code, _ARRIVED_PART, None, said, sure=False)
    return await confirming.ask_first(turn, case, route, report_of)


async def says_over(turn: Turn, case: OpenedCase, intent: intents.Reported) -> bool:
    """“899到了 这事完了”：说到了的数正好是该到的，他自己又说结束了；在问的、还有没到的不算。"""
    text = normalise(intent.said)
    if intent.event != _ARRIVED or not amounts.says_came(intent.said) or amounts.more_to_come(intent.said):
        return False
    if not any(word in text for word in load_spoken().money.over) or text.endswith(("吗", "?", "不", "没")):
        return False
    return await confirming.in_full(turn, case, intent)


async def not_so(turn: Turn, case: OpenedCase, event_id: str, said: str) -> list[Reply]:
    """问过钱到了、是不是了结，回了“不是”：另说了到多少的记下；记着到账的说回去，免得那个数也是错的。"""
    assert case.stage is not None
    if (part := amounts.came_in(said) or corrected_sum(said)) is not None:
        await amounts.remember(turn, case, **{ARRIVED: part})
        turn.changed("amount", f"到账 {yuan(part)}", case.record.id)
        return replies(ARRIVED_NOTED.format(arrived=yuan(part)))
    goes_on = GO_ON_ASKING.format(code=case.record.code, stage=case.stage.title)
    came = amounts.arrived_before(case)
    if event_id != _ARRIVED or came <= 0:
        return replies(goes_on)
    return replies(f"{goes_on}\n{load_offers().messages.kept_came.format(came=yuan(came))}")

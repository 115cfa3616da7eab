"""钱到过一部分，说到此为止：问一句是不是就这样了结。"""

from ....domain.case.case_amounts import ARRIVED
from ...base.turn import Reply, Turn
from ...reading import intents
from ..keeper import OpenedCase
from ..money import amounts
from . import confirming

_ARRIVED_PART = "arrived-part"


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

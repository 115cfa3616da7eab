"""答了“是”、记下之后接着问的：其余不要了的问是不是到此为止，说的是几件一起的问另一件。"""

from ....domain.case.case_routes import RouteKind
from ....storage.case import cases
from ...base import prompts
from ...base.turn import Reply, Turn, replies
from ...reading import intents
from ...reading.awaits import ConfirmReport
from ..case_state import OpenedCase
from ..casework import by_code
from . import confirming

_ARRIVED_PART = "arrived-part"


async def ends_with_part(turn: Turn, case: OpenedCase, said: str) -> list[Reply]:
    """到了一部分、其余不要了：记下到了一部分，还没了结的问一句是不是到此为止。"""
    if case.record.closed_at is not None or case.position is None:
        return []
    route = await confirming.find_route(turn, case, _ARRIVED_PART)
    if route is None or not confirming.ends(case, route):
        return []
    report_of = intents.Reported(case.record.code, _ARRIVED_PART, None, said, sure=False)
    return await confirming.ask_first(turn, case, route, report_of)


async def ask_of_another(turn: Turn, awaited: ConfirmReport) -> list[Reply]:
    """另一件没结案的，走得到同一步的，也问一句是不是；没有为空。"""
    for record_ in await cases.listed(turn.session, turn.person):
        if record_.code == awaited.case:
            continue
        case = await by_code(turn, record_.code)
        if isinstance(case, list) or case.position is None:
            continue
        route = await confirming.find_route(turn, case, awaited.event)
        if route is not None and route.kind in (RouteKind.HERE, RouteKind.FORWARD):
            again = awaited.model_copy(update={"case": record_.code, "both": True, "reminded": False})
            await prompts.ask(turn, again)
            which = f" {case.record.code} {case.edition.scenario.title}："
            return replies(
                confirming.CONFIRM.format(
                    which=which, label=route.event.label, consequence=confirming.consequence(case, route)
                )
            )
    return []

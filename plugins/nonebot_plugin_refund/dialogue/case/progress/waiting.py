"""几件进展要记，记到一件先得问：剩下的等他回了再办；问着一件又问起另一件的，先前那件也不丢。"""

from collections.abc import Sequence

from ....domain.case.case_routes import MOST_IMPLIED, Route, RouteKind
from ....domain.days.calendar import SHANGHAI
from ....domain.interview.early import EarlyReport
from ....rulebook.scenario_models.event_models import Actor
from ...base import prompts
from ...base.turn import Reply, Turn
from ...reading import intents
from ...reading.awaits import ConfirmReport
from ..asked_first import confirming
from ..case_state import OpenedCase
from ..casework import by_code
from . import reporting

_GOING_ON = frozenset({RouteKind.HERE, RouteKind.FORWARD})


async def put_in(turn: Turn, code: str, reports: Sequence[EarlyReport]) -> list[Reply]:
    """按先后记；走不到的多半已经算在里面。要先问的问一句，剩下的等他回了再办。"""
    said: list[Reply] = []
    for place, report in enumerate(reports):
        case = await by_code(turn, code)
        if isinstance(case, list) or case.position is None or case.record.closed_at is not None:
            break
        route = await confirming.find_route(turn, case, report.event_id)
        if route is None or not _is_to_come(case, route):
            continue
        is_today = report.happened_at.astimezone(SHANGHAI).date() == turn.now.astimezone(SHANGHAI).date()
        happened = None if is_today else report.happened_at
        sure = report.sure and len(route.implied) < MOST_IMPLIED
        told = intents.Reported(code, report.event_id, happened, "", sure=sure, told=report.told)
        said += await reporting.report(turn, told)
        asked = await prompts.pending(turn)
        if isinstance(asked, ConfirmReport) and (not sure or confirming.asks_first(case, route)):
            rest = tuple(one.to_plain() for one in reports[place + 1 :])
            if rest:
                await prompts.ask(turn, asked.model_copy(update={"waiting": (*asked.waiting, *rest)}))
            break  # 刚问了一句是不是，等他回
    return said


def _is_to_come(case: OpenedCase, route: Route) -> bool:
    """往后走得到的，和另一处的一步（记之前会先问）；走过了的、就站在那里的，多半已经算在结论里。"""
    assert case.position is not None
    if route.kind is RouteKind.ELSEWHERE:
        return route.event.event.by is Actor.ME and route.event.to != case.position.stage_id
    return route.kind in _GOING_ON


async def go_on(turn: Turn, answered: ConfirmReport) -> list[Reply]:
    """“是不是”回过了：接着办先前等着的。"""
    if not answered.waiting or isinstance(await prompts.pending(turn), ConfirmReport):
        return []
    return await put_in(turn, answered.case, [EarlyReport.from_plain(plain) for plain in answered.waiting])

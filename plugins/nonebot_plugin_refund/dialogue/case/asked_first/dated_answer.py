"""应“是不是”的时候说的日子：是这件的，还是先前另一步的（“是 12315受理了 是25号投的”）。"""

from datetime import datetime

from ....domain.case.case_routes import Route, RouteKind, known_events
from ....domain.case.heard.named_event import named_event
from ....domain.understanding.writing.pieces import pieces_of
from ....rulebook.derived.stage_view import stage_on
from ...base.turn import Turn
from ...reading.progress.told_pieces import happened_at
from ..case_state import OpenedCase
from . import confirming


async def days_in(
    turn: Turn, case: OpenedCase, route: Route, said: str
) -> tuple[datetime | None, tuple[Route, datetime] | None]:
    """这件是哪天的，和先要记下的另一步是哪天的；没说都为空。

    日子是另一步的，这件就不用它；那一步之后轮得到这件、又没记过的，才替他记下。
    """
    assert case.position is not None
    happened = happened_at(said, turn.said_at) if said else None
    dated = next((piece for piece in pieces_of(said) if happened_at(piece, turn.said_at) is not None), "")
    if happened is None or not dated:
        return happened, None
    known = known_events(case.edition.scenario, case.position)
    named = named_event(dated, dict.fromkeys(known, 1.0), [event.id for event in known]).event
    if named is None or named.id == route.event.id or not named.event.entailed:
        return happened, None
    earlier = await confirming.find_route(turn, case, named.id)
    if earlier is None or earlier.kind is RouteKind.AGAIN:
        return None, None
    leads = stage_on(case.edition.scenario, earlier.event.to, case.position.track_id).event(route.event.id)
    return None, (earlier, happened) if leads is not None else None

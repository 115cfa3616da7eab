"""应了刚问的“是不是”，又说了接下来的一步：“嗯嗯 客服拒了”：两件都记，不只当作“是”。"""

from dataclasses import replace

from ....domain.case.case_routes import RouteKind, route_to
from ....domain.understanding.writing.text import trim_punctuation
from ....rulebook.wording_models.spoken import load_spoken
from .. import awaits, intents
from ..awaits import ConfirmReport
from ..context import Context
from ..intents import Band, Reading
from ..progress.news import read_news
from ..progress.told_in_turn import walked_to
from ..progress.told_pieces import goes_on
from ..utterance import Utterance

_ASSENTING = load_spoken().assenting
_LEAST = 2
"""“对 拒了”：短短两个字也说了一步。"""


def yes_and_more(context: Context, awaited: awaits.Awaited | None, utterance: Utterance) -> Reading | None:
    """先应了“是”，后面听准了问的那件之后就轮得到的另一件；不是这样的为 ``None``。"""
    first, _, rest = utterance.text.partition(" ")
    if not isinstance(awaited, ConfirmReport) or trim_punctuation(first) not in _ASSENTING or len(rest) < _LEAST:
        return None
    matter = next((matter for matter in context.matters if matter.code == awaited.case), None)
    route = None if matter is None else route_to(matter.scenario, matter.position, awaited.event, matter.walked)
    if matter is None or route is None or route.kind not in (RouteKind.HERE, RouteKind.FORWARD):
        return None
    further = walked_to(matter, route)
    if further is None or not goes_on(route.event):
        return None
    news = read_news(replace(context, awaits=None, matters=(further,)), Utterance(rest))
    told = news.first if news is not None else None
    if not isinstance(told, intents.Reported) or not told.sure or told.event == awaited.event or told.earlier:
        return None
    next_step = further.stage.event(told.event)
    if next_step is None or not goes_on(next_step):
        return None
    yes = intents.Confirmed(awaited, True, trim_punctuation(first))
    return Reading((yes, told), Band.RECORD, explain=("应了是，又说了接下来的一步",))

"""案件：“他说补寄赠品 让我别退了”：商家提的换、补发，是提出来的，不是说定的；“行吧 我答应他补寄了”才是。"""

from ....domain.case.case_routes import RouteKind, route_to
from ....domain.days.timers import TimerPlan
from ....domain.understanding.moods import Mood
from ....domain.understanding.writing.listed_words import has_any
from ....rulebook.scenario_models.models import TimerKind
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..context import Context, OpenMatter, matter_spoken_of
from ..intents import Band, Reading
from ..progress.told_pieces import happened_at
from ..utterance import Utterance

PROMISED = "exchange-promised"
_WORDS = load_spoken().exchange_offer
_OTHERS = load_spoken().people.acquaintances


def read_exchange_offer(context: Context, utterance: Utterance) -> Reading | None:
    """提了换、补发的：本人应下了就记，提了还没应的、还有一个要赶的截止的，先不记。"""
    said = utterance.text
    matter = matter_spoken_of(context, utterance)
    if matter is None or context.open_question is not None or Mood.IF in utterance.moods:
        return None
    if not has_any(said, _WORDS.things) or has_any(said, (*_WORDS.unless, *_OTHERS)):
        return None
    route = route_to(matter.scenario, matter.position, PROMISED, matter.walked)
    if route is None or route.kind is RouteKind.AGAIN or route.event.to == matter.stage.id:
        return None
    accepted = has_any(said, _WORDS.accepted) and not has_any(said, _WORDS.declined)
    when = happened_at(utterance.raw, context.now)
    report = intents.Reported(matter.code, PROMISED, when, utterance.raw, sure=True, others=(PROMISED,))
    if accepted and not utterance.asks:
        return Reading((report,), Band.RECORD, 0.9, ("应下了商家提的换、补发",))
    if not has_any(said, _WORDS.theirs) or not (has_any(said, _WORDS.instead) or _must_hurry(matter)):
        return None
    proposed = intents.Reported(
        matter.code, PROMISED, when, utterance.raw, sure=False, others=(PROMISED,), proposed=True
    )
    return Reading((proposed,), Band.CONFIRM, 0.8, ("商家提的换、补发，还没应",))


def _must_hurry(matter: OpenMatter) -> bool:
    """此刻有一件自己要赶在截止前做的：应了换，它就不走了。"""
    own = {timer.id for timer in matter.stage.timers if timer.done}
    return any(_runs(plan) and plan.timer_id in own for plan in matter.timers)


def _runs(plan: TimerPlan) -> bool:
    return plan.kind is TimerKind.DEADLINE

"""案件的新闻：哪个阶段的都听；听准了记下，听着像的先问，还没发生的、问的、别人的不记。"""

from collections.abc import Sequence
from datetime import datetime, time

from ...domain.calendar import SHANGHAI
from ...domain.case_routes import RouteKind, known_events, route_to
from ...domain.news import HeardEvent, hear_news
from ...domain.understanding.dates import parse_date
from ...domain.understanding.moods import Mood
from ...rulebook.stage_view import stage_on
from . import intents
from .awaits import PickEvent
from .context import Context, OpenMatter, is_plainly_another
from .intents import Band, Reading
from .utterance import Utterance

SURE = 0.8
"""有这么大把握才不问就记。"""
LIKELY = 0.3
"""有这么大把握才问一句是不是。"""
_LEAD = 0.15
"""最像的要比第二像的高出这么多，才算听准。"""
_MOST_OFFERED = 3
_SILENT_MOODS = frozenset({Mood.NOT_YET})


def read_news(context: Context, utterance: Utterance) -> Reading | None:
    """没结案的案件里发生了什么；明明白白在说另一件事的不算。"""
    heard = [(matter, event) for matter in context.matters for event in _heard_in(matter, utterance)]
    if not heard:
        return _nothing_new(context, utterance)
    heard.sort(key=lambda pair: -_weight(context, *pair))
    matter, best = heard[0]
    same = [event for other, event in heard if other is matter]
    happened = happened_at(utterance.raw, context.now)
    others = tuple(event.event.id for event in same[:_MOST_OFFERED])
    sure = best.score >= SURE and _leads(same) and _may_record(matter, best)
    if not sure and best.score < LIKELY and not isinstance(context.awaits, PickEvent):
        return None
    if not sure and is_plainly_another(context, utterance):
        return None
    report = intents.Reported(matter.code, best.event.id, happened, utterance.raw, sure, others=others)
    asked = (intents.Asked(None, utterance.raw),) if utterance.asks else ()
    band = Band.RECORD if sure else Band.CONFIRM
    return Reading((report, *asked), band, best.score, (f"“{best.clause}”像是“{best.event.label}”",))


def happened_at(text: str, now: datetime) -> datetime | None:
    """话里说了哪天发生的；只说了日子的按那天最后一刻，不会早算；没说为空。"""
    parsed = parse_date(text, now)
    if parsed is None or parsed.value is None:
        return None
    if isinstance(parsed.value, datetime):
        return min(parsed.value, now)
    return min(datetime.combine(parsed.value, time(23, 59, 59), SHANGHAI), now)


def _heard_in(matter: OpenMatter, utterance: Utterance) -> tuple[HeardEvent, ...]:
    events = known_events(matter.scenario, matter.position)
    return hear_news(utterance.clauses, events)


def _weight(context: Context, matter: OpenMatter, heard: HeardEvent) -> float:
    """同样像的，先算现在就能报告的、正说着的那件。"""
    here = matter.stage.event(heard.event.id) is not None
    return heard.score + (0.1 if here else 0.0) + (0.05 if matter is context.matter else 0.0)


def _leads(heard: Sequence[HeardEvent]) -> bool:
    return len(heard) == 1 or heard[0].score - heard[1].score >= _LEAD


def _may_record(matter: OpenMatter, heard: HeardEvent) -> bool:
    """走得到、又不是了结和放弃的，才可以不问就记。"""
    route = route_to(matter.scenario, matter.position, heard.event.id, matter.walked)
    if route is None or route.kind not in (RouteKind.HERE, RouteKind.FORWARD) or heard.event.event.gives_up:
        return False
    return stage_on(matter.scenario, route.event.to, matter.position.track_id).outcome is None


def _nothing_new(context: Context, utterance: Utterance) -> Reading | None:
    """“商家还没同意”：没发生，不记。"""
    matter = context.matter
    if matter is None or context.open_question is not None or not utterance.clauses:
        return None
    if not utterance.moods <= _SILENT_MOODS:
        return None
    return Reading((intents.NothingNew(matter.code, utterance.raw),), Band.RECORD, 0.7, ("说的是还没有",))

"""对方说好的：分几次、各在哪天；说好的日子过了，说的“没”就是没到；说的是“不怎样就怎样”，还没有怎样。"""

import re
from collections.abc import Sequence

from ....domain.case.heard.news import HeardEvent, News
from ....domain.days.calendar import SHANGHAI
from ....domain.understanding.meaning import Band as MeaningBand
from ....domain.understanding.terms.told_limits import told_limit
from ....domain.understanding.writing.pieces import pieces_of
from .. import intents
from ..context import Context, OpenMatter
from ..intents import Band, Reading
from ..money.offers import EVENTS as OFFERED
from ..utterance import Utterance
from .told_pieces import BANDS, LEAST_TOLD

_NOT_THERE = re.compile(r"没|未|不见|拖")
_WOULD = re.compile(
    r"(?:不(?!到|久|一会|多|出)|没(?!到|[几两多过等半一想]|有几|出)|未|逾期|超过)[^就不没了]{1,8}(?:就|便|则)(?!是|不|没|这|那|说|一直|都|已)(?P<then>.)"
)
_HAPPENED = re.compile(r"了|过$|已")
_FAINT = 0.12
"""说好的日子已经过了，有这么像就问是不是没到。"""


def only_when_parts_come(
    context: Context, utterance: Utterance, every: Sequence[tuple[OpenMatter, News]]
) -> Reading | None:
    """正等着钱，说的只是分几次、各在哪天（“他又说分两次退 9号一半 30号一半”）：不是新的进展，只改日子。"""
    limit = told_limit(utterance.raw, context.now)
    matter, news = every[0]
    if len(every) > 1 or limit is None or not limit.later:
        return None
    best = news.events[0] if news.events else None
    plain = best is not None and best.event.id not in OFFERED and BANDS.band(best.score) is MeaningBand.RECORD
    if plain or not any(limit.counts_for(timer) for timer in matter.stage.timers):
        return None
    said = intents.NothingNew(matter.code, utterance.raw, quoted=True)
    return Reading((said,), Band.RECORD, 1.0, ("分几次，各在哪天",))


def not_kept(
    context: Context, utterance: Utterance, matter: OpenMatter, heard: Sequence[HeardEvent]
) -> HeardEvent | None:
    """说好的那天已经过了，听不准的一句里说了“没”（“周五没退”），又像没到、没动静：问的就是它；不是这样的为空。"""
    told, today = matter.position.told, context.now.astimezone(SHANGHAI).date()
    if told is None or told.day is None or told.day >= today or _NOT_THERE.search(utterance.text) is None:
        return None
    silent = [one for one in heard if one.event.event.silence and one.score >= _FAINT]
    return next((one for one in silent if matter.stage.event(one.event.id) is not None), None)


def only_threatened(matter: OpenMatter, utterance: Utterance) -> Reading | None:
    """“平台说三天不补就驳回”“12315说调解不成就终止”：说的是不怎样就怎样，还没有怎样；另说了别的为空。"""
    pieces = pieces_of(utterance.raw)
    rest = [piece for piece in pieces if not _would(piece)]
    if len(rest) == len(pieces) or any(len(piece) >= LEAST_TOLD for piece in rest):
        return None
    said = intents.NothingNew(matter.code, utterance.raw, quoted=True)
    return Reading((said,), Band.RECORD, 0.7, ("说的是不怎样就怎样",))


def _would(piece: str) -> bool:
    match = _WOULD.search(piece)
    return match is not None and _HAPPENED.search(piece, match.start("then")) is None

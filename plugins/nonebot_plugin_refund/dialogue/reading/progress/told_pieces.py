"""一句里说了几件进展：一截一截地听，各是哪件、哪天。"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache

from ....domain.case.case_routes import follows, likely_events, route_to
from ....domain.case.heard.likely import Likely
from ....domain.case.heard.news import HeardEvent, told_at_least
from ....domain.days.calendar import SHANGHAI
from ....domain.understanding.days.dates import ParsedDate, date_problem, holiday_in, parse_date
from ....domain.understanding.meaning import Thresholds
from ....domain.understanding.moods import Mood, mood_reader
from ....domain.understanding.terms.told_limits import without_limits
from ....domain.understanding.terms.told_terms import is_term
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import normalise
from ....rulebook.derived.stage_view import ReportableEvent
from ..context import Context, OpenMatter
from ..utterance import Utterance

BANDS = Thresholds(record=0.74, confirm=0.25)
"""从多大把握起记下、从多大把握起问一句；由没见过的人写的话定的，见 docs/listening.md。"""
_LONGEST_AGO = timedelta(days=200)
"""没说哪一年，读出来却这么久以前，说的多半不是发生的日子。"""
_YEAR = re.compile(r"年")
_NOT_THAT_DAY = re.compile(
    r"不是\s?(?:(?:[0-9]{1,2}月)?[0-9]{1,2}[号日]|[0-9]{1,2}\.[0-9]{1,2}|今天|昨天|前天|大前天|(?:上周|周|星期|礼拜)[一二三四五六日天])"
)
"""“是26号不是27号”里不对的那个日子。"""
_DUE_BEFORE = re.compile(
    r"[0-9一二三四五六七八九十]{1,3}月(?:份|底|初)?(?:之|以)?前(?=[^0-9,。]{0,4}(?:付|给|还|打|退|结|到))"
)
"""“3月前付清”说的是到期的日子，不是三个月以前。"""
_AT_AN_HOUR = re.compile(r"[点时刻半分0-9](?:多|左右|钟)?(?:我|就|才|已经|都)?[^0-9]{0,4}[的了]$")
_SOMEBODY_SAYS = re.compile(r"说|讲|让|叫|要|约|等|才[能会]|[上下]班|开[门始]|回复我|答复")
_MOST_PIECES = 8
_PIECE, _PIECE_BEFORE = 0.5, 0.7
"""一截单听像不像后来的那件，像不像先说的另一件。"""
_UNMISTAKABLE = 0.9
"""一截单听这么像一件，整句听不出时也拿它去问。"""
NOT_TOLD = frozenset({Mood.QUESTION, Mood.IF, Mood.HEARSAY, Mood.PLAN})
_SEVERAL = 2
LEAST_TOLD = 4
"""整句像在问，里面在说的那几截至少这么多个字，才拿去听进展。"""


@dataclass(frozen=True, slots=True)
class Piece:
    """一句里的一截，单听着像哪件、说了哪天。"""

    text: str
    event: ReportableEvent
    score: float
    day: datetime | None
    is_named: bool
    """说了哪天，或有那件事的说法。"""

    @property
    def heard(self) -> HeardEvent:
        """当作整句听到的那一件。"""
        return HeardEvent(self.event, self.score, self.text)


def in_pieces(context: Context, utterance: Utterance, matter: OpenMatter) -> tuple[Piece, ...]:
    """一句话一截一截地听，像哪件进展的才留；只有一截的、哪一截都没说哪天也没有哪件事的说法的，分开听也不算数，返回空。"""
    every = pieces_of(utterance.raw)
    pieces = [piece for piece in every if len(piece) >= LEAST_TOLD and not is_term(piece)][:_MOST_PIECES]
    if len(pieces) < _SEVERAL:
        return ()
    likely = likely_in(matter)
    names_one = any(likely.sayings.are_in(piece) for piece in pieces)
    if not names_one and all(happened_at(piece, context.now) is None for piece in every):
        return ()
    heard = [(piece, told_at_least(piece, mood_reader().clauses(piece), likely, _PIECE)) for piece in pieces]
    return tuple(
        piece_of(piece, news.events[0], happened_at(piece, context.now))
        for piece, news in heard
        if news is not None and news.mood is None
    )


def piece_of(text: str, heard: HeardEvent, day: datetime | None) -> Piece:
    """一截听成了哪件；说了哪天、有那件事的说法的记着。"""
    named = day is not None or any(said in text for said in _sayings(heard.event.label, heard.event.said))
    return Piece(text, heard.event, heard.score, day, named)


@lru_cache(maxsize=1024)
def _sayings(label: str, said: tuple[str, ...]) -> tuple[str, ...]:
    """一件事的名称和口头的说法，都已统一写法。"""
    return tuple(map(normalise, (label, *said)))


def told_earlier(
    matter: OpenMatter, heard: HeardEvent, pieces: Sequence[Piece]
) -> tuple[tuple[str, datetime | None], ...]:
    """先说的别的进展；后来这件不是单独的一截说的，前后说不准，返回空。"""
    last = next((place for place, piece in enumerate(pieces) if piece.event.id == heard.event.id), 0)
    told = [
        piece
        for piece in pieces[:last]
        if goes_on(piece.event)
        and ((piece.is_named and piece.score >= _PIECE_BEFORE) or _leads_to(matter, piece, heard.event))
    ]
    return tuple({piece.event.id: piece.day for piece in told}.items())


def told_later(matter: OpenMatter, heard: HeardEvent, pieces: Sequence[Piece]) -> Piece | None:
    """整句听着最像的那件之后，又说了别人做的一件（“昨天交上去了 今天平台回了 说要补材料”）：走到的是后来那件。"""
    place = next((place for place, piece in enumerate(pieces) if piece.event.id == heard.event.id), len(pieces))
    if not goes_on(heard.event):
        return None
    further = [piece for piece in pieces[place + 1 :] if piece.event.id != heard.event.id and goes_on(piece.event)]
    by_others = [piece for piece in further if piece.event.event.by is not heard.event.event.by and piece.is_named]
    reached = [
        piece
        for piece in by_others
        if (piece.score >= BANDS.record and heard.event.id in _implied_by(matter, piece.event.id))
        or _leads_to(matter, pieces[place], piece.event)
    ]
    return reached[-1] if reached else None


def told_ending(matter: OpenMatter, heard: HeardEvent, pieces: Sequence[Piece]) -> Piece | None:
    """记下的那件之后，又说钱到了、了结了（“同意退 钱也到账了”）：这一件另外再问；没说为 ``None``。"""
    place = next((place for place, piece in enumerate(pieces) if piece.event.id == heard.event.id), len(pieces))
    ending = [
        piece
        for piece in pieces[place + 1 :]
        if piece.event.event.ends and not piece.event.event.gives_up and piece.score >= _PIECE_BEFORE
    ]
    return ending[-1] if ending and _leads_to(matter, pieces[place], ending[-1].event) else None


def told_both(matter: OpenMatter, pieces: Sequence[Piece]) -> Piece | None:
    """整句听不准，是因为说了先后两件，各是一截：后来那件；不是这样的为 ``None``。"""
    plain = [piece for piece in pieces if piece.is_named and goes_on(piece.event)]
    if len({piece.event.id for piece in plain}) != _SEVERAL or len(plain) != len(pieces):
        return None
    first, last = plain[0], plain[-1]
    if last.score < _PIECE_BEFORE:
        return None
    are_sure = min(first.score, last.score) >= BANDS.record
    is_implied = are_sure and first.event.id in _implied_by(matter, last.event.id)
    return last if is_implied or _leads_to(matter, first, last.event) else None


def told_plainly(utterance: Utterance, pieces: Sequence[Piece]) -> Piece | None:
    """整句听不出是哪件，其中一截却明明白白是一件（“昨天被拒了 我今天重新交了一遍”）；话里在问、在假设的为 ``None``。"""
    if utterance.moods & NOT_TOLD:
        return None
    plain = [piece for piece in pieces if piece.score >= _UNMISTAKABLE and goes_on(piece.event)]
    return plain[0] if len({piece.event.id for piece in plain}) == 1 else None


def _leads_to(matter: OpenMatter, first: Piece, last: ReportableEvent) -> bool:
    """先说的那件此刻就能报告，报告了就轮到后说的那件：先后对得上，不必各听得那么准。"""
    return follows(matter.scenario, matter.position, first.event.id, last.id)


def _implied_by(matter: OpenMatter, event_id: str) -> tuple[str, ...]:
    """从案件现在的位置走到这件事，中间要经过哪几件。"""
    route = route_to(matter.scenario, matter.position, event_id, matter.walked)
    return route.implied if route is not None else ()


def goes_on(event: ReportableEvent) -> bool:
    """不是了结、放弃，也不是说还没有动静。"""
    return not (event.event.ends or event.event.gives_up or event.event.silence)


def when_of(
    context: Context, utterance: Utterance, matter: OpenMatter, heard: HeardEvent, pieces: Sequence[Piece]
) -> datetime | None:
    """哪天发生的；话里的日子是别的一件的，或说了几个，只看说这件事的那一截（“商家昨天拒了 我刚点了介入”）。"""
    when = happened_at(utterance.raw, context.now)
    mine = [piece for piece in pieces if piece.event.id == heard.event.id]
    own = max(mine, key=lambda piece: piece.score, default=None)
    told = {event_id for event_id, _ in told_earlier(matter, heard, pieces)}
    is_anothers = any(piece.day is not None and piece.event.id in told for piece in pieces)
    if own is not None and own.day is not None:
        return own.day
    if own is None or (when is not None and not is_anothers):
        return when
    return _day_before(own, utterance, context.now) if when is None else None


def _day_before(own: Piece, utterance: Utterance, now: datetime) -> datetime | None:
    """说了几个日子，这一截自己没说的，看紧挨着的前一截：“快递昨天送来了 我拒收了”。"""
    pieces = pieces_of(utterance.raw)
    place = pieces.index(own.text) if own.text in pieces else 0
    return happened_at(pieces[place - 1], now) if place > 0 else None


def happened_at(text: str, now: datetime) -> datetime | None:
    """话里说了哪天发生的；只说了日子的按那天最后一刻，不会早算；没说为空。"""
    said = _DUE_BEFORE.sub(" ", _NOT_THAT_DAY.sub(" ", without_limits(text, now)))
    parsed = parse_date(said, now) or _hour_in_a_piece(said, now)
    if parsed is None or parsed.value is None or holiday_in(said, now) is not None:
        return None  # “国庆节拒的”：是放假的哪一天没说
    when = parsed.value
    if not isinstance(when, datetime):
        when = datetime.combine(when, time(23, 59, 59), SHANGHAI)
    if now - when > _LONGEST_AGO and not _YEAR.search(text):
        return None  # “补凭证截止是11月29号”：说的是还没到的日子，不是去年
    return min(when, now)


def _hour_in_a_piece(said: str, now: datetime) -> ParsedDate | None:
    """“申请提交了 下午两点弄的”：哪天没说，其中一截只说了几点做的，就是今天那个钟点；不止一截说了的不算。"""
    if date_problem(said, now) != "none":
        return None
    done = [piece for piece in pieces_of(said) if _AT_AN_HOUR.search(piece) and not _SOMEBODY_SAYS.search(piece)]
    read = [parsed for piece in done if (parsed := parse_date(piece, now)) and isinstance(parsed.value, datetime)]
    return read[0] if len(read) == 1 else None


def likely_in(matter: OpenMatter) -> Likely:
    """这件案件里可能的事；现在就能报告的在前，用这个阶段列着的名称。"""
    return likely_events(matter.scenario, matter.position, matter.walked)

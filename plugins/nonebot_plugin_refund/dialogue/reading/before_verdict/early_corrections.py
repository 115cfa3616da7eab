"""访谈里先记着的一件进展说错了：“错了 不是昨天 是今天早上打的”“他没同意”“是同意补发”。"""

import re

from ....domain.case.heard.news import HeardEvent, hear_news
from ....domain.interview.changing.correcting import named_changes
from ....domain.interview.early import EarlyReport
from ....domain.understanding.moods import Mood
from .. import intents
from ..awaits import ConfirmChange
from ..context import Context, OpenQuestion
from ..correcting.corrections import says_it_corrects, without_lead
from ..intents import Band, Reading
from ..progress.told_pieces import BANDS, happened_at
from ..utterance import Utterance
from .early_news import possible_events

_NOT_SO = re.compile(r"不是|不对|错了|[搞弄记说]错")
"""这样开头就是在改；“没有照片”是在答题。"""
_TWICE = re.compile(r"(不对|不是|错了)[ ,，]?\1")
"""“不对不对”不是在问对不对。"""
_HAS_NOT = re.compile(r"没|还未|不是我|未")
_NAMED = 0.3
"""指着先记着的一件说，有这么像就是它。"""
_OTHERWISE = 0.55
"""说其实是另一件，要这么像。"""


def read_early_correction(context: Context, utterance: Utterance) -> Reading | None:
    """先记着的进展说错了；没有记着、说的是别的、在问的为空。"""
    opened = context.open_question
    utterance = Utterance(_TWICE.sub(r"\1", utterance.raw)) if _TWICE.match(utterance.raw) else utterance
    if opened is None or opened.is_revision or utterance.asks:
        return None
    rest = without_lead(utterance)
    corrects = rest is not None or _NOT_SO.match(utterance.text) is not None or says_it_corrects(utterance)
    if not corrects and not opened.dialogue.early:
        return None
    if corrects and isinstance(context.awaits, ConfirmChange) and _HAS_NOT.search(rest or ""):
        return Reading((intents.Chosen(context.awaits, "no", utterance.raw),), Band.RECORD, 0.7, ("没有变",))
    if not opened.dialogue.early:
        return None
    told = _told(context, opened, Utterance(rest or utterance.raw), corrects=corrects)
    return None if told is None else Reading((told,), Band.RECORD, 0.7, ("先记着的进展说错了",))


def _told(context: Context, opened: OpenQuestion, said: Utterance, *, corrects: bool) -> intents.EarlyCorrected | None:
    early = opened.dialogue.early
    if named_changes(opened.scenario, opened.dialogue.answers, said.raw, context.now, correcting=True):
        return None  # 说的是答过的一题
    news = hear_news(said.raw, said.clauses, possible_events(opened.scenario))
    heard = news.events[0] if news.events else None
    known = {report.event_id: report for report in early}
    named = _named(news.events, known)
    when = happened_at(said.raw, context.now)
    has_not = Mood.NOT_YET in said.moods or _HAS_NOT.search(said.text) is not None
    if not corrects and (named is None or (heard is not None and heard.event.id not in known)):
        return None  # 又说了一件
    report = named or early[-1]
    if has_not and when is None and corrects:
        return intents.EarlyCorrected(report.event_id, denied=True)
    if corrects and when is None and heard is not None and heard.score >= _OTHERWISE and heard.event.id not in known:
        return intents.EarlyCorrected(report.event_id, None, heard.event.id)
    if when is None or when == report.happened_at:
        return None
    return intents.EarlyCorrected(report.event_id, when)


def _named(heard: tuple[HeardEvent, ...], known: dict[str, EarlyReport]) -> EarlyReport | None:
    """话里指的是先记着的哪一件。"""
    least = BANDS.confirm if len(known) == 1 else _NAMED
    return next((known[one.event.id] for one in heard if one.event.id in known and one.score >= least), None)

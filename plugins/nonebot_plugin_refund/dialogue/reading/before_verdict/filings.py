"""访谈里说起上了法院的：不是正问着的哪一项，先记着；一开口就说了投诉过、起诉过的，也先记着。"""

import re
from dataclasses import dataclass
from datetime import datetime

from ....domain.case.heard.news import hear_news, may_report
from ....domain.interview.early import EarlyReport
from ....domain.understanding.moods import Mood
from ....domain.understanding.writing.pieces import pieces_of
from ....rulebook.scenario_models.models import QuestionKind, Scenario, ScenarioKind
from .. import intents
from ..context import Context
from ..intents import Band, Reading
from ..progress.told_pieces import BANDS, happened_at
from ..utterance import Utterance
from .early_news import possible_events, read_early_news

_COURT = re.compile(r"法院|起诉|诉状|立案|法官")
_POLICE = re.compile(r"警|公安|派出所|经侦|刑侦|刑事")
"""“经侦立案了”：立案的是警方，不是起诉。"""
_FILED = frozenset({"sued", "filing-sent"})
_OUTSIDE = re.compile(r"12315|12345|市监|市场监管|法院|起诉|仲裁")
"""说了是哪一家：光说“投诉了”“报警了”的，可能是跟客服投诉的、派出所的。"""
_SHORTEST = 4


def read_filing(context: Context, utterance: Utterance) -> Reading | None:
    """“在网上法院交了起诉状 等审核”：等的是法院，不是正问着的“平台处理中”。"""
    opened = context.open_question
    if opened is None or opened.question.kind is not QuestionKind.CHOICE or _COURT.search(utterance.text) is None:
        return None
    if _POLICE.search(utterance.text) is not None:
        told = intents.Talk(intents.TalkKind.DETAIL, utterance.raw)
        return None if utterance.asks else Reading((told,), Band.RECORD, 0.6, ("警方立案，不是起诉",))
    early = read_early_news(context, utterance)
    told = None if early is None else early.first
    return early if isinstance(told, intents.EarlyNews) and told.event in _FILED else None


@dataclass(frozen=True, slots=True)
class ToldAtFirst:
    """说起一件事的那句话里，已经投诉、起诉了的一件。"""

    report: EarlyReport
    label: str
    """说给本人听的名字。"""
    rest: str
    """去掉说它的那一截，剩下的话：那一截里的日子不是别的事的。"""


def told_at_first(scenario: Scenario, text: str, now: datetime) -> ToldAtFirst | None:
    """说起一件事的那句话里，已经投诉、起诉了的一件；没有、不止一件的为空。

    问着找客服、申诉的不算：走到哪一步正是要问的。``now`` 带时区。
    """
    if scenario.kind is not ScenarioKind.REFUND:
        return None
    likely = possible_events(scenario)
    found: dict[str, ToldAtFirst] = {}
    pieces = pieces_of(text)
    for place, piece in enumerate(pieces):
        said = Utterance(piece)
        told = [clause for clause in said.clauses if clause.mood is Mood.STATEMENT]
        if len(piece) < _SHORTEST or said.asks or not told or _OUTSIDE.search(said.text) is None:
            continue
        news = hear_news(piece, tuple(told), likely)
        best = news.events[0] if news.events and news.mood is None else None
        if best is None or best.score < BANDS.record or not best.event.event.anytime:
            continue
        if any(may_report(best.event.event, clause) for clause in told):
            happened = happened_at(piece, now) or now
            rest = " ".join((*pieces[:place], *pieces[place + 1 :]))
            found.setdefault(best.event.id, ToldAtFirst(EarlyReport(best.event.id, happened), best.event.label, rest))
    return next(iter(found.values())) if len(found) == 1 else None

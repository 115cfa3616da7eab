"""访谈还没问完就说起的进展：听出是哪件事、哪天，先记着，有了结论再记进案件。"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ....domain.case.case_routes import events_from_start
from ....domain.case.heard.likely import Likely
from ....domain.case.heard.news import HeardEvent, hear_news, worded_by_them
from ....domain.case.heard.police import told_of_police
from ....domain.hearing.cues import has_value, without_days
from ....domain.hearing.told_beside import only_proof
from ....domain.ledger.by_channel import total_by_channel
from ....domain.understanding.meaning import read_intent
from ....domain.understanding.moods import Mood
from ....domain.understanding.writing.pieces import pieces_of
from ....rulebook.derived.once import once_for_each
from ....rulebook.scenario_models.event_models import Actor
from ....rulebook.scenario_models.models import QuestionKind, Scenario
from .. import intents
from ..answering import answers
from ..asking.topics import asked_beside
from ..context import Context, OpenQuestion, is_plainly_another
from ..intents import Band, Reading
from ..progress.news import ARRIVALS, no_money_came
from ..progress.told_pieces import BANDS, happened_at
from ..utterance import Utterance

if TYPE_CHECKING:
    from ....rulebook.derived.stage_view import ReportableEvent

_SHORTEST = 4
_LEAST_PIECES, _MOST_PIECES = 2, 8
"""更短的（“发了”“没退”）离了案件，说不准是哪件事。"""
_SHORTEST_AFTER = 3
"""先记着一件进展的，接着说的短些也听：“递上去了 法院让等七天”之后的“立上了”。"""


_REPORTED, _LIKE_NEWS, _MAYBE = "reported", 0.3, 0.5
"""这么像在说进展才去听，听着有这么像才记着。"""
_ANOTHER_DAY = re.compile(
    r"(?:下的?单|拍|买|付的?钱|交的?钱|付款|付|到货?|到手|到家|收到货?|签收|发货|发|申请|提交|交)(?:的|了|的货|的单)?"
)
_DONE = re.compile(r"[了过]|已|刚|完|在[^哪这那]|中$")
"""光秃秃的“申请介入”，也可能是在问点哪里、打算去做。"""
_LONGEST_DAY = 14
_APPLIED = ("申请", "提交", "交")


def read_early_news(context: Context, utterance: Utterance) -> Reading | None:
    """没在答正问着的那一题，说的明明是一件进展；话里还问了什么，一并答。"""
    opened = context.open_question
    if opened is None or opened.is_revision or utterance.is_bare:
        return None
    if len(utterance.word) < (_SHORTEST_AFTER if opened.dialogue.early else _SHORTEST):
        return None
    if is_plainly_another(context, utterance) or total_by_channel(utterance.raw) is not None:
        return None
    if _only_says_when(context, utterance):
        return answers.read_misread(context, utterance)
    heard = _plainly_told(context, utterance, opened.scenario)
    several = _one_by_one(context, utterance, opened.scenario)
    if heard is None and not several:
        return None
    if several and (heard is None or len(several) > 1):
        *before, last = several
        early, score = replace(last, earlier=tuple(before)), BANDS.record
    else:
        assert heard is not None
        event, score = heard.event, heard.score
        when = happened_at(utterance.raw, context.now)
        done = event.event.by is not Actor.ME or when is not None or _DONE.search(utterance.text) is not None
        done = done and not utterance.only_means_to  # “准备去提交了”：到时候先问一句
        done = done and not told_of_police(event.label, utterance.text)
        early = intents.EarlyNews(event.id, event.label, when, sure=done, ends=event.event.ends)
    asked = (intents.Asked(asked_beside(context, utterance), utterance.raw),) if utterance.asks else ()
    return Reading((early, *asked), Band.RECORD, score, (f"像是“{early.label}” {score:.2f}",))


def read_next_step(context: Context, utterance: Utterance) -> Reading | None:
    """没在答，听着是答过的那一步往后走了，又明明是一件进展：先记着，不问要不要改前面的回答；了结的照样问。"""
    if not answers.tells_a_later_step(context, utterance):
        return None
    reading = read_early_news(context, utterance)
    early = reading.first if reading is not None else None
    return None if isinstance(early, intents.EarlyNews) and early.ends else reading


def _one_by_one(context: Context, utterance: Utterance, scenario: Scenario) -> list[intents.EarlyNews]:
    """“我23号就申请了 24号他拒了”：一截一截各说了哪天的一件，照先后。"""
    pieces = pieces_of(utterance.raw)
    found: dict[str, intents.EarlyNews] = {}
    if not _LEAST_PIECES <= len(pieces) <= _MOST_PIECES or not has_value(utterance.text):
        return []
    for piece in pieces:
        when = happened_at(piece, context.now) if has_value(piece) else None
        if when is None or len(piece) < _SHORTEST or Utterance(piece).asks:
            continue
        heard = _plainly_told(context, Utterance(piece), scenario, least=_MAYBE)
        if heard is not None and not heard.event.event.ends:
            sure = heard.score >= BANDS.record
            found.setdefault(heard.event.id, intents.EarlyNews(heard.event.id, heard.event.label, when, sure=sure))
    several = list(found.values())
    return several if len(several) > 1 else [one for one in several if one.sure]


def read_dated_news(context: Context, utterance: Utterance) -> Reading | None:
    """“昨天打12315登记了”：没在答，日子是那件进展的，不是剩下的哪一题问的那天。"""
    opened = context.open_question
    if opened is None or opened.question.kind is QuestionKind.DATE:
        return None
    also = answers.told_beside_the_question(context, utterance)
    asked = [question for question in opened.scenario.questions if question.id in also]
    if not asked or any(question.kind is not QuestionKind.DATE for question in asked):
        return None
    if any(word in utterance.text for question in asked for word in question.heard_by):
        return None
    return read_early_news(context, utterance)


def read_maybe_news(context: Context, utterance: Utterance) -> Reading | None:
    """没在答，也没听出是别的，像是一件进展、又听不准：先记着，有了结论再问一句是不是。"""
    opened = context.open_question
    if opened is None or opened.is_revision or utterance.is_bare or utterance.asks or len(utterance.word) < _SHORTEST:
        return None
    scored = {one.id: one.score for one in read_intent(utterance.raw)}
    if scored.get(_REPORTED, 0.0) < _LIKE_NEWS or answers.has_candidates(context, utterance):
        return None
    if only_proof(utterance.raw, context.now):
        return None
    if is_plainly_another(context, utterance):
        return None
    heard = _plainly_told(context, utterance, opened.scenario, least=_MAYBE)
    if heard is None or heard.event.event.ends:
        return None
    when = happened_at(utterance.raw, context.now)
    early = intents.EarlyNews(heard.event.id, heard.event.label, when, sure=False)
    return Reading((early,), Band.CONFIRM, heard.score, (f"像是“{heard.event.label}” {heard.score:.2f}",))


def _only_says_when(context: Context, utterance: Utterance) -> bool:
    """问着一个日子，短短一句说的是别的哪件事在哪天（“13号下单”“16号发货的”）：在答日子，不是一件进展。"""
    opened = context.open_question
    if opened is None or opened.question.kind is not QuestionKind.DATE or len(utterance.word) > _LONGEST_DAY:
        return False
    rest = without_days(utterance.word, context.now)
    if rest is None or _ANOTHER_DAY.fullmatch(rest) is None:
        return False
    return not (rest.startswith(_APPLIED) and _has_not_applied(opened))


def _has_not_applied(opened: OpenQuestion) -> bool:
    """答过“还没申请”：这时说的“昨天申请的”是一件进展。"""
    answers_so_far, questions = opened.dialogue.answers, opened.scenario.questions
    stepped = [question for question in questions if question.steps and question.id in answers_so_far]
    return any(answers_so_far[question.id].value in question.steps[0] for question in stepped)


def _plainly_told(
    context: Context, utterance: Utterance, scenario: Scenario, least: float = BANDS.record
) -> HeardEvent | None:
    """说的那几句里听得准的一件；没动静的、放弃的不算：还没有案件，说不上等谁、放弃什么。"""
    told = [clause for clause in utterance.clauses if clause.mood is not Mood.QUESTION]
    if not told:
        return None
    news = hear_news(" ".join(clause.text for clause in told), tuple(told), possible_events(scenario))
    worded = worded_by_them(told, possible_events(scenario))
    if worded is not None and not any(one.score >= _MAYBE and one.event.id != worded.event.id for one in news.events):
        return None if worded.event.event.ends or worded.event.event.gives_up else worded
    if news.mood is not None or not news.events:
        return None
    best = news.events[0]
    event = best.event.event
    if event.id in ARRIVALS and no_money_came(utterance, best):
        return None
    return None if best.score < least or event.silence or event.gives_up else best


@once_for_each(64)
def possible_events(scenario: Scenario) -> Likely:
    """还不知道走哪条路：各条路上的事都算，同一件取最可能的。"""
    found: dict[str, tuple[ReportableEvent, float]] = {}
    for track in scenario.tracks:
        for event, prior in events_from_start(scenario, track).items():
            if event.id not in found or prior > found[event.id][1]:
                found[event.id] = event, prior
    return Likely(dict(found.values()))

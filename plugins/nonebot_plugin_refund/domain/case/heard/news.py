"""新闻：一句话报告了哪件事。先看语气和谁做的，问的、假设的、打算的、还没有的、别人的，都不算。"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ....rulebook.derived.once import once_for_each
from ....rulebook.derived.stage_view import ReportableEvent
from ....rulebook.scenario_models.event_models import Actor, Event, WordsTogether
from ....rulebook.scenario_models.models import Option
from ...understanding.meaning import MOODS, REPORT, Scored, learnt_events, read_mood, read_news
from ...understanding.moods import Clause, Mood, mood_reader
from ...understanding.options import Phrases, match_options
from ...understanding.writing.text import bare, normalise
from ..case_routes import PRIORS, RouteKind
from .likely import Likely

_PARTIES = {Actor.MERCHANT, Actor.PLATFORM}
"""收钱的一方和平台：口头上常混着叫，互相不排除。"""
_FAINTEST = 0.03
"""比这还不像的不提。"""
_FAR_BEHIND = 0.1
"""别的都不到这么像，才算只像一件。"""
_NOT_FOR_SURE = 0.5
"""整句都在问、在假设的，再像也只能问一句。"""
_DENIED = re.compile(r"(?:没有?|没能|没在|未能?|不能?|无法|难以?|还没)$")
_LONGEST_DENIAL = 2
_ONE_OF_A_FEW = 0.6
_MENTIONED = 0.3
"""只提到了，列出来请他选。"""
_ASKING_MOODS, _SURELY_ASKED = frozenset({"question", "if"}), 0.9
_LEAST_COVER = 0.34
"""说法至少占小句的这么多，才够问一句。"""
_PLAIN = 0.74
"""没有学过的事，照说法听着这么像，就排在学来的前面：学的时候没有它。"""


@dataclass(frozen=True, slots=True)
class HeardEvent:
    """听着像报告了这件事。"""

    event: ReportableEvent
    score: float
    clause: str


def may_report(event: Event, clause: Clause) -> bool:
    """这个小句的语气和做事的人，容不容得下是在报告这件事。"""
    return _may_have_happened(event, clause) and _fits(event.by, clause)


def _may_have_happened(event: Event, clause: Clause) -> bool:
    """照语气，这件事可能已经发生。"""
    if clause.mood in (Mood.QUESTION, Mood.IF, Mood.HEARSAY):
        return False
    if clause.mood is Mood.PLAN:
        return event.decision
    return clause.mood is not Mood.NOT_YET or event.silence


def _fits(by: Actor, clause: Clause) -> bool:
    if by is Actor.MONEY or clause.actor is by:
        return True
    if by is Actor.ME:
        return not clause.is_quoted and clause.actor not in _PARTIES
    if by in _PARTIES and clause.actor in _PARTIES:
        return True
    return clause.actor is Actor.ME


@dataclass(frozen=True, slots=True)
class News:
    """听一句话里的新闻。"""

    events: tuple[HeardEvent, ...]
    """像报告了哪几件，最像的在前。"""
    mood: str | None
    """不像报告时像什么：``question``、``if``、``plan``、``negation``、``hearsay``、``quotation``、``talk``；像报告为空。"""


def hear_news(text: str, clauses: Sequence[Clause], events: Mapping[ReportableEvent, float]) -> News:
    """一句话报告了哪件事。

    Args:
        text: 用户的话。
        clauses: 断开的小句，各带语气。
        events: 这件案件里可能的事，各有多大的先前可能。
    """
    return _heard(text, tuple(clauses), events if isinstance(events, Likely) else Likely(events))


def told_at_least(
    text: str, clauses: Sequence[Clause], events: Mapping[ReportableEvent, float], least: float
) -> News | None:
    """:func:`hear_news`，最像的一件至少有 ``least`` 才给；不到的，只听语气、看有没有说法就知道，不去比是哪件。"""
    among = events if isinstance(events, Likely) else Likely(events)
    if read_mood(text).get(REPORT, 1.0) < least and not _may_be_worded(text, clauses, among):
        return None
    news = hear_news(text, clauses, among)
    return news if news.events and news.events[0].score >= least else None


def _may_be_worded(text: str, clauses: Iterable[Clause], events: Likely) -> bool:
    """可能照名称、说法、几列词听成哪一件，或有排除哪一件的词：学来的把握不够，也可能够。"""
    if events.not_heard_with.are_in(normalise(text)) or bare(text) in events.by_label:
        return True
    unlearnt, _ = _unlearnt_and_worded(events)
    if len(unlearnt) == len(events):
        return True
    said = _phrases_of(unlearnt)
    return any(events.needed.are_in(clause.text) or said.may_match(clause.text) for clause in clauses)


@lru_cache(maxsize=128)
def _heard(text: str, clauses: tuple[Clause, ...], events: Likely) -> News:
    """几种听法都要拿同一截去听，记住最近的。"""
    said = normalise(text)
    if unnamed := {event_id for event_id, words in events.heard_only_with.items() if not _any_in(words, said)}:
        events = events.without(unnamed)
    ruled_out = {
        event_id
        for event_id, word in events.not_heard_with.owners_in(said)
        if event_id in events.by_id and _says(said, word)
    }
    if (
        ruled_out
        and _is_only(ruled_out, read_news(text, events.prior_of, least=_FAINTEST))
        and not _worded_fully(clauses, events)
    ):
        return News((), "negation")  # 最像的一件，话里又说了还不是它（“网上立案了 审核中”）：也不拿别的去问
    if ruled_out:
        events = events.without(ruled_out)
    learnt = read_news(text, events.prior_of, least=_FAINTEST)
    if not learnt or learnt_events().isdisjoint(events.prior_of):
        return News(_literal_news(clauses, events.every, events), None)
    here = events.at_least(PRIORS[RouteKind.HERE])
    unlearnt, worded = _unlearnt_and_worded(events)
    told = tuple(
        heard if events[heard.event] > PRIORS[RouteKind.ELSEWHERE] else _no_surer(heard, _MENTIONED)
        for heard in (*_literal_news(clauses, unlearnt, events), *_worded(clauses, worded, events))
        if heard.score != _MENTIONED or heard.event.id in here
    )
    plain = tuple(_no_surer(heard) if _surely_asked(learnt[0]) else heard for heard in told if heard.score >= _PLAIN)
    asked_only = bool(clauses) and all(
        clause.mood in (Mood.QUESTION, Mood.IF) or mood_reader().asks_whether(clause.text) for clause in clauses
    )
    found = tuple(
        HeardEvent(events.by_id[one.id], min(one.score, _NOT_FOR_SURE) if asked_only else one.score, text)
        for one in learnt
        if one.score >= _FAINTEST and one.id in events.by_id
    )
    if (named := _in_its_words(text, clauses, events, found)) is not None:
        return News((named, *(heard for heard in found if heard.event.id != named.event.id)), None)
    if plain:
        named_ids = {heard.event.id for heard in plain}
        return News((*plain, *(heard for heard in found if heard.event.id not in named_ids)), None)
    if told:
        # 眼前就有说得上的，还走不到那里的一件（“赢了”：平台判的，还是法院判的）只能一起列出来问；
        # 眼前的几件都只说到一半（“判我赢了”：直接退，还是寄回）也是
        either = {heard.event.id for heard in told} if len(told) > 1 else set[str]()
        found = tuple(heard if heard.event.id in here - either else _no_surer(heard, _ONE_OF_A_FEW) for heard in found)
    surest: dict[str, HeardEvent] = {}
    for heard in sorted((*found, *told), key=lambda heard: -heard.score):
        surest.setdefault(heard.event.id, heard)
    return News(tuple(surest.values()), learnt[0].id if learnt[0].id in MOODS else None)


@lru_cache(maxsize=256)
def _unlearnt_and_worded(events: Likely) -> tuple[tuple[ReportableEvent, ...], tuple[ReportableEvent, ...]]:
    """没有学过的几件，和学过、也写了几列词、此刻轮得到的几件。"""
    here, ahead = events.at_least(PRIORS[RouteKind.HERE]), events.at_least(PRIORS[RouteKind.FORWARD])
    known = learnt_events()
    unlearnt = tuple(event for key, event in events.by_id.items() if key not in known)
    worded = tuple(
        event
        for event in events.worded
        if event.id in known and (event.id in here or (event.event.anytime and event.id in ahead))
    )
    return unlearnt, worded


def _says(said: str, word: str) -> bool:
    """话里有这个词，前面不是“没”“未能”：“没达成协议”里没有说达成协议。"""
    place = said.find(word)
    while place >= 0 and _DENIED.search(said[max(0, place - _LONGEST_DENIAL) : place]) is not None:
        place = said.find(word, place + 1)
    return place >= 0


def _worded_fully(clauses: Iterable[Clause], events: Likely) -> bool:
    """照几列词听，话里明明白白是另一件（“诉状递上去了 等审核”：不是立上了，是交了）。"""
    return any(heard.score >= 1 for clause in clauses for heard in _together(clause, events.worded, events))


def _is_only(ruled_out: Collection[str], learnt: Sequence[Scored]) -> bool:
    """像的只有被排除的那一件。"""
    others = (one.score for one in learnt if one.id not in ruled_out)
    return bool(learnt) and learnt[0].id in ruled_out and max(others, default=0.0) < _FAR_BEHIND


def _in_its_words(
    text: str, clauses: Sequence[Clause], events: Likely, found: Sequence[HeardEvent]
) -> HeardEvent | None:
    """整句一字不差就是一件事列出来的名称：照它，不看学来的把握；几件同名的取听着最像的。"""
    named = [
        event
        for event in events.by_label.get(bare(text), ())
        if all(_may_have_happened(event.event, clause) for clause in clauses)
    ]
    likely = {heard.event.id: heard.score for heard in found}
    best = max(named, key=lambda event: likely.get(event.id, 0.0), default=None)
    return None if best is None else HeardEvent(best, 1.0, text)


def _literal_news(
    clauses: Iterable[Clause], events: tuple[ReportableEvent, ...], among: Likely
) -> tuple[HeardEvent, ...]:
    """照名称和说法听：没有学过的事件用它；``among`` 是这几件所在的全部。"""
    best: dict[str, HeardEvent] = {}
    for clause in clauses:
        for heard in (*_together(clause, events, among), *_matched(clause, events)):
            earlier = best.get(heard.event.id)
            if earlier is None or heard.score > earlier.score:
                best[heard.event.id] = heard
    return tuple(sorted(best.values(), key=lambda heard: -heard.score))


def _worded(clauses: Iterable[Clause], worded: Sequence[ReportableEvent], among: Likely) -> list[HeardEvent]:
    """学过的事也写了几列词的：对得上的照词听，每件一次。"""
    heard = [one for clause in clauses for one in _together(clause, worded, among)]
    return list({one.event.id: one for one in heard}.values())


def worded_events(
    clauses: Iterable[Clause], among: Likely, events: Iterable[ReportableEvent] | None = None
) -> list[HeardEvent]:
    """一截单听，照几列词明明说了自己做了的几件，此刻轮不轮得到都算；给了 ``events`` 的，只听里面的这几件。"""
    wanted = among.worded if events is None else events
    mine = [event for event in wanted if event.event.by is Actor.ME and event.event.words_together]
    return [heard for clause in clauses for heard in _together(clause, mine, among) if heard.score >= 1]


def worded_by_them(clauses: Iterable[Clause], events: Mapping[ReportableEvent, float]) -> HeardEvent | None:
    """照几列词明明说了对方做的唯一一件（“客服说退不了”），此刻轮不轮得到都算；没有、不止一件为空。"""
    among = events if isinstance(events, Likely) else Likely(events)
    theirs = [event for event in among.worded if event.event.by in _PARTIES]
    heard = [one for clause in clauses for one in _together(clause, theirs, among) if one.score >= 1]
    told = {one.event.id: one for one in heard}
    return next(iter(told.values())) if len(told) == 1 else None


def _surely_asked(likeliest: Scored) -> bool:
    """整句听着几乎一定在问、在假设：词对得上也只能问一句。"""
    return likeliest.id in _ASKING_MOODS and likeliest.score >= _SURELY_ASKED


def _no_surer(heard: HeardEvent, most: float = _NOT_FOR_SURE) -> HeardEvent:
    return replace(heard, score=min(heard.score, most))


def _together(clause: Clause, events: Sequence[ReportableEvent], among: Likely) -> Iterable[HeardEvent]:
    """照几列词听：词里已经说了是谁做的，只看语气。"""
    possible = among.needed.owners_in(clause.text)
    for event in events if possible else ():
        if event.id not in possible or not _may_have_happened(event.event, clause):
            continue
        score = max(_score_of(words, clause.text) for words in event.event.words_together)
        if score:
            yield HeardEvent(event, score, clause.text)


def _score_of(words: WordsTogether, text: str) -> float:
    if not _any_in(words.needs_one_of, text) or _any_in(words.unless, text):
        return 0.0
    told = _any_in(words.and_one_of, text) and (not words.also_one_of or _any_in(words.also_one_of, text))
    return 1.0 if told else _MENTIONED if words.alone else 0.0


def _any_in(words: Iterable[str], text: str) -> bool:
    return any(map(text.__contains__, words))


@once_for_each(4096)
def _as_option(event: ReportableEvent) -> Option:
    return Option(id=event.id, label=event.label, aliases=event.said)


@once_for_each(256)
def _phrases_of(events: tuple[ReportableEvent, ...]) -> Phrases:
    return Phrases(list(map(_as_option, events)))


def _matched(clause: Clause, events: tuple[ReportableEvent, ...]) -> list[HeardEvent]:
    """照名称和说法听；先看有没有可能是哪一件，绝大多数小句到此为止。"""
    if not _phrases_of(events).may_match(clause.text):
        return []
    fitting = [event for event in events if may_report(event.event, clause)]
    match = match_options(clause.text, list(map(_as_option, fitting)), multi=False)
    named = match.ids or match.candidates
    by_id = {event.id: event for event in fitting}
    return [
        HeardEvent(by_id[key], _cover(clause.text, by_id[key]) / max(1, len(named)), clause.text)
        for key in named
        if key in by_id
    ]


_WHEN = re.compile(
    r"刚刚|刚才|刚|已经|终于|今天|今早|昨天|昨晚|前天|大前天|早上|上午|中午|下午|晚上|上周|这周|周[一二三四五六日天]|星期[一二三四五六日天]"
    r"|[0-9一二三四五六七八九十]{1,3}\s*+(?:月|号|日|点半?|天前|小时前)|[啦呢吧啊呀哦]$"
)
"""时间的话、句末的语气词：不算在说的事里。"""


def says_only_when(text: str) -> bool:
    """整句只说了什么时候，没有说什么事：“昨天”。"""
    return not _WHEN.sub("", normalise(text)).strip(" ,。.!?")


def _cover(clause: str, event: ReportableEvent) -> float:
    """最长的一个说法占整个小句（去掉时间的话）的多少。"""
    text = _WHEN.sub("", clause)
    longest = max((len(phrase) for phrase in map(normalise, (event.label, *event.said)) if phrase in text), default=0)
    return max(_LEAST_COVER, min(1.0, longest / max(1, len(text)) + 0.25))

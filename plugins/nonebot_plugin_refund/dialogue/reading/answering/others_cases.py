"""问答里说的进展是家里人、朋友自己的那件：不当成回答，不当成另一件要办的事。"""

import re
from collections.abc import Collection

from ....domain.case.heard.called import owner_of, spenders_of
from ....domain.case.heard.news import hear_news
from ....domain.understanding.moods import Mood
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..before_verdict.early_news import possible_events
from ..context import Context, OpenQuestion, are_related
from ..intents import Band, Reading, TalkKind
from ..utterance import Utterance

_THEIR_ONE = re.compile(
    r"(?:们|家)?(?:她|他|自己)?(?:买|刷|充|报|申请|投诉)?的?那一?(?:个|单|件|笔|边|头|份|桩|双|台|套|箱|盒|瓶|条|部|床)"
)
"""“我老公那个”“我妈买的那单”“同事她那件”里，称呼后面的字。"""
_OVER_THERE = re.compile(r"那[边头]")
"""“我妈那边放着 没看过”：说的是东西在哪里。"""
_TOLD = 0.35
"""像一件进展到这个程度，才算在说他那件怎么样了；“跟我姐那个比过”不是。"""
_TOLD_OF_OTHERS = frozenset({"hearsay", "negation", "quotation"})
_PEOPLE = load_spoken().people


def read_others_case(context: Context, utterance: Utterance) -> Reading | None:
    """“我老公那个客服回了 说不给退”，问着的却是自己的一件：应一声，题还开着。"""
    opened = context.open_question
    if opened is None or opened.is_revision or utterance.is_bare or utterance.asks:
        return None
    if not any(_is_theirs(utterance.text, word) for word in _not_here(opened)):
        return None
    if not _tells_how_it_went(context, opened, utterance):
        return None
    return Reading((intents.Talk(TalkKind.OTHERS, utterance.raw),), Band.RECORD, 0.7, ("说的是别人那件",))


def _tells_how_it_went(context: Context, opened: OpenQuestion, utterance: Utterance) -> bool:
    """说的是那件怎么样了：像几件进展里的一件，说还没有的、听来的也算；指名了另一种事的也是。"""
    news = hear_news(utterance.raw, utterance.clauses, possible_events(opened.scenario))
    if (news.mood in _TOLD_OF_OTHERS and _OVER_THERE.search(utterance.text) is None) or Mood.HEARSAY in utterance.moods:
        return True
    if news.mood is None and sum(heard.score for heard in news.events) >= _TOLD:
        return True
    named = (scenario for name, scenario in context.book.named.items() if name in utterance.text)
    return any(not are_related(context.book, opened.scenario.id, scenario) for scenario in named)


def _is_theirs(text: str, word: str) -> bool:
    """说到这个人的那件。"""
    place = text.find(word)
    return place >= 0 and _THEIR_ONE.match(text, place + len(word)) is not None


def _not_here(opened: OpenQuestion) -> tuple[str, ...]:
    """说到谁的那件，不会是正问着的这件：花钱的可能就是他的，不算。"""
    spenders = {owner for options in spenders_of(opened.scenario).values() for owner in options.values()}
    children = () if "child" in spenders else _PEOPLE.children
    return (*_PEOPLE.acquaintances, *children, *(() if _is_by_family(opened, spenders) else _PEOPLE.family))


def _is_by_family(opened: OpenQuestion, spenders: Collection[str]) -> bool:
    """花钱的是家里的大人，或会是家里的大人、还没说是谁。"""
    if "family" not in spenders:
        return False
    asked = [question for question in spenders_of(opened.scenario) if question in opened.dialogue.answers]
    return not asked or owner_of(opened.scenario, opened.dialogue.answers) == "family"

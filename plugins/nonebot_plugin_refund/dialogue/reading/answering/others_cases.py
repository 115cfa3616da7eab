"""问答里说的进展是家里人、朋友自己的那件：不当成回答，不当成另一件要办的事。"""

import re

from ....domain.case.news import hear_news
from ....domain.understanding.moods import Mood
from ....rulebook.wording_models.spoken import load_spoken
from .. import intents
from ..context import Context, OpenQuestion, are_related
from ..intents import Band, Reading, TalkKind
from ..utterance import Utterance
from .early_news import possible_events

_THEIR_ONE = re.compile(
    r"(?:们|家)?(?:她|他|自己)?(?:买|刷|充|报|申请|投诉)?的?那一?(?:个|单|件|笔|边|头|份|桩|双|台|套|箱|盒|瓶|条|部|床)"
)
"""“我老公那个”“我妈买的那单”“同事她那件”里，称呼后面的字。"""
_OVER_THERE = re.compile(r"那[边头]")
"""“我妈那边放着 没看过”：说的是东西在哪里。"""
_TOLD = 0.4
"""像一件进展到这个程度，才算在说他那件怎么样了；“跟我姐那个比过”不是。"""
_TOLD_OF_OTHERS = frozenset({"hearsay", "negation", "quotation"})
_PEOPLE = load_spoken().people
_BOUGHT_BY_CHILDREN = frozenset({"live-tip", "top-up", "paid-content"})
"""孩子花的钱是家长来办：“我儿子那个”就是正问着的这件。"""
_WHO_SPENT = "situation"
"""打赏先问的是谁刷的。"""
_BY_FAMILY = (None, "family", "reduced")
"""配偶、别的家人刷的，或还没说是谁。"""


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
    children = () if opened.scenario.id in _BOUGHT_BY_CHILDREN else _PEOPLE.children
    asks_who = any(question.id == _WHO_SPENT for question in opened.scenario.questions)
    who = opened.dialogue.answers.get(_WHO_SPENT)
    is_family = asks_who and opened.scenario.id in _BOUGHT_BY_CHILDREN and (who and who.value) in _BY_FAMILY
    return (*_PEOPLE.acquaintances, *children, *(() if is_family else _PEOPLE.family))

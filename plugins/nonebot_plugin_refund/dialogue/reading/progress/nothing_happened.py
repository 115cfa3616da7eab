"""听过了，不是在报告进展：还没有的、转述的应一声，在问的先答，否认的问一句；其余留给后面去听。"""

import re

from ....domain.case.heard.news import News
from ....domain.understanding.writing.pieces import pieces_of
from .. import intents
from ..asking.questions import read_sure_topic, read_topic
from ..asking.topics import is_asking
from ..context import Context, OpenMatter, is_plainly_another
from ..intents import Band, Reading
from ..utterance import Utterance
from .denied import denied_of_mine

_NOTHING_NEW = frozenset({"negation", "quotation"})
_IS_SO = re.compile(r"是[^不没]{1,10}的|[^没]{0,12}的是")
"""“是系统拒的”“同意退的是我那个”：在说是怎么回事。"""
_NOT_I = re.compile(
    r"[我俺咱](?:根本|压根|可|真|从来|都|又|也|哪){0,2}没有?(?:干|做|弄|违规|犯|动|换|调包|摔|碰)"
    r"(?:过|啊|呀|的|这事|那事)?"
)
"""“说我违规引流 我没干”：否认的是他说的事，不是还没有进展。"""
_HAPPENED_TO_NOBODY = frozenset({"question", "if", "plan", "hearsay"})


def nothing_happened(context: Context, utterance: Utterance, matter: OpenMatter, news: News) -> Reading | None:
    """不是报告：说还没有的、转述别人怎么说的应一声，问的、假设的、打算的、别人的事留给后面去答。"""
    if news.mood in _NOTHING_NEW and (asked := _asked_while_waiting(context, utterance, matter)) is not None:
        return asked
    if news.mood == "negation" and context.can_undo and (denied := denied_of_mine(matter, utterance.raw)) is not None:
        undo = intents.Undo(denied.label, denied.id, sure=False)
        return Reading((undo,), Band.CONFIRM, 0.6, (f"否认“{denied.label}”",))
    if not news.events and utterance.asks:
        return None  # 排除了的那件之外什么也不像，又在问：留给后面去答
    if context.open_question is None and _denies_blame(utterance):
        detail = intents.Talk(intents.TalkKind.DETAIL, utterance.raw, matter.code)
        return Reading((detail,), Band.RECORD, 0.6, ("说自己没做过他说的事",))
    if news.mood in _NOTHING_NEW and context.open_question is None:
        quoted = news.mood == "quotation"
        return Reading(
            (intents.NothingNew(matter.code, utterance.raw, quoted),), Band.RECORD, 0.7, (f"语气是 {news.mood}",)
        )
    if (
        news.mood in _HAPPENED_TO_NOBODY
        and context.open_question is None
        and not is_plainly_another(context, utterance)
    ):
        unknown = intents.Asked(None, utterance.raw, case=matter.code)
        return (
            read_topic(context, utterance)
            or read_sure_topic(context, utterance)
            or Reading((unknown,), Band.RECORD, 0.7, (f"语气是 {news.mood}",))
        )
    return None


def _asked_while_waiting(context: Context, utterance: Utterance, matter: OpenMatter) -> Reading | None:
    """话里有“还没”，其实在问（“另一罐没开的呢”“说要质检能不能拖”），或还说了是怎么回事的：不是在说再等等。"""
    if is_asking(utterance):
        unknown = Reading((intents.Asked(None, utterance.raw, case=matter.code),), Band.RECORD, 0.7, ("在问",))
        found = read_topic(context, utterance) or read_sure_topic(context, utterance)
        return found or (unknown if context.open_question is None else None)
    if context.open_question is None and any(map(_IS_SO.match, pieces_of(utterance.raw))):
        detail = intents.Talk(intents.TalkKind.DETAIL, utterance.raw, matter.code)
        return Reading((detail,), Band.RECORD, 0.6, ("说了是怎么回事",))
    return None


def _denies_blame(utterance: Utterance) -> bool:
    """有一截只说了自己没做过，前面说了对方怎么说的。"""
    pieces = pieces_of(utterance.raw)
    return len(pieces) > 1 and any(_NOT_I.fullmatch(piece) for piece in pieces[1:])

"""案件都了结了，又问起来：先答，不当成要开一场问答。"""

import re

from ....rulebook.scenario_models.models import ScenarioKind
from .. import intents
from ..context import Context, begins_another, says_another
from ..intents import Band, Reading
from ..recognising import recognised
from ..utterance import Utterance
from .topics import hear_topic, is_asking

_ANOTHER = 0.5
"""这么像在说起一件新的事，就不是在问了结的那件。"""
_WANTS_REFUND = re.compile(r"(?:能|可以|可不可以|能不能|怎么|咋|咋个|如何|想|要|给)退(?!回来)")
_FAINTLY = 0.05
"""带着“另外”“还有个”这样的字的，有一点像就算新的事；“介入那个单子要不要关”一点也不像。"""
_PERHAPS_ANOTHER = 0.3
"""手册里没有的一问，有这么像在说起一件新的事，也先当新的事听。"""


def read_afterwards(context: Context, utterance: Utterance) -> Reading | None:
    """了结之后的一问（“那以后怎么防着孩子再刷”“12315 那个要撤吗”）：答得上就答，答不上照实说；说起新的一件的不算。"""
    is_idle = context.has_closed and not context.matters and not context.concluded
    if not is_idle or context.open_question is not None or context.is_command or utterance.is_bare:
        return None
    if utterance.word in context.book.named or not is_asking(utterance) or begins_another(utterance, _ANOTHER):
        return None
    if says_another(utterance) and begins_another(utterance, _FAINTLY):
        return None
    heard = hear_topic(context, utterance, surely_asking=True)
    is_help = _is_help(context, utterance)
    if is_help is False and _WANTS_REFUND.search(utterance.text) and (heard is None or heard.id is None):
        return None  # “买的鞋子开胶了可以退吗”：是新的一件
    if heard is not None:
        band = Band.RECORD if heard.id is not None else Band.CONFIRM
        asked = intents.Asked(heard.id, utterance.raw, heard.offered, alike=heard.alike)
        return Reading((asked,), band, heard.score, ("了结之后打听",))
    if begins_another(utterance, _PERHAPS_ANOTHER) and not is_help:
        return None
    return Reading((intents.Asked(None, utterance.raw),), Band.RECORD, 0.5, ("了结之后问了一句",))


def _is_help(context: Context, utterance: Utterance) -> bool | None:
    """说的是找客服、申诉这样的帮助主题：问的多半还是了结的那件；听不出是哪一种为 ``None``。"""
    found = recognised(context.book.classifier, utterance.raw, first=True).scenario
    kinds = {scenario.id: scenario.kind for scenario in context.book.scenarios}
    return None if found is None else kinds.get(found) is ScenarioKind.TOPIC

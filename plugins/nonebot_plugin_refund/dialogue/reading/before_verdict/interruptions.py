"""访谈里整句是被打断了（“孩子等一下 锅开了”）：应一声，题还开着，什么也不记。"""

from ....domain.hearing.interrupted import only_interrupts
from ..context import Context
from ..intents import Band, Reading, Talk, TalkKind
from ..utterance import Utterance


def read_interruption(context: Context, utterance: Utterance) -> Reading | None:
    """没在问答的、带着问话的为空。"""
    if context.open_question is None or utterance.is_bare or utterance.asks or not only_interrupts(utterance.raw):
        return None
    return Reading((Talk(TalkKind.DETAIL, utterance.raw),), Band.ASK, explain=("被打断了",))

"""案件：复核、再问之后，对方出的还是先前那个数（“复核结果来了 还是两千”）：照又出了一次价听。"""

import re

from ....domain.understanding.sums.moved_sums import SUM_SAID
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import normalise
from ..context import Context, matter_spoken_of
from ..intents import Reading
from ..utterance import Utterance
from .offers import EVENTS, read_offer

_SAME = re.compile(
    rf"(?:他|她|他们|平台|客服|商家|结果)?(?:还是|仍是|仍然是|还只是)"
    rf"(?P<sum>{SUM_SAID}|[一二两三四五六七八九十百千万]{{2,6}})(?:块钱?|元)?"
)


def read_same_offer(context: Context, utterance: Utterance) -> Reading | None:
    """记过对方出价，一截只说“还是”多少的。"""
    matter = matter_spoken_of(context, utterance)
    if matter is None or context.open_question is not None or utterance.asks:
        return None
    if not any(event in EVENTS for event in matter.walked):
        return None
    found = next(filter(None, (_SAME.fullmatch(normalise(piece)) for piece in pieces_of(utterance.raw))), None)
    return None if found is None else read_offer(context, Utterance(f"还是只给{found['sum']}"))

"""案件：“桌子钱退我了 1899 运费一分没给”：货款到了，运费、赔偿没到，是到了一部分，不是还没到。"""

import re

from ....domain.case.case_routes import known_ids
from ....domain.understanding.moods import Mood
from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import normalise
from .. import intents
from ..context import Context, matter_spoken_of
from ..intents import Band, Reading
from ..progress.told_pieces import happened_at
from ..utterance import Utterance

_CAME = re.compile(
    r"(?:[^没不未说讲称应意]{0,5}(?:钱|货款|本金|退款|款))(?:都|也|已经?|倒是|是)?(?:给我)?(?:退|给|打|到|转)(?:我|给我|回来?|过来|账)?了[0-9.]{0,8}"
    r"|(?:[0-9.]{2,8}(?:块|元)?)(?:都|也|已经?)?(?:退|打|到|转)(?:我|给我|回来?|过来|账)?了"
)
_MISSING = re.compile(
    r"(?:可|但|就|就是|只是|就差)?(?:运费|邮费|快递费|赔偿|赔款|赔的|[三十四]倍|差价|鉴定费|检测费|医药费)(?:[^,，。;；]{0,4})"
    r"(?:没|不|未)(?:给|退|补|到|赔|付|打|认|见|影)[^,，。;；]{0,3}"
)
_NOT_TOLD = frozenset({Mood.QUESTION, Mood.IF, Mood.HEARSAY})
_PART = "arrived-part"


def read_rest_missing(context: Context, utterance: Utterance) -> Reading | None:
    """一截说钱退了，另一截说运费、赔偿没给：记到了一部分。"""
    matter = matter_spoken_of(context, utterance)
    if matter is None or context.open_question is not None or utterance.doubts or utterance.moods & _NOT_TOLD:
        return None
    if _PART not in known_ids(matter.scenario, matter.position):
        return None
    pieces = [normalise(piece) for piece in pieces_of(utterance.raw)]
    came = any(_CAME.fullmatch(piece) for piece in pieces)
    if not came or not any(_MISSING.fullmatch(piece) for piece in pieces):
        return None
    when = happened_at(utterance.raw, context.now)
    report = intents.Reported(matter.code, _PART, when, utterance.raw, sure=True, others=(_PART,))
    return Reading((report,), Band.RECORD, 0.85, ("货款到了，运费、赔偿没到",))

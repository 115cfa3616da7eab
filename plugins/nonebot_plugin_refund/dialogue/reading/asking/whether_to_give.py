"""案件：对方要证件、要他写一份东西，问给不给、签不签：先答；是不是要补材料，由他另说。"""

import re

from ..context import Context
from ..intents import Asked, Band, Reading
from ..utterance import Utterance
from .topics import hear_topic

_WHETHER = re.compile(
    r"(?P<word>[发给交拍写签传填录报说点按])[不没](?P=word)"
    r"|(?:敢|能不能|该不该|要不要|可不可以|能|该|用|可以)(?:给|发|交|拍|写|签|传|填|录|报|说)"
    r"[^ ,。;]{0,4}(?:吗|不|么|嘛)?[?!]{0,2}$"
)
_WANTED = re.compile(r"让|叫|喊|要我|要俺|要求|要孩|要娃|要身份|要户口|要银行|要卡|要验证|要手持|要人脸|要签|要写|非要")
_FORMAL = re.compile(r"补|举证|凭证|流水|[天时]内|通知|不然|否则")
"""写明是补材料的，照进展记，问的一并答。"""
_LEAST = 0.45


def read_whether_to_give(context: Context, utterance: Utterance) -> Reading | None:
    """问的是手册里有的哪一种才给出听法。"""
    if context.open_question is not None or not context.matters:
        return None
    said = utterance.text
    if _WHETHER.search(said) is None or _WANTED.search(said) is None or _FORMAL.search(said) is not None:
        return None
    heard = hear_topic(context, utterance, surely_asking=True)
    if heard is None or heard.score < _LEAST or not (heard.id or heard.alike):
        return None
    asked = Asked(heard.id, utterance.raw, heard.offered, alike=heard.alike)
    return Reading((asked,), Band.RECORD, heard.score, ("问给不给、签不签",))

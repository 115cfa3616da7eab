"""对方说的答复期限（“说七个工作日内告诉我受不受理”“他说要等3天”）：是一句话里单独的一截时，不是发生了什么。"""

import re

from ..writing.pieces import pieces_of
from ..writing.text import normalise

_COUNT = (
    r"(?:[0-9]{1,3}|[一二两三四五六七八九十几]{1,3})(?:[到至~-](?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3}))?(?:来|多)?"
)
_SPAN = re.compile(rf"{_COUNT}\s?个?(?:工作日|小时|钟头|天|日(?!期)|周|星期|礼拜|月(?!\s?[0-9]))")
_TOLD = re.compile(r"说|讲|让我?等|叫我?等|喊我?等|要等|得等|等个?|显示|告诉|通知|答复|回复|页面写|提示")
_WHETHER = re.compile(r"(?P<word>[受同支退批给通])[不没](?P=word)[\u4e00-\u9fff]{0,3}")
_OTHERWISE = re.compile(r"(?P<verb>受理|同意|支持|通过)(?:还是)?不(?P=verb)|受理与否|是否[\u4e00-\u9fff]{2,4}")
_HAPPENS = re.compile(
    r"[补交寄退款付账赔改撤拒驳用穿办传]|证据|凭证|举证|材料|报告|提供|[说讲]了|[说讲]好|答应|承诺|保证|白|开庭|调解|受理|同意|支持|通过|签收|发货|超时|过期|没动静|没回|还没|过了|已经|以前|之前"
)
"""这一截里还有别的事，就不只是答复的期限。"""


def without_terms(text: str) -> str:
    """去掉单独说答复期限的那几截；没有这样的、整句都是的，原样返回。"""
    pieces = pieces_of(text)
    kept = [piece for piece in pieces if not is_term(piece)]
    return " ".join(kept) if kept and len(kept) < len(pieces) else text


def says_whether(text: str) -> bool:
    """说了“受不受理”“支不支持”这样还没有定的：单看一个“受理”会听反。"""
    said = normalise(text)
    return _WHETHER.search(said) is not None or _OTHERWISE.search(said) is not None


def is_term(piece: str) -> bool:
    """这一截只是在说答复的期限。"""
    if _SPAN.search(piece) is None or _TOLD.search(piece) is None:
        return False
    rest = _OTHERWISE.sub("", _WHETHER.sub("", _SPAN.sub("", piece)))
    return _HAPPENS.search(rest) is None

"""问走到哪一步、对方怎么说，答的是还没去说：“还没跟店家说”“没有申请售后，想直接退款”。"""

import re

from ....rulebook.scenario_models.models import Question, QuestionKind
from ...understanding.writing.pieces import pieces_of
from ...understanding.writing.text import normalise

_OTHERS = r"(?:店家|商家|卖家|店铺|店里|老板|主播|客服|平台|机构|老师|对方|人家|那边|他们?|她们?)"
_NOT_BEGUN = re.compile(
    r"(?:(?:我们?|俺|咱们?|暂时|目前|现在|到现在|一直|压根|根本|都|也|还|就|先){0,4})[没未](?:有)?(?:去|来得及|顾上|敢|好意思)?"
    rf"(?:(?:跟|和|找|同|问|联系|向|告诉){_OTHERS}(?:说|讲|提|谈|问|联系|反映|申请|沟通|商量)?|(?:申请|提交|点|走)(?:过)?(?:售后|退款|退货|仅退款))"
    r"(?:过|这事|这个事|这件事|呢|啊|呀|的){0,2}"
)
"""一整个小句都是它；“没找到客服”“没申请成功”“商家没联系我”不是。"""
_LATER = re.compile(r"后来|今天|刚才|刚刚|点了|交了|申请了|说了|提了|寄了|拒|驳|同意")
"""别的小句里说了后来的事。"""
_NOT_STARTED = "还没"
_ANY = re.compile(r"申请|问")


def not_begun(question: Question, text: str) -> str | None:
    """说的是还没去申请、还没去问的那一项；没有这样的一项、话里还说了后来的事为 ``None``。"""
    if question.kind is not QuestionKind.CHOICE:
        return None
    named = [
        option.id
        for option in question.options
        if option.label.startswith(_NOT_STARTED) and _ANY.search(option.label) is not None
    ]
    if len(named) != 1:
        return None
    pieces = [normalise(piece).strip() for piece in pieces_of(text)]
    said = [piece for piece in pieces if _NOT_BEGUN.fullmatch(piece) is not None]
    others = [piece for piece in pieces if piece not in said]
    return named[0] if said and not any(_LATER.search(piece) for piece in others) else None

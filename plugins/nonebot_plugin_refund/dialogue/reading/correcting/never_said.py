"""刚记下一件，说自己没这么说过（“我没这么说过”“谁说的 我没讲这个”）：先问是不是要撤掉它。"""

import re

from ....domain.understanding.writing.pieces import pieces_of
from ....domain.understanding.writing.text import normalise
from .. import intents
from ..context import Context
from ..intents import Band, Reading
from ..utterance import Utterance

_I = r"(?:我|俺|咱|本人)们?"
_THAT = r"(?:这个|那个|这话|那话|这种话|那种话|这样的话|这事|那事|这件事|这句话?|那句话?|这些|话|是这个|是这样)"
_END = r"(?:啊|呀|吧|的|哦|呢|嘛|哈|喂){0,2}"
_NEVER_SAID = re.compile(
    rf"{_I}(?:可|真|从|从来|压根|根本|明明|又|都|也|哪里?|刚才){{0,2}}(?:没有?|不曾|未曾|冇)(?:这么|这样|那么|那样|跟你)?"
    rf"(?:说|讲|提|写)(?:的)?(?:过)?(?:{_THAT})?{_END}"
)
_WHEN_SAID = re.compile(
    rf"{_I}?(?:啥时候|什么时候|几时|何时|哪天|哪里|哪儿)(?:跟你)?(?:这么|这样)?(?:说|讲|提)(?:过|了)?(?:{_THAT})?(?:了|啊|呀|的)?"
)
_NOT_THAT = re.compile(rf"{_I}(?:说|讲)的(?:可)?(?:不是){_THAT}{_END}")
_BESIDE = re.compile(
    rf"谁(?:说|讲)(?:的|了|过)?(?:{_THAT})?{_END}|(?:没有?|哪有)(?:这|这回|那|那回)?(?:事|码事){_END}|你?(?:记|听|写|弄|搞)错了{_END}|不对{_END}|不是{_END}"
    rf"|(?:等等|喂|哎|诶|咦|哈|啊|什么|啥)"
)


def read_never_said(context: Context, utterance: Utterance) -> Reading | None:
    """整句都在说自己没说过，又有可撤的一件。"""
    if not context.can_undo or context.open_question is not None or not context.matters:
        return None
    pieces = [normalise(piece).rstrip("?!") for piece in pieces_of(utterance.raw)]
    denies = [piece for piece in pieces if any(form.fullmatch(piece) for form in (_NEVER_SAID, _WHEN_SAID, _NOT_THAT))]
    if not denies or any(piece not in denies and _BESIDE.fullmatch(piece) is None for piece in pieces):
        return None
    return Reading((intents.Undo(sure=False),), Band.CONFIRM, 0.7, ("说自己没这么说过",))

"""问是谁花的钱：出错、被盗的几项，话里没有这样的字就不算、不列；说了是家里哪个大人花的就是那一项。"""

import re

from ....rulebook.scenario_models.models import Option, Question
from ...interview.answers import Answer
from ...interview.interview import Misread, MisreadReason
from ...understanding.meaning import UNSURE
from ...understanding.writing.pieces import pieces_of
from ...understanding.writing.text import normalise
from ..options.answer_forms import between
from .childs_age import spent_by_grown

_WENT_WRONG = re.compile(
    r"扣|没送|没到|没出去|没显示|重复|两[次遍回]|系统|卡|bug|出错|故障|盗|偷|黑|公司|单位|公款|员工|别人|陌生|不认识|不是我"
)
_UNWELL = re.compile(r"痴呆|脑|精神|智力|糊涂|抑郁|躁|残疾|失智")
_NOT = re.compile(r"[没不未]")
_FAMILY = "family"


def without_mishaps(question: Question, text: str, heard: Answer | Misread) -> Answer | Misread:
    """“礼物那边算出来是4260”：没说是谁，也没说出了什么错。"""
    if not asks_who(question) or _WENT_WRONG.search(normalise(text)) is not None:
        return heard
    mishaps = {option.id for option in question.options if _is_mishap(option)}
    if isinstance(heard, Answer):
        return Misread(MisreadReason.NOT_UNDERSTOOD) if heard.value in mishaps else heard
    left = tuple(option.id for option in heard.options if option.id not in mishaps)
    if len(left) == len(heard.options):
        return heard
    return Misread(MisreadReason.NOT_UNDERSTOOD) if left in ((), (UNSURE,)) else between(question, left)


def asks_who(question: Question) -> bool:
    """问的是谁花的：孩子、家里的大人都是选项。"""
    return {option.spender for option in question.options} >= {"child", _FAMILY}


def _is_mishap(option: Option) -> bool:
    return not option.spender and not option.own


def grown_option(question: Question, text: str) -> str | None:
    """“是额老汉刷的嘛”：家里哪个大人花的；话里还说到病的、没有这一项的为 ``None``。"""
    said = normalise(text)
    options = [option.id for option in question.options if option.spender == _FAMILY]
    if not options or _UNWELL.search(said) is not None:
        return None
    pieces = [piece for piece in map(normalise, pieces_of(text)) if _NOT.search(piece) is None]
    return options[0] if any(map(spent_by_grown, pieces)) else None

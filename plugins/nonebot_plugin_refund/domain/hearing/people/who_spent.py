"""问是谁花的钱：只说了一共多少的，不当成出错、被盗；整句在说家里哪个大人刷的，就是那一项。"""

import re

from ....rulebook.scenario_models.models import Option, Question
from ...interview.answers import Answer
from ...interview.interview import Misread, MisreadReason
from ...understanding.meaning import UNSURE
from ...understanding.writing.pieces import pieces_of
from ...understanding.writing.text import normalise
from ..options.answer_forms import between
from .childs_age import spent_by_grown

_A_TOTAL = re.compile(
    r"(?:算[出下]来|算了算|一共|总共|合计|加起来|拢共)[^,，。没不少多错]{0,4}[0-9一二三四五六七八九十]"
)
_WENT_WRONG = re.compile(r"[没不少多错扣盗偷被骗]")
_UNWELL = re.compile(r"痴呆|脑|精神|智力|糊涂|抑郁|躁|残疾|失智")
_PLAIN = re.compile(
    r"^(?:是|就是|都是)?(?:我|俺|额|咱|他|她){0,2}家?(?P<who>[^,，。给自]{1,4}?)(?:在|偷偷|天天)?(?:刷|打赏|充)"
)
_GOES_ON = re.compile(r"[没不未给]|自己|[0-9]岁|[一二三四五六七八九十]岁|小学|初中|高中|学生")
_FAMILY = "family"


def without_mishaps(question: Question, text: str, heard: Answer | Misread) -> Answer | Misread:
    """“礼物那边算出来是4260”：没说是谁，也没说出了什么错。"""
    said = normalise(text)
    if not asks_who(question) or _A_TOTAL.search(said) is None or _WENT_WRONG.search(said) is not None:
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
    """“是额老汉刷的嘛”：家里哪个大人花的；不是这样直说的、话里还说到病的、没有这一项的为 ``None``。"""
    said = normalise(text)
    options = [option.id for option in question.options if option.spender == _FAMILY]
    if not options or _UNWELL.search(said) is not None:
        return None
    if _GOES_ON.search(said) is not None:
        return None
    return (
        options[0]
        if any(_PLAIN.match(piece) and spent_by_grown(piece) for piece in map(normalise, pieces_of(text)))
        else None
    )

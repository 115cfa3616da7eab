"""问是谁花的钱，整句只说了几岁：“周岁12”“才十一岁”。说的可能是孩子，也可能是自己，不替他定，两样都列出来问。"""

import re

from ....rulebook.scenario_models.models import Question
from ...understanding.writing.text import normalise

_ONLY_AN_AGE = re.compile(
    r"(?:今年|现在|那时候?|当时|刷的时候|才|刚|满|周岁|虚岁|都|已经|是|也就|[ ,，]){0,6}+"
    r"(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})\s?(?:个?月大|周?岁)?(?:多|半|了|的|啊|呀|呢|吧|[ .。!,，]){0,4}+"
)
_SAYS_AGE = re.compile(r"岁|满|才|刚")
_CHILD = "child"


def children_in(question: Question) -> tuple[str, ...]:
    """这一题里，钱是孩子花的那几项。"""
    return tuple(option.id for option in question.options if option.spender == _CHILD)


def says_only_an_age(text: str) -> bool:
    """整句只说了几岁，没说是谁。"""
    said = normalise(text)
    return _SAYS_AGE.search(said) is not None and _ONLY_AN_AGE.fullmatch(said) is not None

"""问是谁花的钱，整句只说了几岁：“周岁12”“才十一岁”。说的可能是孩子，也可能是自己，不替他定，两样都列出来问。"""

import re
from collections.abc import Sequence

from ....rulebook.scenario_models.models import Question
from ....rulebook.wording_models.spoken import load_spoken
from ...interview.answers import Answer
from ...understanding.sums.numerals import read_small_integer
from ...understanding.writing.pieces import pieces_of
from ...understanding.writing.text import normalise
from .childs_age import names_a_child

_ONLY_AN_AGE = re.compile(
    r"(?:今年|现在|那时候?|当时|刷的时候|才|刚|满|周岁|虚岁|都|已经|是|也就|[ ,，]){0,6}+"
    r"(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})\s?(?:个?月大|周?岁)?(?:多|半|了|的|啊|呀|呢|吧|[ .。!,，]){0,4}+"
)
_SAYS_AGE = re.compile(r"岁|满|才|刚")
_CHILD = "child"
_OWN_AGE = re.compile(
    r"(?:我|俺|本人|咱|自己)(?:自己|本人|今年|现在|都|已经|也|是|有|就|才|刚|满){0,4}+\s?"
    r"(?P<age>[0-9]{2}|[一二三四五六七八九]?十[一二三四五六七八九几多]?)"
    r"\s?(?:周?岁)?(?:多|几|出头)?(?:了|的人|的|啊|呀|呢|吧|啦|咯|[ .。!,，]){0,4}+"
)
"""“我33了”“本人 41 岁”：说的是自己几岁。"""
_GROWN_UP = re.compile(
    r"(?:我|俺|本人|自己)?(?:都|也|早就?|已经|是|早已|现在|自己){0,4}+(?:成年|成人)(?:了|人|的|很久|好久|啊|呀|啦){0,4}+"
)
_MINOR_UNTIL = 18
_PEOPLE = load_spoken().people
_OTHERS = (*_PEOPLE.children, *_PEOPLE.family, *_PEOPLE.acquaintances, "他", "她", "主播")


def children_in(question: Question) -> tuple[str, ...]:
    """这一题里，钱是孩子花的那几项。"""
    return tuple(option.id for option in question.options if option.spender == _CHILD)


def own_age_option(question: Question, text: str) -> str | None:
    """说了自己几岁、已经成年的：是“我自己刷的”里的哪一项；话里还说到别人的、没有这样两项的为 ``None``。"""
    own = {option.own: option.id for option in question.options if option.own is not None}
    said = normalise(text)
    if len(own) < len(("minor", "adult")) or any(word in said for word in _OTHERS):
        return None
    pieces = pieces_of(text)
    ages = {match["age"] for piece in pieces if (match := _OWN_AGE.fullmatch(piece)) is not None}
    if (whole := _OWN_AGE.fullmatch(said)) is not None:
        ages.add(whole["age"])
    grown = {_is_grown_up(age) for age in ages} | {True for piece in pieces if _GROWN_UP.fullmatch(piece) is not None}
    return own["adult" if grown.pop() else "minor"] if len(grown) == 1 else None


def _is_grown_up(age: str) -> bool:
    """“二十好几”“三十多”这样的约数，看它至少是多少。"""
    read = read_small_integer(age.rstrip("几多")) or 0
    return read >= _MINOR_UNTIL


def says_only_an_age(text: str) -> bool:
    """整句只说了几岁，没说是谁。"""
    said = normalise(text)
    return _SAYS_AGE.search(said) is not None and _ONLY_AN_AGE.fullmatch(said) is not None


_I_AM = re.compile(
    r"(?:^|[ ,，。])(?:我|俺|本人)(?:今年|现在|才|刚|刚满|都|是|就){0,2}\s?"
    r"(?P<age>[5-9]|1[0-7]|十[一二三四五六七])(?:周?岁)?"
    r"(?:了|的)?(?=$|[ ,，。!])"
)


def of_oneself(asking: Sequence[Question], text: str) -> dict[str, Answer]:
    """“我今年12 拿爸爸的手机刷的”：自己刷的、没满 18；话里还说到别的小辈的为空。"""
    said = normalise(text)
    ages = {read_small_integer(found["age"]) for found in _I_AM.finditer(said)}
    if len(ages) != 1 or None in ages or names_a_child(said):
        return {}
    return {one.id: Answer(option.id) for one in asking for option in one.options if option.own == "minor"}

"""问着几岁：日子、钱数说了再多，只说了一个岁数的就是它（“今年11岁 上个月刷的 六千多”）；“一看账单”里的“一”不是岁数。"""

import re
from datetime import datetime

from ....rulebook.scenario_models.models import Question, QuestionKind
from ...interview.answers import Answer
from ...interview.interview import Misread, read_answer
from ...understanding.days.loose_times import years_back
from ...understanding.sums.told_ages import OF_NOW
from ...understanding.writing.pieces import pieces_of
from ...understanding.writing.text import normalise

_UNIT = "岁"
_SAID = re.compile(
    r"(?<![0-9一二两三四五六七八九十])(?P<age>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})\s?周?岁(?!多|来|以|的?生日|的?时候)"
)
_LONE = re.compile(
    r"(?<![第0-9零一二两三四五六七八九十百千万])[一二两三四五六七八九]"
    r"(?![零一二两三四五六七八九十百千万0-9])(?!\s?周?岁)(?=[一-龥])"
    r"(?!(?:周|吧|了|啊|呀|呢|嘛|的|整|多|半|左右|上下){0,3}(?:[ ,.。!?]|$))"
)
_ANY = re.compile(r"[0-9零一二两三四五六七八九十百千万]")
_HEDGED = re.compile(r"虚|不满|[没未]满|[没不]到|快(?=[满到0-9一二三四五六七八九十])|差|以上|以下|几岁|年级|年生|出生")


_DAY = re.compile(
    r"(?:[0-9]{1,2}|十[一二]?|[一二三四五六七八九正冬腊])\s?月"
    r"(?:份|\s?初?(?:[0-9]{1,2}|[一二三四五六七八九十廿]{1,3})(?!\s?周?岁)[日号]?)?"
)
_ORDINAL = re.compile(r"(?:第[0-9一二三]|头一|最早一|最先一|[0-9一二两三]{1,2})(?=[笔次回单])|第一|头一")
"""“头一笔是六月十八”的“一”。"""
_BIRTHDAY = re.compile(r"月[^,。 ]{0,4}岁的?生日")


def asks_age(question: Question) -> bool:
    """问的是几岁。"""
    return question.kind is QuestionKind.NUMBER and question.unit == _UNIT


_TENS = re.compile(r"[二三四五六七八九]十[几多来]|[2-9]0[几多来]")


def says_only_tens(text: str) -> bool:
    """“六十几的人了”：只说了几十多，不是这时几岁；话里另有岁数的不算。"""
    said = normalise(text)
    return _TENS.search(said) is not None and _ANY.search(_TENS.sub("", said)) is None


def has_no_age(text: str) -> bool:
    """话里的数只有“一看账单”“一个人”这样的一个字、“今年2月6”这样的日子，没有岁数；几月才过几岁生日的，也要再问。"""
    said = normalise(text)
    beside = _LONE.sub("", _ORDINAL.sub("", _DAY.sub("", said)))
    if _DAY.search(said) is not None and (_BIRTHDAY.search(said) or _ANY.search(beside) is None):
        return len(_DAY.findall(said)) > 1 or _BIRTHDAY.search(said) is None
    return _LONE.search(said) is not None and _ANY.search(_LONE.sub("", said)) is None


_NUMBER = r"[0-9]{1,2}|[一二两三四五六七八九十]{1,3}"
_NOW = (
    rf"(?:现在|如今|今年|眼下|这会儿)[^0-9一二两三四五六七八九十,，。]{{0,4}}(?:{_NUMBER})"
    r"\s?(?:周?岁)?[了的啊呢吧]{0,2}"
)
_AT_THAT_TIME = (
    r"(?:刷的|打赏的?|充的|花的|那|事发)?(?:时候?|当时|那会儿?|会儿)[^0-9一二两三四五六七八九十,，。没未不差快]{0,4}"
)
_NOW_AND_THEN = re.compile(
    rf"{_NOW}[ ,，]{{1,2}}{_AT_THAT_TIME}(?P<age>{_NUMBER})\s?(?:周?岁)?[的了吧呢啊。. ]{{0,3}}"
    rf"|{_AT_THAT_TIME}(?P<first>{_NUMBER})\s?(?:周?岁)?[的了吧呢啊]{{0,2}}[ ,，]{{1,2}}{_NOW}[。. ]{{0,2}}"
)
"""“现在十三 那时候十二”：问的是那时。"""


def own_age(question: Question, text: str, now: datetime) -> Answer | None:
    """只说了一个岁数、也没说是几年前的事：就是它；没有、说了几个的为空。"""
    said = normalise(text)
    if (then := _NOW_AND_THEN.fullmatch(said)) is not None:
        read_then = read_answer(question, f"{then['age'] or then['first']}{_UNIT}", now)
        return read_then if isinstance(read_then, Answer) else None
    if years_back(said) or _HEDGED.search(said) is not None:
        return None
    mine = [piece for piece in pieces_of(text) if not any(word in piece for word in question.not_answered_with)]
    ages = {found["age"] for piece in mine for pattern in (_SAID, OF_NOW) for found in pattern.finditer(piece)}
    read = {read_answer(question, f"{age}{_UNIT}", now) for age in ages}
    return next((one for one in read if not isinstance(one, Misread)), None) if len(read) == 1 else None

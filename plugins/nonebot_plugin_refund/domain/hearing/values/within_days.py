"""问是不是在几天以内，说的是第几天、过了几天：“第八天申请的”“一周不到”，数一数就知道。"""

import re

from ....rulebook.scenario_models.models import Question
from ...understanding.sums.numerals import read_small_integer
from ...understanding.writing.text import normalise

_COUNT = r"[0-9]{1,3}|[一二两三四五六七八九十]{1,3}"
_FILLERS = r"(?:我|就|是|在|都|才|也|大概|应该|好像|收到|签收|收货|之?后|的|那天){0,6}"
_DEED = (
    r"(?:申请|提交|提|交|点|弄|办|想起来|想起|发现|退)?(?:退货|退款|售后|申请)?(?:的|了|上去|过|啊|呢|吧|噻|嘛){0,3}"
)
_NTH = re.compile(
    rf"{_FILLERS}第\s?(?P<n>{_COUNT})\s?天(?:晚上|早上|上午|下午|夜里)?(?:我|就|才|卡着点|想起来){{0,3}}{_DEED}"
)
_UNDER = re.compile(
    rf"{_FILLERS}(?:还|都|也)?(?:不到|没到|没超过?|没有超过|不超过|没过|没满|不满|未满)(?:够|了)?"
    rf"(?:(?P<n>{_COUNT})\s?天|(?P<week>一周|一个?(?:星期|礼拜)))(?:就|我)?{_DEED}"
    rf"|{_FILLERS}(?:(?P<more>{_COUNT})\s?天|(?P<whole>一周|一个?(?:星期|礼拜)))(?:都|还)?(?:不到|没到|不满)(?:就|我)?{_DEED}"
)
_WEEK = 7


def within_days(question: Question, text: str) -> str | None:
    """数得出的 ``yes``、``no``；这一题不问几天以内、整句还说了别的、数不出的为 ``None``。"""
    if question.known_from is None:
        return None
    said = normalise(text).strip()
    if (nth := _NTH.fullmatch(said)) is not None:
        day = read_small_integer(nth["n"])
        return None if not day else "yes" if day <= question.known_from.days else "no"
    under = _UNDER.fullmatch(said)
    number = None if under is None else under["n"] or under["more"]
    limit = _WEEK if under is not None and number is None else read_small_integer(number) if number else None
    return "yes" if limit is not None and limit <= question.known_from.days else None

"""一段话里的日子、钱数、岁数在哪里、是多少；是答哪一题的由上层看。"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from ....rulebook.scenario_models.models import QuestionKind
from ...days.calendar import SHANGHAI
from ...understanding.days.date_mentions import find_mentions
from ...understanding.sums.amounts import amounts_in
from ...understanding.sums.numerals import read_number
from ...understanding.writing.text import normalise

_LONGEST = 300
_OLDEST = 120
_PERSON = (
    "儿子|女儿|闺女|娃|孩子|孙子|孙女|外孙|小子|丫头|崽|仔|囡|弟弟|妹妹|我弟|我妹|老大|老二"
    "|我|他|她|刚满|今年刚|今年才|今年|才|刚"
)
_CHILD = "儿子|女儿|闺女|孩子|孙子|孙女|外孙|小子|丫头|弟弟|妹妹|我弟|我妹|我娃|老大|老二"
_AGE = re.compile(
    r"(?<![0-9.])(?P<years>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})\s?周?岁(?![到以至])"
    rf"|(?:{_PERSON})\s?(?P<bare>[0-9]{{1,2}})(?![0-9号元块月日天点万千百个次笔年周节期.:/])"
    rf"|(?:{_CHILD})\s?(?P<teen>十[二三四五六七](?=了?(?:[ ,，。]|$)|了)|十一(?=了))"
)
"""最后一样是“儿子十三 刷了七万”：“女儿十一 刷的”是国庆，不算。"""


@dataclass(frozen=True, slots=True)
class Told:
    """一处日子或数。"""

    text: str
    """统一过写法的整段话。"""
    start: int
    end: int
    value: str | float
    """日子是 ``YYYY-MM-DD``。"""


def values_in(kind: QuestionKind, text: str, now: datetime) -> list[Told]:
    """这种值都说在哪里；说不准是哪天、是多少的不算。``now`` 带时区。"""
    finder = _FINDERS.get(kind)
    return [] if finder is None else list(finder(text, now))


def _days(text: str, now: datetime) -> Iterator[Told]:
    prepared = normalise(text, _LONGEST)
    for mention in find_mentions(prepared, now.astimezone(SHANGHAI)):
        if len(mention.days) == 1 and not (mention.approximate or mention.weak or mention.holiday):
            yield Told(prepared, mention.start, mention.end, mention.days[0].isoformat())


def _amounts(text: str, now: datetime) -> Iterator[Told]:
    prepared, found = amounts_in(text)
    days = {(day.start, day.end) for day in find_mentions(prepared, now.astimezone(SHANGHAI)) if day.days}
    for start, end, value in found:
        if not any(start == first and end <= last for first, last in days):  # “10.26打赏的”：是日子
            yield Told(prepared, start, end, value)


def _ages(text: str, now: datetime) -> Iterator[Told]:
    del now
    prepared = normalise(text, _LONGEST)
    for match in _AGE.finditer(prepared):
        group = next(name for name in ("years", "bare", "teen") if match[name])
        value = read_number(match[group])
        if value is not None and 0 < value <= _OLDEST:
            yield Told(prepared, match.start(group), match.end(), float(value))


_FINDERS: Mapping[QuestionKind, Callable[[str, datetime], Iterator[Told]]] = {
    QuestionKind.DATE: _days,
    QuestionKind.AMOUNT: _amounts,
    QuestionKind.NUMBER: _ages,
}

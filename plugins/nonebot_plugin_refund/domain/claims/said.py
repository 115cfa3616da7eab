"""话里说的那几样：“货款 199 寄回运费 12 假一赔四”。从左到右看一遍，不回头。"""

import re
from collections.abc import Generator, Iterator
from decimal import Decimal

from ...rulebook.money_models.claim_models import Claims
from ..understanding.sums.numerals import NUMERAL_CHARACTERS, read_number
from ..understanding.writing.text import normalise

_NUMBER = re.compile(rf"[0-9][0-9,]{{0,9}}(?:\.[0-9]{{1,2}})?[万千百]?|[{NUMERAL_CHARACTERS}]{{1,8}}")
_LESSONS = re.compile(r" ?(?:节|课时|堂|讲|次)")
_MOST_LESSONS = 200
"""“总共6980”后面没写是节，又大过这么多的，是一共交了多少，不是一共几节。"""
_GAP = re.compile(r"(?:[一每单](?:节课?|堂课?|课时))?[是有了的:= 约大概花掉课垫付我自己]{0,5}")
"""“原价一节400”里的“一节”说的是每节，不是那个数。"""
_MOST_TEXT = 400
_LARGEST = Decimal(100_000_000)
LESSONS, PAID = "lessons", "paid"
"""claims.yaml 里的两样：一共几节、一共交了多少。"""


def read_inputs(claims: Claims, text: str) -> dict[str, Decimal]:
    """话里说到的各样数；同一样说了两遍的，后说的算。"""
    words = sorted(((word, item.id) for item in claims.inputs for word in item.said), key=lambda pair: -len(pair[0]))
    return dict(_found(normalise(text)[:_MOST_TEXT], words))


def _found(text: str, words: list[tuple[str, str]]) -> Iterator[tuple[str, Decimal]]:
    at = 0
    while at < len(text):
        word, name = next(((word, name) for word, name in words if text.startswith(word, at)), ("", ""))
        if not word:
            at = (yield from _bare_lessons(text, at)) if text[at].isdigit() else at + 1
            continue
        at += len(word)
        gap = _GAP.match(text, at)
        start = gap.end() if gap is not None else at
        number = _NUMBER.match(text, start)
        if number is None:
            continue
        value = read_number(number[0].replace(",", ""))
        at = number.end()
        if value is None or not 0 <= value <= _LARGEST:
            continue
        is_money = name == LESSONS and value > _MOST_LESSONS and _LESSONS.match(text, at) is None
        yield (PAID if is_money else name), value


def _bare_lessons(text: str, at: int) -> Generator[tuple[str, Decimal], None, int]:
    """“24节上了10节”：前面没有说是什么的几节，是一共几节；返回看到哪里了。"""
    number = _NUMBER.match(text, at)
    end = number.end() if number is not None else at + 1
    if number is not None and _LESSONS.match(text, end) is not None and text[end : end + 1] != "次":
        value = read_number(number[0].replace(",", ""))
        if value is not None and 0 < value <= _MOST_LESSONS:
            yield LESSONS, value
    return end

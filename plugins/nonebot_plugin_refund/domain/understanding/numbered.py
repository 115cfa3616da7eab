"""先回编号、再补一句的话：“1 29号”“2，昨天下午”“第3个 商家刚同意”。"""

import re

from .numerals import read_small_integer
from .text import normalise

_NUMBERED = re.compile(
    r"(?:选|第)?\s?(?P<number>[0-9]{1,2})\s?(?:个|项|条)?"
    r"(?:$|\s(?!(?:[天号日月年个次块元岁点分时]|小时|(?:周|星期|礼拜)(?![一二三四五六日天末])))"
    r"|[。;!:]|[.,、](?![0-9]))"
)
"""“3 号签收”“2 天前”的数不是编号；“1.29”“1、2号”的也说不准。"""


_ORDINAL = re.compile(
    r"(?:选|第)?\s?(?P<number>[0-9]{1,2}|[一二两三四五六七八九]|十[一二三四五六七八九]?)\s?(?:个|项|条|号选项)?"
)


def ordinal(text: str) -> int | None:
    """整句就是一个编号：“2”“第二个”“选 3”；不是编号为 ``None``。"""
    match = _ORDINAL.fullmatch(text)
    return read_small_integer(match["number"]) if match else None


def numbered_choice(text: str, count: int) -> tuple[int, str] | None:
    """开头的编号（1 到 ``count``）和编号后面的话；开头不是编号为 ``None``。"""
    prepared = normalise(text)
    match = _NUMBERED.match(prepared)
    if match is None or not 1 <= int(match["number"]) <= count:
        return None
    return int(match["number"]), prepared[match.end() :].strip(" ,。.;!、:")

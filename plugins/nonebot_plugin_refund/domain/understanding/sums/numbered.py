"""整句就是一个编号的话：“2”“第二个”“选 3”。"""

import re

from .numerals import read_small_integer

_ORDINAL = re.compile(
    r"(?:选|第)?\s?(?P<number>[0-9]{1,2}|[一二两三四五六七八九]|十[一二三四五六七八九]?)\s?(?:个|项|条|号选项)?"
)


def ordinal(text: str) -> int | None:
    """整句就是一个编号：“2”“第二个”“选 3”；不是编号为 ``None``。"""
    match = _ORDINAL.fullmatch(text)
    return read_small_integer(match["number"]) if match else None

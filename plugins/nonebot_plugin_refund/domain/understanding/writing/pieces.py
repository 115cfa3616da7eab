"""把一句话拆成小句：标点、空格、“然后”“另外”处断开。"""

import re
from functools import lru_cache

from .text import normalise

_MAX_TEXT = 300
_BREAKS = re.compile(r"\s?(?:,(?![0-9]{3}(?![0-9]))|[。;!?、~…]|\.(?![0-9])|\s|然后|而且|另外|还有)\s?")
_TOGETHER = re.compile(
    r"(?<=[0-9]) (?=[0-9]{1,2}:|块|元|圆|万|岁|周岁|点|月|号|日)"
    r"|(?<=[月年]) (?=[0-9一二三四五六七八九十])"
    r"|(?<=[日号天0-9]) (?=上午|下午|晚上|早上|中午|凌晨|傍晚|夜里)"
    r"|(?<=[日号天午上]) (?=[0-9]{1,2}[点时:])"
)
_KEPT_SPACE = "\ue000"
"""暂代不断开的空格；私用区的字，人不会打出来。"""


@lru_cache(maxsize=64)
def pieces_of(text: str) -> tuple[str, ...]:
    """一句话的小句，已统一写法；日期、钟点、单位前的空格（“11月20日 15:30”“3000 块”）不断开。"""
    joined = _TOGETHER.sub(_KEPT_SPACE, normalise(text, _MAX_TEXT).replace(_KEPT_SPACE, " "))
    return tuple(piece.replace(_KEPT_SPACE, " ") for piece in _BREAKS.split(joined) if piece)

"""怕的、想着的、听来的那一截不是回答：“没申请呢 怕申请了优惠没了”“同意了 我怕寄回去他不退钱”。"""

import re

from ....rulebook.wording_models.spoken import load_spoken
from ...understanding.writing.pieces import pieces_of

_WORDS = load_spoken()
_LEADING = r"(?:[我俺就也又还老总是很真最但可]|主要|一直|因为|所以|不过){0,6}+"
_AFRAID = re.compile(
    rf"{_LEADING}(?:{'|'.join(map(re.escape, _WORDS.feared))})(?!{'|'.join(map(re.escape, _WORDS.feared_goods))})"
)


_SAYS_NOTHING = 1


def without_feared(text: str) -> str:
    """去掉怕的几截，剩下的话；没有怕什么、除了怕什么也没说的照旧。"""
    if not any(word in text for word in _WORDS.feared):
        return text
    pieces = pieces_of(text)
    told = [piece for piece in pieces if _AFRAID.match(piece) is None]
    if not told or len(told) == len(pieces) or len("".join(told)) <= _SAYS_NOTHING:
        return text  # “没，我怕麻烦一直拖着”：光剩一个“没”，说不准没什么
    return " ".join(told)

"""一个字对一个字的统一写法：繁体变简体、全角变半角、大写变小写、去掉看不见的字、表情变空格。

繁简对照是 ``opencc`` 文件夹里的数据，由 ``tools/traditional.py`` 生成。
"""

import re
from array import array
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from .emoji import BASIC_PLANE_EMOJI, TELLING_EMOJI
from .invisible import INVISIBLE

_BASIC_PLANE = 0x10000
_SPACE = ord(" ")
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_FULL_WIDTH_SHIFT = 0xFEE0
_IDEOGRAPHIC_SPACE = 0x3000
_TO_SPACE = frozenset((0x0B, 0x0C, 0x85, 0x2028, 0x2029))
"""换行一类的，后面当空白收成一个空格。"""
_MARKS = (
    0x20E3,  # 数字外面的方框
    *(0x2640, 0x2642),  # 表情里的男女
    *range(0xFFF0, 0xFFFC),
)
"""看得见、却不改变意思的。"""


_GONE = 0
"""表里的这个码位是“去掉”：它自己也是看不见的，换过的话里本来就不会有。"""


def folded(text: str) -> str:
    """一个字一个字换过的话。"""
    said = text.translate(folding_table())
    return said.replace(chr(_GONE), "") if chr(_GONE) in said else said


@cache
def folding_table() -> "array[int]":
    """给 ``str.translate`` 用：下标是码位，值是换成的码位，零是去掉。

    写成表不写成字典：字典里没有的字要抛一次异常，群里每句话都要过这里。写成数组不写成列表：一格两个字节，列表连里面的数要四十个。
    """
    table = array("H", range(_BASIC_PLANE))
    for code in _FULL_WIDTH:
        table[code] = ord(chr(code - _FULL_WIDTH_SHIFT).lower())
    for code in range(ord("A"), ord("Z") + 1):
        table[code] = ord(chr(code).lower())
    for code in BASIC_PLANE_EMOJI:
        if chr(code) not in TELLING_EMOJI:
            table[code] = _SPACE
    table[_IDEOGRAPHIC_SPACE] = _SPACE
    for code in (*INVISIBLE - _TO_SPACE, *_MARKS):
        table[code] = _GONE
    for traditional, simplified in zip(*_characters(), strict=True):
        table[ord(traditional)] = ord(simplified)
    return table


def folded_into(letters: Iterable[str]) -> re.Pattern[str]:
    """找会换成 ``letters`` 里的字、或者会去掉的字：一句话里没有，换不换写法，里面有没有用这些字写的词都一样。

    换写法的表有六万多格，群里每句话都翻它，翻的是冷的内存；这个式子只有几百字节。
    """
    wanted = {_GONE, *map(ord, letters)}
    folding = (chr(code) for code, to in enumerate(folding_table()) if to in wanted and (to != code or to == _GONE))
    return re.compile(f"[{re.escape(''.join(folding))}]")


def _characters() -> tuple[str, str]:
    """繁体一行，同样次序的简体一行。"""
    folder = files("nonebot_plugin_refund.domain.understanding").joinpath("opencc")
    traditional, simplified = folder.joinpath("characters.txt").read_text(encoding="utf-8").split()
    return traditional, simplified

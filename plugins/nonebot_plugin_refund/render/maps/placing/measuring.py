"""量字：一句话在随包的字体里有多宽，该在哪里换行。长度的单位都是 SVG 的一个单位（浏览器里的一个像素）。"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from fontTools.ttLib import TTFont

from ...glyphs import FONT_FOLDER, readable

_NEVER_FIRST = frozenset("，。、；：！？）》」』”’…%,.;:!?)]}·")
"""不放在一行开头的标点。"""
_NEVER_LAST = frozenset("（《「『“‘([{")
"""不放在一行末尾的标点。"""


@dataclass(frozen=True, slots=True)
class Letter:
    """一种字。"""

    size: float
    bold: bool = False


def width(text: str, letter: Letter) -> float:
    """一行字有多宽；字体里没有的字按替换后的写法量。"""
    font = _advances(letter.bold)
    return sum(font.get(ord(character), 1.0) for character in _shown(text)) * letter.size


def wrapped(text: str, letter: Letter, room: float) -> tuple[str, ...]:
    """折成不宽过 ``room`` 的几行：中文随处可断，英文词和数字不拆，行首行尾避开不该在那里的标点。

    一个词比整行还宽时才从中间断开。
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(_shown(text)):
        if line and width((line + piece).rstrip(), letter) > room:
            lines.append(line.rstrip())
            line = ""
        line = line + piece if line else piece.lstrip()
        while width(line, letter) > room and len(line) > 1:
            fitting = _longest_fitting(line, letter, room)
            lines.append(line[:fitting])
            line = line[fitting:]
    return (*lines, line.rstrip()) if line.strip() or not lines else tuple(lines)


def _shown(text: str) -> str:
    """字体里没有的字换掉；零宽空格去掉，断行这里自己管。"""
    return readable(text).replace("\u200b", "")


def _longest_fitting(line: str, letter: Letter, room: float) -> int:
    length = 1
    while width(line[: length + 1], letter) <= room:
        length += 1
    return length


def _pieces(text: str) -> Iterator[str]:
    """不能再断的小块：一个汉字、一个英文词，连同贴着它的标点。"""
    piece = ""
    for character in text:
        if piece and _may_break(piece[-1], character):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if after in _NEVER_FIRST or before in _NEVER_LAST or after == " ":
        return False
    return before == " " or not (_is_word(before) and _is_word(after))


def _is_word(character: str) -> bool:
    return character.isascii() and not character.isspace()


@cache
def _advances(bold: bool) -> dict[int, float]:
    """每个码位的字宽，以字号为 1。"""
    with TTFont(FONT_FOLDER / f"NotoSansSC-{'Bold' if bold else 'Regular'}.ttf", lazy=True) as font:
        head: Any = font["head"]  # 表的字段是运行时才有的，没有类型
        metrics = font["hmtx"]
        return {point: metrics[glyph][0] / head.unitsPerEm for point, glyph in (font.getBestCmap() or {}).items()}

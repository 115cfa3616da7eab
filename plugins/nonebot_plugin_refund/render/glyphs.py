"""字体里有哪些字：没有的换成看得见的写法，不让人读到方块。卡片和文书在排版之前都要过一遍。"""

import re
import struct
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

FONT_FOLDER = Path(__file__).parent / "fonts"
"""随包带的字体；排版只用这些，不看系统里装了什么。"""

_INVISIBLE = frozenset({0x200C, 0x200D, 0xFE0E, 0xFE0F})
"""连接符与异体选择符：字体里没有也只是不起作用，删掉就好。"""
_SPACES = {"\t": "    ", "\u00a0": " ", "\u3000": "\u3000", "\u2028": "\n", "\u2029": "\n"}

_LONGEST_WORD = 12
_BREAK = "\u200b"
"""零宽空格：看不见，只是许在这里换行。"""
_BREAKABLE = re.compile(rf"[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]{{{_LONGEST_WORD * 2},}}")


@cache
def covered() -> frozenset[int]:
    """随包字体合起来有字形的码位。

    Raises:
        OSError: 字体文件不在。
    """
    return frozenset(point for path in sorted(FONT_FOLDER.glob("*.ttf")) for point in _code_points(path.read_bytes()))


def readable(text: str) -> str:
    """换掉字体里没有的字：先试它的兼容写法，再不行写成 ``〔U+20BB7〕``；看不见的控制符去掉。

    换行保留；制表符成空格；一长串不带空格的字母数字中间许换行，免得跑出边。
    """
    if len(text) <= _LONGEST_WORD and text.isascii() and text.isprintable():
        return text
    points = covered()
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    shown = "".join(_shown(character, points) for character in composed)
    return _BREAKABLE.sub(lambda run: _BREAK.join(_pieces(run[0])), shown)


def readable_data(data: Any) -> Any:
    """把一份数据里的每一段文字都过一遍 :func:`readable`；不改原来的。"""
    if isinstance(data, str):
        return readable(data)
    if isinstance(data, Mapping):
        return {key: readable_data(value) for key, value in data.items()}
    if isinstance(data, Sequence):
        return [readable_data(value) for value in data]
    return data


def _pieces(run: str) -> Iterator[str]:
    for start in range(0, len(run), _LONGEST_WORD):
        yield run[start : start + _LONGEST_WORD]


def _shown(character: str, points: frozenset[int]) -> str:
    point = ord(character)
    if character == "\n":
        return character
    if character in _SPACES:
        return _SPACES[character]
    if point in _INVISIBLE or unicodedata.category(character) in ("Cc", "Cf"):
        return ""
    if point in points:
        return character
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and all(ord(part) in points for part in plain):
        return plain
    return f"〔U+{point:04X}〕"


def _code_points(font: bytes) -> Iterator[int]:
    """读 OpenType 的 ``cmap`` 表（格式 4 和 12，见 OpenType 规范）。"""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {tag: offset for tag, _, offset, _ in struct.iter_unpack(">4sIII", font[12 : 12 + 16 * count])}
    start = tables[b"cmap"]
    encodings = struct.unpack_from(">H", font, start + 2)[0]
    subtables = {
        start + offset for _, _, offset in struct.iter_unpack(">HHI", font[start + 4 : start + 4 + 8 * encodings])
    }
    for subtable in subtables:
        match struct.unpack_from(">H", font, subtable)[0]:
            case 12:
                yield from _segmented_coverage(font, subtable)
            case 4:
                yield from _segment_mapping(font, subtable)
            case _:
                continue


def _segmented_coverage(font: bytes, start: int) -> Iterator[int]:
    groups = struct.unpack_from(">I", font, start + 12)[0]
    body = font[start + 16 : start + 16 + 12 * groups]
    for first, last, _ in struct.iter_unpack(">III", body):
        yield from range(first, last + 1)


def _segment_mapping(font: bytes, start: int) -> Iterator[int]:
    doubled = struct.unpack_from(">H", font, start + 6)[0]
    lasts = struct.unpack_from(f">{doubled // 2}H", font, start + 14)
    firsts = struct.unpack_from(f">{doubled // 2}H", font, start + 16 + doubled)
    for first, last in zip(firsts, lasts, strict=True):
        if first != 0xFFFF:
            yield from range(first, last + 1)

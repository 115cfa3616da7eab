"""权重文件里的数怎样写得小：相差写在一起，一样大小的字节写在一起，整个文件再压缩。

几张表的特征多半相同，散列只写一遍，每张表只写用到第几个；压缩用标准库的 lzma。
"""

import lzma
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

_BYTES = 4
"""一个散列、一个号码的字节数。"""


def squeezed(content: bytes) -> bytes:
    """压缩一个文件的内容。"""
    return lzma.compress(content, preset=6)


def unsqueezed(content: bytes) -> bytes:
    """:func:`squeezed` 的反面。

    Raises:
        lzma.LZMAError: 文件坏了。
    """
    return lzma.decompress(content)


def unsqueezed_start(content: bytes, length: int) -> bytes:
    """:func:`unsqueezed` 的头 ``length`` 个字节，后面的不去解。

    Raises:
        lzma.LZMAError: 文件坏了。
    """
    return lzma.LZMADecompressor().decompress(content, length)


def from_rising(values: Iterable[int]) -> bytes:
    """从小到大的数：写相邻的差，低位的字节在一起，高位的在一起。"""
    steps = array("I", (after - before for before, after in pairwise([0, *values])))
    return from_rows(steps.tobytes(), _BYTES)


def to_rising(content: bytes) -> "array[int]":
    """:func:`from_rising` 的反面。"""
    return array("I", accumulate(array("I", to_rows(content, _BYTES))))


def from_rows(content: bytes, width: int) -> bytes:
    """一行一行、每行 ``width`` 个字节的，改成一列一列。"""
    return b"".join(content[column::width] for column in range(width))


def to_rows(content: bytes, width: int) -> bytes:
    """:func:`from_rows` 的反面。"""
    count = len(content) // width
    rows = bytearray(len(content))
    for column in range(width):
        rows[column::width] = content[column * count : (column + 1) * count]
    return bytes(rows)


def places_in(values: Sequence[int], among: Sequence[int]) -> list[int]:
    """每个数在 ``among`` 里是第几个，从 0 数。"""
    place = {value: index for index, value in enumerate(among)}
    return [place[value] for value in values]

"""终端里的一段话怎么折行：编号不和它后面的字分开，日期、钟点、金额不拆成两半，标点不落到行首。

Rich 只在空格处折行，没有空格的中文到了边上就断，「2. 当时年龄」会断在「2.」后面，「11月23日」会断在中间。
"""

import re

from rich.cells import cell_len

_OPENING = "「『（《“‘(【"
_CLOSING = "，。、；：！？…」』）》”’)】,.;:!?"
_MEASURE = "年月日号点分秒时元块万千百个天岁笔件条节次倍小周"
_UNIT = re.compile(
    rf"[{_OPENING}]*"
    rf"(?:(?<!\d)\d{{1,2}}\. [^\s{_CLOSING}]{{1,4}}"
    rf"|(?:\d[\d.,:/-]*[{_MEASURE}]?)+%?"
    rf"|[A-Za-z/@#&+=_~-]+"
    rf"|.)"
    rf"[{_CLOSING}]*"
)
"""折行时不拆开的一截。每个字恰好属于一截，用时与长度成正比。"""


def fit(text: str, width: int) -> list[str]:
    """折成每行至多 ``width`` 格（一个汉字两格）；一截比一行还长的才拆开。原有的换行留着。"""
    return [line for paragraph in text.split("\n") for line in _fitted(paragraph, max(2, width))]


def widest_line(text: str) -> int:
    """不折行时最长的一行有几格。"""
    return max(cell_len(line) for line in text.split("\n"))


def longest_unit(text: str) -> int:
    """拆不开的最长一截有几格。"""
    return max((cell_len(unit) for line in text.split("\n") for unit in _UNIT.findall(line)), default=0)


def _fitted(paragraph: str, width: int) -> list[str]:
    lines = [""]
    for unit in _UNIT.findall(paragraph):
        if cell_len(lines[-1] + unit.rstrip()) <= width:
            lines[-1] += unit
        elif cell_len(unit) <= width:
            lines.append(unit.lstrip())
        else:
            _pour(lines, unit, width)
    return [line.rstrip() for line in lines]


def _pour(lines: list[str], unit: str, width: int) -> None:
    """一截比一行还长：一个字一个字放。"""
    for character in unit:
        if cell_len(lines[-1] + character) > width:
            lines.append("")
        lines[-1] += character

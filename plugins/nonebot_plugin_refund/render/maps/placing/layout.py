"""排位置：卡片交给 Graphviz 的分层布局，它排次序、让边绕开卡片；大小是我们量的，画也由我们画。

用的是 Graphviz 的一个随 Python 包发布的移植，不需要系统里装着什么；同样的输入在各平台上得到同样的输出。
长度的单位同 :mod:`.measuring`，从图的左上角量起，向右向下为正。
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..cards import Section
from .sizing import SizedCard, sized

ENGINE = "graphviz-pure"
_SECONDS = 60
"""随包的图零点几秒就排完；手册写得再大也不该等过一分钟。"""

Point = tuple[float, float]


class LayoutError(Exception):
    """排不出来，说明是给操作者看的。"""


@dataclass(frozen=True, slots=True)
class Placed:
    """排好的一张卡片：左上角在哪里。"""

    sized: SizedCard
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class Line:
    """一条边，三次贝塞尔曲线：起点，然后每三个点一段。"""

    source: str
    row: int
    target: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """一块图。"""

    width: float
    height: float
    cards: tuple[Placed, ...]
    lines: tuple[Line, ...]


def laid_out(section: Section) -> Layout:
    """排一块图。

    Raises:
        LayoutError: 没装布局程序，或它排不出来。
    """
    cards = tuple(sized(card) for card in section.cards)
    answer = _run("\n".join(_dot(cards)))
    _, _, width, height = (float(part) for part in answer["bb"].split(","))
    centres = {found["name"]: found["pos"] for found in answer["objects"]}
    placed = tuple(_placed(card, centres[str(number)], height) for number, card in enumerate(cards))
    lines = tuple(_line(edge, cards, height) for edge in answer.get("edges", ()))
    return Layout(width, height, placed, lines)


def _dot(cards: tuple[SizedCard, ...]) -> Iterable[str]:
    """给布局程序的话：节点以序号为名，每个出口一格，边从格子的右边出发，到卡片头的左边。"""
    numbers = {card.card.key: number for number, card in enumerate(cards)}
    yield "digraph {"
    yield "graph [rankdir=LR, nodesep=0.25, ranksep=0.9, splines=true, ordering=out];"
    yield "node [shape=plain]; edge [arrowhead=none];"
    yield from (f"{number} [label=<{_table(card)}>];" for number, card in enumerate(cards))
    for number, card in enumerate(cards):
        for row, exit_row in enumerate(card.rows):
            target = exit_row.exit.target
            if isinstance(target, str):
                yield f"{number}:r{row}:e -> {numbers[target]}:h:w [id={row}];"
    yield "}"


def _table(card: SizedCard) -> str:
    heights = [("h", card.head_height), *((f"r{number}", row.block.height) for number, row in enumerate(card.rows))]
    cells = "".join(
        f'<TR><TD PORT="{port}" FIXEDSIZE="TRUE" WIDTH="{card.reach:.0f}" HEIGHT="{height:.0f}"></TD></TR>'
        for port, height in heights
    )
    return f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">{cells}</TABLE>'


def _run(dot: str) -> dict[str, Any]:
    program = _program()
    try:
        ran = subprocess.run(  # 程序是装在同一个环境里的包带的，参数是定死的
            [program, "-Tjson"],
            input=dot,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise LayoutError(f"布局程序没有排出来：{error}") from error
    return json.loads(ran.stdout)


def _program() -> str:
    beside = Path(sys.executable).parent
    found = shutil.which(ENGINE, path=str(beside)) or shutil.which(ENGINE)
    if found is None:
        raise LayoutError(f"找不到布局程序 {ENGINE}")
    return found


def _placed(card: SizedCard, centre: str, height: float) -> Placed:
    across, up = (float(part) for part in centre.split(","))
    return Placed(card, across - card.reach / 2, height - up - card.height / 2)


def _line(edge: dict[str, Any], cards: tuple[SizedCard, ...], height: float) -> Line:
    points = tuple(
        (float(across), height - float(up)) for across, up in (point.split(",") for point in edge["pos"].split())
    )
    return Line(cards[edge["tail"]].card.key, int(edge["id"]), cards[edge["head"]].card.key, points)

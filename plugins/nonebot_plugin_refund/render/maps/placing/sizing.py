"""每张卡片多大：字折成几行，各占多高，出口从哪里出发。长度的单位同 :mod:`.measuring`，从卡片左上角量起。"""

from dataclasses import dataclass
from math import ceil

from ..cards import Card, Exit, Mark, Tab, Tone
from .measuring import Letter, width, wrapped

TAG = Letter(10)
TITLE = Letter(14, bold=True)
TEXT = Letter(12)
SECTION = Letter(18, bold=True)
HEADING = Letter(26, bold=True)

LINE = 1.45
"""行高是字号的几倍。"""
PADDING = 10.0
MARK_ROOM = 17.0
"""一个记号连同它后面的空。"""
TAB_GAP = 22.0
"""出口到旁边的小框，够画一支箭头。"""
_CARD_WIDTHS = {Tone.QUESTION: 236.0, Tone.STAGE: 216.0}
_VERDICT_WIDTH = 226.0
_GAP = 4.0


@dataclass(frozen=True, slots=True)
class Block:
    """卡片里的一段字。``top`` 和 ``height`` 是它占的地方。"""

    lines: tuple[str, ...]
    letter: Letter
    mark: Mark
    top: float
    height: float

    @property
    def middle(self) -> float:
        """上下的正中。"""
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class TabBox:
    """挂在出口旁边的小框；``left`` 从卡片左边量起。"""

    tab: Tab
    left: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ExitRow:
    """一个出口占的一行。"""

    exit: Exit
    block: Block
    tab: TabBox | None


@dataclass(frozen=True, slots=True)
class SizedCard:
    """量好的卡片。``reach`` 是连同挂在旁边的小框一共多宽。"""

    card: Card
    width: float
    height: float
    reach: float
    head_height: float
    blocks: tuple[Block, ...]
    rows: tuple[ExitRow, ...]


def sized(card: Card) -> SizedCard:
    """量一张卡片。"""
    breadth = _CARD_WIDTHS[card.tone] if isinstance(card.tone, Tone) else _VERDICT_WIDTH
    blocks: list[Block] = []
    top = PADDING - 2
    for text, letter, mark in _head(card):
        blocks.append(_block(text, letter, mark, top, breadth))
        top += blocks[-1].height + 1
    head_height = top + _GAP
    rows: list[ExitRow] = []
    top = head_height
    for exit_ in card.exits:
        rows.append(_row(exit_, top, breadth))
        top += rows[-1].block.height
    reach = max([breadth, *(row.tab.left + row.tab.width for row in rows if row.tab is not None)])
    return SizedCard(card, breadth, top, reach, head_height, tuple(blocks), tuple(rows))


def _head(card: Card) -> list[tuple[str, Letter, Mark]]:
    notes = [(note.text, TEXT, note.mark) for note in card.notes]
    return [(card.tag, TAG, Mark.PLAIN), (card.title, TITLE, Mark.PLAIN), *notes]


def _block(text: str, letter: Letter, mark: Mark, top: float, breadth: float, extra: float = 0.0) -> Block:
    room = breadth - 2 * PADDING - (MARK_ROOM if mark is not Mark.PLAIN else 0.0)
    lines = wrapped(text, letter, room)
    return Block(lines, letter, mark, top, ceil(len(lines) * letter.size * LINE + extra))


def _row(exit_: Exit, top: float, breadth: float) -> ExitRow:
    block = _block(exit_.text, TEXT, exit_.mark, top, breadth, extra=2 * _GAP)
    tab = None
    if isinstance(exit_.target, Tab):
        length = ceil(width(exit_.target.title, TEXT) + 2 * PADDING)
        tab = TabBox(exit_.target, breadth + TAB_GAP, length, ceil(TEXT.size * LINE + _GAP))
    return ExitRow(exit_, block, tab)

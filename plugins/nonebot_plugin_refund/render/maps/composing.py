"""把排好的几块拼成一张图：标题和图例在上，提问与结论在前，各条路从左到右、排满一行换一行。

长度的单位同 :mod:`.placing.measuring`，从整张图的左上角量起，向右向下为正。
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .cards import ScenarioMap
from .placing.layout import Layout, Line, Placed, laid_out
from .placing.measuring import width
from .placing.sizing import HEADING, LINE, PADDING, SECTION

MARGIN = 32.0
LEGEND_HEIGHT = 44.0
_BETWEEN = 36.0


@dataclass(frozen=True, slots=True)
class Panel:
    """一块：标题在框里的上边，流程在下边；位置都已换算到整张图上。"""

    title: str
    left: float
    top: float
    width: float
    height: float
    cards: tuple[Placed, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class MapPicture:
    """整张图。"""

    title: str
    width: float
    height: float
    panels: tuple[Panel, ...]


def composed(scenario_map: ScenarioMap, least_width: float) -> MapPicture:
    """排好整张图。

    Args:
        scenario_map: 图上有什么。
        least_width: 至少多宽，放得下图例。

    Raises:
        LayoutError: 没装布局程序，或它排不出来。
    """
    panels = [_panel(section.title, laid_out(section)) for section in scenario_map.sections]
    room = max([least_width, *(panel.width for panel in panels)])
    placed = tuple(_shelved(panels, room, MARGIN + HEADING.size * LINE + LEGEND_HEIGHT))
    height = max(panel.top + panel.height for panel in placed) + MARGIN
    return MapPicture(scenario_map.title, room + 2 * MARGIN, height, placed)


def _panel(title: str, layout: Layout) -> Panel:
    head = PADDING + SECTION.size * LINE + PADDING
    breadth = max(layout.width, width(title, SECTION)) + 2 * MARGIN
    panel = Panel(title, 0.0, 0.0, breadth, head + layout.height + MARGIN, layout.cards, layout.lines)
    return replace(
        panel,
        cards=tuple(_moved_card(card, MARGIN, head) for card in layout.cards),
        lines=tuple(_moved_line(line, MARGIN, head) for line in layout.lines),
    )


def _shelved(panels: list[Panel], room: float, top: float) -> Iterator[Panel]:
    """第一块独占一行；其余的一行放得下几块就放几块。"""
    left, shelf = MARGIN, 0.0
    for number, panel in enumerate(panels):
        if number == 1 or left + panel.width > MARGIN + room:
            top, left, shelf = top + (shelf + _BETWEEN if shelf else 0.0), MARGIN, 0.0
        yield _moved_panel(panel, left, top)
        left += panel.width + _BETWEEN
        shelf = max(shelf, panel.height)


def _moved_panel(panel: Panel, across: float, down: float) -> Panel:
    return replace(
        panel,
        left=across,
        top=down,
        cards=tuple(_moved_card(card, across, down) for card in panel.cards),
        lines=tuple(_moved_line(line, across, down) for line in panel.lines),
    )


def _moved_card(card: Placed, across: float, down: float) -> Placed:
    return replace(card, left=card.left + across, top=card.top + down)


def _moved_line(line: Line, across: float, down: float) -> Line:
    return replace(line, points=tuple((x + across, y + down) for x, y in line.points))

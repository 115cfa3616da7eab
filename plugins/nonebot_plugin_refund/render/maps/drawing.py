"""把拼好的图写成 SVG：只用矩形、线和文字，不引用外面的东西，浏览器和排版程序都画得出。"""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from ...rulebook.scenario_models.models import Outcome, Verdict
from ..texts.verdict_text import VERDICT_NAMES
from .cards import Mark, ScenarioMap, Tone
from .composing import LEGEND_HEIGHT, MARGIN, MapPicture, Panel, composed
from .palette import CARDS, EDGE, ENDINGS, FAINT, INK, MARKS, PANEL, PAPER, RULE, WALKED, Paint
from .placing.layout import Line, Placed, Point
from .placing.measuring import Letter, width
from .placing.sizing import HEADING, LINE, MARK_ROOM, PADDING, SECTION, TEXT, Block, ExitRow, TabBox

_FONTS = "Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
_ASCENT = 0.36
"""一行字的正中到基线，是字号的几倍。"""
_ARROW = 7.0
_SWATCH = 16.0
_LEGEND_GAP = 22.0

_LEGEND_CARDS = (
    (CARDS[Tone.QUESTION], "问题"),
    *((CARDS[verdict], f"结论：{VERDICT_NAMES[verdict]}") for verdict in Verdict),
    (CARDS[Tone.STAGE], "阶段"),
    (ENDINGS[Outcome.WITHDRAWN], "圆角：了结"),
    (Paint(PAPER, EDGE), "方角小框：转到那张卡片"),
)
_LEGEND_MARKS = (
    (Mark.DEADLINE, "截止：过了自己吃亏"),
    (Mark.EXPECTATION, "应答期：过了多一步可走"),
    (Mark.TRACK, "案件走的路线"),
)


def svg(scenario_map: ScenarioMap, walked: Sequence[str] = ()) -> str:
    """画成 SVG；同样的图得到同样的文字。

    Args:
        scenario_map: 图上有什么。
        walked: 走过的卡片，依次（:mod:`.walk`）；描粗，现在的那张再深一些。

    Raises:
        LayoutError: 没装布局程序，或它排不出来。
    """
    return drawn(composed(scenario_map, legend_width()), walked)


def drawn(picture: MapPicture, walked: Sequence[str] = ()) -> str:
    """把拼好的图写成 SVG；``walked`` 同 :func:`svg`。"""
    return "\n".join(_document(picture, walked)) + "\n"


def legend_width() -> float:
    """图例排成一行有多宽。"""
    texts = [text for _, text in (*_LEGEND_CARDS, *_LEGEND_MARKS)]
    return sum(_SWATCH + 6 + width(text, TEXT) + _LEGEND_GAP for text in texts)


def _document(picture: MapPicture, walked: Sequence[str]) -> Iterator[str]:
    size = f'width="{_n(picture.width)}" height="{_n(picture.height)}"'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {_n(picture.width)} {_n(picture.height)}" '
        f'font-family="{_FONTS}" fill="{INK}" role="img">'
    )
    yield f"<title>{escape(picture.title)}</title>"
    yield f'<rect {size} fill="{PAPER}"/>'
    yield _text(picture.title, HEADING, MARGIN, MARGIN + HEADING.size / 2)
    yield from _legend(MARGIN + HEADING.size * LINE + LEGEND_HEIGHT / 2 - 6)
    for panel in picture.panels:
        yield from _panel(panel)
    shown = {card.sized.card.key for panel in picture.panels for card in panel.cards}
    # 只为算日期而问的题图上没画，它前后两张算连着的
    steps = set(pairwise(key for key in walked if key in shown or not key.startswith("ask-")))
    for panel in picture.panels:
        yield from _walked(panel, walked, steps)
    yield "</svg>"


def _legend(middle: float) -> Iterator[str]:
    left = MARGIN
    for paint, text in _LEGEND_CARDS:
        radius = 8 if text.startswith("圆角") else 3
        yield _rectangle(left, middle - _SWATCH / 2, _SWATCH + 4, _SWATCH, paint, radius)
        yield _text(text, TEXT, left + _SWATCH + 10, middle)
        left += _SWATCH + 6 + width(text, TEXT) + _LEGEND_GAP
    for mark, text in _LEGEND_MARKS:
        yield from _mark(mark, left, middle)
        yield _text(text, TEXT, left + MARK_ROOM, middle)
        left += _SWATCH + 6 + width(text, TEXT) + _LEGEND_GAP


def _walked(panel: Panel, walked: Sequence[str], steps: Collection[tuple[str, str]]) -> Iterator[str]:
    """走过的卡片、边和小框描粗。"""
    cards = {card.sized.card.key: card for card in panel.cards}
    for line in panel.lines:
        if (line.source, line.target) in steps:
            yield _line(line, cards[line.source], cards[line.target], WALKED)
    for key, card in cards.items():
        if key in walked:
            yield _ring(card.left, card.top, card.sized.width, card.sized.height, key, is_now=key == walked[-1])
        for row in card.sized.rows:
            box = row.tab
            if box is not None and (key, box.tab.key) in steps:
                top = card.top + row.block.middle - box.height / 2
                yield _ring(
                    card.left + box.left, top, box.width, box.height, box.tab.key, is_now=box.tab.key == walked[-1]
                )


def _ring(left: float, top: float, breadth: float, height: float, key: str, *, is_now: bool) -> str:
    """框外一圈粗线；现在的那张用双层。"""
    paint = f'fill="none" stroke="{WALKED}"'
    outer = (
        f'<rect x="{_n(left - 7)}" y="{_n(top - 7)}" width="{_n(breadth + 14)}" height="{_n(height + 14)}" rx="11" '
        f'{paint} stroke-width="2.5"/>'
    )
    return (
        f"<g data-walked={quoteattr(key)}>"
        f'<rect x="{_n(left - 2)}" y="{_n(top - 2)}" width="{_n(breadth + 4)}" height="{_n(height + 4)}" rx="7" '
        f'{paint} stroke-width="4"/>{outer if is_now else ""}</g>'
    )


def _panel(panel: Panel) -> Iterator[str]:
    yield _rectangle(panel.left, panel.top, panel.width, panel.height, Paint(PANEL, RULE), 8)
    yield _text(panel.title, SECTION, panel.left + MARGIN, panel.top + PADDING + SECTION.size * LINE / 2)
    cards = {card.sized.card.key: card for card in panel.cards}
    for line in panel.lines:
        yield _line(line, cards[line.source], cards[line.target])
    for card in panel.cards:
        yield from _card(card)


def _line(line: Line, source: Placed, target: Placed, lit: str = "") -> str:
    """一条边：先从卡片右边平走过挂着的小框，再照排好的曲线走，到卡片左边是箭头。``lit``：走过的颜色。"""
    tone = target.sized.card.tone
    colour = lit or (CARDS[tone].stroke if isinstance(tone, Verdict) else EDGE)
    thick = "4" if lit else "1.4"
    start = (source.left + source.sized.width, line.points[0][1])
    end = line.points[-1]
    tip: Point = (end[0] - _ARROW, end[1])
    points = (*line.points[:-1], tip)
    curves = " ".join(_point(point) for point in points[1:])
    path = f"M{_point(start)} L{_point(points[0])} C{curves}"
    named = quoteattr(f"{line.source} → {line.target}")
    return (
        f'<g data-edge={named}><path d="{path}" fill="none" stroke="{colour}" stroke-width="{thick}"/>'
        f"{_arrow(end, colour)}</g>"
    )


def _card(placed: Placed) -> Iterator[str]:
    sized = placed.sized
    paint = CARDS[sized.card.tone]
    yield f"<g data-card={quoteattr(sized.card.key)}>"
    yield _rectangle(placed.left, placed.top, sized.width, sized.height, Paint(PAPER, paint.stroke), 5)
    yield _head(placed, paint)
    for number, block in enumerate(sized.blocks):
        colour = FAINT if number == 0 else MARKS.get(block.mark, INK)
        yield from _block(block, placed.left, placed.top, colour)
    for row in sized.rows:
        yield from _row(row, placed, paint)
    yield "</g>"


def _head(placed: Placed, paint: Paint) -> str:
    """卡片的头涂上颜色，有出口的再在下面划一道线。"""
    left, top, sized = placed.left, placed.top, placed.sized
    if not sized.rows:
        return _rectangle(left, top, sized.width, sized.height, paint, 5)
    right, bottom = left + sized.width, top + sized.head_height
    return (
        f'<path d="M{_n(left)} {_n(bottom)} V{_n(top + 5)} Q{_n(left)} {_n(top)} {_n(left + 5)} {_n(top)} '
        f'H{_n(right - 5)} Q{_n(right)} {_n(top)} {_n(right)} {_n(top + 5)} V{_n(bottom)} Z" '
        f'fill="{paint.fill}" stroke="{paint.stroke}"/>'
    )


def _row(row: ExitRow, placed: Placed, paint: Paint) -> Iterator[str]:
    right, middle = placed.left + placed.sized.width, placed.top + row.block.middle
    if row is not placed.sized.rows[0]:
        top = placed.top + row.block.top
        yield (f'<line x1="{_n(placed.left)}" y1="{_n(top)}" x2="{_n(right)}" y2="{_n(top)}" stroke="{RULE}"/>')
    yield from _block(row.block, placed.left, placed.top, INK)
    if row.tab is not None:
        yield from _tab(row.tab, right, placed.left, middle)
    yield f'<circle cx="{_n(right)}" cy="{_n(middle)}" r="3" fill="{paint.stroke}"/>'


def _tab(box: TabBox, right: float, card_left: float, middle: float) -> Iterator[str]:
    """了结是圆头的，颜色看结果；转到别处卡片的是方头的。"""
    tone = box.tab.tone
    paint, radius = (ENDINGS[tone], box.height / 2) if isinstance(tone, Outcome) else (CARDS[tone], 3)
    left = card_left + box.left
    yield (
        f'<line x1="{_n(right)}" y1="{_n(middle)}" x2="{_n(left - _ARROW)}" y2="{_n(middle)}" '
        f'stroke="{paint.stroke}" stroke-width="1.4"/>{_arrow((left, middle), paint.stroke)}'
    )
    yield f"<g data-tab={quoteattr(box.tab.key)}>"
    yield _rectangle(left, middle - box.height / 2, box.width, box.height, paint, radius)
    yield _text(box.tab.title, TEXT, left + PADDING, middle)
    yield "</g>"


def _block(block: Block, left: float, top: float, colour: str) -> Iterator[str]:
    indent = MARK_ROOM if block.mark is not Mark.PLAIN else 0.0
    step = block.letter.size * LINE
    first = top + block.middle - (len(block.lines) - 1) * step / 2
    if block.mark is not Mark.PLAIN:
        yield from _mark(block.mark, left + PADDING, first)
    for number, line in enumerate(block.lines):
        yield _text(line, block.letter, left + PADDING + indent, first + number * step, colour)


def _mark(mark: Mark, left: float, middle: float) -> Iterator[str]:
    """记号：截止是实心的钟，应答期是空心的钟，路线是一面小旗。不用表情符号，免得缺字。"""
    colour = MARKS[mark]
    if mark is Mark.TRACK:
        yield (
            f'<path d="M{_n(left + 2)} {_n(middle + 6)} V{_n(middle - 6)} H{_n(left + 12)} l-3 3.5 l3 3.5 '
            f'H{_n(left + 2)}" fill="{colour}" stroke="{colour}"/>'
        )
        return
    face, hands = (colour, PAPER) if mark is Mark.DEADLINE else (PAPER, colour)
    yield f'<circle cx="{_n(left + 6)}" cy="{_n(middle)}" r="5.5" fill="{face}" stroke="{colour}"/>'
    yield (
        f'<path d="M{_n(left + 6)} {_n(middle - 3.5)} V{_n(middle)} H{_n(left + 9)}" '
        f'fill="none" stroke="{hands}" stroke-width="1.3"/>'
    )


def _rectangle(left: float, top: float, breadth: float, height: float, paint: Paint, radius: float) -> str:
    return (
        f'<rect x="{_n(left)}" y="{_n(top)}" width="{_n(breadth)}" height="{_n(height)}" rx="{_n(radius)}" '
        f'fill="{paint.fill}" stroke="{paint.stroke}"/>'
    )


def _arrow(tip: Point, colour: str) -> str:
    back = tip[0] - _ARROW
    corners = f"{_point(tip)} {_n(back)} {_n(tip[1] - 3.5)} {_n(back)} {_n(tip[1] + 3.5)}"
    return f'<polygon points="{corners}" fill="{colour}"/>'


def _text(text: str, letter: Letter, left: float, middle: float, colour: str = INK) -> str:
    weight = ' font-weight="700"' if letter.bold else ""
    shade = f' fill="{colour}"' if colour != INK else ""
    baseline = middle + letter.size * _ASCENT
    return f'<text x="{_n(left)}" y="{_n(baseline)}" font-size="{_n(letter.size)}"{weight}{shade}>{escape(text)}</text>'


def _point(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _n(value: float) -> str:
    """一位小数，够细；整数不带小数点。"""
    return f"{value:.1f}".removesuffix(".0")

"""卡片：样子没变，放得下，没有方块；文字里都有卡片上的话。"""

import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nonebot_plugin_refund.render.cards import Card, HelpCard, Theme
from nonebot_plugin_refund.render.glyphs import covered, readable
from nonebot_plugin_refund.render.pictures import CARD_WIDTH, CardPainter
from nonebot_plugin_refund.render.typesetting import CARD_PPI, Typesetter, TypesettingError
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from tests.render.card_samples import LONG, ODD, SAMPLES, UNBROKEN, stuffed
from tests.render.pixels import difference, opened, overflows

GOLDEN = Path(__file__).parent / "golden"
TYPESETTER = Typesetter()
ALIKE = 0.006
"""字体渲染的细小出入远在这之下；少一行字、换一种颜色远在这之上。"""
MARGIN = int(12 * CARD_PPI / 72)
"""卡片四周留白 14 点，看其中 12 点。"""
PAGE = 150
"""一张图上放几段手册里的话。"""


def painted(card: Card, theme: Theme = Theme.LIGHT) -> bytes:
    return CardPainter(theme, TYPESETTER).paint(card)


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize("kind", SAMPLES)
def test_a_card_looks_as_it_did(kind: str, theme: Theme) -> None:
    picture = painted(SAMPLES[kind], theme)
    kept = GOLDEN / f"{kind}-{theme.value}.png"
    if os.environ.get("REFUND_UPDATE_GOLDEN"):
        kept.write_bytes(picture)

    assert difference(opened(picture), opened(kept.read_bytes())) < ALIKE


@pytest.mark.parametrize("kind", SAMPLES)
def test_another_theme_or_a_missing_line_is_seen_as_different(kind: str) -> None:
    kept = opened((GOLDEN / f"{kind}-light.png").read_bytes())

    assert difference(kept, opened((GOLDEN / f"{kind}-dark.png").read_bytes())) > ALIKE * 10
    assert difference(kept, kept.crop((0, 0, kept.width, kept.height - 40))) > ALIKE


@pytest.mark.parametrize("text", [LONG, UNBROKEN, ODD, ""], ids=["long", "unbroken", "odd", "empty"])
def test_whatever_is_written_stays_within_the_margins(text: str) -> None:
    for card in stuffed(text):
        picture = opened(painted(card))

        assert picture.width == round(CARD_WIDTH * CARD_PPI / 72)
        assert not overflows(picture, MARGIN)


def test_every_character_drawn_has_a_glyph() -> None:
    shown = readable(ODD + LONG + UNBROKEN)

    assert {ord(character) for character in shown} <= covered() | {0x200B}
    assert "〔U+20BB7〕" in shown


def test_every_text_of_the_rulebook_is_drawn_whole() -> None:
    texts = sorted({text for scenario in load_rulebook().scenarios for text in _texts(scenario.model_dump())})
    assert len(texts) > 1000
    assert not [text for text in texts if "〔U+" in readable(text)]

    for start in range(0, len(texts), PAGE):
        lines = tuple(("", text) for text in texts[start : start + PAGE])
        data = {"theme": "dark", "card": dataclasses.asdict(HelpCard("手册", lines))}
        assert not overflows(opened(TYPESETTER.png("card", data, ppi=36)), 6)


def _texts(data: Any) -> Iterator[str]:
    """手册里给人看的字：带汉字的每一段。"""
    if isinstance(data, str):
        if not data.isascii():
            yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from _texts(value)


def test_user_text_is_never_typesetting_code() -> None:
    code = '#panic("boom") $x^2$ *bold* #include "look.typ" \\ ] ) }'

    for card in stuffed(code):
        assert painted(card)


def test_the_same_card_is_painted_once() -> None:
    compiled: list[str] = []

    class Counting(Typesetter):
        def png(self, template: str, data: object, *, ppi: float = CARD_PPI) -> bytes:
            compiled.append(template)
            return b"x" * 100

    painter = CardPainter(typesetter=Counting(), kept=250)
    first = SAMPLES["menu"]

    assert painter.paint(first) == painter.paint(dataclasses.replace(first))
    assert len(compiled) == 1
    for kind in ("help", "answer"):
        painter.paint(SAMPLES[kind])
    painter.paint(SAMPLES["help"])
    assert len(compiled) == 3, "留得下两张"
    painter.paint(first)
    assert len(compiled) == 4, "最久没用的丢了"


def test_a_broken_template_names_itself_and_not_the_content() -> None:
    with pytest.raises(TypesettingError, match="card") as caught:
        TYPESETTER.png("card", {"theme": "light", "card": {"kind": "secret"}})

    assert "secret" not in str(caught.value)

"""offers.yaml：依据都在，话不长，空都填得上。"""

import re
from decimal import Decimal
from string import Formatter

import pytest

from nonebot_plugin_refund.domain.case.case_amounts import compared
from nonebot_plugin_refund.domain.understanding.sums.offered_sums import OfferedSum
from nonebot_plugin_refund.render.texts.offer_text import LONGEST, choice_lines, comparison_lines, packed
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.money_models.offer_models import OfferGround, load_offers

OFFERS = load_offers()
GROUNDS = (*OFFERS.conditions, *OFFERS.reasons)


@pytest.mark.parametrize("ground", GROUNDS, ids=lambda ground: ground.id)
def test_every_ground_rests_on_a_known_source(ground: OfferGround) -> None:
    known = {source.id for source in load_rulebook().shared_sources}
    assert set(ground.sources) <= known
    assert len(ground.answer) <= 60


def test_every_ground_is_named_once() -> None:
    assert len({ground.id for ground in GROUNDS}) == len(GROUNDS)


def test_messages_hold_only_the_places_that_are_filled() -> None:
    known = {
        "label",
        "offered",
        "claimed",
        "share",
        "short",
        "day",
        "arrived",
        "until",
        "rest",
        "came",
        "total",
        "sum",
        "paid",
    }
    known |= {"still", "code", "stage", "parts", "what"}
    for message in dict(OFFERS.messages).values():
        assert {name for _, name, _, _ in Formatter().parse(message) if name is not None} <= known


@pytest.mark.parametrize("ground", OFFERS.reasons, ids=lambda ground: ground.id)
def test_the_longest_sums_and_any_reason_fit_into_two_short_messages(ground: OfferGround) -> None:
    comparison = compared(OfferedSum(Decimal("1234567.89"), Decimal("2345678.91")), Decimal("8765432.12"))
    offered = OfferedSum(comparison.low, comparison.high)
    lines = [
        *comparison_lines(OFFERS, offered, comparison),
        ground.answer,
        *choice_lines(OFFERS, comparison, "2026年11月26日（周四）"),
    ]
    messages = packed(lines)
    assert len(messages) <= 2
    assert all(len(message) <= LONGEST for message in messages)
    assert not re.search(r"[{}]", "".join(messages))
    assert "文书" in messages[-1]

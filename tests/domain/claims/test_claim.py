"""能要的各项：什么事实下有，合计怎么加，三倍十倍和承诺的只选一样。"""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.claims.claim import Claim, _amount, claim_of
from nonebot_plugin_refund.domain.claims.said import read_inputs
from nonebot_plugin_refund.render.texts.claim_text import claim_messages
from nonebot_plugin_refund.rulebook.derived.fact_space import facts_of
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.money_models.claim_models import ClaimRole, load_claims

CLAIMS = load_claims()
INPUTS = [item.id for item in CLAIMS.inputs] + ["claimed"]
amounts = st.dictionaries(st.sampled_from(INPUTS), st.integers(0, 100_000).map(lambda cents: Decimal(cents) / 100))


def claim(scenario: str, facts: Mapping[str, str], **inputs: int | str) -> Claim:
    return claim_of(CLAIMS, scenario, facts, {name.replace("_", "-"): Decimal(value) for name, value in inputs.items()})


def ids(found: Claim) -> list[str]:
    return [line.words.id for line in found.lines]


def test_a_fake_gives_price_costs_and_the_largest_extra_only() -> None:
    found = claim("shop-return", {"reason": "fake"}, price=199, freight_back=12, appraisal=80, times=4)
    assert ids(found) == ["price", "freight-back", "appraisal", "promised"]
    assert found.total == Decimal(199 + 12 + 80 + 796)
    assert [line.words.id for line in found.others] == ["treble", "promised-inclusive"]


def test_a_change_of_mind_gives_the_price_alone() -> None:
    found = claim("shop-return", {"reason": "no-reason"}, price=199, freight_back=12, times=4)
    assert ids(found) == ["price"]


def test_food_never_gives_three_and_ten_times_together() -> None:
    found = claim("shop-return", {"reason": "food"}, price=50, loss=600)
    assert ids(found) == ["price", "medical", "tenfold"]
    assert found.total == Decimal(50 + 600 + 1800)


def test_a_course_is_reckoned_by_both_formulas() -> None:
    facts = {"problem": "not-as-described", "progress": "most"}
    found = claim("paid-content", facts, paid=3000, lessons=30, used=6, list_price=200)
    assert ids(found) == ["prepaid-share", "interest"]
    assert found.total == Decimal(2400)
    assert [(line.words.id, line.amount) for line in found.others] == [("prepaid-mine", Decimal(1800))]


def test_ones_own_reason_leaves_only_the_list_price() -> None:
    found = claim(
        "paid-content", {"problem": "regret", "progress": "most"}, paid=3000, lessons=30, used=6, list_price=200
    )
    assert found.total == Decimal(1800)


def test_what_is_lacking_is_what_the_shortest_way_needs() -> None:
    assert claim("shop-return", {"reason": "fake"}).missing == ("price",)
    assert claim("paid-content", {"problem": "regret", "progress": "little"}).missing == ("paid",)
    assert claim("contact", {}) == Claim((), (), ())


def test_where_only_the_freight_is_short_the_price_is_not_claimed_again() -> None:
    known = {"price": Decimal(320), "freight-back": Decimal(86), "freight-paid": Decimal(20)}
    found = claim_of(CLAIMS, "shop-return", {"short_of": "freight", "reason": "no-reason"}, known)
    assert [line.words.id for line in found.lines] == ["freight-promised"]
    assert found.total == Decimal(66)


def test_what_has_come_is_taken_off_the_whole_claim() -> None:
    found = claim("shop-return", {"reason": "fake"}, price=980)
    assert "已到账 980 元，还差 2,940 元" in claim_messages(CLAIMS, "K7Q2", found, came=Decimal(980))[0]
    assert "还差" not in claim_messages(CLAIMS, "K7Q2", found)[0]


@given(amounts, st.sampled_from(["no-reason", "quality", "mismatch", "fake", "food"]))
def test_the_total_is_the_sum_of_the_lines_and_holds_one_extra_at_most(known: dict[str, Decimal], reason: str) -> None:
    found = claim_of(CLAIMS, "shop-return", {"reason": reason}, known)
    assert found.total == sum(line.amount for line in found.lines if line.amount is not None)
    roles = [line.words.role for line in found.lines]
    assert roles.count(ClaimRole.PUNITIVE) <= 1
    assert roles.count(ClaimRole.REFUND) == ("price" in known)
    extras = [line.amount or 0 for line in (*found.lines, *found.others) if line.words.role is ClaimRole.PUNITIVE]
    counted = [line.amount or 0 for line in found.lines if line.words.role is ClaimRole.PUNITIVE]
    assert sum(counted) == max(extras, default=0)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("货款199 寄回运费12 鉴定费80", {"price": "199", "freight-back": "12", "appraisal": "80"}),
        ("实付 1,299.5 元，假一赔四", {"price": "1299.5", "times": "4"}),
        ("交了三千，一共30节，上了6节，原价200", {"paid": "3000", "lessons": "30", "used": "6", "list-price": "200"}),
        ("货款是199，退货运费花了15块", {"price": "199", "freight-back": "15"}),
        ("24节上了10节 总共6980", {"lessons": "24", "used": "10", "paid": "6980"}),
        ("一共16节课 学了4节 交了3200", {"lessons": "16", "used": "4", "paid": "3200"}),
        ("总共24 上了10", {"lessons": "24", "used": "10"}),
        ("原价一节400", {"list-price": "400"}),
        ("寄回运费86 运费险赔了20", {"freight-back": "86", "freight-paid": "20"}),
        ("不知道", {}),
        ("货款", {}),
    ],
)
def test_amounts_are_read_by_the_word_before_them(said: str, expected: dict[str, str]) -> None:
    assert read_inputs(CLAIMS, said) == {name: Decimal(value) for name, value in expected.items()}


@given(st.text(max_size=200))
def test_nothing_said_breaks_the_reading(said: str) -> None:
    assert all(value >= 0 for value in read_inputs(CLAIMS, said).values())


def test_every_line_rests_on_sources_facts_and_inputs_that_exist() -> None:
    book = load_rulebook()
    sources = {source.id for source in book.shared_sources}
    everything = dict.fromkeys(INPUTS, Decimal(10))
    for line in CLAIMS.lines:
        assert set(line.sources) <= sources, line.id
        assert set(line.needs) <= set(INPUTS), line.id
        assert (_amount(line, everything) is not None) == (line.role is not ClaimRole.NOTE)
        for scenario_id, when in line.scenarios.items():
            scenario = next(item for item in book.scenarios if item.id == scenario_id)
            known = {fact for question in scenario.questions for fact in (question.id, *facts_of(scenario, question))}
            assert {fact for clause in when for fact in clause} <= known, (line.id, scenario_id)


def test_the_longest_list_says_everything_in_three_messages() -> None:
    found = claim("shop-return", {"reason": "fake"}, price=199, freight_out=9, freight_back=12, appraisal=80, times=4)
    messages = claim_messages(CLAIMS, "K7Q2", found)
    assert len(messages) <= 3
    assert all(len(message) <= 200 for message in messages)
    assert "别写进去" in messages[-1] or "别写进去" in messages[1]

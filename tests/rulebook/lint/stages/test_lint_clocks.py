"""检查：时钟起算的题、停下的阶段、带起它的路。"""

import pytest

from tests.rulebook.small_book import PlantedBook

CLOCK = """clocks:
  - id: limit
    kind: deadline
    title: 很长的期限
    start: bought-on
    lengths:
      - {limit: {rule: months, n: 36}, sources: [seven-days-law]}
    remind: ["7d@10:00"]
    before: 很长的期限快到了。
    after: 很长的期限过了。
    until: [refunded, closed]

"""
CLAIM = "  - {id: claim, start: ask}"


@pytest.fixture
def clocked(book: PlantedBook) -> PlantedBook:
    """带着一个时钟的小手册，没有任何毛病。"""
    book.plant("tracks:\n", f"{CLOCK}tracks:\n")
    book.plant("  - {id: return, start: apply}", "  - {id: return, start: apply, clocks: [limit]}")
    assert book.findings() == []
    return book


def test_a_clock_that_no_track_starts_is_found(clocked: PlantedBook) -> None:
    clocked.plant(", clocks: [limit]}", "}")

    assert "clocks" in clocked.expect("unused-id", "limit", "  - id: limit").message


def test_a_track_starting_an_unknown_clock_is_found(clocked: PlantedBook) -> None:
    clocked.plant(CLAIM, "  - {id: claim, start: ask, clocks: [limt]}")

    finding = clocked.expect("unknown-id", "claim", "  - {id: claim")

    assert "limt" in finding.message
    assert "检查拼写" in finding.message


def test_a_clock_stopping_at_an_unknown_stage_is_found(clocked: PlantedBook) -> None:
    clocked.plant("until: [refunded, closed]", "until: [refundd, closed]")

    finding = clocked.expect("unknown-id", "limit", "    until:")

    assert "refundd" in finding.message
    assert "closed" in finding.message


def test_a_clock_whose_track_never_comes_to_its_end_is_found(clocked: PlantedBook) -> None:
    clocked.plant("until: [refunded, closed]", "until: [refunded]")
    clocked.plant(CLAIM, "  - {id: claim, start: ask, clocks: [limit]}")

    finding = clocked.expect("clock-without-end", "limit", "    until:")

    assert "claim" in finding.message
    assert "closed" in finding.message


def test_an_end_of_its_own_is_enough(clocked: PlantedBook) -> None:
    clocked.plant("until: [refunded, closed]", "until: [waiting]")

    assert clocked.findings() == []


def test_a_clock_counting_from_no_date_is_found(clocked: PlantedBook) -> None:
    clocked.plant(
        "    start: bought-on\n    lengths:\n      - {limit: {rule: months",
        "    start: goal\n    lengths:\n      - {limit: {rule: months",
    )

    clocked.expect("unknown-id", "limit", "    start: goal")


def test_a_clock_citing_an_unknown_source_is_found(clocked: PlantedBook) -> None:
    clocked.plant("{rule: months, n: 36}, sources: [seven-days-law]", "{rule: months, n: 36}, sources: [some-law]")

    clocked.expect("missing-source", "limit", "  - id: limit")


def test_a_clock_whose_lengths_have_all_ended_is_found(clocked: PlantedBook) -> None:
    clocked.plant("{limit: {rule: months, n: 36}, ", "{limit: {rule: months, n: 36}, effective_to: 2025-01-01, ")

    clocked.expect("timer-without-length", "limit", "  - id: limit")


def test_the_words_of_a_clock_are_checked(clocked: PlantedBook) -> None:
    clocked.plant("after: 很长的期限过了。", "after: 过了也一定能退。")

    clocked.expect("promise", "limit", "    after: 过了也一定能退")


@pytest.mark.parametrize("extra", ["    next_stage: waiting\n", "    when: {track: return}\n"])
def test_a_clock_may_not_do_what_only_a_timer_of_a_stage_can(clocked: PlantedBook, extra: str) -> None:
    clocked.plant("    until: [refunded, closed]\n", f"    until: [refunded, closed]\n{extra}")

    assert extra.strip().partition(":")[0] in clocked.expect("schema", "limit", "  - id: limit").message

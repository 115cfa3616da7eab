"""检查：依据缺了、过期了、没有一条有效、该重新核对了。"""

from datetime import date, timedelta

import pytest

from tests.rulebook.small_book import TODAY, PlantedBook


def test_a_rule_citing_an_unknown_source_is_found(book: PlantedBook) -> None:
    book.plant("sources: [small-practice]", "sources: [small-practise]")

    book.expect("missing-source", "broken-dear", "    sources: [small-practise]")


def test_a_timer_citing_an_unknown_source_is_found(book: PlantedBook) -> None:
    book.plant(
        "{limit: {rule: hours, n: 48}, sources: [platform-habit]}", "{limit: {rule: hours, n: 48}, sources: [habit]}"
    )

    book.expect("missing-source", "merchant-reply", "      - id: merchant-reply")


@pytest.mark.parametrize("empty", ["sources: []", None])
def test_a_rule_without_any_source_is_refused(book: PlantedBook, empty: str | None) -> None:
    book.plant("    sources: [small-practice]\n", f"    {empty}\n" if empty else "")

    book.expect("schema", "broken-dear", f"    {empty}" if empty else "  - id: broken-dear")


def test_a_source_is_overdue_the_day_after_its_check_was_due(book: PlantedBook) -> None:
    """2026-11-01 核对过，每 60 天一次：2026-12-31 是第 60 天，还不晚。"""
    due = date(2026, 12, 31)

    assert book.findings(due) == []
    assert {(item.check, item.id) for item in book.findings(due + timedelta(days=1))} == {
        ("overdue-source", "small-practice")
    }


def test_an_overdue_source_is_pointed_at_in_its_own_file(book: PlantedBook) -> None:
    book.plant(
        "    last_checked_on: 2026-11-01\n    check_every_days: 60",
        "    last_checked_on: 2026-08-01\n    check_every_days: 60",
    )
    book.plant(
        "    last_checked_on: 2026-11-01\n    check_every_days: 180",
        "    last_checked_on: 2025-11-01\n    check_every_days: 180",
        "sources.yaml",
    )

    book.expect("overdue-source", "small-practice", "  - id: small-practice")
    book.expect("overdue-source", "seven-days-law", "  - id: seven-days-law", "sources.yaml")


def test_a_rule_resting_only_on_a_repealed_source_is_found(book: PlantedBook) -> None:
    book.plant(
        "    effective_from: 2017-03-15\n",
        "    effective_from: 2017-03-15\n    effective_to: 2026-11-22\n",
        "sources.yaml",
    )

    assert {(item.check, item.id) for item in book.findings(TODAY)} == {
        *(("no-source-in-force", rule) for rule in ("unopened", "lacking-parts", "too-late")),
        ("missing-source", "complain"),
    }
    book.expect("no-source-in-force", "too-late", "    sources: [seven-days-law]\n  - id: broken-cheap")


def test_a_source_ending_today_is_still_in_force(book: PlantedBook) -> None:
    book.plant("    effective_from: 2017-03-15\n", "    effective_to: 2026-11-23\n", "sources.yaml")

    assert book.findings(TODAY) == []


def test_a_shared_source_written_twice_is_found(book: PlantedBook) -> None:
    book.plant("  - id: platform-habit\n", "  - id: seven-days-law\n", "sources.yaml")

    line = book.line("  - id: seven-days-law\n    kind: platform_rule", "sources.yaml")
    assert (line, "seven-days-law") in [
        (item.line, item.id) for item in book.findings() if item.check == "duplicate-id"
    ]


def test_a_deadline_resting_on_no_law_may_not_roll(book: PlantedBook) -> None:
    book.plant(
        "{limit: {rule: seven-day, n: 7}, sources: [seven-days-law]}",
        "{limit: {rule: calendar-days, n: 7}, sources: [platform-habit]}",
    )

    book.expect("rolls-without-law", "seven-days", "      - id: seven-days")

"""检查：阶段走不到、走不出、时限没有下一步。"""

import pytest
from tests.rulebook.small_book import PlantedBook


def test_a_stage_nothing_leads_to_is_unreachable(book: PlantedBook) -> None:
    book.plant("{on: refused, to: lost}", "{on: refused, to: paid}")

    book.expect("unreachable-stage", "lost", "  - id: lost")


def test_a_stage_reached_only_by_a_timer_is_reachable(book: PlantedBook) -> None:
    book.plant("{on: refused, to: arbitration}", "{on: refused, to: withdrawn}")
    book.plant("label: 拒绝了, by: merchant}", "label: 拒绝了, by: merchant, ends: true}")

    assert book.findings() == []


def test_a_stage_without_events_and_outcome_is_a_dead_end(book: PlantedBook) -> None:
    book.plant("    todo: 凭证先留着。\n    outcome: not_refunded\n", "    todo: 凭证先留着。\n")

    book.expect("dead-end-stage", "lost", "  - id: lost")


def test_stages_that_only_lead_to_each_other_are_dead_ends(book: PlantedBook) -> None:
    book.plant("{on: agreed, to: paid}", "{on: agreed, to: ask}")
    book.plant("{on: refused, to: lost}", "{on: refused, to: ask}")

    book.expect("dead-end-stage", "ask", "  - id: ask")


@pytest.mark.parametrize(
    "extra",
    [
        "    events:\n      - {on: agreed, to: ask}\n",
        "    timers:\n      - {id: late, version: 1, kind: deadline, title: 期限, remind: [0h], after: 过了, "
        "lengths: [{limit: {rule: hours, n: 9}, sources: [seven-days-law]}]}\n",
    ],
)
def test_an_end_with_events_or_timers_is_found(book: PlantedBook, extra: str) -> None:
    book.plant(
        "    todo: 凭证先留着。\n    outcome: not_refunded\n",
        f"    todo: 凭证先留着。\n    outcome: not_refunded\n{extra}",
    )

    book.expect("final-stage", "lost", "  - id: lost")


def test_a_timer_whose_lengths_have_all_ended_is_found(book: PlantedBook) -> None:
    book.plant(
        "{limit: {rule: hours, n: 48}, sources: [platform-habit]}",
        "{limit: {rule: hours, n: 48}, effective_to: 2025-01-01, sources: [platform-habit]}",
    )

    book.expect("timer-without-length", "merchant-reply", "      - id: merchant-reply")


def test_a_timer_that_leads_back_to_its_own_stage_has_no_next_step(book: PlantedBook) -> None:
    book.plant("        next_stage: arbitration", "        next_stage: waiting")

    book.expect("timer-without-next-step", "merchant-reply", "      - id: merchant-reply")


def test_a_timer_without_words_for_afterwards_is_refused(book: PlantedBook) -> None:
    """到期之后说什么是必填的：那就是下一步。"""
    book.plant("        after: 平台没有答复，可以投诉。\n", "")

    finding = book.expect("schema", "platform-reply", "      - id: platform-reply")

    assert "after" in finding.message


def test_a_timer_reminding_early_without_words_for_it_is_refused(book: PlantedBook) -> None:
    book.plant("        before: 七天快到了。\n", "")

    assert "before" in book.expect("schema", "seven-days", "      - id: seven-days").message

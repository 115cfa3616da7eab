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


def test_done_must_be_an_event_that_can_be_reported_in_that_stage(book: PlantedBook) -> None:
    book.plant("        title: 七天期限\n", "        title: 七天期限\n        done: agreed\n")

    assert "agreed" in book.expect("done-not-reportable", "seven-days", "        done: agreed").message


def test_done_must_be_reportable_on_every_track_that_comes_there(book: PlantedBook) -> None:
    book.plant("        title: 七天期限\n", "        title: 七天期限\n        done: applied\n")
    book.plant("{on: applied, to: waiting}", "{on: applied, to: waiting, when: {track: claim}}")

    assert "return" in book.expect("done-not-reportable", "seven-days", "        done: applied").message


def test_an_event_of_the_stage_may_fulfil_its_deadline(book: PlantedBook) -> None:
    book.plant("        title: 七天期限\n", "        title: 七天期限\n        done: applied\n")

    assert "done-not-reportable" not in {finding.check for finding in book.findings()}


def test_an_expectation_has_no_event_that_fulfils_it(book: PlantedBook) -> None:
    book.plant("        title: 商家答复\n", "        title: 商家答复\n        done: agreed\n")

    assert "done" in book.expect("schema", "merchant-reply", "      - id: merchant-reply").message


@pytest.mark.parametrize(
    "extra", ["before: 快了", "next_stage: refunded", "start: bought-on", "done: agreed", "remind: [0h, 1h]"]
)
def test_a_check_in_is_no_date(book: PlantedBook, extra: str) -> None:
    greeting = f"    timers:\n      - {{id: hello, kind: check_in, title: 问问, after: 怎么样了？, {extra}}}\n"
    book.plant("    todo: 发照片给商家。\n", f"    todo: 发照片给商家。\n{greeting}")

    book.expect("schema", "hello", "      - {id: hello")


def test_a_date_says_why_it_is_so_long(book: PlantedBook) -> None:
    book.plant("{limit: {rule: hours, n: 48}, sources: [platform-habit]}", "{limit: {rule: hours, n: 48}}")

    assert "sources" in book.expect("schema", "merchant-reply", "      - id: merchant-reply").message


def test_a_timer_without_words_for_afterwards_is_refused(book: PlantedBook) -> None:
    """到期之后说什么是必填的：那就是下一步。"""
    book.plant("        after: 平台没有答复，可以投诉。\n", "")

    finding = book.expect("schema", "platform-reply", "      - id: platform-reply")

    assert "after" in finding.message


def test_a_timer_reminding_early_without_words_for_it_is_refused(book: PlantedBook) -> None:
    book.plant("        before: 七天快到了。\n", "")

    assert "before" in book.expect("schema", "seven-days", "      - id: seven-days").message

"""检查：when 里的路要存在、走得到这里；每条路都走得到头。"""

import pytest

from tests.rulebook.small_book import PlantedBook

VARIANTS = "    variants:\n      - when: {track: TRACK}\n        todo: 换个说法。\n    events:\n      - {on: applied"


def planted(book: PlantedBook, where: str, track: str) -> str:
    """在「去申请」里写一个只在 ``track`` 上的话、时限或事件；返回写着它的那几个字。"""
    when = f"when: {{track: {track}}}"
    if where == "variant":
        book.plant("    events:\n      - {on: applied", VARIANTS.replace("TRACK", track))
        return f"      - {when}"
    if where == "timer":
        book.plant("        start: bought-on\n", f"        start: bought-on\n        {when}\n")
        return f"        {when}"
    book.plant("{on: applied, to: waiting}", f"{{on: applied, to: waiting, {when}}}")
    return f"      - {{on: applied, to: waiting, {when}"


@pytest.mark.parametrize(("where", "item_id"), [("variant", "apply"), ("timer", "seven-days"), ("event", "applied")])
def test_an_unknown_track_is_found(book: PlantedBook, where: str, item_id: str) -> None:
    at = planted(book, where, "retrun")

    finding = book.expect("unknown-id", item_id, at)

    assert "retrun" in finding.message
    assert "检查拼写" in finding.message


@pytest.mark.parametrize(("where", "item_id"), [("variant", "apply"), ("timer", "seven-days"), ("event", "applied")])
def test_a_track_that_never_comes_here_is_found(book: PlantedBook, where: str, item_id: str) -> None:
    at = planted(book, where, "claim")

    finding = book.expect("unreachable-track", item_id, at)

    assert "apply" in finding.message
    assert "删掉" in finding.message


@pytest.mark.parametrize("where", ["variant", "timer"])
def test_a_track_that_comes_here_is_fine(book: PlantedBook, where: str) -> None:
    planted(book, where, "[return]")

    assert book.findings() == []


def test_a_stage_with_nothing_to_report_on_one_track_is_a_dead_end(book: PlantedBook) -> None:
    book.plant("  - {id: claim, start: ask}", "  - {id: claim, start: apply}")
    book.plant("{on: applied, to: waiting}", "{on: applied, to: waiting, when: {track: return}}")
    book.plant("{on: stop, to: withdrawn}", "{on: stop, to: withdrawn, when: {track: return}}")

    finding = book.expect("dead-end-stage", "apply", "  - id: apply")

    assert "claim" in finding.message
    assert "when" in finding.message


def test_a_stage_reached_only_on_other_tracks_is_unreachable(book: PlantedBook) -> None:
    book.plant("{on: refused, to: lost}", "{on: refused, to: lost, when: {track: return}}")

    book.expect("unreachable-stage", "lost", "  - id: lost")


def test_the_words_of_a_variant_are_checked(book: PlantedBook) -> None:
    planted(book, "variant", "return")
    book.plant("todo: 换个说法。", "todo: 包退。")

    book.expect("promise", "apply", "        todo: 包退。")

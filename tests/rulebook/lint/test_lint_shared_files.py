"""检查：几个场景共用的文件（events.yaml、stages.yaml、lexicon.yaml），指着它们自己的行。"""

import pytest

from tests.rulebook.small_book import PlantedBook

EVENTS = """# 小手册的事件目录
events:
  - id: nudged
    label: 催过了
    by: me
    said: [催了]
"""
STAGES = """# 小手册共用的阶段
clocks:
  - id: year
    kind: deadline
    title: 一年
    start: bought-on
    lengths: [{limit: {rule: months, n: 12}, sources: [seven-days-law]}]
    remind: [0h]
    after: 一年过了。
    until: [closed]
stages:
  - id: nudge
    title: 催一催
    happening: 该催了。
    todo: 去催。
    timers:
      - id: nudge-reply
        kind: expectation
        title: 催过的答复
        lengths: [{limit: {rule: hours, n: 24}, sources: [platform-habit]}]
        remind: [0h]
        after: 催了一天了。
"""
LEXICON = """concepts:
  - {id: shop, name: 店, words: [店, 铺子]}
"""


@pytest.fixture
def shared(book: PlantedBook) -> PlantedBook:
    """用上了三个共用文件的小手册，没有任何毛病。"""
    for name, text in (("events.yaml", EVENTS), ("stages.yaml", STAGES), ("lexicon.yaml", LEXICON)):
        (book.folder / name).write_text(text, encoding="utf-8")
    book.plant("said: [申请了]", "said: [跟<店>申请了]")
    book.plant("{on: agreed, to: paid}", "{on: agreed, to: paid}\n      - {on: nudged, to: nudge}")
    book.plant(
        "  - id: paid\n",
        "  - use: nudge\n    events:\n      - {on: refused, to: lost, label: 催了也不同意}\n  - id: paid\n",
    )
    book.plant("tracks:\n", "clocks:\n  - use: year\n\ntracks:\n")
    book.plant("start: apply}", "start: apply, clocks: [year]}")
    assert book.findings() == []
    return book


def test_an_entry_of_the_catalogue_that_no_stage_uses_is_found(shared: PlantedBook) -> None:
    shared.plant("\n      - {on: nudged, to: nudge}", "\n      - {on: applied, to: nudge}")

    assert "用上它" in shared.expect("unused-id", "nudged", "  - id: nudged", "events.yaml").message


def test_a_saying_in_the_catalogue_that_means_something_else_is_found(shared: PlantedBook) -> None:
    shared.plant("    said: [催了]", "    said:\n      - 催了\n      - 菜单", "events.yaml")

    shared.expect("reserved-saying", "nudged", "      - 菜单", "events.yaml")


def test_a_label_of_the_catalogue_is_checked(shared: PlantedBook) -> None:
    shared.plant("    label: 催过了", "    label: 催过了一定能退", "events.yaml")

    shared.expect("promise", "nudged", "    label: 催过了一定能退", "events.yaml")


def test_an_entry_that_says_it_ends_but_never_does_is_found(shared: PlantedBook) -> None:
    shared.plant("    by: me\n", "    by: me\n    ends: true\n", "events.yaml")

    assert "删掉" in shared.expect("event-flag", "nudged", "  - id: nudged", "events.yaml").message


def test_an_entry_that_always_ends_a_case_without_saying_so_is_found(shared: PlantedBook) -> None:
    shared.plant("{on: nudged, to: nudge}", "{on: nudged, to: paid}")

    assert "ends: true" in shared.expect("event-flag", "nudged", "  - id: nudged", "events.yaml").message


@pytest.mark.parametrize(
    ("old", "new", "check", "item_id", "at"),
    [
        ("happening: 该催了。", "happening: 催了包退。", "promise", "nudge", "    happening: 催了包退"),
        ("after: 催了一天了。", "after: 打 400-126-0088。", "phone-number", "nudge-reply", "        after: 打"),
        (
            "n: 24}, sources: [platform-habit]",
            "n: 24}, sources: [habit]",
            "missing-source",
            "nudge-reply",
            "      - id: nudge-reply",
        ),
        ("after: 一年过了。", "after: 一年过了也包退。", "promise", "year", "    after: 一年过了也"),
        ("until: [closed]", "until: [nowhere]", "unknown-id", "year", "    until: [nowhere]"),
    ],
)
def test_a_fault_in_what_a_scenario_takes_is_named_in_the_shared_file(
    shared: PlantedBook, old: str, new: str, check: str, item_id: str, at: str
) -> None:
    shared.plant(old, new, "stages.yaml")

    shared.expect(check, item_id, at, "stages.yaml")


def test_what_the_scenario_writes_itself_is_named_in_its_own_file(shared: PlantedBook) -> None:
    shared.plant("  - use: nudge\n", "  - use: nudge\n    todo: 包退。\n")

    shared.expect("promise", "nudge", "    todo: 包退。")


def test_a_shared_stage_that_nobody_takes_is_found(shared: PlantedBook) -> None:
    text = (shared.folder / "stages.yaml").read_text(encoding="utf-8")
    spare = "  - {id: spare, title: 备用, happening: 备着。, todo: 等着。, outcome: refunded}\n"
    (shared.folder / "stages.yaml").write_text(text + spare, encoding="utf-8")

    assert "use" in shared.expect("unused-id", "spare", "  - {id: spare", "stages.yaml").message


def test_a_shared_stage_written_twice_is_found(shared: PlantedBook) -> None:
    text = (shared.folder / "stages.yaml").read_text(encoding="utf-8")
    again = "  - {id: nudge, title: 再催, happening: 再催吧。, todo: 去吧。, outcome: refunded}\n"
    (shared.folder / "stages.yaml").write_text(text + again, encoding="utf-8")

    shared.expect("duplicate-id", "nudge", "  - {id: nudge, title: 再催", "stages.yaml")


def test_a_shared_clock_that_nobody_takes_is_found(shared: PlantedBook) -> None:
    shared.plant("clocks:\n  - use: year\n\n", "")
    shared.plant(", clocks: [year]", "")

    shared.expect("unused-id", "year", "  - id: year", "stages.yaml")


@pytest.mark.parametrize(
    ("old", "new", "name", "what"),
    [("use: nudge", "use: nuge", "nuge", "阶段"), ("use: year", "use: yaer", "yaer", "时钟")],
)
def test_taking_what_is_not_there_is_refused(shared: PlantedBook, old: str, new: str, name: str, what: str) -> None:
    shared.plant(old, new)

    finding = shared.expect("unknown-id", name, f"  - {new}")

    assert what in finding.message
    assert "检查拼写" in finding.message


def test_a_concept_that_no_saying_uses_is_found(shared: PlantedBook) -> None:
    shared.plant("跟<店>申请了", "申请了")

    assert "<店>" in shared.expect("unused-id", "shop", "  - {id: shop", "lexicon.yaml").message


def test_an_unknown_concept_is_refused_where_it_is_used(shared: PlantedBook) -> None:
    shared.plant("跟<店>申请了", "跟<电>申请了")

    finding = shared.expect("unknown-concept", "电", "  - {id: applied")

    assert "lexicon.yaml" in finding.message


def test_an_unknown_concept_in_the_catalogue_is_refused_there(shared: PlantedBook) -> None:
    shared.plant("said: [催了]", "said: [催<电>了]", "events.yaml")

    shared.expect("unknown-concept", "电", "    said: [催<电>了]", "events.yaml")


def test_two_concepts_may_share_a_word(shared: PlantedBook) -> None:
    shared.plant("words: [店, 铺子]}", "words: [店, 铺子]}\n  - {id: store, name: 商铺, words: [铺子]}", "lexicon.yaml")
    shared.plant("said: [催了]", "said: [催<商铺>了]", "events.yaml")

    assert shared.findings() == []

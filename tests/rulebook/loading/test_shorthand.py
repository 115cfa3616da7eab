"""省写：到处都一样的条件、说法写一次，不写的题型和结论照常；写全了是一个样，写错了指着那一行。"""

from pathlib import Path

import pytest

from nonebot_plugin_refund.rulebook.assembling.shorthand import spelled_out
from nonebot_plugin_refund.rulebook.loader import load_folders, load_rulebook
from nonebot_plugin_refund.rulebook.overlays.based_on import originals
from nonebot_plugin_refund.rulebook.scenario_models.models import QuestionKind, Verdict
from nonebot_plugin_refund.rulebook.yaml_reading.json_schema import SchemaKind, json_schema
from nonebot_plugin_refund.rulebook.yaml_reading.yaml_document import parse_yaml, read_yaml
from tests.rulebook.small_book import SMALL, PlantedBook, small_edition

CONDITIONS = "conditions:\n  - {id: early, when: {goal: regret, window: [inside, arguable]}}\n"
LABELS = "event_labels:\n  refused: 商家说不行\n"


@pytest.fixture
def short(book: PlantedBook) -> PlantedBook:
    """用上了省写的小手册，没有任何毛病。"""
    book.plant("ask_when: {goal: regret, window: [inside, arguable]}", "ask_when: {use: early}")
    book.plant("facts:\n", f"{CONDITIONS}{LABELS}\nfacts:\n")
    assert book.findings() == []
    return book


def small(book: PlantedBook) -> str:
    """小场景的指纹。"""
    return load_folders([book.folder]).edition("small").digest


def test_a_named_condition_means_what_it_says(short: PlantedBook) -> None:
    short.plant(LABELS, "")

    assert small(short) == small_edition().digest


def test_what_is_written_beside_the_name_is_added_and_wins(short: PlantedBook) -> None:
    short.plant("ask_when: {use: early}", "ask_when: [{use: early, window: inside}, {use: early, goal: broken}]")

    asked = load_folders([short.folder]).edition("small").scenario.question("opened").ask_when

    assert asked == (
        {"goal": {"regret"}, "window": {"inside"}},
        {"goal": {"broken"}, "window": {"inside", "arguable"}},
    )


def test_a_label_given_once_is_the_label_in_every_stage_that_gives_none(short: PlantedBook) -> None:
    before = {(stage.id, event.on): event.label for stage in small_edition().scenario.stages for event in stage.events}
    stages = load_folders([short.folder]).edition("small").scenario.stages
    after = {(stage.id, event.on): event.label for stage in stages for event in stage.events}

    changed = {key for key, label in before.items() if after[key] != label}
    assert changed == {key for key, label in before.items() if key[1] == "refused" and label is None}
    assert changed
    assert {after[key] for key in changed} == {"商家说不行"}


def test_a_stages_own_label_wins(short: PlantedBook) -> None:
    short.plant("{on: refused, to: arbitration}", "{on: refused, to: arbitration, label: 先说不行}")

    events = load_folders([short.folder]).edition("small").scenario.stage("waiting").events

    assert {event.label for event in events if event.on == "refused"} == {"先说不行"}


USUAL = "event_stages:\n  refused: arbitration\n"


@pytest.fixture
def usual(short: PlantedBook) -> PlantedBook:
    """“被拒了”多半走到仲裁，写一次；在等的那个阶段不再写 to。"""
    short.plant("{on: refused, to: arbitration}", "{on: refused}")
    short.plant(LABELS, f"{LABELS}{USUAL}")
    assert short.findings() == []
    return short


def test_the_usual_stage_written_once_is_where_an_event_leads(usual: PlantedBook) -> None:
    usual.plant(LABELS, "")

    assert small(usual) == small_edition().digest


def test_a_stages_own_destination_wins(usual: PlantedBook) -> None:
    other = next(stage.id for stage in small_edition().scenario.stages if stage.id not in {"arbitration", "waiting"})
    usual.plant("{on: refused}", f"{{on: refused, to: {other}}}")
    usual.plant(USUAL, "")

    events = load_folders([usual.folder]).edition("small").scenario.stage("waiting").events

    assert {event.to for event in events if event.on == "refused"} == {other}


@pytest.mark.parametrize(
    ("old", "new", "check", "item_id", "at"),
    [
        ("  refused: arbitration\n", "  shipped: arbitration\n", "unused-id", "shipped", "shipped:"),
        (USUAL, "", "schema", "waiting", "{on: refused}"),
        ("  refused: arbitration\n", "  refused: nowhere\n", "unknown-id", "refused", "{on: refused}"),
        (
            "  refused: arbitration\n",
            "  refused: arbitration\n  shipped: waiting\n",
            "unused-id",
            "shipped",
            "shipped:",
        ),
        ("  refused: arbitration\n", "  refused: [arbitration]\n", "schema", "-", "  refused: ["),
    ],
)
def test_a_wrong_usual_stage_is_found(
    usual: PlantedBook, old: str, new: str, check: str, item_id: str, at: str
) -> None:
    usual.plant(old, new)

    usual.expect(check, item_id, at)


@pytest.mark.parametrize(
    ("old", "new", "check", "item_id", "at"),
    [
        ("{use: early}", "{use: erly}", "unknown-id", "erly", "use: erly"),
        ("{use: early}", "{goal: regret}", "unused-id", "early", "{id: early"),
        ("  refused: 商家说不行\n", "  shipped: 发货了\n", "unused-id", "shipped", "shipped: 发货了"),
        (LABELS, LABELS.replace("商家说不行", ""), "schema", "-", "  refused: "),
        (
            CONDITIONS,
            f"{CONDITIONS}  - {{id: early, when: {{goal: broken}}}}\n",
            "duplicate-id",
            "early",
            "{id: early, when: {goal: broken",
        ),
        ("when: {goal: regret, window: [inside, arguable]}", "when: [{goal: regret}]", "schema", "early", "{id: early"),
        ("when: {goal: regret, window: [inside, arguable]}", "wen: {goal: regret}", "schema", "early", "{id: early"),
    ],
)
def test_a_fault_is_on_its_line(short: PlantedBook, old: str, new: str, check: str, item_id: str, at: str) -> None:
    short.plant(old, new)

    short.expect(check, item_id, at)


def test_a_fact_that_is_not_there_is_found_through_the_name(short: PlantedBook) -> None:
    short.plant("when: {goal: regret, window: [inside", "when: {gaol: regret, window: [inside")

    assert "gaol" in short.expect("unknown-id", "opened", "ask_when: {use: early}").message


def test_a_question_without_a_kind_is_a_choice(book: PlantedBook) -> None:
    book.plant("    kind: choice\n", "")
    assert small(book) == small_edition().digest

    book.plant("    kind: amount\n", "")
    assert "没写 kind" in book.expect("schema", "price", "- id: price").message


def test_a_help_topic_redirects_without_saying_so(book: PlantedBook) -> None:
    text = (book.folder / "small.yaml").read_text(encoding="utf-8")
    bare = "\n".join(line for line in text.splitlines() if not line.startswith("    verdict:"))
    (book.folder / "small.yaml").write_text(f"{bare}\n", encoding="utf-8")
    assert "verdict" in book.expect("schema", "unopened", "- id: unopened").message

    book.plant("version: 1\ntitle:", "version: 1\nkind: topic\ntitle:")
    rules = load_folders([book.folder]).edition("small").scenario.rules
    assert {rule.verdict for rule in rules} == {Verdict.REDIRECT}


def test_the_packaged_help_topics_only_redirect() -> None:
    book = load_rulebook()

    for name in ("appeal", "contact"):
        scenario = book.edition(name).scenario
        assert {rule.verdict for rule in scenario.rules} == {Verdict.REDIRECT}
        assert QuestionKind.CHOICE in {question.kind for question in scenario.questions}


def test_a_file_of_differences_sees_it_spelled_out(short: PlantedBook, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    stage = next(one for one in small_edition().scenario.stages if any(event.on == "refused" for event in one.events))
    (own / "mine.yaml").write_text(
        f"scenario: small\nstages:\n  - id: {stage.id}\n    events:\n      - {{on: refused, label: 又不行}}\n"
        "questions:\n  - {id: opened, ask_when: {goal: regret}}\n",
        encoding="utf-8",
    )

    (overlay,) = load_folders([short.folder, own]).overlays

    assert originals(overlay) == {
        f"stages.{stage.id}.events.refused.label": "商家说不行",
        "questions.opened.ask_when": {"goal": "regret", "window": ["inside", "arguable"]},
    }


def test_a_file_of_differences_may_name_its_own_conditions(tmp_path: Path) -> None:
    text = "scenario: small\nconditions:\n  - {id: mine, when: {goal: regret}}\n"
    (tmp_path / "mine.yaml").write_text(
        f"{text}questions:\n  - {{id: opened, ask_when: {{use: mine, window: inside}}}}\n", encoding="utf-8"
    )

    asked = load_folders([SMALL, tmp_path]).edition("small").scenario.question("opened").ask_when

    assert asked == ({"goal": {"regret"}, "window": {"inside"}},)


def test_spelling_out_twice_changes_nothing() -> None:
    document = spelled_out(read_yaml(SMALL / "small.yaml"))

    assert spelled_out(document).data == document.data


@pytest.mark.parametrize("text", ["", "只有一句话", "- 一列", "rules: 很多\nquestions: [一, 二]\nstages: {a: b}\n"])
def test_what_is_not_a_scenario_is_left_to_the_model(text: str) -> None:
    document = parse_yaml(text, "odd.yaml")

    assert spelled_out(document).data == document.data


def test_the_schema_lets_out_only_what_may_be_left_out() -> None:
    schema = json_schema(SchemaKind.SCENARIO)

    assert "kind" not in schema["$defs"]["Question"]["required"]
    assert "verdict" not in schema["$defs"]["Rule"]["required"]
    assert schema["else"] == {"properties": {"rules": {"items": {"required": ["verdict"]}}}}
    assert "to" not in schema["$defs"]["StageEvent"]["required"]
    assert {"conditions", "event_labels", "event_stages"} <= schema["properties"].keys()
    assert "use" in schema["properties"]["conditions"]["description"]

"""操作者的文件只写不同之处：按 id 合进随包的，错误指着他的文件和行，随包的后来变了说得出来。"""

from datetime import date
from pathlib import Path

import pytest

from nonebot_plugin_refund.rulebook.findings import Finding, RulebookError
from nonebot_plugin_refund.rulebook.lint import lint_rulebook
from nonebot_plugin_refund.rulebook.loader import Rulebook, load_folders, load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Question, Scenario
from tests.rulebook.small_book import SMALL

TODAY = date(2026, 11, 23)


def read(folder: Path) -> Rulebook:
    """小手册作底本，加上 ``folder``。"""
    return load_folders([SMALL, folder])


def written(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def small(folder: Path, text: str) -> Scenario:
    """合好的小场景。"""
    return read(written(folder, f"scenario: small\n{text}")).edition("small").scenario


def faults(folder: Path, today: date = TODAY) -> list[Finding]:
    """只看 ``folder`` 里的毛病。"""
    try:
        return lint_rulebook(read(folder), today, [folder])
    except RulebookError as error:
        return list(error.findings)


def question(scenario: Scenario, question_id: str) -> Question:
    return next(one for one in scenario.questions if one.id == question_id)


PACKAGED = load_folders([SMALL]).edition("small").scenario


def test_only_the_sentence_written_is_changed(tmp_path: Path) -> None:
    changed = small(tmp_path, "opening: 慢慢来。\n")

    assert changed == PACKAGED.model_copy(update={"opening": "慢慢来。"})


def test_an_option_is_relabelled_by_its_id_and_its_aliases_are_added_to(tmp_path: Path) -> None:
    before = question(PACKAGED, "goal").options[0]
    text = f"questions:\n  - id: goal\n    options:\n      - {{id: {before.id}, label: 换个字, aliases: [新说法]}}\n"

    after = question(small(tmp_path, text), "goal").options

    assert after[0].label == "换个字"
    assert after[0].aliases == (*before.aliases, "新说法")
    assert after[1:] == question(PACKAGED, "goal").options[1:]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("[新叫法]", (*PACKAGED.names, "新叫法")),
        ("{only: [新叫法]}", ("新叫法",)),
        (f"{{remove: [{PACKAGED.names[0]}], add: [新叫法]}}", (*PACKAGED.names[1:], "新叫法")),
        ("", ()),
    ],
)
def test_a_list_of_sayings_is_added_to_replaced_or_taken_from(
    tmp_path: Path, names: str, expected: tuple[str, ...]
) -> None:
    assert small(tmp_path, f"names: {names}\n").names == expected


def test_other_lists_and_conditions_are_replaced(tmp_path: Path) -> None:
    rule = PACKAGED.rules[0]

    changed = small(tmp_path, f"rules:\n  - {{id: {rule.id}, steps: [只有这一步]}}\n").rules[0]

    assert changed == rule.model_copy(update={"steps": ("只有这一步",)})


def test_one_limit_is_changed(tmp_path: Path) -> None:
    fact = next(one for one in PACKAGED.facts if one.kind == "date_window")

    changed = small(tmp_path, f"facts:\n  - {{id: {fact.id}, limit: {{n: 15}}}}\n")

    after = next(one for one in changed.facts if one.id == fact.id)
    assert after.kind == "date_window"
    assert after.limit == fact.limit.model_copy(update={"n": 15})


def test_what_is_added_can_be_put_after_another(tmp_path: Path) -> None:
    first = question(PACKAGED, "goal").options[0].id
    text = f"questions:\n  - id: goal\n    options:\n      - {{id: lost, label: 丢了, put_after: {first}}}\n"
    (tmp_path / "mine.yaml").write_text(f"scenario: small\n{text}", encoding="utf-8")

    (fault,) = [one for one in faults(tmp_path) if one.check == "uncovered"]

    assert (Path(fault.file).name, fault.line) == ("mine.yaml", 5)
    assert question(read(tmp_path).edition("small").scenario, "goal").options[1].id == "lost"


def test_what_is_removed_breaks_the_rules_on_the_line_that_removed_it(tmp_path: Path) -> None:
    text = "scenario: small\nquestions:\n  - id: parts\n    options:\n      - {id: tag, remove: true}\n"

    found = faults(written(tmp_path, text))

    assert found
    assert {(Path(one.file).name, one.line) for one in found} == {("mine.yaml", 5)}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("scenario: smal\nopening: 好\n", 1, "是不是 small"),
        ("scenario: small\nopenning: 好\n", 2, "openning"),
        ("scenario: small\nopening:\n", 2, "少写了必填的 opening"),
        ("scenario: small\nnames: [甲，乙]\n", 2, "全角"),
        ("scenario: small\nmenu: 第七\n", 2, "只写数字"),
        ("scenario: small\n\nopening: 多扣的一定能退。\n", 3, "打包票"),
        ("scenario: small\nnames: {remove: [没有这个]}\n", 2, "没有这个"),
        ("scenario: small\nnames: {plus: [好]}\n", 2, "only"),
        ("scenario: small\nquestions:\n  - {id: opend, remove: true}\n", 3, "opened"),
        ("scenario: small\nquestions:\n  - {id: opend, why: 好}\n", 3, "opened"),
        ("scenario: small\nquestions:\n  - {id: opened, put_after: nowhere}\n", 3, "nowhere"),
        ("scenario: small\nquestions:\n  - {id: opened, kind: 选择}\n", 3, "choice"),
    ],
)
def test_a_fault_is_on_the_operators_own_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    found = faults(written(tmp_path, text))

    assert {(Path(one.file).name, one.line) for one in found} == {("mine.yaml", line)}
    assert says in "".join(one.message for one in found)


def test_two_files_may_change_the_same_scenario(tmp_path: Path) -> None:
    written(tmp_path, "scenario: small\nopening: 一\n", "a.yaml")
    written(tmp_path, "scenario: small\nopening: 二\nsummary: 三\n", "b.yaml")

    changed = read(tmp_path).edition("small").scenario

    assert (changed.opening, changed.summary) == ("二", "三")


def test_a_whole_copy_still_replaces_the_packaged_one(tmp_path: Path) -> None:
    text = (SMALL / "small.yaml").read_text(encoding="utf-8")
    names = next(line for line in text.splitlines() if line.startswith("names:"))

    changed = read(written(tmp_path, text.replace(names, "names: [只有这个]"))).edition("small").scenario

    assert changed.names == ("只有这个",)


def test_shared_things_name_only_what_differs(tmp_path: Path) -> None:
    written(tmp_path, "events:\n  - {id: arrived, said: [退到我零钱里咯]}\n", "events.yaml")
    written(tmp_path, "topics:\n  - {id: coins, answer: 换一句回答。}\n", "topics-mine.yaml")
    written(tmp_path, "asides:\n  - {id: greeting, answer: 来啦。}\nversion: 1\n", "asides.yaml")
    written(tmp_path, "sources:\n  - {id: consumer-law-25, last_checked_on: 2026-11-20}\n", "sources.yaml")
    packaged, book = load_rulebook(), load_rulebook(tmp_path)

    (before,) = (one for one in packaged.topics if one.id == "coins")
    (after,) = (one for one in book.topics if one.id == "coins")
    assert after.scenarios == before.scenarios
    assert after.topic.model_copy(update={"scenarios": before.topic.scenarios}) == before.topic.model_copy(
        update={"answer": "换一句回答。"}
    )
    said = next(event for event in book.shared.events if event.id == "arrived").said
    assert said[-1] == "退到我零钱里咯"
    assert len(said) == len(next(event for event in packaged.shared.events if event.id == "arrived").said) + 1
    assert next(aside for aside in book.asides if aside.id == "greeting").whole
    (source,) = (one for one in book.shared_sources if one.id == "consumer-law-25")
    assert source.last_checked_on == date(2026, 11, 20)
    assert source.title == next(one for one in packaged.shared_sources if one.id == source.id).title
    assert lint_rulebook(book, TODAY, [tmp_path]) == []


def test_a_topic_nobody_wants_answered_is_removed(tmp_path: Path) -> None:
    written(tmp_path, "topics:\n  - {id: coins, remove: true}\n", "topics-mine.yaml")
    written(tmp_path, "events:\n  - {id: arrived, said: [到啦到啦]}\n", "events.yaml")

    assert "coins" not in {topic.id for topic in load_rulebook(tmp_path).topics}


def test_a_shared_event_cannot_be_removed(tmp_path: Path) -> None:
    (found,) = faults(written(tmp_path, "events:\n  - {id: arrived, remove: true}\n", "events.yaml"))

    assert (found.line, "不能去掉" in found.message) == (2, True)


def test_a_packaged_text_that_changed_is_told_with_both_texts(tmp_path: Path) -> None:
    text = f"scenario: small\nopening: 我的话。\nbased_on:\n  opening: {PACKAGED.opening}\n"
    assert faults(written(tmp_path, text)) == []

    (found,) = faults(written(tmp_path, text.replace(PACKAGED.opening, "从前随包的话。")))

    assert (found.check, found.line) == ("packaged-changed", 2)
    assert "从前随包的话。" in found.message
    assert PACKAGED.opening in found.message


def test_an_overdue_source_used_in_a_changed_rule_is_told_where_it_was_changed(tmp_path: Path) -> None:
    rule = PACKAGED.rules[0]
    written(tmp_path, f"scenario: small\nrules:\n  - {{id: {rule.id}, headline: 换一句}}\n")

    found = faults(tmp_path, date(2036, 1, 1))

    assert {(one.check, one.line) for one in found} == {("overdue-source", 3)}
    assert {one.id for one in found} <= set(rule.sources)

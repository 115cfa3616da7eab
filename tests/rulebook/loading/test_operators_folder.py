"""操作者的文件夹里：自己的闲话盖过随包的、词只添不改、听场景的词写得对不对，写坏了各说各的毛病。"""

from pathlib import Path

import pytest

from nonebot_plugin_refund.rulebook.lint import lint_rulebook
from nonebot_plugin_refund.rulebook.loader import load_folders
from nonebot_plugin_refund.rulebook.wording_models.asides import load_asides
from tests.rulebook.small_book import SMALL, TODAY, faults, read

ASIDE = "version: 1\nasides:\n  - {id: greeting, whole: [你好], answer: 来啦。}\n"
HEARD = "recognised_by:\n  needs_one_of: [小店]\n  and_one_of: [想退]\n"


def test_an_operators_aside_comes_first_and_replaces_the_packaged_one(tmp_path: Path) -> None:
    (tmp_path / "asides.yaml").write_text(ASIDE, encoding="utf-8")

    asides = read(tmp_path).asides

    assert (asides[0].id, asides[0].answer) == ("greeting", "来啦。")
    assert [aside.id for aside in asides].count("greeting") == 1
    assert len(asides) == len(load_asides())


def test_without_an_operators_file_the_packaged_asides_are_used(tmp_path: Path) -> None:
    assert read(tmp_path).asides == load_asides()


def test_an_operators_aside_is_checked(tmp_path: Path) -> None:
    (tmp_path / "asides.yaml").write_text(ASIDE.replace("来啦。", "放心，包退。"), encoding="utf-8")

    assert [(one.check, one.id, one.line) for one in faults(tmp_path)] == [("promise", "greeting", 3)]


def test_added_words_join_their_group(tmp_path: Path) -> None:
    (tmp_path / "signals.yaml").write_text(
        "version: 1\nwords:\n  tipping: [嘎嘣脆, 12315]\nmasks: [退环境]\n", encoding="utf-8"
    )

    signals = read(tmp_path).signals()

    assert {"嘎嘣脆", "12315"} <= set(next(group for group in signals.groups if group.id == "tipping").words)
    assert "退环境" in signals.masks


@pytest.mark.parametrize(
    ("text", "check", "says", "line"),
    [
        ("version: 1\nwords:\n  typing: [嘎嘣脆]\n", "unknown-id", "没有叫“typing”的组", 3),
        ("version: 1\nword: {}\n", "schema", "可能拼错了", 2),
        ("version: 1\ngroups: []\n", "schema", "只写要添的词", 2),
    ],
)
def test_a_broken_word_list_is_refused_with_its_line(
    tmp_path: Path, text: str, check: str, says: str, line: int
) -> None:
    (tmp_path / "signals.yaml").write_text(text, encoding="utf-8")

    (found,) = faults(tmp_path)

    assert (found.check, found.line) == (check, line)
    assert says in found.message


@pytest.mark.parametrize(
    ("old", "new", "checks"),
    [
        ("", "", []),
        ("needs_one_of: [小店]", "needs_one_of: [店]", ["word-too-short"]),
        ("and_one_of: [想退]", "and_one_of: [想退, 小店]", ["shared-word"]),
        ("and_one_of: [想退]\n", "and_one_of: [想退]\n  unless: [店]\n", ["never-heard"]),
        ("and_one_of: [想退]\n", "", ["schema"]),
        ("needs_one_of: [小店]", "needs_one_of: []", ["schema"]),
    ],
)
def test_the_words_a_scenario_is_heard_by_are_checked(tmp_path: Path, old: str, new: str, checks: list[str]) -> None:
    text = (SMALL / "small.yaml").read_text(encoding="utf-8").replace("id: small\n", "id: own\n", 1)
    assert old in HEARD
    (tmp_path / "own.yaml").write_text(text + (HEARD.replace(old, new) if old else HEARD), encoding="utf-8")

    assert [finding.check for finding in faults(tmp_path)] == checks


def test_new_words_do_not_make_a_new_edition(tmp_path: Path) -> None:
    text = (SMALL / "small.yaml").read_text(encoding="utf-8")
    (tmp_path / "small.yaml").write_text(text + HEARD, encoding="utf-8")

    assert read(tmp_path).edition("small").digest == load_folders([SMALL]).edition("small").digest


def test_only_the_files_asked_about_are_checked(tmp_path: Path) -> None:
    broken = (SMALL / "small.yaml").read_text(encoding="utf-8").replace("headline: 七天已过", "headline: 一定能退")
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for folder, scenario_id in ((ours, "ours"), (theirs, "theirs")):
        folder.mkdir()
        (folder / "one.yaml").write_text(broken.replace("id: small\n", f"id: {scenario_id}\n", 1), encoding="utf-8")
    book = load_folders([SMALL, ours, theirs])

    assert {finding.id for finding in lint_rulebook(book, TODAY, [ours])} == {"too-late"}
    assert {Path(finding.file).parent for finding in lint_rulebook(book, TODAY, [ours])} == {ours}
    assert len([finding for finding in lint_rulebook(book, TODAY) if finding.check == "promise"]) == 2

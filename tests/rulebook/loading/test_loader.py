"""读入手册：随包的内容、操作者的补充和覆盖、存下来的版本。"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nonebot_plugin_refund.rulebook.edition import Edition
from nonebot_plugin_refund.rulebook.findings import RulebookError
from nonebot_plugin_refund.rulebook.loader import load_folders, load_rulebook
from tests.rulebook.small_book import SMALL, PlantedBook, small_edition

PACKAGED = ["shop-return", "refund-only", "live-tip", "paid-content", "top-up", "contact", "appeal"]


def test_the_packaged_book_holds_five_scenarios_and_two_topics_in_menu_order() -> None:
    scenarios = load_rulebook().scenarios

    assert [scenario.id for scenario in scenarios] == PACKAGED
    assert [scenario.id for scenario in scenarios if scenario.kind == "topic"] == ["contact", "appeal"]


def test_an_operators_scenario_is_added_after_the_packaged_ones(book: PlantedBook) -> None:
    rulebook = load_rulebook(book.folder)

    assert [scenario.id for scenario in rulebook.scenarios] == [*PACKAGED, "small"]


def test_an_operators_scenario_of_the_same_id_replaces_the_packaged_one(book: PlantedBook) -> None:
    book.plant("id: small\n", "id: top-up\n")

    rulebook = load_rulebook(book.folder)

    assert [scenario.id for scenario in rulebook.scenarios] == PACKAGED
    assert rulebook.edition("top-up").scenario.title == "小场景"


def test_an_operators_scenario_may_cite_packaged_sources(book: PlantedBook) -> None:
    (book.folder / "sources.yaml").unlink()
    text = (book.folder / "small.yaml").read_text(encoding="utf-8").replace("seven-days-law", "consumer-law-25")
    (book.folder / "small.yaml").write_text(text.replace("platform-habit", "consumer-law-24"), encoding="utf-8")

    assert "consumer-law-25" in load_rulebook(book.folder).edition("small").sources


def test_an_operators_source_of_the_same_id_replaces_the_packaged_one(tmp_path: Path) -> None:
    shutil.copy(SMALL / "sources.yaml", tmp_path)
    text = (tmp_path / "sources.yaml").read_text(encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(text.replace("seven-days-law", "consumer-law-25"), encoding="utf-8")

    rulebook = load_rulebook(tmp_path)

    assert rulebook.edition("shop-return").sources["consumer-law-25"].title == "七天退货办法"


def test_a_missing_folder_is_skipped(tmp_path: Path) -> None:
    assert len(load_rulebook(tmp_path / "nothing").scenarios) == len(PACKAGED)


def test_a_broken_operator_file_refuses_the_whole_book_and_names_only_that_file(book: PlantedBook) -> None:
    book.plant("    headline: 七天已过\n", "    headlin: 七天已过\n")

    with pytest.raises(RulebookError) as caught:
        load_rulebook(book.folder)

    assert {finding.file for finding in caught.value.findings} == {str(book.folder / "small.yaml")}


def test_two_files_of_one_folder_may_not_hold_the_same_scenario(book: PlantedBook) -> None:
    shutil.copy(book.folder / "small.yaml", book.folder / "small-copy.yaml")

    found = book.findings()

    # 按文件名的先后，后读到的是 small.yaml
    assert [(Path(item.file).name, item.line, item.id, item.check) for item in found] == [
        ("small.yaml", book.line("id: small"), "small", "duplicate-id")
    ]


def test_other_files_in_the_folder_are_left_alone(book: PlantedBook) -> None:
    (book.folder / "README.md").write_text("说明", encoding="utf-8")
    (book.folder / "small.yaml.bak").write_text("旧的", encoding="utf-8")

    assert book.findings() == []


def test_an_unknown_scenario_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        load_folders([SMALL]).edition("large")


# 版本


def test_a_stored_edition_comes_back_the_same() -> None:
    rulebook = load_rulebook()
    for scenario_id in PACKAGED:
        edition = rulebook.edition(scenario_id)
        back = Edition.from_json(edition.body)

        # 怎样打开、怎样听出这个场景与案件无关，不留底
        assert back.scenario == edition.scenario.model_copy(update={"recognised_by": None, "command": ()})
        assert dict(back.sources) == dict(edition.sources)
        assert back.digest == edition.digest


def test_an_edition_has_the_same_digest_in_every_process() -> None:
    """各进程的散列种子不同，集合的顺序就不同；几个进程共用一个库，指纹要一样。"""
    program = (
        "from nonebot_plugin_refund.rulebook.loader import load_rulebook as load; book = load();"
        "print([book.edition(scenario.id).digest for scenario in book.scenarios])"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(printed) == 1


def test_an_edition_carries_only_the_sources_it_uses() -> None:
    assert set(small_edition().sources) == {"seven-days-law", "platform-habit", "small-practice"}


def test_one_changed_word_makes_another_edition(book: PlantedBook) -> None:
    book.plant("    happening: 商家在看。", "    happening: 商家还在看。")

    assert load_folders([book.folder]).edition("small").digest != small_edition().digest


@pytest.mark.parametrize(
    "body", ["", "{}", "[]", "null", '{"scenario": {}, "sources": []}', '{"scenario": 1, "sources": 2}']
)
def test_an_unreadable_stored_edition_is_a_rulebook_error(body: str) -> None:
    with pytest.raises(RulebookError):
        Edition.from_json(body)

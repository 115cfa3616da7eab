"""写手册的人的工具：抄一份随包的场景、生成 JSON Schema、用 ``--rulebook`` 带上自己的手册。"""

import json
import shutil
from pathlib import Path

import pytest

from nonebot_plugin_refund.rulebook.yaml_reading.json_schema import SchemaKind, json_schema
from tests.cli.command import refund

EXAMPLES = Path(__file__).parents[3] / "data" / "examples" / "rulebook"
TODAY = ("--now", "2026-11-23")
SHOES = "抖音买的鞋不合适想退\n"


def test_a_copied_scenario_is_the_packaged_one(tmp_path: Path) -> None:
    folder = tmp_path / "own" / "rulebook"

    ran = refund("copy", "contact", str(folder))

    assert ran.code == 0
    assert "\nid: contact\n" in (folder / "contact.yaml").read_text(encoding="utf-8")


def test_copying_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "contact.yaml").write_text("我改过的", encoding="utf-8")

    ran = refund("copy", "contact", str(tmp_path))

    assert ran.code == 2
    assert "没有动它" in ran.err
    assert (tmp_path / "contact.yaml").read_text(encoding="utf-8") == "我改过的"


@pytest.mark.parametrize("name", ["no-such", "sources", "signals", "../loader"])
def test_only_a_scenario_can_be_copied(tmp_path: Path, name: str) -> None:
    ran = refund("copy", name, str(tmp_path))

    assert ran.code == 2
    assert "top-up" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_schema_is_printed_or_all_are_written(tmp_path: Path) -> None:
    (printed,) = [json.loads(refund("schema", "asides").out)]

    assert printed == json_schema(SchemaKind.ASIDES)
    assert refund("schema", "--output", str(tmp_path / "schema")).code == 0
    assert len(list((tmp_path / "schema").glob("*.schema.json"))) == len(SchemaKind)


def test_ones_own_rulebook_is_heard_listed_and_drawn() -> None:
    (plain,) = refund("classify", said=SHOES).objects
    (own,) = refund("classify", "--rulebook", str(EXAMPLES), said=SHOES).objects

    assert (plain["scenario"], own["scenario"]) == (None, "douyin-return")
    (listed,) = refund("scenarios", "--rulebook", str(EXAMPLES)).objects
    assert "douyin-return" in {scenario["id"] for scenario in listed}
    assert "抖音七天退货" in refund("graph", "douyin-return", "--rulebook", str(EXAMPLES)).out


def test_ones_own_scenario_is_scored_beside_the_seven(tmp_path: Path) -> None:
    rows = [{"text": SHOES.strip(), "label": "douyin-return"}, {"text": "抖音真好看", "label": "unrelated"}]
    file = tmp_path / "labelled.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")

    (result,) = refund("evaluate", str(file), "--rulebook", str(EXAMPLES)).objects

    assert result["scenarios"]["labels"]["douyin-return"]["f1"] == 1
    assert "不认识的标签" in refund("evaluate", str(file)).err


def test_a_rulebook_that_is_not_there_or_broken_is_said(tmp_path: Path) -> None:
    assert "找不到" in refund("scenarios", "--rulebook", str(tmp_path / "none")).err
    (tmp_path / "own.yaml").write_text("id: own\n", encoding="utf-8")

    ran = refund("scenarios", "--rulebook", str(tmp_path))

    assert ran.code == 2
    assert "refund lint" in ran.err


SOURCE = """sources:
  - {id: our-own, kind: practice, title: 本群的经验, says: 随便一句, last_checked_on: 2026-11-23,
     check_every_days: 90, confidence: low, note: 没有核对过}
"""


def test_an_operators_few_shared_sources_do_not_make_it_a_whole_book(tmp_path: Path) -> None:
    example = (EXAMPLES / "douyin-return.yaml").read_text(encoding="utf-8")
    used = example.replace("[consumer-law-25, seven-day-measures-5,", "[our-own, consumer-law-25,", 1)
    (tmp_path / "douyin-return.yaml").write_text(used, encoding="utf-8")
    shutil.copy(EXAMPLES / "lexicon.yaml", tmp_path)
    (tmp_path / "sources.yaml").write_text(SOURCE, encoding="utf-8")

    ran = refund("lint", str(tmp_path), *TODAY)

    assert (ran.code, ran.out) == (0, "")

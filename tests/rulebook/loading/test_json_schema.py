"""JSON Schema：与模型一致、随包的每个文件都合格、拼错一个键就不合格；字数上限与检查用的同一张表。"""

import json
import re
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from nonebot_plugin_refund.rulebook.file_names import PACKAGED_ONLY
from nonebot_plugin_refund.rulebook.lint.scenario.texts import LIMITS
from nonebot_plugin_refund.rulebook.yaml_reading.json_schema import SchemaKind, file_name, json_schema
from nonebot_plugin_refund.rulebook.yaml_reading.yaml_document import parse_yaml, read_yaml

COMMITTED = Path(__file__).parents[3] / "docs" / "schema"
EXAMPLES = sorted((Path(__file__).parents[3] / "data" / "examples" / "rulebook").glob("*.yaml"))
CONTENT = Path(str(files("nonebot_plugin_refund.rulebook").joinpath("content")))
PACKAGED = sorted(path for path in CONTENT.glob("*.yaml") if path.name not in PACKAGED_ONLY)
"""写手册的人会改的文件。"""
SHARED = {kind.value: kind for kind in SchemaKind if kind not in (SchemaKind.SCENARIO, SchemaKind.SIGNALS)}

SECTIONS = (
    *("questions", "sources", "groups", "asides", "events", "stages", "concepts", "evidence", "frames", "items"),
    *("commands", "actors", "dangers", "topics"),
)
"""每种文件里要列出来的那些东西；取第一种写了的。"""


@cache
def validator(kind: SchemaKind) -> Draft202012Validator:
    return Draft202012Validator(json_schema(kind))


def kind_of(path: Path) -> SchemaKind:
    if path.stem == "signals":
        return SchemaKind.PACKAGED_SIGNALS
    if path.stem.startswith("papers-"):
        return SchemaKind.PAPERS_OF_SCENARIO
    if path.stem.startswith("topics-"):
        return SchemaKind.TOPICS
    return SHARED.get(path.stem, SchemaKind.SCENARIO)


def read(path: Path) -> Any:
    """编辑器眼里的文件：日期是文字，键都是文字。"""
    return plain(read_yaml(path).data)


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def faults(kind: SchemaKind, data: Any) -> list[str]:
    return [error.message for error in validator(kind).iter_errors(data)]


@pytest.mark.parametrize("path", PACKAGED, ids=lambda path: path.stem)
def test_every_packaged_file_fits_its_schema(path: Path) -> None:
    assert faults(kind_of(path), read(path)) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_fits_the_schema_it_names(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    named = path.parent / first.removeprefix("# yaml-language-server: $schema=")

    assert named.resolve() == (COMMITTED / file_name(kind_of(path))).resolve()
    assert faults(kind_of(path), read(path)) == []


@pytest.mark.parametrize("kind", list(SchemaKind))
def test_the_committed_schema_is_what_the_models_say_now(kind: SchemaKind) -> None:
    committed = (COMMITTED / file_name(kind)).read_text(encoding="utf-8")

    assert json.loads(committed) == json_schema(kind), "用 refund schema --output docs/schema 重新生成"


@pytest.mark.parametrize("path", PACKAGED, ids=lambda path: path.stem)
def test_a_misspelt_key_does_not_fit(path: Path) -> None:
    kind = kind_of(path)
    data = read(path)
    section = next(key for key in SECTIONS if key in data)
    first = data[section] if isinstance(data[section], dict) else data[section][0]
    first["kidn"] = first.pop(next(iter(first)))

    assert any("kidn" in message for message in faults(kind, data))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("verdict: eligible", "verdict: eligable"),
        ("kind: date\n", "kind: day\n"),
        ("  - id: progress\n", "  - id: 进度\n"),
        ("title: 快手小店退货退款", "title: 快手小店退货退款的事情都在这里"),
        ("opening: ", "openning: "),
    ],
)
def test_a_planted_fault_does_not_fit(old: str, new: str) -> None:
    text = (CONTENT / "shop-return.yaml").read_text(encoding="utf-8")
    assert old in text
    data = plain(parse_yaml(text.replace(old, new, 1), "shop-return.yaml").data)

    assert faults(SchemaKind.SCENARIO, data)


@pytest.mark.parametrize(
    ("section", "item", "fits"),
    [
        ("stages", {"use": "money-back"}, True),
        ("stages", {"use": "money-back", "id": "refunded", "todo": "核对金额。"}, True),
        ("stages", {"use": "money-back", "tite": "已退款"}, False),
        ("stages", {"id": "refunded", "title": "已退款", "happening": "钱退回来了。"}, False),
        ("clocks", {"use": "limitation", "until": ["closed"]}, True),
        ("clocks", {"id": "limitation", "start": "paid-on"}, False),
    ],
)
def test_what_is_taken_from_elsewhere_may_leave_the_rest_out(section: str, item: dict[str, Any], fits: bool) -> None:
    data = {**read(CONTENT / "shop-return.yaml"), section: [item]}

    assert (faults(SchemaKind.SCENARIO, data) == []) is fits


def test_a_shared_stage_is_written_in_full() -> None:
    assert faults(SchemaKind.STAGES, {"stages": [{"use": "money-back"}]})


@pytest.mark.parametrize(("track", "fits"), [("return", True), (["return", "claim"], True), ([], False), (3, False)])
def test_a_track_is_named_alone_or_in_a_list(track: object, fits: bool) -> None:
    data = read(CONTENT / "shop-return.yaml")
    data["stages"][0]["events"][0]["when"] = {"track": track}

    assert (faults(SchemaKind.SCENARIO, data) == []) is fits


def test_every_length_limit_of_the_linter_is_in_the_schema() -> None:
    lengths: set[int] = set()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            lengths.update({value["maxLength"]} if isinstance(value.get("maxLength"), int) else set())
            for item in value.values():
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    walk(json_schema(SchemaKind.SCENARIO))

    assert lengths == set(LIMITS.values())


def test_hovering_shows_chinese_only() -> None:
    descriptions = re.findall(
        r'"description": "([^"]*)"', json.dumps(json_schema(SchemaKind.SCENARIO), ensure_ascii=False)
    )

    assert len(descriptions) > 80
    assert [text for text in descriptions if not re.search("[\u4e00-\u9fff]", text)] == []


def test_an_operators_word_list_fits_only_the_shape_for_additions() -> None:
    additions = {"version": 1, "words": {"tipping": ["送灯牌"]}, "masks": ["退环境"]}

    assert faults(SchemaKind.SIGNALS, additions) == []
    assert faults(SchemaKind.SIGNALS, read(CONTENT / "signals.yaml"))

"""随包 YAML 的解析结果记下来再用：内容没变不再解析，变了、坏了、记不了都照旧读得对。"""

from pathlib import Path

import pytest

from nonebot_plugin_refund.rulebook.findings import RulebookError
from nonebot_plugin_refund.rulebook.yaml_reading import packaged_parses
from nonebot_plugin_refund.rulebook.yaml_reading.packaged_parses import PackagedParses
from nonebot_plugin_refund.rulebook.yaml_reading.yaml_document import YamlDocument, read_yaml


@pytest.fixture
def written(tmp_path: Path) -> Path:
    file = tmp_path / "scenario.yaml"
    file.write_text("id: one\nwhen: 2026-11-23\nitems: [1, 二, no]\n", encoding="utf-8")
    return file


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """真正解析过的文件。"""
    seen: list[Path] = []

    def counted(path: Path) -> YamlDocument:
        seen.append(path)
        return read_yaml(path)

    monkeypatch.setattr(packaged_parses, "read_yaml", counted)
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return seen


def again(store: Path) -> PackagedParses:
    """另一个进程里的同一处。"""
    parses = PackagedParses(store)
    parses.recall()
    return parses


def read_once(store: Path, file: Path) -> YamlDocument:
    parses = again(store)
    document = parses.read(file)
    parses.keep()
    return document


def test_the_second_start_parses_nothing_and_reads_the_same(tmp_path: Path, written: Path, parsed: list[Path]) -> None:
    store = tmp_path / "cache" / "content.parsed"
    first = read_once(store, written)
    assert parsed == [written]
    second = read_once(store, written)
    assert parsed == [written]
    assert second == first == read_yaml(written)


def test_a_changed_file_is_parsed_anew(tmp_path: Path, written: Path, parsed: list[Path]) -> None:
    store = tmp_path / "content.parsed"
    read_once(store, written)
    written.write_text("id: two\n", encoding="utf-8")
    assert read_once(store, written).data == {"id": "two"}
    assert len(parsed) == 2


@pytest.mark.parametrize("content", [b"", b"not a pickle", b"\x80\x05K\x01."])
def test_a_spoilt_record_only_costs_time(tmp_path: Path, written: Path, parsed: list[Path], content: bytes) -> None:
    store = tmp_path / "content.parsed"
    store.write_bytes(content)
    assert read_once(store, written) == read_yaml(written)
    assert len(parsed) == 1
    read_once(store, written)
    assert len(parsed) == 1


def test_another_way_of_reading_parses_anew(
    tmp_path: Path, written: Path, parsed: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "content.parsed"
    read_once(store, written)
    monkeypatch.setattr(packaged_parses, "_way_of_reading", lambda: "another")
    read_once(store, written)
    assert len(parsed) == 2


def test_where_nothing_can_be_written_it_reads_on_and_leaves_nothing(
    tmp_path: Path, written: Path, parsed: list[Path]
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_bytes(b"")
    store = in_the_way / "content.parsed"
    assert read_once(store, written).data["id"] == "one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "scenario.yaml"]
    assert len(parsed) == 1


def test_a_broken_file_is_reported_as_always(tmp_path: Path, parsed: list[Path]) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("id: [1\n", encoding="utf-8")
    with pytest.raises(RulebookError):
        read_once(tmp_path / "content.parsed", broken)
    assert parsed == [broken]

"""读 YAML：行号、不接受的写法、坏文件，都说得清楚，不会卡住或崩掉。"""

from pathlib import Path

import pytest

from nonebot_plugin_refund.rulebook.findings import Finding, RulebookError
from nonebot_plugin_refund.rulebook.yaml_reading.yaml_document import MAX_BYTES, parse_yaml, read_yaml
from tests.rulebook.small_book import PlantedBook


def problem(text: str) -> Finding:
    """解析 ``text`` 时报的那个问题。"""
    with pytest.raises(RulebookError) as caught:
        parse_yaml(text, "book.yaml")
    assert len(caught.value.findings) == 1
    return caught.value.findings[0]


def test_every_place_knows_its_line() -> None:
    document = parse_yaml("a: 1\nb:\n  - c: 2\n    d: [3, 4]\n  - 5\n", "book.yaml")

    assert document.data == {"a": 1, "b": [{"c": 2, "d": [3, 4]}, 5]}
    assert {where: document.line_of(where) for where in [("a",), ("b",), ("b", 0, "d"), ("b", 1)]} == {
        ("a",): 1,
        ("b",): 2,
        ("b", 0, "d"): 4,
        ("b", 1): 5,
    }
    assert document.line_of(("b", 0, "missing", "deeper")) == 3


def test_bare_yes_and_no_as_keys_are_read_as_written() -> None:
    assert parse_yaml("labels: {yes: 有, no: 没有}", "book.yaml").data == {"labels": {"yes": "有", "no": "没有"}}


@pytest.mark.parametrize(
    ("text", "check", "line"),
    [
        ("a: 1\nb:\n\t- 2\n", "syntax", 3),
        ("a: 1\nb: [1, 2\nc: 3\n", "syntax", 2),
        ('a: 1\nb: "没有收尾\n', "syntax", 2),
        ("a: 1\n---\nb: 2\n", "syntax", 2),
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", 3),
        ("a:\n  yes: 1\n  true: 2\n", "duplicate-key", 3),
        ("a: &x 1\nb: *x\n", "alias", 1),
        ("a: 1\nb: *nowhere\n", "alias", 2),
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", "tag", 2),
        ("a: 1\nb: !!python/name:os.system\n", "tag", 2),
        ("a: 1\nb: !own {c: 2}\n", "tag", 2),
        ("a: 1\nb: !!set {c, d}\n", "tag", 2),
        ("a: 1\nb: !!binary aGVsbG8=\n", "tag", 2),
        ("a: 1\nb: 2026-02-30\n", "syntax", 2),
        ("a: 1\n? [b, c]\n: 2\n", "syntax", 2),
        ("a: 1\n12: 2\n", "syntax", 2),
        ("a: 1\n2026-11-23: 2\n", "syntax", 2),
        ("a: 1\n~: 2\n", "syntax", 2),
        ("a: 1\n? {b: c}\n: 2\n", "syntax", 2),
    ],
)
def test_a_bad_way_of_writing_is_refused_at_its_line(text: str, check: str, line: int) -> None:
    found = problem(text)

    assert (found.file, found.line, found.check) == ("book.yaml", line, check)


def test_a_control_character_is_refused() -> None:
    assert problem("a: 1\nb: \x07\n").check == "syntax"


def test_a_yaml_bomb_is_refused_before_it_expands() -> None:
    """九层、每层九倍：展开有 3.8 亿项，只看事件流就拒绝了。"""
    layers = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    layers += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]

    found = problem("\n".join(layers))

    assert (found.line, found.check) == (1, "alias")


@pytest.mark.parametrize("depth", [2_000, 200_000])
@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_nesting_without_end_is_refused(depth: int, opening: str) -> None:
    assert problem(opening * depth).check == "syntax"


def test_a_deep_but_closed_nest_is_refused() -> None:
    assert problem("[" * 3_000 + "]" * 3_000).check == "syntax"


def test_a_file_too_large_is_not_even_parsed(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_text("a: " + "x" * MAX_BYTES)

    with pytest.raises(RulebookError) as caught:
        read_yaml(path)

    assert caught.value.findings[0].check == "too-large"


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gbk.yaml"
    path.write_bytes("title: 退款".encode("gbk"))

    with pytest.raises(RulebookError) as caught:
        read_yaml(path)

    assert (caught.value.findings[0].file, caught.value.findings[0].check) == (str(path), "encoding")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulebookError) as caught:
        read_yaml(tmp_path)

    assert caught.value.findings[0].check == "unreadable"


def test_a_byte_order_mark_and_windows_line_ends_are_harmless(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + "title: 退款\r\nversion: 1\r\n".encode())

    document = read_yaml(path)

    assert document.data == {"title": "退款", "version": 1}
    assert document.line_of(("version",)) == 2


# 形状


@pytest.mark.parametrize(
    ("old", "new", "item_id", "at"),
    [
        ("    headline: 七天已过\n", "    headlin: 七天已过\n", "too-late", "    headlin:"),
        ("    verdict: ineligible\n", "    verdict: maybe\n", "too-late", "    verdict: maybe"),
        ("    verdict: ineligible\n", "", "too-late", "  - id: too-late"),
        (
            "    risks: 照片要清楚。\n    sources: [platform-habit]",
            '    risks: ""\n    sources: [platform-habit]',
            "broken-cheap",
            '    risks: ""',
        ),
        ("    steps: [和商家商量]\n", "    steps: 和商家商量\n", "too-late", "    steps: 和商家商量"),
        ("    steps: [和商家商量]\n", "    steps: [一, 二, 三, 四]\n", "too-late", "    steps: [一, 二"),
        ("  - id: too-late\n", "  - id: Too Late\n", "Too Late", "  - id: Too Late"),
        ("    when: {window: [past, unsure]}", "    when: [past, unsure]", "too-late", "    when: [past"),
        ("    when: {window: [past, unsure]}", "    when: {window: []}", "too-late", "    when: {window: []}"),
        (
            "limit: {rule: seven-day, n: 7}\n    labels",
            "limit: {rule: seven-days, n: 7}\n    labels",
            "window",
            "    limit: {rule: seven-days",
        ),
        (
            "limit: {rule: seven-day, n: 7}\n    labels",
            "limit: {rule: seven-day, n: 0}\n    labels",
            "window",
            "    limit: {rule: seven-day, n: 0}",
        ),
        ("  - kind: any_of\n", "  - kind: some_of\n", "lacking", "  - kind: some_of"),
        (
            "      - {id: small-sum, below: 100, label: 一百元以下}\n",
            "      - {id: small-sum, label: 一百元以下}\n",
            "price-band",
            "  - kind: number_band",
        ),
        ("    kind: amount\n", "    kind: money\n", "price", "    kind: money"),
        ("    kind: amount\n", "    kind: choice\n", "price", "  - id: price"),
        (
            "    kind: yesno\n",
            "    kind: yesno\n    options: [{id: a, label: 甲}, {id: b, label: 乙}]\n",
            "opened",
            "  - id: opened",
        ),
        (
            '        remind: ["1d@10:00"]',
            '        remind: ["1天@10:00"]',
            "seven-days",
            '        remind: ["1天@10:00"]',
        ),
        (
            "    last_checked_on: 2026-11-01\n",
            "    last_checked_on: 去年\n",
            "small-practice",
            "    last_checked_on: 去年",
        ),
        ("version: 1\ntitle: 小场景", "version: 0\ntitle: 小场景", "small", "version: 0"),
        ("names: [小事]", "names: [110]", "small", "names: [110]"),
    ],
)
def test_a_wrong_shape_is_found_at_its_line(book: PlantedBook, old: str, new: str, item_id: str, at: str) -> None:
    book.plant(old, new)

    book.expect("schema", item_id, at)


@pytest.mark.parametrize("text", ["", "# 只有注释\n", "- 一\n- 二\n", "只是一句话\n", "42\n"])
def test_a_file_that_is_not_a_mapping_is_refused(book: PlantedBook, text: str) -> None:
    (book.folder / "odd.yaml").write_text(text, encoding="utf-8")

    found = book.findings()

    assert [(item.file, item.check) for item in found] == [(str(book.folder / "odd.yaml"), "schema")]


def test_all_faults_of_all_files_are_listed_at_once(book: PlantedBook) -> None:
    book.plant("    headline: 七天已过\n", "    headlin: 七天已过\n")
    book.plant("    confidence: medium\n", "    confidence: 一般\n", "sources.yaml")

    found = book.findings()

    assert {(Path(item.file).name, item.id) for item in found} == {
        ("small.yaml", "too-late"),
        ("sources.yaml", "platform-habit"),
    }
    assert all("：" in item.message and item.line > 1 for item in found)


def test_a_misspelt_key_is_explained_to_a_volunteer(book: PlantedBook) -> None:
    book.plant("    headline: 七天已过\n", "    headlin: 七天已过\n")

    messages = [item.message for item in book.findings()]

    assert any("可能拼错了；是不是 headline" in message for message in messages)
    assert any("必填" in message for message in messages)

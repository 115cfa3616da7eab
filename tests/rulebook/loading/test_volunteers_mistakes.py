"""志愿者会犯的 YAML 错：每种都用中文说错在哪里、怎么改，指着真正写错的那一行，没有一句英文。"""

import re

import pytest

from nonebot_plugin_refund.rulebook.findings import RulebookError
from nonebot_plugin_refund.rulebook.yaml_reading.yaml_document import parse_yaml
from tests.rulebook.small_book import PlantedBook

_ENGLISH = re.compile(r"\b(?:found|expected|while|input|should|valid|scalar|mapping|could|token|line|integer)\b")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: 1\nb:\n\t- 2\n", 3, "Tab"),
        ("a: 1\nb:\n  c: 1\n\td: 2\n", 4, "Tab"),
        ("scenario: top-up\nopening：充值\n", 2, "半角的，后面空一格：opening: 内容"),
        ("scenario: top-up\nopening：充值\ntitle: 甲\n", 2, "半角"),
        ("scenario: top-up\nquestions：\n  - id: a\n", 2, "半角"),
        ("opening：充值\ntitle: 甲\n", 1, "半角"),
        ("scenario: top-up\nopening:充值\ntitle: 甲\n", 2, "少一个空格"),
        ("a:\n  - {id: a，label: b}\n", 2, "全角"),
        ("a:\n  - {id：a, label: b}\n", 2, "全角"),
        ('a: 1\nb: "没有收尾\nc: 2\n', 2, "引号没有成对"),
        ('a: 1\nb: "没有收尾\nc: "乙"\nd: 3\n', 2, "引号没有成对"),
        ("a: '没有收尾\nb: 2\n", 1, "引号没有成对"),
        ("a: 1\nb: [1, 2\nc: 3\n", 2, "括号没有成对"),
        ("a:\n  - {id: a, label: b\n  - {id: c, label: d}\n", 2, "括号没有成对"),
        ("a:\n  - {id: a, label: b}\n  - id: c, label: d}\n", 3, "括号没有成对"),
        ("a: 1\nb: 说明: 这样\n", 2, "英文双引号"),
        ("a: 1\n  b: 2\n", 2, "缩进"),
        ("a:\n  b: 1\n c: 2\n", 3, "缩进"),
        ("q:\n  - id: a\n    t: 1\n   u: 2\n", 4, "缩进"),
        ("a: 1\nopening\nb: 2\n", 2, "少了冒号"),
        ("opening\nb: 2\n", 1, "少了冒号"),
        ("a: @客服\n", 1, "双引号"),
        ('a: "b\\q"\n', 1, "双引号"),
        ("a: *客服\n", 1, "双引号"),
        ("a: 1\n---\nb: 2\n", 2, "只能有一份"),
        ("a: 1\nb: \x07\n", 2, "控制字符"),
        ("a: 2026-02-30\n", 1, "没有这一天"),
        ("a: 1\nb: 2\na: 3\n", 3, "写了两遍"),
        ("a: 1\n[1, 2]: 3\n", 2, "冒号前面要写文字"),
    ],
)
def test_a_slip_is_explained_on_the_line_it_was_made(text: str, line: int, says: str) -> None:
    with pytest.raises(RulebookError) as caught:
        parse_yaml(text, "book.yaml")

    (found,) = caught.value.findings
    assert (found.line, says in found.message) == (line, True), found.message
    assert not _ENGLISH.search(found.message)


@pytest.mark.parametrize("text", ["a: 好的：这样\n", "a: App：这样\n", "a: |-\n  id：这样\n", "a: 'id：这样'\n"])
def test_a_wide_colon_inside_what_is_said_is_no_slip(text: str) -> None:
    assert list(parse_yaml(text, "book.yaml").data) == ["a"]


LIMIT = "limit: {rule: seven-day, n: 7}\n    labels"


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        (LIMIT, LIMIT.replace("n: 7", "n: 7天"), "    limit:", "“7天”；只写 7"),
        (LIMIT, LIMIT.replace("n: 7", "n: 七"), "    limit:", "只写数字"),
        (LIMIT, LIMIT.replace("n: 7", "n: 0"), "    limit:", "要大于 0"),
        ("    headline: 七天已过\n", "    headlines: 七天已过\n", "    headlines:", "是不是 headline"),
        ("    headline: 七天已过\n", "", "  - id: too-late", "少写了必填的 headline"),
        ("    headline: 七天已过\n", "    headline: [七天已过]\n", "    headline:", "应是文字"),
        ("    headline: 七天已过\n", "    headline: yes\n", "    headline:", "加英文引号"),
        ("    verdict: ineligible\n", "    verdict: 不行\n", "    verdict:", "eligible"),
        ("    steps: [和商家商量]\n", "    steps: 和商家商量\n", "    steps:", "应是一列"),
        ("    steps: [和商家商量]\n", "    steps: []\n", "    steps:", "至少要有 1 项"),
        ("event_date: bought-on\n", "event_date: bought-on\nmenu: 第七\n", "menu:", "应是一个数"),
    ],
)
def test_a_wrong_value_is_explained_with_what_to_write(
    book: PlantedBook, old: str, new: str, at: str, says: str
) -> None:
    book.plant(old, new)

    found = book.findings()

    assert any(says in one.message for one in found), [one.message for one in found]
    lines = (book.folder / "small.yaml").read_text(encoding="utf-8").splitlines()
    assert any(lines[one.line - 1].startswith(at) for one in found)
    assert not any(_ENGLISH.search(one.message) for one in found)


@pytest.mark.parametrize("written", ["2026年11月23日", "2026/11/23", "2026.11.23"])
def test_a_date_in_words_is_rewritten(book: PlantedBook, written: str) -> None:
    book.plant("    last_checked_on: 2026-11-01\n", f"    last_checked_on: {written}\n")

    found = book.findings()

    assert any(f"“{written}”；写成 2026-11-23" in one.message for one in found), [one.message for one in found]

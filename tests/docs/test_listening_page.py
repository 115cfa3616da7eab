"""``docs/listening.md`` 的两张表与程序一样；顺着看的文件都在，不超过十二个。"""

import re
from pathlib import Path

import pytest
from tools.listening_page import with_tables

from nonebot_plugin_refund.dialogue.reading.read import READERS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "plugins" / "nonebot_plugin_refund"
PAGE = (ROOT / "docs" / "listening.md").read_text(encoding="utf-8")
STEP = re.compile(r"^(?P<number>[0-9]+)\. `(?P<file>[\w/]+\.py)`：", re.MULTILINE)
MOST_FILES = 12


def test_the_tables_are_what_the_program_does() -> None:
    assert with_tables(PAGE) == PAGE


def test_every_reader_is_in_the_table_in_its_order() -> None:
    listed = re.findall(r"^\| [0-9]+ \| `([\w-]+)` \|", PAGE, re.MULTILINE)

    assert listed == [name for name, _, _ in READERS]


def test_a_page_without_a_place_for_a_table_is_refused() -> None:
    with pytest.raises(ValueError, match="readers"):
        with_tables(PAGE.replace("<!-- readers -->", ""))


def test_the_way_from_event_to_reply_is_at_most_twelve_files_that_exist() -> None:
    steps = list(STEP.finditer(PAGE))

    assert [int(step["number"]) for step in steps] == list(range(1, len(steps) + 1))
    assert 1 <= len(steps) <= MOST_FILES
    assert [step["file"] for step in steps if not (PACKAGE / step["file"]).is_file()] == []


def test_the_readme_links_the_page() -> None:
    assert "(docs/listening.md)" in (ROOT / "README.md").read_text(encoding="utf-8")

"""`docs/edges.md`：每一种毛病都写着看着它的测试，写到的测试都在。"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
ROWS = [
    line.strip("|").split("|")
    for line in (ROOT / "docs" / "edges.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("|---", "| 毛病"))
]


def test_the_table_is_read() -> None:
    assert len(ROWS) > 50


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].strip()[:20])
def test_every_kind_of_fault_names_tests_that_exist(row: list[str]) -> None:
    named = REFERENCE.findall(row[-1])
    assert named
    for file, test in named:
        source = (ROOT / "tests" / file).read_text(encoding="utf-8")
        assert re.search(rf"def {test}\(", source), f"{file}::{test}"

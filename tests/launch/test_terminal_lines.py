"""终端里折行：编号、日期、钟点、金额不拆开，标点不落在行首，字一个不少。"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from launch.terminal_lines import fit, longest_unit, widest_line
from rich.cells import cell_len

SAID = (
    "还记下了：1. 谁打赏的 孩子刷的（当时没满 18 岁）；2. 当时年龄 10岁。不对就说「修改 1」这样，"
    "截止 2026年11月28日（周六）24:00，共 8,500.00 元，商家只肯退30%。"
)


@pytest.mark.parametrize("width", range(20, 80))
@pytest.mark.parametrize(
    "whole", ["1. 谁打赏的", "2. 当时年龄", "2026年11月28日", "24:00，", "8,500.00", "30%。", "「修"]
)
def test_numbers_dates_and_sums_stay_in_one_line(width: int, whole: str) -> None:
    assert any(whole in line for line in fit(SAID, width))


@given(st.text("1. 29月日：，。「」（）元abc 退款%\n", max_size=80), st.integers(2, 40))
def test_every_line_fits_and_no_character_is_lost(text: str, width: int) -> None:
    lines = fit(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)


@given(st.text("1. 29月日：，。「」退款\n", max_size=60))
def test_what_is_wide_enough_is_not_broken(text: str) -> None:
    assert longest_unit(text) <= widest_line(text)
    assert fit(text, max(2, widest_line(text))) == [line.rstrip() for line in text.split("\n")]


def test_no_line_begins_with_a_closing_mark() -> None:
    for width in range(12, 60):
        assert not any(line[:1] in "，。；：）」" for line in fit(SAID, width) if line)

"""权重文件里的数写得小，读回来一个不差。"""

from hypothesis import given
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.understanding.meaning.packing import (
    from_rising,
    from_rows,
    places_in,
    squeezed,
    to_rising,
    to_rows,
    unsqueezed,
    unsqueezed_start,
)

HASHES = st.sets(st.integers(0, 2**32 - 1)).map(sorted)


@given(HASHES)
def test_rising_numbers_come_back(values: list[int]) -> None:
    assert list(to_rising(from_rising(values))) == values


@given(st.integers(1, 9), st.integers(0, 20), st.data())
def test_rows_written_by_column_come_back(width: int, count: int, data: st.DataObject) -> None:
    rows = data.draw(st.binary(min_size=width * count, max_size=width * count))
    assert to_rows(from_rows(rows, width), width) == rows


def test_bytes_of_one_column_stand_together() -> None:
    assert from_rows(b"a1b2c3", 2) == b"abc123"


@given(HASHES, st.data())
def test_every_number_is_found_at_its_place(values: list[int], data: st.DataObject) -> None:
    some = data.draw(st.lists(st.sampled_from(values))) if values else []
    assert [values[place] for place in places_in(some, values)] == some


@given(st.binary())
def test_a_squeezed_file_comes_back(content: bytes) -> None:
    assert unsqueezed(squeezed(content)) == content


@given(st.binary(), st.integers(0, 50))
def test_the_start_of_a_squeezed_file_comes_back_alone(content: bytes, length: int) -> None:
    assert unsqueezed_start(squeezed(content), length) == content[:length]

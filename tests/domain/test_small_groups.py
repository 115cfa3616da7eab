"""数目不泄露少数几个人：拿表上的数随便加减，也得不出一到四个人的数。"""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nonebot_plugin_refund.domain.small_groups import LEAST_PEOPLE, Block, Cell, Key, leaves, safe_beside, tree

Cases = Sequence[tuple[str, str, str, int]]
"""每件：场景、阶段、结论、谁的。"""


def _cells(cases: Cases) -> dict[Key, Cell]:
    people: dict[Key, list[int]] = {}
    for *key, person in cases:
        people.setdefault(tuple(key), []).append(person)
    return {key: Cell(len(owners), frozenset(sorted(set(owners))[:LEAST_PEOPLE])) for key, owners in people.items()}


def _everybody(cases: Cases, keys: Collection[Key]) -> set[int]:
    return {person for *key, person in cases if tuple(key) in keys}


def _by(cells: Mapping[Key, Cell], *dimensions: int) -> dict[Key, Cell]:
    merged: dict[Key, Cell] = {}
    for key, cell in cells.items():
        short = tuple(key[dimension] for dimension in dimensions)
        before = merged.get(short, Cell(0, frozenset()))
        merged[short] = Cell(before.count + cell.count, before.people | cell.people)
    return merged


def _with_whole_keys(block: Block, cells: Mapping[Key, Cell], *dimensions: int) -> Block:
    whole = frozenset(key for key in cells if tuple(key[dimension] for dimension in dimensions) in block.keys)
    return Block(
        block.name, block.count, whole, tuple(_with_whole_keys(part, cells, *dimensions) for part in block.parts)
    )


def _all_blocks(block: Block) -> list[Block]:
    return [block, *chain.from_iterable(_all_blocks(part) for part in block.parts)]


def _unseen_directions(equations: Sequence[Sequence[int]], width: int) -> list[list[Fraction]]:
    """表上的数管不到的方向：各格往这里挪，表上一个数也不变（高斯消元得到的零空间）。"""
    rows = [[Fraction(value) for value in equation] for equation in equations]
    pivots: list[int] = []
    for column in range(width):
        rank = len(pivots)
        found = next((index for index in range(rank, len(rows)) if rows[index][column]), None)
        if found is None:
            continue
        rows[rank], rows[found] = rows[found], rows[rank]
        rows[rank] = [value / rows[rank][column] for value in rows[rank]]
        for index, row in enumerate(rows):
            if index != rank and row[column]:
                rows[index] = [mine - row[column] * theirs for mine, theirs in zip(row, rows[rank], strict=True)]
        pivots.append(column)
    free = [column for column in range(width) if column not in pivots]
    directions: list[list[Fraction]] = []
    for column in free:
        direction = [Fraction(0)] * width
        direction[column] = Fraction(1)
        for row, pivot in zip(rows, pivots, strict=False):
            direction[pivot] = -row[column]
        directions.append(direction)
    return directions


def _worked_out(blocks: Sequence[Block], cells: Mapping[Key, Cell]) -> list[set[Key]]:
    """最坏的看客：知道每一行并了哪几格、哪些格子是空的，能用加减准确算出件数的各群格子。"""
    keys = sorted(cells)
    directions = _unseen_directions([[int(key in block.keys) for key in keys] for block in blocks], len(keys))
    subsets = chain.from_iterable(combinations(range(len(keys)), size) for size in range(1, len(keys) + 1))
    return [
        {keys[index] for index in chosen}
        for chosen in subsets
        if all(sum(direction[index] for index in chosen) == 0 for direction in directions)
    ]


_case = st.tuples(st.sampled_from("甲乙丙"), st.sampled_from("一二"), st.sampled_from("能难不"), st.integers(0, 30))
_crowd = st.lists(
    st.tuples(st.sampled_from("甲乙"), st.sampled_from("一二"), st.sampled_from("能难不"), st.integers(6, 11)),
    min_size=1,
    max_size=3,
    unique_by=lambda crowd: crowd[:3],
).map(
    lambda crowds: [
        (*key, 100 * number + person) for number, (*key, size) in enumerate(crowds) for person in range(size)
    ]
)
"""几格人多、几格人少，才走得到各个分支。"""


@st.composite
def _many_cases(draw: st.DrawFn) -> list[tuple[str, str, str, int]]:
    cases = [*draw(_crowd), *draw(st.lists(_case, max_size=8))]
    kept = sorted({case[:3] for case in cases})[:9]
    return [case for case in cases if case[:3] in kept]


@settings(max_examples=150, deadline=None)
@given(_many_cases())
def test_no_count_about_one_to_four_people_can_be_worked_out(cases: list[tuple[str, str, str, int]]) -> None:
    cells = _cells(cases)
    by_stage, by_verdict = tree(_by(cells, 0, 1)), tree(_by(cells, 2))
    if by_stage is None or by_verdict is None:
        assert len(_everybody(cases, cells.keys())) < LEAST_PEOPLE
        return
    shown = _with_whole_keys(by_stage, cells, 0, 1)
    beside = safe_beside(shown, _with_whole_keys(by_verdict, cells, 2), cells)
    blocks = [*_all_blocks(shown), *_all_blocks(beside)]
    for block in blocks:
        assert block.count == sum(cells[key].count for key in block.keys), "报的数要准"
    for derived in _worked_out(blocks, cells):
        assert len(_everybody(cases, derived)) >= LEAST_PEOPLE


@settings(max_examples=150, deadline=None)
@given(_many_cases())
def test_the_parts_of_a_row_add_up_to_it(cases: list[tuple[str, str, str, int]]) -> None:
    root = tree(_cells(cases))
    for block in _all_blocks(root) if root else []:
        if block.parts:
            assert sum(part.count for part in block.parts) == block.count
            assert sum(part.name is None for part in block.parts) <= 1


def _crowded(key: tuple[str, str, str], people: range) -> list[tuple[str, str, str, int]]:
    return [(*key, person) for person in people]


def _rows(block: Block | None) -> list[tuple[str | None, int]]:
    assert block is not None
    return [(part.name, part.count) for part in block.parts]


class TestOneTable:
    def test_large_groups_are_shown_as_they_are(self) -> None:
        cases = _crowded(("甲", "一", "能"), range(5)) + _crowded(("乙", "一", "能"), range(5, 13))
        assert _rows(tree(_by(_cells(cases), 0))) == [("乙", 8), ("甲", 5)]

    def test_a_lone_small_group_hides_behind_the_smallest_large_one(self) -> None:
        cases = [
            *_crowded(("甲", "一", "能"), range(9)),
            *_crowded(("乙", "一", "能"), range(7)),
            *_crowded(("丙", "一", "能"), range(2)),
        ]
        assert _rows(tree(_by(_cells(cases), 0))) == [("甲", 9), (None, 9)]

    def test_small_groups_that_together_are_large_hide_behind_each_other(self) -> None:
        cases = [
            *_crowded(("甲", "一", "能"), range(9)),
            *_crowded(("乙", "一", "能"), range(3)),
            *_crowded(("丙", "一", "能"), range(3, 6)),
        ]
        assert _rows(tree(_by(_cells(cases), 0))) == [("甲", 9), (None, 6)]

    def test_one_person_with_many_cases_is_still_one_person(self) -> None:
        cases = _crowded(("甲", "一", "能"), range(9)) + [("乙", "一", "能", 0)] * 40
        assert _rows(tree(_by(_cells(cases), 0))) == [(None, 49)]

    @pytest.mark.parametrize("people", range(1, LEAST_PEOPLE))
    def test_fewer_than_five_people_are_not_shown_at_all(self, people: int) -> None:
        assert tree(_cells(_crowded(("甲", "一", "能"), range(people)) * 9)) is None

    def test_a_merged_row_is_not_divided_any_further(self) -> None:
        cases = [
            *_crowded(("甲", "一", "能"), range(6)),
            *_crowded(("乙", "一", "能"), range(6)),
            *_crowded(("乙", "二", "能"), range(2)),
            *_crowded(("丙", "一", "能"), range(20)),
        ]
        root = tree(_by(_cells(cases), 0, 1))
        assert _rows(root) == [("丙", 20), ("乙", 8), ("甲", 6)]
        assert root is not None
        assert _rows(root.parts[1]) == [(None, 8)]


def test_two_tables_about_the_same_cases_do_not_give_away_what_one_would_hide() -> None:
    """甲的十件里八件“能”，而“能”只在甲里：十减八，剩下的两件是两个人的。"""
    cases = [
        *_crowded(("甲", "一", "能"), range(8)),
        *_crowded(("甲", "一", "难"), range(8, 10)),
        *_crowded(("乙", "一", "难"), range(10, 17)),
        *_crowded(("乙", "一", "不"), range(17, 24)),
    ]
    cells = _cells(cases)
    by_scenario, by_verdict = tree(_by(cells, 0)), tree(_by(cells, 2))
    assert by_scenario is not None
    assert by_verdict is not None
    assert _rows(by_verdict) == [("难", 9), ("能", 8), ("不", 7)]
    shown = _with_whole_keys(by_scenario, cells, 0)
    assert [leaf.count for leaf in leaves(shown)] == [14, 10]
    beside = safe_beside(shown, _with_whole_keys(by_verdict, cells, 2), cells)
    assert _rows(beside) == [("难", 9), (None, 15)]

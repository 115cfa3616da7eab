"""给人看的数目怎样不泄露少数几个人：不到五个人的一群不单独报数，也不能用别的数减出来。

做法是“并”，不是“藏”：同一张表里不到五个人的几格并成一格「其余」；并了还不到五个人，就把最小的够数的一格也并进去，
于是表上的每一格、连同它们加出来的总数，说的都是至少五个人。分层的表一层层这样做，并掉的格子不再往下分。
整张表不到五个人就一个数也不报。

同一批东西报两种分法时（案件既按阶段、又按结论），还可能这样减：某几格里的东西全在另一张表的某一格里，两边一减，
剩下的只是两三个人的。:func:`safe_beside` 把这种减法全试一遍，哪里减得出就再并，直到减不出为止。

“五”是项目自己定的（群小于五人不显示）。防的是拿表上的数加加减减；隔一阵子看两次、比较
哪个数变了，靠一天只数一次（``storage/owner/daily_numbers.py``），一天里变了的混在一起。直接看库的人什么都看得到，防不了。
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

LEAST_PEOPLE = 5
"""一格至少要有这么多人才报数。"""

Key = tuple[str, ...]
"""一格是什么，由粗到细，如（没结案，场景，阶段）。"""


@dataclass(frozen=True, slots=True)
class Cell:
    """一格：多少件，和其中至多 :data:`LEAST_PEOPLE` 个不同的人（够判断有没有五个人就行）。"""

    count: int
    people: frozenset[Hashable]


@dataclass(frozen=True, slots=True)
class Block:
    """表上的一行。"""

    name: str | None
    """这一行是什么；``None`` 是并成的「其余」。"""
    count: int
    keys: frozenset[Key]
    """并了哪几格。只给计算用，不给人看。"""
    parts: tuple["Block", ...] = ()
    """往下一层怎么分，加起来正好是这一行；不再分的为空。"""


def tree(cells: Mapping[Key, Cell]) -> Block | None:
    """把各格排成一棵树，每个节点都至少五个人；总共不到五个人的返回 ``None``。

    Args:
        cells: 不为零的各格。键可以长短不一，短的不再往下分。
    """
    if not _are_enough(cells.values()):
        return None
    return Block(None, _total(cells.values()), frozenset(cells), _parts(cells, depth=0))


def leaves(block: Block) -> list[Block]:
    """树上不再往下分的各行：它们不重不漏。"""
    if not block.parts:
        return [block]
    return [leaf for part in block.parts for leaf in leaves(part)]


def safe_beside(shown: Block, other: Block, cells: Mapping[Key, Cell]) -> Block:
    """``shown`` 之外再报 ``other``（同样这些格子的另一种分法）：减得出少数几个人的，就把 ``other`` 的小行再并。

    Args:
        shown: 照样报的那棵树。
        other: 只有一层的表。
        cells: 两张表共同的各格。
    """
    rows, columns = leaves(shown), list(other.parts)
    while any(_gives_away(rows, chosen, cells) for chosen in _some_of(columns)):
        columns = _merge_two_smallest(columns)
    return Block(other.name, other.count, other.keys, tuple(columns))


def _parts(cells: Mapping[Key, Cell], depth: int) -> tuple[Block, ...]:
    groups: dict[str, dict[Key, Cell]] = {}
    for key, cell in cells.items():
        if len(key) > depth:
            groups.setdefault(key[depth], {})[key] = cell
    if not groups:
        return ()
    named, rest = _separate(groups)
    blocks = [
        Block(name, _total(group.values()), frozenset(group), _parts(group, depth + 1)) for name, group in named.items()
    ]
    blocks.sort(key=lambda block: (-block.count, block.name or ""))
    if rest:
        blocks.append(Block(None, _total(rest.values()), frozenset(rest)))
    return tuple(blocks)


def _separate(groups: Mapping[str, Mapping[Key, Cell]]) -> tuple[dict[str, Mapping[Key, Cell]], dict[Key, Cell]]:
    """能单独报的各组，和并在一起的其余各格。"""
    by_size = sorted(groups, key=lambda name: (_total(groups[name].values()), name))
    named = {name: groups[name] for name in by_size if _are_enough(groups[name].values())}
    rest = {key: cell for name in by_size if name not in named for key, cell in groups[name].items()}
    while rest and not _are_enough(rest.values()) and named:
        rest |= named.pop(next(iter(named)))
    return named, rest


def _gives_away(rows: Sequence[Block], columns: Sequence[Block], cells: Mapping[Key, Cell]) -> bool:
    """这几列碰到的行加起来，减去这几列，剩下的是不是只有一到四个人。

    表上的数都是行或列的和。由它们的加减能得出的任何一群格子，都可以拆成互不相交的几块，每块要么是整行、整列，
    要么就是这种“碰到的行减去这几列”，所以查遍各组列就够了。
    """
    subtracted = frozenset[Key]().union(*(column.keys for column in columns))
    touched = frozenset[Key]().union(*(row.keys for row in rows if row.keys & subtracted))
    left = touched - subtracted
    return bool(left) and not _are_enough(cells[key] for key in left)


def _some_of(columns: Sequence[Block]) -> Iterable[Sequence[Block]]:
    return (chosen for size in range(1, len(columns)) for chosen in combinations(columns, size))


def _merge_two_smallest(columns: Sequence[Block]) -> list[Block]:
    """最小的一行并进「其余」；没有「其余」就与第二小的并成「其余」。"""
    named = sorted((column for column in columns if column.name is not None), key=lambda column: -column.count)
    rest = [column for column in columns if column.name is None]
    merged = [*rest, *(named.pop() for _ in range(2 - len(rest)))]
    keys = frozenset[Key]().union(*(column.keys for column in merged))
    return [*named, Block(None, sum(column.count for column in merged), keys)]


def _are_enough(cells: Iterable[Cell]) -> bool:
    people = frozenset[Hashable]().union(*(cell.people for cell in cells))
    return len(people) >= LEAST_PEOPLE


def _total(cells: Collection[Cell]) -> int:
    return sum(cell.count for cell in cells)

"""把一个正则变成位置自动机：每个吃一个字的地方是一个位置，记下谁后面能跟谁、有几种跟法。

只为判断耗时：字符分类取代表字；往前、往回看不止一个字的，一律当作成立，所以只会多报、不会漏报。
占有量词与原子组里的位置记着自己属于哪一组：进去之后引擎不再回头。
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any

_parser: Any = import_module("re._parser")
"""标准库自己的解析器：它怎么读正则，引擎就怎么走。"""

Parsed = Any
"""解析出来的一串（操作，参数）。"""

_SAMPLES = "aZ0_ \n中٣.-,"
"""各类字的代表；正则里写到的字和它们的左右邻居另外加上。"""
_CATEGORIES = {
    "CATEGORY_DIGIT": str.isdecimal,
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_WORD": lambda character: character.isalnum() or character == "_",
}
_MANY = 2
"""两种走法和更多种没有分别。"""
_SINGLE = ("LITERAL", "NOT_LITERAL", "ANY", "IN")


@dataclass(frozen=True, slots=True)
class Edge:
    """从一个位置接着走到另一个；``inside`` 是画下这条边时正在哪些原子组里面。"""

    target: int
    inside: frozenset[int]


@dataclass
class Piece:
    """一段正则的接口。"""

    empty: int = 0
    """有几种办法一个字也不吃。"""
    behind: int = 0
    """一个字也不吃时，要求前一个字在这些字里。"""
    ahead: int = 0
    """一个字也不吃时，要求后一个字在这些字里。"""
    ends_freely: bool = False
    """一个字也不吃，后面也没有别的条件。"""
    first: dict[int, tuple[int, int]] = field(default_factory=dict[int, tuple[int, int]])
    """开头的位置 → 有几种走法，要求前一个字在哪些字里。"""
    last: dict[int, tuple[int, int]] = field(default_factory=dict[int, tuple[int, int]])
    """末尾的位置 → 有几种走法，要求后一个字在哪些字里。"""
    free: set[int] = field(default_factory=set[int])
    """到了这里就可以算对上了的位置。"""


@dataclass
class Automaton:
    """位置自动机。"""

    alphabet: str
    characters: list[int] = field(default_factory=list[int])
    """每个位置吃哪些字，按 ``alphabet`` 的次序一个字一位。"""
    groups: list[frozenset[int]] = field(default_factory=list[frozenset[int]])
    edges: defaultdict[int, list[Edge]] = field(default_factory=lambda: defaultdict[int, list[Edge]](list))
    whole: Piece = field(default_factory=Piece)


def parsed(pattern: str, flags: int) -> Parsed:
    """标准库解析的结果。"""
    return _parser.parse(pattern, flags)


def children(items: Parsed) -> Iterator[tuple[str, Parsed]]:
    """直接套在里面的各段，连同套着它的操作的名字。"""
    for operation, value in items:
        match str(operation):
            case "SUBPATTERN":
                yield "SUBPATTERN", value[3]
            case "BRANCH":
                yield from (("BRANCH", branch) for branch in value[1])
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                yield str(operation), value[2]
            case "ATOMIC_GROUP":
                yield "ATOMIC_GROUP", value
            case "ASSERT" | "ASSERT_NOT":
                yield str(operation), value[1]
            case _:
                pass


def build(items: Parsed, flags: int, longest_counted: int) -> Automaton:
    """``items`` 的自动机；至多重复 ``longest_counted`` 次的一遍一遍写开，更多的当作没有上限。"""
    builder = _Builder(_alphabet(items), bool(flags & re.IGNORECASE), longest_counted)
    builder.automaton.whole = builder.sequence(items, frozenset())
    return builder.automaton


def _alphabet(items: Parsed) -> str:
    written = set(map(ord, _SAMPLES))
    for code in _codes(items):
        written.update(range(max(0, code - 1), min(0x10FFFF, code + 1) + 1))
    return "".join(map(chr, sorted(written)))


def _codes(items: Parsed) -> Iterator[int]:
    for operation, value in items:
        match str(operation):
            case "LITERAL" | "NOT_LITERAL":
                yield value
            case "IN":
                yield from _codes(value)
            case "RANGE":
                yield from value
            case _:
                pass
    for _, inner in children(items):
        yield from _codes(inner)


class _Builder:
    def __init__(self, alphabet: str, ignores_case: bool, longest_counted: int) -> None:
        self.automaton = Automaton(alphabet)
        self._ignores_case = ignores_case
        self._longest_counted = longest_counted
        self._every = (1 << len(alphabet)) - 1
        self._groups_so_far = 0
        self._masks: dict[tuple[str, int], int] = {}

    def sequence(self, items: Parsed, inside: frozenset[int]) -> Piece:
        whole = self._nothing()
        for item in items:
            whole = self._joined(whole, self._one(item, inside), inside)
        return whole

    def _one(self, item: tuple[Any, Any], inside: frozenset[int]) -> Piece:
        operation, value = item
        match str(operation):
            case "SUBPATTERN":
                return self.sequence(value[3], inside)
            case "BRANCH":
                return self._either([self.sequence(branch, inside) for branch in value[1]])
            case "MAX_REPEAT" | "MIN_REPEAT":
                return self._repeated(value, inside)
            case "POSSESSIVE_REPEAT":
                return self._repeated(value, self._deeper(inside))
            case "ATOMIC_GROUP":
                return self.sequence(value, self._deeper(inside))
            case "ASSERT" | "ASSERT_NOT":
                return self._looking(str(operation), *value)
            case "AT":
                at_start = "BEGINNING" in str(value)
                return Piece(empty=1, behind=0 if at_start else self._every, ahead=self._every)
            case "GROUPREF":
                return self._position(self._every, inside)
            case "LITERAL" | "NOT_LITERAL" | "ANY" | "IN":
                return self._position(self._mask(str(operation), value), inside)
            case other:
                raise ValueError(f"这种写法判断不了是不是线性的，请改写那个正则：{other}")

    def _deeper(self, inside: frozenset[int]) -> frozenset[int]:
        self._groups_so_far += 1
        return inside | {self._groups_so_far}

    def _nothing(self) -> Piece:
        return Piece(empty=1, behind=self._every, ahead=self._every, ends_freely=True)

    def _position(self, mask: int, inside: frozenset[int]) -> Piece:
        number = len(self.automaton.characters)
        self.automaton.characters.append(mask)
        self.automaton.groups.append(inside)
        here = {number: (1, self._every)}
        return Piece(first=here, last=dict(here), free={number})

    def _joined(self, before: Piece, after: Piece, inside: frozenset[int]) -> Piece:
        self._connect(before, after, inside)
        return Piece(
            empty=before.empty * after.empty,
            behind=before.behind & after.behind,
            ahead=before.ahead & after.ahead,
            ends_freely=before.ends_freely and after.ends_freely,
            first=before.first | _through(after.first, before.empty, before.behind),
            last=after.last | _through(before.last, after.empty, after.ahead),
            free=after.free | (before.free if after.ends_freely else set[int]()),
        )

    def _connect(self, before: Piece, after: Piece, inside: frozenset[int]) -> None:
        characters = self.automaton.characters
        for start, (leaving, ahead) in before.last.items():
            for target, (entering, behind) in after.first.items():
                if characters[start] & behind and characters[target] & ahead:
                    ways = min(_MANY, leaving * entering)
                    self.automaton.edges[start] += [Edge(target, inside)] * ways

    def _either(self, branches: list[Piece]) -> Piece:
        whole = Piece()
        for branch in branches:
            whole.empty += branch.empty
            whole.behind |= branch.behind
            whole.ahead |= branch.ahead
            whole.ends_freely |= branch.ends_freely
            whole.first |= branch.first
            whole.last |= branch.last
            whole.free |= branch.free
        return whole

    def _repeated(self, repeat: tuple[int, int, Parsed], inside: frozenset[int]) -> Piece:
        least, most, body = repeat
        if most > self._longest_counted:
            return self._looped(min(least, 2), body, inside)
        whole = self._nothing()
        for _ in range(most - least):
            whole = self._optional(self._joined(self.sequence(body, inside), whole, inside))
        for _ in range(least):
            whole = self._joined(self.sequence(body, inside), whole, inside)
        return whole

    def _looped(self, least: int, body: Parsed, inside: frozenset[int]) -> Piece:
        loop = self.sequence(body, inside)
        for _ in range(1 + min(1, loop.empty)):  # 里面可以一个字也不吃的，同样的字就有几种绕法
            self._connect(loop, loop, inside)
        if least == 0:
            return self._optional(loop)
        return loop if least == 1 else self._joined(self.sequence(body, inside), loop, inside)

    def _optional(self, piece: Piece) -> Piece:
        return replace(piece, empty=piece.empty + 1, behind=self._every, ahead=self._every, ends_freely=True)

    def _looking(self, operation: str, direction: int, body: Parsed) -> Piece:
        """往前、往回只看一个字的，要求那个字在哪些字里；别的都当作没有要求。"""
        wanted = self._every
        if len(body) == 1 and str(body[0][0]) in _SINGLE:
            mask = self._mask(str(body[0][0]), body[0][1])
            wanted = mask if operation == "ASSERT" else self._every & ~mask
        back = direction < 0
        return Piece(empty=1, behind=wanted if back else self._every, ahead=self._every if back else wanted)

    def _mask(self, operation: str, value: Any) -> int:
        """吃哪些字；同一处写开很多遍，只算一次。"""
        key = (operation, value if isinstance(value, int) else id(value))
        if key not in self._masks:
            self._masks[key] = self._computed_mask(operation, value)
        return self._masks[key]

    def _computed_mask(self, operation: str, value: Any) -> int:
        mask = 0
        for bit, character in enumerate(self.automaton.alphabet):
            spellings = {character, character.lower(), character.upper()} if self._ignores_case else {character}
            if any(_eats(operation, value, one) for one in spellings):
                mask |= 1 << bit
        return mask


def _through(places: dict[int, tuple[int, int]], empty: int, wanted: int) -> dict[int, tuple[int, int]]:
    """隔着一段什么也没吃的，还够得着哪些位置。"""
    return {place: (ways * empty, mask & wanted) for place, (ways, mask) in places.items() if empty}


def _eats(operation: str, value: Any, character: str) -> bool:
    match operation:
        case "ANY":
            return True
        case "LITERAL":
            return ord(character) == value
        case "NOT_LITERAL":
            return ord(character) != value
        case "RANGE":
            return value[0] <= ord(character) <= value[1]
        case "CATEGORY":
            name = str(value)
            return _CATEGORIES[name.replace("_NOT_", "_")](character) != ("_NOT_" in name)
        case _:
            items = [(str(inner), argument) for inner, argument in value]
            negated = bool(items) and items[0][0] == "NEGATE"
            return any(_eats(*item, character) for item in items[negated:]) != negated

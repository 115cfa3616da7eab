"""一个正则会不会回溯得太久：同样的字有没有两种对法，而且这种字可以一直重复下去。

有一个圈能用两种走法绕完同样的字，耗时随长度翻倍（指数）；能从一个圈走到另一个圈、两个圈又都绕得完
同样的字，耗时随长度的平方增长。从每个字起都试一遍（``search``）也是一个圈，它什么字都绕得完。
走到一处、后面再对不上也可以就此算对上的，不会回头，不算。
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from tests.security.harness.regex_automaton import Automaton, Edge, Parsed, build, children, parsed

_UNROLLED_FOR_CIRCLES = 3
"""找指数时，三次以内的重复一遍一遍写开，更多的当作没有上限：四十次的重复也够翻四十倍。"""
_UNROLLED_FOR_PAIRS = 500
"""找平方时，有上限的重复只是常数倍。"""


@dataclass(frozen=True, slots=True)
class Use:
    """代码里怎样用这个正则。"""

    searched: bool = True
    """从每个字起都试（``search``、``sub``、``finditer``……）。"""
    to_the_end: bool = True
    """要一直对到末尾（``fullmatch``）。"""


def why_slow(pattern: re.Pattern[str], use: Use) -> str | None:
    """这个正则为什么会慢；线性的为 ``None``。"""
    return next(_slow_ways(parsed(pattern.pattern, pattern.flags), pattern.flags, use), None)


def _slow_ways(items: Parsed, flags: int, use: Use) -> Iterator[str]:
    yield from _inside(items, flags)
    for most, ways in ((_UNROLLED_FOR_CIRCLES, _doubling), (_UNROLLED_FOR_PAIRS, _squared)):
        automaton = build(items, flags, most)
        if use.searched and ways is _squared:
            _add_search(automaton)
        if not use.to_the_end:
            _leave_out(automaton, automaton.whole.free)
        yield from ways(automaton)


def _leave_out(automaton: Automaton, positions: set[int]) -> None:
    """走到这些位置就算对上了，不会因为后面对不上而回头。"""
    for start, edges in automaton.edges.items():
        automaton.edges[start] = [edge for edge in edges if not {start, edge.target} & positions]


def _inside(items: Parsed, flags: int) -> Iterator[str]:
    """原子组、占有量词里面自成一段；往前看的里面不许没有上限。"""
    for operation, inner in children(items):
        if operation in ("ATOMIC_GROUP", "POSSESSIVE_REPEAT"):
            yield from _slow_ways(inner, flags, Use(searched=False, to_the_end=False))
        elif operation in ("ASSERT", "ASSERT_NOT"):
            if _circles(build(inner, flags, _UNROLLED_FOR_PAIRS)):
                yield "往前看的里面有没有上限的重复：每个字都要看到头"
            yield from _slow_ways(inner, flags, Use(searched=False, to_the_end=False))
        else:
            yield from _inside(inner, flags)


def _circles(automaton: Automaton) -> dict[int, int]:
    """在圈里的位置 → 哪一个圈（强连通分量）。"""
    reached = {start: _reached(automaton, start) for start in range(len(automaton.characters))}
    return {
        start: min(other for other in reached[start] if start in reached[other])
        for start in reached
        if start in reached[start]
    }


def _reached(automaton: Automaton, start: int) -> set[int]:
    seen: set[int] = set()
    waiting = [start]
    while waiting:
        for edge in automaton.edges[waiting.pop()]:
            if edge.target not in seen:
                seen.add(edge.target)
                waiting.append(edge.target)
    return seen


def _doubling(automaton: Automaton) -> Iterator[str]:
    """同一个圈，同样的字，两种走法。"""
    circle = _circles(automaton)
    for start in circle:
        for one, other in _forks(automaton, start):
            same = circle.get(one.target) == circle[start] == circle.get(other.target)
            if same and (one.target == other.target or _meet(automaton, circle, one.target, other.target)):
                yield f"指数：绕着 {_letters(automaton, start)} 的圈，同样的字有两种走法"
                break


def _forks(automaton: Automaton, start: int) -> Iterator[tuple[Edge, Edge]]:
    """从同一个位置、同一个字走出的两条路；原子组里面自己的岔路不算，里面走得下去就不会出来。"""
    edges = automaton.edges[start]
    for index, one in enumerate(edges):
        for other in edges[index + 1 :]:
            if not automaton.characters[one.target] & automaton.characters[other.target]:
                continue
            own = automaton.groups[start]
            inner = one.inside & own or other.inside & own
            together = automaton.groups[one.target] & automaton.groups[other.target] - own
            if not inner and not together:
                yield one, other


def _meet(automaton: Automaton, circle: dict[int, int], one: int, other: int) -> bool:
    """在同一个圈里，两条路吃同样的字，能不能又走到一处。"""
    seen = {(one, other)}
    waiting = [(one, other)]
    while waiting:
        first, second = waiting.pop()
        for left in automaton.edges[first]:
            for right in automaton.edges[second]:
                pair = (left.target, right.target)
                shared = automaton.characters[pair[0]] & automaton.characters[pair[1]]
                if not shared or circle.get(pair[0]) != circle[one] or circle.get(pair[1]) != circle[one]:
                    continue
                if pair[0] == pair[1]:
                    return True
                if pair not in seen:
                    seen.add(pair)
                    waiting.append(pair)
    return False


def _squared(automaton: Automaton) -> Iterator[str]:
    """两个圈，前一个走得到后一个，同样的字两个都绕得完；同一个圈里的就是指数，另外找过了。"""
    circle = _circles(automaton)
    for start in circle:
        for after in sorted(_reached(automaton, start) & circle.keys()):
            if circle[after] != circle[start] and _both_circles(automaton, circle, start, after):
                yield f"平方：{_letters(automaton, start)} 的圈之后还有 {_letters(automaton, after)} 的圈"


def _add_search(automaton: Automaton) -> None:
    """从每个字起都试：开头加一个什么字都吃的圈；开头往回看了一个字的，经过一个只吃那些字的位置。"""
    every = (1 << len(automaton.alphabet)) - 1
    outside: frozenset[int] = frozenset()

    def place(mask: int) -> int:
        automaton.characters.append(mask)
        automaton.groups.append(outside)
        return len(automaton.characters) - 1

    anywhere = place(every)
    automaton.edges[anywhere].append(Edge(anywhere, outside))
    behind: dict[int, int] = {every: anywhere}
    for target, (_, guard) in automaton.whole.first.items():
        if guard not in behind:
            behind[guard] = place(guard)
            automaton.edges[anywhere].append(Edge(behind[guard], outside))
        automaton.edges[behind[guard]].append(Edge(target, outside))


def _both_circles(automaton: Automaton, circle: dict[int, int], start: int, after: int) -> bool:
    """有没有一串字：从 ``start`` 绕回 ``start``，从 ``start`` 走到 ``after``，从 ``after`` 绕回 ``after``。"""
    begin = (start, start, after)
    seen = {begin}
    waiting = deque([begin])
    while waiting:
        one, two, three = waiting.popleft()
        for step in _steps(automaton, circle, (one, two, three)):
            if step == (start, after, after):
                return True
            if step not in seen:
                seen.add(step)
                waiting.append(step)
    return False


def _steps(automaton: Automaton, circle: dict[int, int], at: tuple[int, int, int]) -> Iterator[tuple[int, int, int]]:
    one, two, three = at
    characters = automaton.characters
    for last in automaton.edges[three]:
        if circle.get(last.target) != circle[three]:
            continue
        for first, second in _first_two(automaton, one, two):
            shared = characters[first] & characters[second] & characters[last.target]
            if shared and circle.get(first) == circle[one]:
                yield first, second, last.target


def _first_two(automaton: Automaton, one: int, two: int) -> Iterator[tuple[int, int]]:
    """两条路各走一步；还没分开的可以一起走，或在这里分开。"""
    if one != two:
        yield from ((a.target, b.target) for a in automaton.edges[one] for b in automaton.edges[two])
        return
    yield from ((edge.target, edge.target) for edge in automaton.edges[one])
    for left, right in _forks(automaton, one):
        yield left.target, right.target
        yield right.target, left.target


def _letters(automaton: Automaton, position: int) -> str:
    mask = automaton.characters[position]
    shown = [letter for bit, letter in enumerate(automaton.alphabet) if mask >> bit & 1]
    return repr("".join(shown[:6]))

"""由一个正则自己的零件拼出最难对付的话：能进到重复里去，绕上很多圈，最后偏偏对不上。"""

import random
from collections.abc import Iterator
from typing import Any

from tests.security.harness.regex_automaton import Parsed, children, parsed

_TAILS = ("x", "1", "☃")
"""接在最后、多半对不上的字。"""
_UNITS_PER_REPEAT = 2
_FEW = 3
"""重复不超过这么多次的，绕不出多少圈。"""
_ANY = "中"


def hostile_strings(pattern: str, flags: int, length: int) -> list[str]:
    """约 ``length`` 个字的话，每次相同。"""
    chance = random.Random(pattern.encode("utf-8", "surrogatepass"))
    found: dict[str, None] = {}
    for lead, body in _repeats(parsed(pattern, flags), "", chance):
        for number in range(_UNITS_PER_REPEAT):
            unit = _example(body, chance) + (_example(body, chance) if number % 2 else "")
            if unit:
                found[lead + unit * max(1, length // len(unit)) + _TAILS[number % len(_TAILS)]] = None
    return list(found)


def _repeats(items: Parsed, lead: str, chance: random.Random) -> Iterator[tuple[str, Parsed]]:
    """每一处重复，和走到它之前要先有的话。"""
    for item in items:
        operation, value = item
        for _, inner in children([item]):
            if "REPEAT" in str(operation) and value[1] > _FEW:
                yield lead, inner
            yield from _repeats(inner, lead, chance)
        lead += _example([item], chance)


def _example(items: Parsed, chance: random.Random) -> str:
    """对得上这一段的一句话；往前、往回看的不管。"""
    return "".join(_one(str(operation), value, chance) for operation, value in items)


def _one(operation: str, value: Any, chance: random.Random) -> str:
    match operation:
        case "LITERAL":
            return chr(value)
        case "IN":
            return _letter(chance.choice(value))
        case "ANY" | "NOT_LITERAL":
            return _ANY
        case "SUBPATTERN":
            return _example(value[3], chance)
        case "BRANCH":
            return _example(chance.choice(value[1]), chance)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            times = chance.choice((value[0], min(value[1], value[0] + 1)))
            return "".join(_example(value[2], chance) for _ in range(times))
        case "ATOMIC_GROUP":
            return _example(value, chance)
        case _:
            return ""


def _letter(item: tuple[Any, Any]) -> str:
    operation, value = str(item[0]), item[1]
    if operation == "LITERAL":
        return chr(value)
    if operation == "RANGE":
        return chr(value[0])
    return {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " "}.get(str(value), _ANY)

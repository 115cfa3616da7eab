"""条件：写在规则手册里的“当这些事实成立时”。

条件是数据，不是表达式：一份条件是若干“子句”的或，一条子句是若干“事实取值属于某个集合”的与。
取值都来自有限集合，所以程序能判断两条规则是否重叠、某个组合有没有规则管。
"""

from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Any, cast

from pydantic import BeforeValidator, WithJsonSchema

UNSURE = "unsure"
"""用户答“不清楚”时，问题及由它推出的事实都取这个值。"""

NOT_ASKED = "__not_asked__"
"""这条路上不会问的问题所对应的取值；任何条件都不会写它，所以涉及它的子句一定不成立。"""

Clause = Mapping[str, frozenset[str]]
"""一条子句：事实 id -> 允许的取值；全部满足才成立。"""


class Truth(Enum):
    """只知道一部分事实时，一份条件的三种状态。"""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


def _value(raw: object, fact: str) -> str:
    # 裸写的 yes / no 在 YAML 里是真假
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, str):
        return raw
    raise ValueError(f"条件里“{fact}”应写一个取值或一列取值，收到的是 {raw!r}")


def _values(raw: object, fact: str) -> frozenset[str]:
    if isinstance(raw, (list, tuple, set, frozenset)):
        items = cast("list[Any]", raw)
        if not items:
            raise ValueError(f"条件里“{fact}”的取值不能是空的")
        return frozenset(_value(item, fact) for item in items)
    return frozenset({_value(raw, fact)})


def _clause(raw: object) -> dict[str, frozenset[str]]:
    if not isinstance(raw, dict):
        raise ValueError("条件应写成“事实: [取值, …]”的形式")
    clause = cast("dict[Any, Any]", raw)
    return {str(fact): _values(values, str(fact)) for fact, values in clause.items()}


def _when(raw: object) -> tuple[dict[str, frozenset[str]], ...]:
    if isinstance(raw, (list, tuple)):
        clauses = cast("list[Any]", raw)
        if not clauses:
            raise ValueError("条件列表不能为空；不需要条件就整项不写")
        return tuple(_clause(item) for item in clauses)
    return (_clause(raw),)


_VALUE_SCHEMA = {"type": ["string", "boolean"]}
_CLAUSE_SCHEMA = {
    "type": "object",
    "additionalProperties": {"anyOf": [_VALUE_SCHEMA, {"type": "array", "items": _VALUE_SCHEMA, "minItems": 1}]},
}
_WHEN_SCHEMA = {"anyOf": [_CLAUSE_SCHEMA, {"type": "array", "items": _CLAUSE_SCHEMA, "minItems": 1}]}
"""YAML 里的写法：一个映射或一列映射，取值写一个或一列；读进来才统一。"""

When = Annotated[tuple[dict[str, frozenset[str]], ...], BeforeValidator(_when), WithJsonSchema(_WHEN_SCHEMA)]
"""一份条件：子句的或。YAML 里写一个映射（一条子句）或一列映射；不写表示总是成立。"""

OneClause = Annotated[dict[str, frozenset[str]], BeforeValidator(_clause), WithJsonSchema(_CLAUSE_SCHEMA)]
"""只有一条子句的条件，写一个映射。"""

ALWAYS: tuple[dict[str, frozenset[str]], ...] = ({},)
"""总是成立的条件：一条空子句。"""


def clause_truth(clause: Clause, known: Mapping[str, str]) -> Truth:
    """在已知事实 ``known`` 下判断一条子句；没有出现在 ``known`` 里的事实视为还不知道。"""
    unknown = False
    for fact, allowed in clause.items():
        value = known.get(fact)
        if value is None:
            unknown = True
        elif value not in allowed:
            return Truth.FALSE
    return Truth.UNKNOWN if unknown else Truth.TRUE


def truth(when: tuple[Clause, ...], known: Mapping[str, str]) -> Truth:
    """在已知事实 ``known`` 下判断一份条件（子句的或）。"""
    result = Truth.FALSE
    for clause in when:
        unknown = False
        for fact, allowed in clause.items():  # 一句话要判断几百次，所以不另叫 clause_truth
            value = known.get(fact)
            if value is None:
                unknown = True
            elif value not in allowed:
                break
        else:
            if not unknown:
                return Truth.TRUE
            result = Truth.UNKNOWN
    return result


def open_facts(when: tuple[Clause, ...], known: Mapping[str, str]) -> set[str]:
    """还没被否定的子句里，尚不知道取值的事实。"""
    facts: set[str] = set()
    for clause in when:
        if clause_truth(clause, known) is Truth.UNKNOWN:
            facts.update(fact for fact in clause if fact not in known)
    return facts

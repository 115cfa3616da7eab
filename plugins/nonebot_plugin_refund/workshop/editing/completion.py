"""YAML 里打字时，这里能写什么：键照手册文件的 JSON Schema，id 照随包的那一份。

只看正在写的那一行和它上面的缩进，文件写到一半、还读不进来也看得出；写成 ``{…}`` 的里面不管。
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from ...rulebook.overlays.marks import PUT_AFTER, REMOVE, SCENARIO
from ...rulebook.overlays.merging import item_name
from ...rulebook.yaml_reading.json_schema import SchemaKind, json_schema
from ..web.words import words
from .fields import Named, Step, value_at
from .targets import Target

Schema = Mapping[str, Any]

_LINE = re.compile(r"( *)((?:- +)?)(.*)")
_KEY = re.compile(r"([A-Za-z_][\w-]*):(?: ++(.*))?$")
_NAME_KEYS = ("id", "on", "use")
_ONLY_HERE = {SCENARIO: "改的是哪个场景", REMOVE: "true 是去掉这一项", PUT_AFTER: "排在哪个 id 后面"}
_FOR_KINDS = {"papers_for": SchemaKind.PAPERS_OF_SCENARIO, "topics_for": SchemaKind.TOPICS, "topics": SchemaKind.TOPICS}
_MOST = 40


@dataclass(frozen=True, slots=True)
class Suggestion:
    """能写的一个。"""

    text: str
    """键，或值。"""
    note: str
    """说明；没有为空。"""


@dataclass(frozen=True)
class Completion:
    """一处能写什么。"""

    start: int
    """已经写了的半截从哪里起，到 ``end`` 为止；写上去的换掉它。"""
    end: int
    suggestions: tuple[Suggestion, ...]
    after: str
    """写上去以后再跟什么：键后面是冒号和空格。"""

    def applied(self, text: str, suggestion: Suggestion) -> str:
        """写上以后的全文。"""
        return text[: self.start] + suggestion.text + self.after + text[self.end :]


@dataclass
class _Level:
    """一层“键: 值”。"""

    column: int
    """键从第几列起。"""
    dash: int | None
    """是一列里的一项时，横线在第几列。"""
    siblings: dict[str, str]
    """同一层已经写了的键和值。"""


def edit_end(before: str, after: str) -> int:
    """从 ``before`` 改成 ``after``，改的那一段在 ``after`` 里到哪里为止：光标就在那里。"""
    shorter = min(len(before), len(after))
    start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    same = next((at for at in range(shorter - start) if before[-1 - at] != after[-1 - at]), shorter - start)
    return len(after) - same


def completion_at(text: str, cursor: int, name: str, targets: Mapping[str, Target]) -> Completion | None:
    """光标那里能写什么；没有什么可写的为空。

    Args:
        text: 全文。
        cursor: 光标在第几个字后面。
        name: 文件叫什么：照它认得出是哪一种文件。
        targets: 随包的各样，id 从它们来。
    """
    above = text[:cursor].split("\n")
    line, below = above.pop(), text[cursor:].split("\n")
    if line.lstrip().startswith("#") or below[0].strip():
        return None
    spaces, dash, rest = cast("re.Match[str]", _LINE.match(line)).groups()
    key, colon, value = rest.partition(":")
    if colon and not value.startswith(" "):
        return None
    level = _Level(len(spaces) + len(dash), len(spaces) if dash else None, {})
    path = _path(above, level)
    level.siblings.update(_written_below(below[1:], level.column))
    if colon:
        typed = value.strip()
        found = _values(key.strip(), path, text, name, targets)
    else:
        typed = rest.strip()
        found = [one for one in _keys(path, text, name) if one.text not in level.siblings]
    fitting = [one for one in found if one.text.startswith(typed) and one.text != typed]
    if not fitting:
        return None
    return Completion(cursor - len(typed), cursor, tuple(fitting[:_MOST]), "" if colon else ": ")


def _path(above: Sequence[str], level: _Level) -> tuple[Step, ...]:
    """这一层在哪些键、哪些项里面；顺便记下同一层已经写了的键。"""
    path: list[Step] = []
    current = level
    for line in reversed(above):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        spaces, dash, rest = cast("re.Match[str]", _LINE.match(line)).groups()
        column = len(spaces) + len(dash)
        found = _KEY.match(rest.strip())
        if current.dash is None and column == current.column and found is not None:
            current.siblings[found[1]] = found[2] or ""
            current.dash = len(spaces) if dash else None
        elif found is not None and (
            column < current.column if current.dash is None else column <= current.dash and not dash
        ):
            path[:0] = [found[1], *_item(current)]
            current = _Level(column, len(spaces) if dash else None, {})
        elif found is not None and current.dash is not None and column < current.dash:
            path[:0] = [found[1], *_item(current)]
            current = _Level(column, len(spaces), {})
        if current.column == 0 and current.dash is None and path:
            break
    return tuple(path)


def _item(level: _Level) -> list[Step]:
    """一列里的哪一项；不是一列里的没有。"""
    if level.dash is None:
        return []
    key = next((key for key in _NAME_KEYS if key in level.siblings), "id")
    return [Named(key, level.siblings.get(key, ""))]


def _written_below(below: Sequence[str], column: int) -> Iterator[tuple[str, str]]:
    for line in below:
        spaces, dash, rest = cast("re.Match[str]", _LINE.match(line)).groups()
        found = _KEY.match(rest.strip())
        if line.strip() and (len(spaces) < column or dash):
            return
        if found is not None and len(spaces) == column:
            yield found[1], found[2] or ""


def _keys(path: Sequence[Step], text: str, name: str) -> list[Suggestion]:
    found: dict[str, str] = {}
    for schema in _at(_kind(text, name), path):
        for key, place in cast("dict[str, Schema]", schema.get("properties", {})).items():
            found[key] = words().leaves.get(key) or str(place.get("description", "")).partition("\n")[0]
    if not found:
        return []
    if not path and _kind(text, name) is SchemaKind.SCENARIO:
        found = {SCENARIO: _ONLY_HERE[SCENARIO], **found}
        if re.search(rf"^{SCENARIO}:", text, re.MULTILINE):  # 只写不同之处的，不写这两个
            found = {key: note for key, note in found.items() if key not in {"id", "version"}}
    elif path and isinstance(path[-1], Named):
        found |= {key: _ONLY_HERE[key] for key in (REMOVE, PUT_AFTER)}
    return [Suggestion(key, note) for key, note in found.items()]


def _values(
    key: str, path: Sequence[Step], text: str, name: str, targets: Mapping[str, Target]
) -> Sequence[Suggestion]:
    if key == SCENARIO and not path:
        return [Suggestion(target.key, target.title) for target in targets.values() if target.is_scenario]
    if key in {*_NAME_KEYS, PUT_AFTER} and path and isinstance(path[-1], Named):
        return list(_ids(_target(text, name, targets), path[:-1]))
    kind = _kind(text, name)
    schemas = [one for schema in _at(kind, path) for one in _resolved(schema, key, kind)]
    choices = [value for schema in schemas for value in (*schema.get("enum", ()), *_constant(schema))]
    if key == REMOVE or any(schema.get("type") == "boolean" for schema in schemas):
        choices += ["true", "false"]
    return [Suggestion(str(value), "") for value in dict.fromkeys(choices)]


def _ids(target: Target | None, path: Sequence[Step]) -> Iterator[Suggestion]:
    """随包的那一列里有哪些。"""
    listed = value_at(target.packaged, path) if target is not None else None
    for item in cast("list[Any]", listed) if isinstance(listed, list) else ():
        entry = cast("dict[str, Any]", item) if isinstance(item, dict) else {}
        if named := item_name(entry):
            said = next((entry[key] for key in ("short", "headline", "title", "label", "text") if entry.get(key)), "")
            yield Suggestion(named, str(said))


def _target(text: str, name: str, targets: Mapping[str, Target]) -> Target | None:
    found = re.search(r"^(?:scenario|papers_for|id): *([\w-]+)", text, re.MULTILINE)
    if name in targets:
        return targets[name]
    if _kind(text, name) is SchemaKind.TOPICS:
        return targets.get("topics.yaml")
    return targets.get(found[1]) if found is not None else None


def _kind(text: str, name: str) -> SchemaKind:
    stem = name.rpartition(".")[0]
    if stem in set(SchemaKind):
        return SchemaKind(stem)
    begun = text.splitlines()
    written = (kind for key, kind in _FOR_KINDS.items() if any(line.startswith(f"{key}:") for line in begun))
    return next(written, SchemaKind.SCENARIO)


def _at(kind: SchemaKind, path: Sequence[Step]) -> list[Schema]:
    """照 ``path`` 走到的那一层，可能有几种写法。"""
    schemas: list[Schema] = [json_schema(kind)]
    for step in path:
        if isinstance(step, Named):
            schemas = [one for schema in schemas for one in _flat(schema.get("items", {}), kind)]
        else:
            schemas = [one for schema in schemas for one in _resolved(schema, step, kind)]
    return schemas


def _resolved(schema: Schema, key: str, kind: SchemaKind) -> list[Schema]:
    """一个键下面该写什么；键随便起的，照它们都一样的那个写法。"""
    found = schema.get("properties", {}).get(key) or schema.get("additionalProperties")
    return list(_flat(found, kind)) if isinstance(found, dict) else []


def _flat(schema: Schema, kind: SchemaKind) -> Iterator[Schema]:
    """换掉引用，几种写法摊开。"""
    if "$ref" in schema:
        yield from _flat(json_schema(kind)["$defs"][str(schema["$ref"]).rpartition("/")[2]], kind)
        return
    if "properties" in schema or not (schema.keys() & {"anyOf", "oneOf", "allOf"}):
        yield schema
        return
    for key in ("anyOf", "oneOf", "allOf"):
        for one in cast("list[Schema]", schema.get(key, [])):
            yield from _flat(one, kind)


def _constant(schema: Schema) -> tuple[Any, ...]:
    return (schema["const"],) if "const" in schema else ()

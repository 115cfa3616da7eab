"""一个场景里给人看的每一处字和数：它在哪里，随包的是什么，现在是什么。"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Any, cast

from ..rulebook.book import LoadedScenario
from ..rulebook.models import Scenario
from ..rulebook.overlays.marks import WORD_LISTS
from ..rulebook.overlays.merging import is_item_list, item_name
from .words import words

_OPENING = "opening"


@dataclass(frozen=True, slots=True)
class Named:
    """一列里叫这个名字的那一项。"""

    key: str
    """名字写在哪个键里。"""
    name: str


Step = str | Named


class FieldKind(StrEnum):
    """怎样改。"""

    TEXT = "text"
    NUMBER = "number"
    LINES = "lines"
    """一行一项，整列换掉。"""
    WORDS = "words"
    """一列词：只写要添的。"""


@dataclass(frozen=True)
class Field:
    """一处字或数。"""

    path: tuple[Step, ...]
    """走到它，或走到没有名字的那一列为止。"""
    inner: tuple[str | int, ...]
    """没有名字的那一列里，再怎么走到它；那一列要改就整个写。"""
    kind: FieldKind
    label: str
    value: Any


@dataclass(frozen=True)
class Part:
    """场景里的一块：一个问题、一条结论、一个阶段。"""

    section: str
    key: str
    """在各块里认得出它。"""
    title: str
    fields: tuple[Field, ...]


def written(scenario: Scenario) -> dict[str, Any]:
    """拼装好的场景，写成手册里的样子。"""
    return scenario.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={"papers"})


def parts_of(loaded: LoadedScenario) -> list[Part]:
    """一块一块，按人看到的先后；照用别处的、单改一处写不出来的不在里面。"""
    raw = cast("dict[str, Any]", loaded.document.data)
    return [
        replace(part, fields=fields)
        for part in _all_parts(written(loaded.scenario))
        if (fields := tuple(field for field in part.fields if _is_writable(raw, field.path)))
    ]


def _all_parts(data: dict[str, Any]) -> list[Part]:
    flat = {key: value for key, value in data.items() if not isinstance(value, dict) and not is_item_list(value)}
    found = [Part(_OPENING, _OPENING, words().sections[_OPENING], tuple(_fields(flat, (), ())))]
    for section in words().sections:
        for number, item in enumerate(cast("list[dict[str, Any]]", data.get(section) or []), start=1):
            if section == _OPENING or not isinstance(item, dict):
                continue
            name = str(item_name(item))
            fields = tuple(_fields(item, (section, Named(_name_key(item), name)), ()))
            if fields:
                found.append(Part(section, f"{section}/{name}", f"{number} {_title(item, name)}", fields))
    return found


def value_at(data: Any, path: Sequence[Step]) -> Any:
    """照 ``path`` 走到的值；走不到为 ``None``。"""
    for step in path:
        if isinstance(step, Named):
            items = cast("list[dict[str, Any]]", data if isinstance(data, list) else [])
            data = next((item for item in items if item_name(item) == step.name), None)
        else:
            data = cast("dict[str, Any]", data).get(step) if isinstance(data, dict) else None
        if data is None:
            return None
    return data


def inner_value(data: Any, inner: Sequence[str | int]) -> Any:
    """没有名字的那一列里的一处；走不到为 ``None``。"""
    for step in inner:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def shown(value: Any) -> str:
    """给人看、给人改的样子：一列是一行一项。"""
    if isinstance(value, list):
        return "\n".join(str(item) for item in cast("list[Any]", value))
    return "" if value is None else str(value).rstrip("\n")


def typed(field: Field, text: str) -> Any:
    """写的字换成手册里的值。

    Raises:
        ValueError: 该写数的地方写了别的；消息说明怎么写。
    """
    cleaned = text.replace("\r\n", "\n").strip()
    match field.kind:
        case FieldKind.NUMBER:
            if not (cleaned.isascii() and cleaned.isdigit()):
                raise ValueError(f"“{field.label}”只写数字，如 7")
            return int(cleaned)
        case FieldKind.LINES | FieldKind.WORDS:
            return [line.strip() for line in cleaned.splitlines() if line.strip()]
        case FieldKind.TEXT:
            return cleaned


def _is_writable(raw: Any, path: Sequence[Step]) -> bool:
    """只写这一处不同，合得进没有拼装的 ``raw`` 吗：照用的一项换了名字，它里面的一列就合不进。"""
    section, first, *rest = (*path, None)
    if not isinstance(section, str) or not isinstance(first, Named):
        return True
    holder = value_at(raw, (section, first))
    if holder is None or not any(isinstance(step, Named) for step in rest):
        return True
    is_renamed = "use" in holder and holder["use"] != first.name
    for key, name in pairwise(rest):
        if isinstance(name, Named):
            inherited = str(key) not in holder
            if inherited or "use" in holder:
                return inherited and not is_renamed and "use" in holder
            holder = value_at(holder, (str(key), name))
            if holder is None:
                return False
    return True


def _fields(
    data: dict[str, Any], path: tuple[Step, ...], inner: tuple[str | int, ...], said: str = ""
) -> Iterator[Field]:
    for key, value in data.items():
        here, there = (path, (*inner, key)) if inner else ((*path, key), ())
        kind = _kind(key, value)
        if kind is not None and not (kind is FieldKind.WORDS and there):
            yield Field(here, there, kind, said + words().leaves[key], value)
        elif isinstance(value, dict):
            yield from _fields(cast("dict[str, Any]", value), here, there, said + _within(key))
        elif isinstance(value, list):
            yield from _of_list(key, cast("list[Any]", value), here, there, said)


def _of_list(
    key: str, items: list[Any], path: tuple[Step, ...], inner: tuple[str | int, ...], said: str
) -> Iterator[Field]:
    is_named = not inner and is_item_list(items)
    names = [item_name(item) for item in items] if is_named else []
    for index, item in enumerate(items):
        if not isinstance(item, dict) or (is_named and names.count(names[index]) > 1):
            continue
        entry = cast("dict[str, Any]", item)
        number = f"{index + 1}" if len(items) > 1 else ""
        title = f"{_within(key).rstrip('：')}{number}：" if key in words().within else said
        if is_named:
            step = Named(_name_key(entry), str(names[index]))
            yield from _fields(entry, (*path, step), (), said + title)
        else:
            yield from _fields(entry, path, (*inner, index), said + title)


def _kind(key: str, value: Any) -> FieldKind | None:
    if key not in words().leaves or isinstance(value, bool):
        return None
    if isinstance(value, str):
        return FieldKind.TEXT
    if isinstance(value, int):
        return FieldKind.NUMBER
    if isinstance(value, list) and all(isinstance(item, str) for item in cast("list[Any]", value)):
        return FieldKind.WORDS if key in WORD_LISTS else FieldKind.LINES
    return None


def _within(key: str) -> str:
    return f"{words().within[key]}：" if key in words().within else ""


def _name_key(item: dict[str, Any]) -> str:
    return next(key for key in ("id", "on", "use") if key in item)


def _title(item: dict[str, Any], name: str) -> str:
    return str(next((item[key] for key in ("short", "headline", "title", "label") if item.get(key)), name))

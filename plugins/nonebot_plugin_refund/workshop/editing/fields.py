"""手册里给人看的每一处字和数：它在哪里，随包的是什么。"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from ...rulebook.book import LoadedScenario
from ...rulebook.overlays.marks import WORD_LISTS
from ...rulebook.overlays.merging import is_item_list, item_name
from ..web.words import words

_OPENING = "opening"
_PAPERS = "papers"
_SLOTS = "slots"
_MOMENTS = "moments"
_OF_PAPERS = frozenset({_PAPERS, _SLOTS, "frames"})


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
    """一块：一个问题、一条结论、一个阶段、一份文书。"""

    section: str
    key: str
    """在各块里认得出它。"""
    title: str
    fields: tuple[Field, ...]


def written(loaded: LoadedScenario) -> dict[str, Any]:
    """拼装好的场景，写成手册里的样子；文书照拼装以前的，照用底稿的还看得出来。"""
    data = loaded.scenario.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={_PAPERS})
    return data if loaded.papers is None else {**data, _PAPERS: loaded.papers.written}


def parts_of(data: Mapping[str, Any], titles: Mapping[str, str]) -> Iterator[Part]:
    """一块一块，按人看到的先后；``titles`` 是没写名字的各项叫什么，按 id。"""
    flat = {key: value for key, value in data.items() if not isinstance(value, dict) and not is_item_list(value)}
    if opening := tuple(_fields(flat, (), (), words().leaves)):
        yield Part(_OPENING, _OPENING, words().sections[_OPENING], opening)
    papers = cast("dict[str, Any]", data.get(_PAPERS) or {})
    for section in words().sections:
        leaves = words().leaves | (words().in_papers if section in _OF_PAPERS else {})
        if section == _PAPERS:
            yield from _parts(section, (_PAPERS, "items"), papers.get("items"), leaves, titles)
        elif section == _SLOTS:
            for prefix, holder in (((_PAPERS, _SLOTS), papers), ((_SLOTS,), data)):
                yield from _together(section, prefix, holder.get(_SLOTS), leaves)
        elif section != _OPENING:
            yield from _parts(section, (section,), data.get(section), leaves, titles)


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


def _parts(
    section: str, prefix: tuple[str, ...], items: Any, leaves: Mapping[str, str], titles: Mapping[str, str]
) -> Iterator[Part]:
    """一项是一块。"""
    for number, item in enumerate(cast("list[Any]", items or []), start=1):
        if not isinstance(item, dict):
            continue
        entry = cast("dict[str, Any]", item)
        name = str(item_name(entry))
        if fields := tuple(_fields(entry, (*prefix, Named(_name_key(entry), name)), (), leaves)):
            yield Part(section, f"{section}/{name}", f"{number} {_title(entry, name, titles)}", fields)


def _together(section: str, prefix: tuple[str, ...], items: Any, leaves: Mapping[str, str]) -> Iterator[Part]:
    """每项只有一两个字的，合成一块。"""
    listed = cast("list[dict[str, Any]]", items or [])
    fields = [
        field
        for item in listed
        for field in _fields(
            item, (*prefix, Named("id", str(item["id"]))), (), leaves, f"{item.get('label') or item['id']}："
        )
    ]
    if fields:
        yield Part(section, section, words().sections[section], tuple(fields))


def _fields(
    data: Mapping[str, Any],
    path: tuple[Step, ...],
    inner: tuple[str | int, ...],
    leaves: Mapping[str, str],
    said: str = "",
) -> Iterator[Field]:
    for key, value in data.items():
        here, there = (path, (*inner, key)) if inner else ((*path, key), ())
        kind = _kind(key, value, leaves)
        if kind is not None and not (kind is FieldKind.WORDS and there):
            yield Field(here, there, kind, said + leaves[key], value)
        elif key == _MOMENTS and inner:
            for moment, text in cast("dict[str, str]", value).items():
                yield Field(here, (*there, moment), FieldKind.TEXT, f"{said}经过里的 {moment}", text)
        elif isinstance(value, dict):
            yield from _fields(cast("dict[str, Any]", value), here, there, leaves, said + _within(key))
        elif isinstance(value, list):
            yield from _of_list(key, cast("list[Any]", value), here, there, leaves, said)


def _of_list(
    key: str,
    items: list[Any],
    path: tuple[Step, ...],
    inner: tuple[str | int, ...],
    leaves: Mapping[str, str],
    said: str,
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
            yield from _fields(entry, (*path, step), (), leaves, said + title)
        else:
            yield from _fields(entry, path, (*inner, index), leaves, said + title)


def _kind(key: str, value: Any, leaves: Mapping[str, str]) -> FieldKind | None:
    if key not in leaves or isinstance(value, bool):
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


def _name_key(item: Mapping[str, Any]) -> str:
    return next(key for key in ("id", "on", "use") if key in item)


def _title(item: Mapping[str, Any], name: str, titles: Mapping[str, str]) -> str:
    said = next((item[key] for key in ("short", "headline", "title", "label") if item.get(key)), None)
    return str(said or titles.get(name, name))

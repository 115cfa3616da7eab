"""把只写不同之处的一份合进随包的那一份；行号跟着走，每一处都知道写在哪个文件的第几行。

一项项的东西按 id 合；一列说法是添上；别的列、别的值是换掉；键留空是去掉。
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeGuard, cast

from ..assembling.parts import Part, Raw
from ..findings import Finding, Location, RulebookError
from ..yaml_reading.yaml_document import Place, YamlDocument
from .marks import ADD, BASED_ON, MERGED_MAPPINGS, ONLY, PUT_AFTER, REMOVE, SCENARIO, WORD_LISTS

_ITEM_KEYS = ("id", "on", "use")
"""一项的名字写在哪个键里，先写的先看。"""
_KEPT_WHEN_EMPTY = frozenset({"papers"})
"""留空本身就有意思的键：``papers:`` 留空是不要文书。"""
_NOT_MERGED = frozenset({SCENARIO, BASED_ON})

Shared = Mapping[str, Mapping[str, Part]]
"""几个场景共用的零件：先按写在哪个键下面，再按 id。"""


@dataclass(frozen=True, slots=True)
class Change:
    """操作者写的一处不同。"""

    path: str
    """改的是哪里，如 ``questions.problem.options.double.label``。"""
    place: Place
    """写在他的文件的哪里。"""
    out: Location
    """合成以后在哪里。"""
    original: object = None
    """被换掉、去掉的原文；只是添的为空。"""

    @property
    def names(self) -> frozenset[str]:
        """经过的键和 id。"""
        return frozenset(self.path.split("."))


@dataclass(frozen=True)
class Merged:
    """合成的一份。"""

    document: YamlDocument
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Written:
    """一个值，和写着它的地方。"""

    value: object
    place: Place


Fields = Mapping[str, Written]


def merged(base: YamlDocument, own: YamlDocument, shared: Shared, extra: Fields | None = None) -> Merged:
    """把 ``own`` 合进 ``base``，成为一份完整的。

    Args:
        base: 随包的（或已经合过一次的）那份。
        own: 操作者写的，只有不同之处。
        shared: 共用的零件：``base`` 只写了 ``use`` 的，照着它改。
        extra: ``base`` 之外另写在别处、算在它里面的几个键，如单放一个文件的文书。

    Raises:
        RulebookError: 要去掉的找不到，或写得不像；列出全部问题。
    """
    fields = {**(extra or {}), **_fields(cast("Raw", base.data), Place(base, ()))}
    merger = _Merger(own, shared)
    written = {key: value for key, value in cast("Raw", own.data).items() if key not in _NOT_MERGED}
    data = merger.mapping(fields, written, (), (), ())
    return merger.finished(data)


def completed(own: YamlDocument, sections: Shared) -> Merged:
    """共用零件的文件：里面的每一项，随包有同 id 的就补全它没写的键。``sections`` 是随包的各项。"""
    merger = _Merger(own, sections)
    written = {key: value for key, value in cast("Raw", own.data).items() if key not in _NOT_MERGED}
    return merger.finished(merger.mapping({}, written, (), (), ()))


def item_name(item: Raw) -> str | None:
    """一项叫什么；没有名字为空。"""
    return next((str(item[key]) for key in _ITEM_KEYS if key in item), None)


def is_item_list(value: object) -> bool:
    """是不是一列各有名字的东西。"""
    return (
        isinstance(value, list)
        and bool(cast("list[object]", value))
        and all(
            isinstance(item, dict) and item_name(cast("Raw", item)) is not None for item in cast("list[object]", value)
        )
    )


def is_words(value: object) -> TypeGuard[list[object]]:
    """是不是一列词；一列段落、一列条件不是。"""
    return isinstance(value, list) and not any(isinstance(item, dict | list) for item in cast("list[object]", value))


def _fields(data: Raw, place: Place) -> dict[str, Written]:
    return {key: Written(value, place.within(key)) for key, value in data.items()}


@dataclass
class _Merger:
    own: YamlDocument
    shared: Shared
    lines: dict[Location, int] = field(default_factory=dict[Location, int])
    files: dict[Location, str] = field(default_factory=dict[Location, str])
    hints: dict[Location, str] = field(default_factory=dict[Location, str])
    changes: list[Change] = field(default_factory=list[Change])
    findings: list[Finding] = field(default_factory=list[Finding])

    def finished(self, data: Raw) -> Merged:
        if self.findings:
            raise RulebookError(self.findings)
        document = YamlDocument(self.own.file, data, self.lines, self.files, self.hints)
        return Merged(document, tuple(self.changes))

    def mapping(self, base: Fields, own: Raw, spot: Location, out: Location, path: Sequence[str]) -> Raw:
        """几个键：写了的合进去，没写的照 ``base``。"""
        self._mark(out, Place(self.own, spot))
        result: Raw = {}
        for key, written in base.items():
            if key not in own:
                result[key] = self._copied(written, (*out, key))
            elif own[key] is None and key not in _KEPT_WHEN_EMPTY:
                # 去掉的键也记着行号：少了它出的错，错在这一行
                self._mark((*out, key), Place(self.own, (*spot, key)))
                self._note((*path, key), (*spot, key), (*out, key), written.value)
            else:
                result[key] = self._value(written, key, own[key], (*spot, key), (*out, key), (*path, key))
        for key, value in own.items():
            if key not in base:
                result[key] = self._value(None, key, value, (*spot, key), (*out, key), (*path, key))
        return result

    def _value(
        self, base: Written | None, key: str, own: object, spot: Location, out: Location, path: Sequence[str]
    ) -> object:
        original = None if base is None else base.value
        was_words = original is None or is_words(original)
        if key in WORD_LISTS and was_words and (isinstance(own, dict) or is_words(own)):
            return self._words(base, cast("object", own), spot, out, path)
        if key in MERGED_MAPPINGS and _is_a(dict, original) and isinstance(own, dict):
            fields = {} if base is None else _fields(cast("Raw", original), base.place)
            return self.mapping(fields, cast("Raw", own), spot, out, path)
        if is_item_list(own) and (original is None or original == [] or is_item_list(original)):
            return self._items(base, key, cast("list[Raw]", own), spot, out, path)
        self._note(path, spot, out, original)
        return self._copied(Written(own, Place(self.own, spot)), out)

    def _words(
        self, base: Written | None, own: object, spot: Location, out: Location, path: Sequence[str]
    ) -> list[object]:
        """一列词：写成一列是添上，写成 ``{add:, remove:}`` 是添和减，写成 ``{only:}`` 是只要这几个。"""
        orders: Raw = {ADD: own} if isinstance(own, list) else cast("Raw", own)
        strange = [key for key in orders if key not in {ADD, REMOVE, ONLY}]
        if strange or any(not isinstance(words, list) for words in orders.values()):
            message = "这里写成一列词（添上这些），或 {add: [要添的], remove: [要去掉的]}，或 {only: [只要这几个]}"
            self._fault(spot, path, "schema", message)
            return []
        kept = [] if base is None else list(cast("list[object]", base.value))
        for word in cast("list[object]", orders.get(REMOVE, [])):
            if word not in kept:
                self._fault(spot, path, "unknown-id", f"要去掉的“{word}”随包的那一列里没有；照原样一字不差地写")
        removed = cast("list[object]", orders.get(REMOVE, []))
        added = cast("list[object]", orders.get(ONLY, orders.get(ADD, [])))
        replaced = ONLY in orders
        result = [] if replaced else [word for word in kept if word not in removed]
        self._note(path, spot, out, kept if replaced else None)
        self._mark(out, Place(self.own, spot))
        result.extend(word for word in added if word not in result)
        return result

    def _items(
        self, base: Written | None, key: str, own: list[Raw], spot: Location, out: Location, path: Sequence[str]
    ) -> list[object]:
        """一项项的东西：按 id 合，没有的添上，写了 ``remove: true`` 的去掉。"""
        known = [] if base is None else _fields_of_items(base)
        names = [item_name(cast("Raw", one.value)) or "" for one in known]
        shared = self.shared.get(key, dict[str, Part]()) if len(path) == 1 else dict[str, Part]()
        by_name: dict[str, list[tuple[int, Raw]]] = {}
        for index, item in enumerate(own):
            by_name.setdefault(str(item_name(item)), []).append((index, item))
        order: list[tuple[str, Written | None, int | None]] = []
        for name, written in zip(names, known, strict=True):
            order.append((name, written, _chosen(by_name.get(name, ()), cast("Raw", written.value))))
        for index, item in enumerate(own):
            name = str(item_name(item))
            if name not in names:
                _insert(order, (name, None, index), item.get(PUT_AFTER))
        self._refuse_strangers(own, [*names, *shared], spot, path)
        result: list[object] = []
        for name, written, index in order:
            at = (*out, len(result))
            if index is None:
                if written is not None:
                    result.append(self._copied(written, at))
                continue
            item, here = own[index], (*spot, index)
            if item.get(REMOVE) is True:
                self._note((*path, name), here, at, None if written is None else written.value)
                continue
            taken = None if written is None else cast("Raw", written.value).get("use")
            inherited = shared.get(name if written is None else str(taken))
            result.append(self._item(written, inherited, item, here, at, (*path, name)))
            if written is None and name not in shared:
                self._note((*path, name), here, at, None)
                self.hints[at] = _hint(name, [*names, *shared])
        self._mark(out, Place(self.own, spot))
        return result

    def _item(
        self, base: Written | None, shared: Part | None, own: Raw, spot: Location, out: Location, path: Sequence[str]
    ) -> Raw:
        data = {} if base is None else cast("Raw", base.value)
        fields: dict[str, Written] = {} if base is None else _fields(data, base.place)
        if shared is not None:
            inherited = _fields(shared.data, shared.place)
            if base is None:
                fields = inherited
            else:  # 只写了 use 的：要改的那几列先照共用的拿过来，其余的留给拼装
                fields = {**{key: one for key, one in inherited.items() if key in own and key != "id"}, **fields}
        kept = {key: value for key, value in own.items() if key not in {REMOVE, PUT_AFTER}}
        if "use" in data and "id" not in data and kept.get("id") == data["use"]:
            kept.pop("id")
        for key in _ITEM_KEYS:
            if key in kept and key in fields and kept[key] == fields[key].value:
                kept.pop(key)
        return self.mapping(fields, kept, spot, out, path)

    def _refuse_strangers(self, own: list[Raw], names: Sequence[str], spot: Location, path: Sequence[str]) -> None:
        seen: set[str] = set()
        for index, item in enumerate(own):
            name = str(item_name(item))
            here = (*spot, index)
            if item.get(REMOVE) is True and name not in names:
                self._fault(here, (*path, name), "unknown-id", f"要去掉的“{name}”随包的里面没有{_nearest(name, names)}")
            after = item.get(PUT_AFTER)
            if after is not None and str(after) not in {*names, *(str(item_name(one)) for one in own)}:
                message = f"要排在“{after}”后面，可是没有叫它的{_nearest(str(after), names)}"
                self._fault((*here, PUT_AFTER), (*path, name), "unknown-id", message)
            if name in seen and "when" not in item:
                self._fault(here, (*path, name), "duplicate-id", f"“{name}”前面已经写过了，id 不能重复")
            seen.add(name)

    def _copied(self, written: Written, out: Location) -> object:
        """原样拿来，行号也拿来。"""
        self._mark(out, written.place)
        value = written.value
        if isinstance(value, dict):
            fields = _fields(cast("Raw", value), written.place)
            return {key: self._copied(one, (*out, key)) for key, one in fields.items()}
        if isinstance(value, list):
            items = enumerate(cast("list[object]", value))
            return [self._copied(Written(item, written.place.within(at)), (*out, at)) for at, item in items]
        return value

    def _mark(self, out: Location, place: Place) -> None:
        self.lines[out] = place.line
        if place.file != self.own.file:
            self.files[out] = place.file
        else:
            self.files.pop(out, None)

    def _note(self, path: Sequence[str], spot: Location, out: Location, original: object) -> None:
        self.changes.append(Change(".".join(path), Place(self.own, spot), out, original))

    def _fault(self, spot: Location, path: Sequence[str], check: str, message: str) -> None:
        item_id = path[-1] if path else "-"
        self.findings.append(self.own.finding(spot, item_id, check, message))


def _is_a(kind: type[object], value: object) -> bool:
    """没有，或就是这一种。"""
    return value is None or isinstance(value, kind)


def _fields_of_items(base: Written) -> list[Written]:
    return [Written(item, base.place.within(index)) for index, item in enumerate(cast("list[object]", base.value))]


def _chosen(candidates: Iterable[tuple[int, Raw]], base: Raw) -> int | None:
    """同名的里面改的是哪一项：写了 ``when`` 的只改 ``when`` 一样的那项。"""
    listed = list(candidates)
    exact = [index for index, item in listed if "when" in item and item["when"] == base.get("when")]
    loose = [index for index, item in listed if "when" not in item or "id" in item]
    return next(iter([*exact, *loose]), None)


def _insert(
    order: list[tuple[str, Written | None, int | None]], entry: tuple[str, Written | None, int], after: object
) -> None:
    names = [name for name, _, _ in order]
    position = names.index(str(after)) + 1 if after is not None and str(after) in names else len(order)
    order.insert(position, entry)


def _hint(name: str, names: Sequence[str]) -> str:
    return f"随包的里面没有叫“{name}”的，所以当作新添的，要写全{_nearest(name, names)}"


def _nearest(name: str, names: Sequence[str]) -> str:
    close = get_close_matches(name, [one for one in names if one], n=1, cutoff=0.6)
    return f"；要改的是不是“{close[0]}”" if close else ""

"""在网页上改了一处：写成操作者文件里的一处不同；改回随包的，就去掉那一处。"""

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from ...rulebook.findings import RulebookError
from ...rulebook.overlays.marks import BASED_ON
from ...rulebook.overlays.merging import item_name
from ...rulebook.overlays.shrinking import differences
from ...rulebook.overlays.writing import with_originals, written_text
from ...rulebook.yaml_reading.yaml_document import YamlDocument, parse_yaml
from .bench import Bench
from .fields import Field, FieldKind, Named, Step, typed, value_at
from .targets import Target

Raw = dict[str, Any]


class NotHereError(Exception):
    """这一处不能在格子里改；消息说明在哪里改。"""


def file_for(bench: Bench, target: Target) -> str:
    """改它的文件：已经有的，或照它起名的一个新文件。

    Raises:
        NotHereError: 同名的文件里是别的东西。
    """
    for name in bench.names():
        if target.is_in(name, _document(bench, name)):
            return name
    name = target.file
    if name not in bench.names():
        return name
    if not _document(bench, name).data:
        raise NotHereError(f"{name} 写坏了，或是空的：先在“YAML”里改好")
    if not target.is_scenario:
        raise NotHereError(f"{name} 写了只给哪几个场景用：在“YAML”里改")
    raise NotHereError(f"{name} 里是抄来的整份场景：在“YAML”里改，或先用 refund overlay shrink 缩小")


def change_field(bench: Bench, target: Target, field: Field, text: str) -> None:
    """把一处改成 ``text``，先不存。

    Raises:
        NotHereError: 这个文件要在 YAML 里改。
        ValueError: 该写数的地方写了别的。
    """
    name = file_for(bench, target)
    before = bench.text(name) or ""
    _refuse_own_notes(before, name)
    own = cast("Raw", copy.deepcopy(_document(bench, name).data or {}))
    own.pop(BASED_ON, None)
    _put(own, field.path, _difference(field, value_at(target.packaged, field.path), own, typed(field, text)))
    rest = {key: value for key, value in own.items() if key not in target.head}
    if not rest and bench.folder.read(name) is None:
        bench.discard(name)
        return
    if not rest and not target.is_scenario:  # 共用的文件不能空着；只写名字就是全照随包的
        section, item = field.path[0], cast("Named", field.path[1])
        rest = {str(section): [{item.key: item.name}]}
    bench.change(name, _as_saved(bench, name, written_text({**target.head, **rest})))


def own_value(bench: Bench, target: Target, field: Field) -> Any:
    """操作者自己写的这一处；没写为空。共用的那几样看它，没写就是随包的。"""
    own = next((one for name in bench.names() if target.is_in(name, one := _document(bench, name))), None)
    return None if own is None else value_at(own.data, field.path)


def added_words(bench: Bench, target: Target, field: Field) -> list[str] | None:
    """这一列词里操作者添的；写成添和减、只要这几个的，不能在格子里改，为空。"""
    own = own_value(bench, target, field)
    return [] if own is None else [str(word) for word in own] if isinstance(own, list) else None


def _difference(field: Field, packaged: Any, own: Raw, wanted: Any) -> Any:
    """操作者的文件里这一处该写什么；``None`` 是不用写。"""
    if field.kind is FieldKind.WORDS:
        if isinstance(value_at(own, field.path), dict):
            raise NotHereError("这一列词写了添和减，在“YAML”里改")
        return [word for word in wanted if word not in packaged] or None
    if field.inner:
        standing = value_at(own, field.path)
        whole = copy.deepcopy(packaged if standing is None else standing)
        holder = whole
        for step in field.inner[:-1]:
            holder = holder[step]
        holder[field.inner[-1]] = wanted
        wanted = whole
    key = str(field.path[-1])
    was = packaged.rstrip("\n") if isinstance(packaged, str) else packaged
    return differences({key: was}, {key: wanted}).get(key)


def _put(own: Raw, path: Sequence[Step], value: Any) -> None:
    """写上一处；``None`` 是去掉它，去掉以后空了的也去掉。"""
    holder: Any = own
    trail: list[tuple[Any, Any, set[str]]] = []
    """一层层：在哪里面，是哪一个，只剩哪几个键就算空了。"""
    for step, following in zip(path, [*path[1:], None], strict=True):
        if isinstance(step, Named):
            found = next((item for item in holder if item_name(item) == step.name), None)
            if found is None:
                found = {step.key: step.name}
                holder.append(found)
            trail.append((holder, found, {step.key}))
            holder = found
        elif following is not None:
            trail.append((holder, step, set()))
            holder = holder.setdefault(step, [] if isinstance(following, Named) else {})
    key = path[-1]
    if value is not None:
        holder[key] = value
        return
    holder.pop(key, None)
    for container, where, names in reversed(trail):
        if isinstance(container, list):
            if set(where) <= names:
                container.remove(where)
        elif not container[where]:
            container.pop(where)


def _as_saved(bench: Bench, name: str, text: str) -> str:
    """改来改去又和文件里的一样了，就还用文件里的那份字：不算没存。"""
    on_disk = bench.folder.read(name)
    if on_disk is None:
        return text
    kept = on_disk.decode("utf-8", errors="replace")
    return kept if with_originals(kept, {}).rstrip() == text.rstrip() else text


def _refuse_own_notes(text: str, name: str) -> None:
    """从格子里存会重写文件，自己写的 ``#`` 说明会丢，所以不这么存。"""
    generated = {line for line in written_text({}).splitlines() if line.startswith("#")}
    bare = with_originals(text, {}) if text else ""
    for line in bare.splitlines():
        if line.lstrip().startswith("#") and line not in generated:
            raise NotHereError(f"{name} 里有你自己写的 # 说明，从格子里存会丢：在“YAML”里改")


def _document(bench: Bench, name: str) -> YamlDocument:
    """一个文件读出来的样子；没有、写坏了的是空的。"""
    try:
        document = parse_yaml(bench.text(name) or "", name)
    except RulebookError:
        return YamlDocument(Path(name).name, {}, {})
    return document if isinstance(document.data, dict) else YamlDocument(name, {}, {})

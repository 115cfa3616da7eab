"""在网页上改了一处：写成操作者文件里的一处不同；改回随包的，就去掉那一处。"""

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from ..rulebook.findings import RulebookError
from ..rulebook.overlays.applying import scenario_of
from ..rulebook.overlays.marks import BASED_ON, SCENARIO
from ..rulebook.overlays.merging import item_name
from ..rulebook.overlays.shrinking import differences
from ..rulebook.overlays.writing import overlay_text, with_originals
from ..rulebook.yaml_document import YamlDocument, parse_yaml
from .bench import Bench
from .fields import Field, FieldKind, Named, Step, typed, value_at

Raw = dict[str, Any]


class NotHereError(Exception):
    """这一处不能在格子里改；消息说明在哪里改。"""


def file_for(bench: Bench, scenario_id: str) -> str:
    """改这个场景的文件：已经有的，或照场景起名的一个新文件。

    Raises:
        NotHereError: 同名的文件里是别的东西。
    """
    for name in bench.names():
        if scenario_of(_document(bench, name)) == scenario_id:
            return name
    name = f"{scenario_id}.yaml"
    if name not in bench.names():
        return name
    if not _document(bench, name).data:
        raise NotHereError(f"{name} 写坏了，或是空的：先在“YAML”里改好")
    raise NotHereError(f"{name} 里是抄来的整份场景：在“YAML”里改，或先用 refund overlay shrink 缩小")


def change_field(bench: Bench, scenario_id: str, field: Field, packaged: Any, text: str) -> None:
    """把一处改成 ``text``，先不存。

    Args:
        packaged: 随包的场景，:func:`.fields.written` 的样子。

    Raises:
        NotHereError: 这个文件要在 YAML 里改。
        ValueError: 该写数的地方写了别的。
    """
    name = file_for(bench, scenario_id)
    before = bench.text(name) or ""
    _refuse_own_notes(before, name)
    own = cast("Raw", copy.deepcopy(_document(bench, name).data or {}))
    own.pop(BASED_ON, None)
    _put(own, field.path, _difference(field, value_at(packaged, field.path), own, typed(field, text)))
    rest = {key: value for key, value in own.items() if key != SCENARIO}
    if not rest and bench.folder.read(name) is None:
        bench.discard(name)
    else:
        bench.change(name, _as_saved(bench, name, overlay_text(scenario_id, rest)))


def added_words(bench: Bench, scenario_id: str, field: Field) -> list[str] | None:
    """这一列词里操作者添的；写成添和减、只要这几个的，不能在格子里改，为空。"""
    for name in bench.names():
        document = _document(bench, name)
        if scenario_of(document) == scenario_id:
            own = value_at(document.data, field.path)
            return [] if own is None else [str(word) for word in own] if isinstance(own, list) else None
    return []


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
    trail: list[tuple[Any, Any]] = []
    for step, following in zip(path, [*path[1:], None], strict=True):
        if isinstance(step, Named):
            found = next((item for item in holder if item_name(item) == step.name), None)
            if found is None:
                found = {step.key: step.name}
                holder.append(found)
            trail.append((holder, found))
            holder = found
        elif following is not None:
            trail.append((holder, step))
            holder = holder.setdefault(step, [] if isinstance(following, Named) else {})
    key = path[-1]
    if value is not None:
        holder[key] = value
        return
    holder.pop(key, None)
    for container, where in reversed(trail):
        if isinstance(container, list):
            if set(where) <= {"id", "on", "use"}:
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
    generated = {line for line in overlay_text("-", {}).splitlines() if line.startswith("#")}
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

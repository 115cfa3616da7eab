"""按数据模型检查一份 YAML，把哪里不合要求说给写手册的人听。"""

from typing import Any, TypeVar, cast

from pydantic import ValidationError

from ..findings import Finding, Location, RulebookError
from ..scenario_models.base_models import Strict
from .model_keys import keys_at, nearest
from .shape_messages import explained
from .yaml_document import YamlDocument

_Model = TypeVar("_Model", bound=Strict)
_FOLLOWS = frozenset({"too_short"})
"""里面有一项写错了，pydantic 又会说这一列太短。"""


def validate(model: type[_Model], document: YamlDocument) -> _Model:
    """按 ``model`` 的形状检查一份 YAML；不合要求抛 :class:`RulebookError`，指出行号。"""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        listed = [cast("dict[str, Any]", item) for item in error.errors()]
        real = [item for item in listed if not _is_consequence(item, listed)]
        raise RulebookError([_finding(model, document, item) for item in real]) from error


def _is_consequence(error: dict[str, Any], listed: list[dict[str, Any]]) -> bool:
    place = tuple(error["loc"])
    return error["type"] in _FOLLOWS and any(
        tuple(other["loc"])[: len(place)] == place for other in listed if other is not error
    )


def _finding(model: type[Strict], document: YamlDocument, error: dict[str, Any]) -> Finding:
    location: Location = tuple(error["loc"])
    message = _message(model, document, error, location)
    where = ".".join(_named(document, location)) or "-"
    hint = _hint(document, location) if error["type"] == "missing" else ""
    said = f"{where}：{message}{hint}" if where != "-" else f"{message}{hint}"
    return document.finding(_existing(document, location), _nearest_id(document, location), "schema", said)


def _message(model: type[Strict], document: YamlDocument, error: dict[str, Any], location: Location) -> str:
    if error["type"] == "extra_forbidden":
        written = str(location[-1])
        close = nearest(written, keys_at(model, location[:-1]))
        return f"没有“{written}”这个键，可能拼错了" + (
            f"；是不是 {close}" if close else "；去掉它，或对着模板看该叫什么"
        )
    if document.data is None:
        return "这个文件是空的（或只有说明）；写上内容，不用它就删掉"
    return explained(error)


def _hint(document: YamlDocument, location: Location) -> str:
    for length in range(len(location), 0, -1):
        if location[:length] in document.hints:
            return f"（{document.hints[location[:length]]}）"
    return ""


def _named(document: YamlDocument, location: Location) -> list[str]:
    """给人看的位置：一项项的东西写它的 id，不写第几个。"""
    node: object = document.data
    names: list[str] = []
    for step in location:
        node = _child(node, step)
        item = _as_mapping(node)
        if isinstance(step, int) and item is not None:
            names.append(str(item.get("id", item.get("on", f"第 {step + 1} 项"))))
        else:
            names.append(f"第 {step + 1} 项" if isinstance(step, int) else step)
    return names


def _as_mapping(node: object) -> dict[str, Any] | None:
    return cast("dict[str, Any]", node) if isinstance(node, dict) else None


def _child(node: object, step: str | int) -> object:
    if isinstance(node, dict):
        return cast("dict[str, Any]", node).get(str(step))
    if isinstance(node, list) and isinstance(step, int):
        items = cast("list[object]", node)
        return items[step] if step < len(items) else None
    return cast("object", node)


def _existing(document: YamlDocument, location: Location) -> Location:
    """去掉 pydantic 在联合类型里加的那一层名字，留下 YAML 里真有的位置。"""
    found: Location = ()
    for part in location:
        if (*found, part) in document.lines:
            found = (*found, part)
    return found


def _nearest_id(document: YamlDocument, location: Location) -> str:
    """出错处所在的那一项的 id；没有就用场景的。"""
    nearest_one = "-"
    node: object = document.data
    for step in (*_existing(document, location), None):
        item = _as_mapping(node) or {}
        nearest_one = str(item.get("id", nearest_one))
        node = None if step is None else _child(node, step)
    return nearest_one

"""按数据模型检查一份 YAML，把哪里不合要求说给写手册的人听。"""

from typing import Any, TypeVar, cast

from pydantic import ValidationError

from .base_models import Strict
from .findings import Finding, Location, RulebookError
from .yaml_document import YamlDocument

_Model = TypeVar("_Model", bound=Strict)


def validate(model: type[_Model], document: YamlDocument) -> _Model:
    """按 ``model`` 的形状检查一份 YAML；不合要求抛 :class:`RulebookError`，指出行号。"""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise RulebookError([_finding(document, dict(item)) for item in error.errors()]) from error


_MESSAGES = {
    "extra_forbidden": "这个键手册里没有，可能拼错了",
    "missing": "这里少写了一项必填的内容",
    "enum": "这里只能写约定好的几种值",
    "literal_error": "这里只能写约定好的几种值",
    "string_type": "这里应是文字（数字和 yes/no 要加引号）",
    "union_tag_not_found": "推出的事实要写 kind：date_window、number_band 或 any_of",
    "union_tag_invalid": "kind 只能是 date_window、number_band 或 any_of",
    "model_type": "这里应是“键: 值”的形式",
    "tuple_type": "这里应是一列，每项以 - 开头",
}


def _finding(document: YamlDocument, error: dict[str, object]) -> Finding:
    raw_location = error.get("loc", ())
    location: Location = cast("Location", raw_location)
    kind = str(error["type"])
    detail = str(error["msg"]).removeprefix("Value error, ")
    message = _MESSAGES.get(kind, detail)
    if kind in {"enum", "literal_error"}:
        message = f"{message}（{detail}）"
    where = ".".join(str(part) for part in location) or "-"
    return Finding(
        document.file,
        document.line_of(_existing(document, location)),
        _nearest_id(document, location),
        "schema",
        f"{where}：{message}",
    )


def _existing(document: YamlDocument, location: Location) -> Location:
    """去掉 pydantic 在联合类型里加的那一层名字，留下 YAML 里真有的位置。"""
    found: Location = ()
    for part in location:
        if (*found, part) in document.lines:
            found = (*found, part)
    return found


def _nearest_id(document: YamlDocument, location: Location) -> str:
    """出错处所在的那一项的 id；没有就用场景的。"""
    nearest = "-"
    node: Any = document.data
    parts = _existing(document, location)
    for depth in range(len(parts) + 1):
        if isinstance(node, dict):
            nearest = str(cast("dict[str, Any]", node).get("id", nearest))
        if depth < len(parts):
            node = cast("Any", node)[parts[depth]]
    return nearest

"""手册里写的样子，比拼装好的样子多几种省写法；JSON Schema 照写的样子来。"""

from collections.abc import Mapping
from typing import Any

from ..scenario_models.base_models import ID_SCHEMA

Schema = dict[str, Any]

_ID: Schema = dict(ID_SCHEMA)
_IDS: Schema = {"type": "array", "items": _ID}

_USED: Mapping[str, str] = {
    "Stage": "照用 stages.yaml 里的哪个阶段；不一样的几项自己写上盖过去。",
    "Timer": "照用哪个时限；不一样的几项自己写上盖过去。",
    "Clock": "照用 stages.yaml 里的哪个时钟；不一样的几项自己写上盖过去。",
    "Evidence": "照用 evidence.yaml 里的哪项材料；不一样的几项自己写上盖过去。",
}
"""写了 ``use`` 就不必写全的几种。"""

_PAPER_KEYS: Mapping[str, Schema] = {
    "frame": {**_ID, "description": "照用 papers.yaml 里的哪份底稿；写了它就不写 parts。"},
    "tracks": {**_IDS, "description": "走这几条路的结论都有这份文书；可以和 rules 一起写。"},
    "except_rules": {**_IDS, "description": "这几条结论除外。rules 和 tracks 都不写，就是除了它们全都有。"},
}


def as_written(schema: Schema) -> None:
    """把一个场景（或它的文书）的 JSON Schema 改成写的样子。"""
    definitions: dict[str, Schema] = schema.get("$defs", {})
    for name, note in _USED.items():
        if name in definitions:
            _allow_use(definitions[name], note)
    if "Paper" in definitions:
        _allow_frame(definitions["Paper"])
    if "Question" in definitions:  # 不写的是单选题
        definitions["Question"]["required"].remove("kind")
    if "StageEvent" in definitions:  # 不写的照 event_stages
        definitions["StageEvent"]["required"].remove("to")
    if "Rule" in definitions:
        _allow_no_verdict(schema, definitions["Rule"])


def _allow_use(definition: Schema, note: str) -> None:
    definition["properties"]["use"] = {**_ID, "description": note}
    definition["anyOf"] = [{"required": ["use"]}, {"required": definition.pop("required")}]


def _allow_no_verdict(schema: Schema, rule: Schema) -> None:
    """帮助主题的规则不写 verdict；别的场景照旧要写。"""
    rule["required"].remove("verdict")
    schema["if"] = {"properties": {"kind": {"const": "topic"}}, "required": ["kind"]}
    schema["else"] = {"properties": {"rules": {"items": {"required": ["verdict"]}}}}


def _allow_frame(paper: Schema) -> None:
    properties: dict[str, Schema] = paper["properties"]
    places: Schema = {
        "type": "object",
        "additionalProperties": {"type": "array", "items": properties["parts"]["items"]},
        "description": "底稿里留的每个地方，填哪几段；没写的照底稿。",
    }
    properties.update({**_PAPER_KEYS, "fill": places})
    needed = [key for key in paper["required"] if key not in ("id", "rules")]
    paper["required"] = ["id"]
    paper["anyOf"] = [{"required": ["frame"]}, {"required": needed}]

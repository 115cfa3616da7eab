"""写出操作者的文件：缩好的一份，和随包的原文那一段。"""

import re
from typing import Any, cast

import yaml

from ..assembling.parts import Raw
from .based_on import plain
from .marks import BASED_ON, SCENARIO

_WIDTH = 100
_NOTE = "# 随包的原文：随包的后来改了，refund lint 会说。由 refund overlay stamp 写，不用动它。\n"
_TOP = re.compile(r"^[^\s#]", re.MULTILINE)


def overlay_text(scenario_id: str, found: Raw) -> str:
    """只写与一个场景不同之处的一份文件。"""
    return written_text({SCENARIO: scenario_id, **found})


def written_text(found: Raw) -> str:
    """只写不同之处的一份文件；``found`` 是它的全部键。"""
    return f"# 只写与随包不同的地方，没写的都照随包的。\n{_dumped(found)}"


def with_originals(text: str, originals: dict[str, object]) -> str:
    """换上随包的原文那一段；没有要记的就去掉它。别的字一个不动。"""
    kept = _without_block(text).rstrip("\n") + "\n"
    return f"{kept}\n{_NOTE}{_dumped({BASED_ON: plain(originals)})}" if originals else kept


def _without_block(text: str) -> str:
    start = re.search(rf"^{BASED_ON}:", text, re.MULTILINE)
    if start is None:
        return text
    after = _TOP.search(text, start.end())
    rest = text[after.start() :] if after is not None else ""
    return text[: start.start()].removesuffix(_NOTE) + rest


def _dumped(data: Raw) -> str:
    written = cast("Any", yaml.safe_dump)(
        data, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=False
    )
    return str(written)

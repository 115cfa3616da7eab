"""值写得不对时说的话：写的是什么、该怎么写。校验库自己的英文一句也不给写手册的人看。"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, cast

_CHINESE = re.compile("[一-鿿]")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*[日号]?")
_LONGEST = 30


def explained(error: dict[str, Any]) -> str:
    """pydantic 的一处错误，用中文说。"""
    kind = str(error["type"])
    for prefix, say in _SAYINGS.items():
        if kind.startswith(prefix):
            return say(error)
    detail = str(error["msg"]).removeprefix("Value error, ")
    return detail if _CHINESE.search(detail) else f"{_now(error)}写得不对；对着随包的同一处看该怎么写"


def _missing(error: dict[str, Any]) -> str:
    return f"少写了必填的 {error['loc'][-1]}"


def _choice(error: dict[str, Any]) -> str:
    expected = str(error.get("ctx", {}).get("expected") or error.get("ctx", {}).get("expected_tags", ""))
    choices = expected.replace(" or ", "、").replace(", ", "、").replace("'", "")
    return f"{_now(error)}只能写约定好的几种值：{choices}"


def _text(error: dict[str, Any]) -> str:
    return f"这里应是文字，{_now(error)}数字、日期和 yes/no 要加英文引号"


def _number(error: dict[str, Any]) -> str:
    found = _DIGITS.search(str(error.get("input")))
    return f"这里应是一个数，{_now(error)}" + (f"只写 {found.group()}" if found else "只写数字，如 7")


def _date(error: dict[str, Any]) -> str:
    found = _DATE.search(str(error.get("input")))
    right = _as_date(found) if found else None
    return f"这里应是日期，{_now(error)}写成 {right or '2026-11-23'}{'' if right else ' 的样子'}"


def _as_date(found: re.Match[str]) -> str | None:
    try:
        return date(*(int(part) for part in found.groups())).isoformat()
    except ValueError:
        return None


def _truth(error: dict[str, Any]) -> str:
    return f"这里只能写 true（是）或 false（否），{_now(error).rstrip('；')}"


def _mapping(error: dict[str, Any]) -> str:
    return f"这里应是“键: 值”的形式，{_now(error).rstrip('；')}"


def _series(error: dict[str, Any]) -> str:
    return f"这里应是一列，每项以 - 开头，短的也可以写成 [甲, 乙]；{_now(error).rstrip('；')}"


def _too_short(error: dict[str, Any]) -> str:
    return f"这里至少要有 {error['ctx'].get('min_length', 1)} 项"


def _too_long(error: dict[str, Any]) -> str:
    return f"这里最多 {error['ctx'].get('max_length')} 项，现在有 {error['ctx'].get('actual_length')} 项"


def _bounds(error: dict[str, Any]) -> str:
    words = {"gt": "要大于", "ge": "不能小于", "lt": "要小于", "le": "不能大于"}
    limits = "、".join(f"{words[key]} {value}" for key, value in error["ctx"].items() if key in words)
    return f"这个数{limits}，{_now(error).rstrip('；')}"


def _union(error: dict[str, Any]) -> str:
    del error
    return "要写 kind，说是哪一种；能写哪几种，见随包的同一处"


_SAYINGS: dict[str, Callable[[dict[str, Any]], str]] = {
    "missing": _missing,
    "enum": _choice,
    "literal_error": _choice,
    "union_tag_invalid": _choice,
    "union_tag_not_found": _union,
    "string_type": _text,
    "int": _number,
    "float": _number,
    "date": _date,
    "time": _date,
    "bool": _truth,
    "model": _mapping,
    "dict": _mapping,
    "mapping": _mapping,
    "tuple": _series,
    "list": _series,
    "set": _series,
    "frozen_set": _series,
    "too_short": _too_short,
    "too_long": _too_long,
    "greater_than": _bounds,
    "less_than": _bounds,
}


def _now(error: dict[str, Any]) -> str:
    """现在写的是什么。"""
    value = error.get("input")
    if value is None:
        return "现在空着；"
    if isinstance(value, bool):
        return f"现在写的是 {'yes' if value else 'no'}（当成了是非）；"
    if isinstance(value, dict):
        return "现在写的是“键: 值”；"
    if isinstance(value, list | tuple):
        return "现在写的是一列；"
    text = str(cast("object", value))
    return f"现在写的是“{text if len(text) <= _LONGEST else text[:_LONGEST] + '…'}”；"

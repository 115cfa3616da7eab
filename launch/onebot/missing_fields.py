"""缺了、写坏了用不着的字段的消息：补齐再认一遍，不然说话的人什么也听不到。

适配器一处对不上，就整条当成认不得的事件。字号、昵称、年龄我们都不看，缺了不该让人白说；
说不准的往少里补：私聊没说是哪一种的，不当作好友。
"""

import zlib
from collections.abc import Mapping
from typing import Any

_READ_OF_SENDER = ("user_id", "role", "group_id")
"""发话人的这几样才看。"""


def whole(report: Mapping[str, Any]) -> dict[str, Any]:
    """补齐的一条消息上报；谁、在哪个群说的补不出来，缺了照旧认不得。"""
    group = report.get("message_type") == "group"
    message = report.get("message")
    filled = {
        **report,
        "time": _number(report.get("time"), 0),
        "sub_type": report.get("sub_type") or ("normal" if group else "other"),
        "message": _segments(message) if isinstance(message, list) else message or report.get("raw_message") or "",
        "raw_message": str(report.get("raw_message") or ""),
        "font": 0,
        "sender": _sender(report.get("sender")),
    }
    filled["message_id"] = _number(
        report.get("message_id"), zlib.crc32(repr(sorted(map(str, report.items()))).encode())
    )
    if group:
        filled["anonymous"] = _anonymous(report.get("anonymous"))
    return filled


def _number(written: Any, otherwise: int) -> int:
    try:
        return int(written)
    except (TypeError, ValueError, OverflowError):
        return otherwise


def _segments(written: list[Any]) -> list[dict[str, Any]]:
    """认得出的消息段；直接写成字的算文字。"""
    kept: list[dict[str, Any]] = []
    for each in written:
        if isinstance(each, str):
            kept.append({"type": "text", "data": {"text": each}})
        elif isinstance(each, dict) and isinstance(each.get("type"), str):
            data = each.get("data")
            kept.append({"type": each["type"], "data": data if isinstance(data, dict) else {}})
    return kept


def _sender(written: object) -> dict[str, Any]:
    if not isinstance(written, dict):
        return {}
    return {name: written[name] for name in _READ_OF_SENDER if isinstance(written.get(name), int | str)}


def _anonymous(written: object) -> dict[str, Any] | None:
    """空的不是匿名；写得不全的仍是匿名，不理。"""
    return {"id": 0, "name": "", "flag": ""} if isinstance(written, dict) and written else None

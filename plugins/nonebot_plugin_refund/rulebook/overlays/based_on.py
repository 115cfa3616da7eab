"""随包的原文：写改动的时候，被换掉的各处原来是什么；随包的后来改了，看得出来。"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, cast

from ..findings import Finding
from .applying import Overlay
from .marks import BASED_ON

if TYPE_CHECKING:
    from ..assembling.parts import Raw

CHECK = "packaged-changed"
_LONGEST = 80


def originals(overlay: Overlay) -> dict[str, object]:
    """现在随包的原文，按改的是哪里；只是添的没有。"""
    return {change.path: plain(change.original) for change in overlay.changes if change.original is not None}


def recorded(overlay: Overlay) -> Mapping[str, object]:
    """文件里记着的原文；没有记的为空。"""
    data = cast("object", overlay.own.data)
    written = cast("Raw", data).get(BASED_ON) if isinstance(data, dict) else None
    return cast("Raw", written) if isinstance(written, dict) else {}


def changed_since(overlay: Overlay) -> Iterator[Finding]:
    """随包的原文与记着的不同了的各处，两边的字都写出来。"""
    now = originals(overlay)
    places = {change.path: change.place for change in overlay.changes}
    for path, then in recorded(overlay).items():
        place = places.get(path)
        if place is None or plain(then) == now.get(path):
            continue
        after = f"现在是：{shown(now[path])}" if path in now else "现在没有这一处了"
        message = (
            f"随包的这一处改过了。你写的时候是：{shown(then)}；{after}。"
            f"看看你写的还合适不合适，合适就运行 refund overlay stamp 记下新的"
        )
        yield Finding(place.file, place.line, path, CHECK, message)


def shown(value: object) -> str:
    """给人看的样子。"""
    text = _text(value)
    return f"“{text if len(text) <= _LONGEST else text[:_LONGEST] + '…'}”"


def plain(value: object) -> object:
    """写进文件、再读出来也一样的样子。"""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in cast("Raw", value).items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in cast("list[object]", value)]
    return value


def _text(value: object) -> str:
    if isinstance(value, dict):
        return "，".join(f"{key}: {_text(item)}" for key, item in cast("Raw", value).items())
    if isinstance(value, list):
        return "、".join(_text(item) for item in cast("list[object]", value))
    return str(value)

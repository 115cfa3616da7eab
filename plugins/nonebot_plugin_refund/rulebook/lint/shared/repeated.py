"""同一句话写了两遍：阶段的话、时限的话，在 stages.yaml 和各个场景里都只写一次，改一处就处处都改了。"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from ...assembling.composing import mappings
from ...assembling.parts import Raw
from ...findings import Finding, Location
from ...yaml_reading.yaml_document import Place, YamlDocument

_SHOWN = 16
"""引用的话最多写这么多字。"""


def check(documents: Iterable[YamlDocument]) -> Iterator[Finding]:
    """查这些文件里写着的话（照用来的不算写）；第二次写的报出来，说第一次在哪里。"""
    first: dict[str, Place] = {}
    for document in documents:
        for item_id, location, text in _texts(document.data):
            place = Place(document, location)
            earlier = first.setdefault(text, place)
            if earlier is not place:
                yield Finding(place.file, place.line, item_id, "repeated-text", _message(text, earlier))


def _message(text: str, earlier: Place) -> str:
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    where = f"{Path(earlier.file).name} 第 {earlier.line} 行"
    return f"“{shown}”在 {where}已经写过了；写一次，别处用 use 照用：阶段放进 stages.yaml，时限写 use: 它的 id"


def _texts(data: object) -> Iterator[tuple[str, Location, str]]:
    """一份文件里写着的每句话：所属的 id、位置、文字。"""
    if not isinstance(data, dict):
        return
    whole = cast("Raw", data)
    yield from _of_timers(whole, ())
    for index, stage in enumerate(mappings(whole.get("stages"))):
        spot: Location = ("stages", index)
        stage_id = str(stage.get("id", stage.get("use")))
        yield from _written(stage, stage_id, spot, ("happening", "todo"))
        for position, variant in enumerate(mappings(stage.get("variants"))):
            yield from _written(variant, stage_id, (*spot, "variants", position), ("happening", "todo"))
        yield from _of_timers(stage, spot)


def _of_timers(holder: Raw, spot: Location) -> Iterator[tuple[str, Location, str]]:
    """一个阶段的时限的话；整个场景的是时钟的话。"""
    for key in ("timers", "clocks"):
        for index, timer in enumerate(mappings(holder.get(key))):
            timer_id = str(timer.get("id", timer.get("use")))
            yield from _written(timer, timer_id, (*spot, key, index), ("before", "after"))


def _written(item: Raw, item_id: str, spot: Location, keys: Iterable[str]) -> Iterator[tuple[str, Location, str]]:
    for key in keys:
        text = item.get(key)
        if isinstance(text, str) and text.strip():
            yield item_id, (*spot, key), text.strip()

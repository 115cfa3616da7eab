"""``sources.yaml``：全部共用的依据。同一部法律的几条，相同的几项只写一次，各条写在 ``entries`` 里。"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, cast

from pydantic import Field, model_validator

from ..findings import Location
from ..scenario_models.base_models import Id, Strict, Text
from ..scenario_models.source_models import Confidence, Source, SourceKind, SpeaksFor
from ..yaml_reading.yaml_document import Place, YamlDocument
from .parts import Part, Raw

ENTRIES = "entries"
"""写着它的那一项是一组。"""


class SourceEntry(Strict):
    """一组里的一条；没写的照那一组的。"""

    id: Id
    kind: SourceKind | None = None
    title: Text | None = None
    article: str | None = None
    says: Text
    effective_from: date | None = None
    effective_to: date | None = None
    last_checked_on: date | None = None
    check_every_days: int | None = Field(default=None, gt=0)
    confidence: Confidence | None = None
    note: str | None = None
    speaks_for: SpeaksFor | None = None


class SourceGroup(Strict):
    """几条依据相同的几项，如一部法律的名字、施行日和上次核对的日子；各条写在 ``entries`` 里。"""

    kind: SourceKind | None = None
    title: Text | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    last_checked_on: date | None = None
    check_every_days: int | None = Field(default=None, gt=0)
    confidence: Confidence | None = None
    note: str | None = None
    entries: tuple[SourceEntry, ...] = Field(min_length=1)


class SourceList(Strict):
    """``sources.yaml`` 的形状；读进来时一组组都拆成一条条完整的。"""

    sources: tuple[Source, ...]

    @model_validator(mode="before")
    @classmethod
    def _one_by_one(cls, data: Any) -> Any:
        if not isinstance(data, dict) or not isinstance(cast("Raw", data).get("sources"), list):
            return cast("object", data)
        written = cast("Raw", data)
        return {**written, "sources": [raw for raw, _ in _flat(written["sources"])]}


class WrittenSources(Strict):
    """``sources.yaml`` 里写的样子：一条条的，或一组组的。"""

    sources: tuple[Source | SourceGroup, ...]


def sources_with_places(document: YamlDocument) -> Iterator[tuple[Source, Location]]:
    """一份读好、查过的 ``sources.yaml`` 里的每一条，和它的位置。"""
    for raw, place in _flat(document.data["sources"]):
        yield Source.model_validate(raw), ("sources", *place)


def source_parts(document: YamlDocument) -> dict[str, Part]:
    """一份 ``sources.yaml`` 里的每一条，按 id，还没有套进数据模型。"""
    found: dict[str, Part] = {}
    for raw, place in _flat(document.data["sources"]):
        if isinstance(raw, dict):
            item = cast("Raw", raw)
            found[str(item.get("id"))] = Part(item, Place(document, ("sources", *place)))
    return found


def _flat(written: Sequence[object]) -> Iterator[tuple[object, tuple[int | str, ...]]]:
    """每一条完整的依据，和它在 ``sources`` 里的位置；样子不对的原样给出，由数据模型去说。"""
    for index, item in enumerate(written):
        group = cast("Raw", item) if isinstance(item, dict) else None
        if group is None or not isinstance(group.get(ENTRIES), list):
            yield item, (index,)
            continue
        common = {key: value for key, value in group.items() if key != ENTRIES}
        for place, entry in enumerate(cast("list[object]", group[ENTRIES])):
            whole: object = {**common, **cast("Raw", entry)} if isinstance(entry, dict) else entry
            yield whole, (index, ENTRIES, place)

"""拼装文书：照用的底稿、共用的空、“除了这几条都有”，读入时换成完整的样子，并记住每一段写在哪一行。"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from ..findings import Finding, Location, RulebookError
from ..yaml_reading.yaml_document import YamlDocument

Raw = dict[str, Any]

_HEADING = ("kind", "title", "use", "called", "after_closing", "to_fill_in")
"""底稿里写了、文书没写就照用的几样。"""
_WRITTEN_ONLY = frozenset({"frame", "fill", "tracks", "except_rules"})
"""只在手册里写、拼装好就没有了的键。"""
_PLACE = re.compile(r"\{([a-z][a-z0-9_-]*)\}")


@dataclass(frozen=True)
class SharedPaperParts:
    """各场景共用的空和底稿，按 id。"""

    slots: Mapping[str, Raw] = field(default_factory=dict[str, Raw])
    frames: Mapping[str, Raw] = field(default_factory=dict[str, Raw])


@dataclass(frozen=True)
class ComposedPapers:
    """一个场景拼装好的文书。"""

    document: YamlDocument
    """拼装好的数据；行号指着原来写它的那一行。"""
    frames: frozenset[str] = frozenset()
    """照用了哪些底稿。"""
    shared_slots: frozenset[str] = frozenset()
    """用到了哪些共用的空。"""
    written: Raw = field(default_factory=dict[str, Any])
    """拼装以前的样子：照用底稿的，还写着底稿和每个地方填什么。"""


def composed_papers(
    document: YamlDocument, rules: Mapping[str, str | None], shared: SharedPaperParts
) -> ComposedPapers:
    """拼装一份文书集。

    Args:
        document: ``slots`` 和 ``items``，行号从它自己数起。
        rules: 场景的规则，按先后，各走哪条路。
        shared: 共用的空和底稿。

    Raises:
        RulebookError: 照用了没有的底稿，或提到了没有的路、规则；列出全部问题。
    """
    return _PaperComposer(document, rules, shared).papers()


class _PaperComposer:
    def __init__(self, document: YamlDocument, rules: Mapping[str, str | None], shared: SharedPaperParts) -> None:
        self._document = document
        self._rules = rules
        self._shared = shared
        self._lines = dict(document.lines)
        self._files = dict(document.files)
        self._findings: list[Finding] = []

    def papers(self) -> ComposedPapers:
        written = cast("Raw", self._document.data)
        papers = _mappings(written.get("items"))
        if papers != written.get("items") or _mappings(written.get("slots", [])) != written.get("slots", []):
            return ComposedPapers(self._document)  # 样子不对，由数据模型去说
        composed = [self._paper(item, ("items", index)) for index, item in enumerate(papers)]
        if self._findings:
            raise RulebookError(self._findings)
        slots = list(self._slots(written.get("slots"), composed))
        frames = frozenset(str(item["frame"]) for item in papers if "frame" in item)
        data = {**written, "slots": [slot for slot, _ in slots], "items": composed}
        shared = frozenset(str(slot["id"]) for slot, is_shared in slots if is_shared)
        document = YamlDocument(self._document.file, data, self._lines, self._files)
        return ComposedPapers(document, frames, shared, written)

    def _paper(self, item: Raw, spot: Location) -> Raw:
        own = {key: value for key, value in item.items() if key not in _WRITTEN_ONLY}
        framed = self._framed(item, spot) if "frame" in item else {}
        return {**framed, **own, "rules": self._chosen_rules(item, spot)}

    def _chosen_rules(self, item: Raw, spot: Location) -> object:
        """得出哪些结论的案件有这份：写明的，加上走这几条路的；都没写就是全部。再去掉除外的。"""
        if not item.keys() & {"tracks", "except_rules"} and "rules" in item:
            return item["rules"]
        written = _words(item.get("rules"))
        tracks = _words(item.get("tracks"))
        excepted = _words(item.get("except_rules"))
        self._refuse_unknown(item, spot, "tracks", tracks, {track for track in self._rules.values() if track})
        self._refuse_unknown(item, spot, "except_rules", excepted, set(self._rules))
        everything = not written and not tracks
        chosen = [key for key, track in self._rules.items() if everything or key in written or track in tracks]
        strangers = [key for key in written if key not in self._rules]
        return [key for key in chosen if key not in excepted] + strangers

    def _refuse_unknown(self, item: Raw, spot: Location, key: str, wanted: Sequence[str], known: set[str]) -> None:
        for name in wanted:
            if name not in known:
                self._add("unknown-id", str(item.get("id", "-")), (*spot, key), f"{key} 里的“{name}”不存在")

    def _framed(self, item: Raw, spot: Location) -> Raw:
        """照底稿写：底稿里的段落，留的地方换成这份填的。"""
        name = str(item["frame"])
        frame = self._shared.frames.get(name)
        if frame is None:
            message = f"没有叫“{name}”的底稿可以照用；检查拼写，或把 parts 写全"
            self._add("unknown-id", str(item.get("id", "-")), (*spot, "frame"), message)
            return {}
        if "parts" in item:
            message = "写了 frame 就不写 parts，要添的写在 fill 里"
            self._add("schema", str(item.get("id", "-")), (*spot, "parts"), message)
        fill = self._fill(item, spot)
        places = {str(part.get("id")) for part in _mappings(frame["parts"]) if part.get("kind") == "place"}
        self._refuse_unknown(item, spot, "fill", list(fill), places)
        parts: list[object] = []
        for part, at in self._filled(frame, fill, spot):
            out = (*spot, "parts", len(parts))
            self._lines[out], self._files[out] = self._document.line_of(at), self._document.file_of(at)
            parts.append(part)
        heading = {key: frame[key] for key in _HEADING if key in frame}
        return {**heading, "parts": parts}

    def _fill(self, item: Raw, spot: Location) -> dict[str, list[object]]:
        """每个地方填的段落。"""
        written = cast("object", item.get("fill", {}))
        fill = cast("Raw", written) if isinstance(written, dict) else {"fill": written}
        for name, parts in fill.items():
            if not isinstance(parts, list):
                message = "fill 要写成“地方: 一列段落”"
                self._add("schema", str(item.get("id", "-")), (*spot, "fill", name), message)
        return {name: cast("list[object]", parts) for name, parts in fill.items() if isinstance(parts, list)}

    def _filled(
        self, frame: Raw, fill: Mapping[str, list[object]], spot: Location
    ) -> Iterator[tuple[object, Location]]:
        for part in _mappings(frame["parts"]):
            if part.get("kind") != "place":
                yield part, spot
                continue
            name = str(part["id"])
            if name not in fill:
                yield from ((default, spot) for default in part.get("parts", ()))
            else:
                for index, own in enumerate(fill[name]):
                    yield own, (*spot, "fill", name, index)

    def _slots(self, own: object, papers: Sequence[Raw]) -> Iterator[tuple[Raw, bool]]:
        """自己声明的空，再加上用到的共用的空；后一项说是不是共用的。"""
        declared = _mappings(own)
        yield from ((slot, False) for slot in declared)
        names = {str(slot.get("id")) for slot in declared}
        parts = [part for paper in papers for part in _mappings(paper.get("parts"))]
        used = {name for part in parts for name in _PLACE.findall(str(part.get("text", "")))}
        for name, slot in self._shared.slots.items():
            if name in used and name not in names:
                yield slot, True

    def _add(self, check: str, item_id: str, spot: Location, message: str) -> None:
        self._findings.append(self._document.finding(spot, item_id, check, message))


def _mappings(value: object) -> list[Raw]:
    if not isinstance(value, list):
        return []
    return [cast("Raw", item) for item in cast("list[object]", value) if isinstance(item, dict)]


def _words(value: object) -> list[str]:
    return [str(item) for item in cast("list[object]", value)] if isinstance(value, list) else []

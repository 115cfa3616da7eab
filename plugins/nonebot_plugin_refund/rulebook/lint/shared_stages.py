"""共用的阶段和时钟（stages.yaml）：id 写重了、没有场景照用。"""

from collections.abc import Iterator

from ..composing import USE, mappings
from ..findings import Finding
from ..loader import Rulebook
from ..yaml_document import YamlDocument


def check(rulebook: Rulebook) -> Iterator[Finding]:
    """查共用的阶段和时钟。"""
    for document in rulebook.shared.stage_documents:
        for key, what in (("stages", "阶段"), ("clocks", "时钟")):
            yield from _of_kind(document, key, what, _used(rulebook, key))


def _used(rulebook: Rulebook, key: str) -> set[str]:
    written = [item for loaded in rulebook.loaded for item in mappings(loaded.document.data.get(key))]
    return {str(item[USE]) for item in written if USE in item}


def _of_kind(document: YamlDocument, key: str, what: str, used: set[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, item in enumerate(mappings(document.data.get(key))):
        item_id, line = str(item["id"]), document.line_of((key, index))
        if item_id in seen:
            yield Finding(document.file, line, item_id, "duplicate-id", f"“{item_id}”前面已经写过了，id 不能重复")
        seen.add(item_id)
        if item_id not in used:
            message = f"没有场景照用这个{what}；在场景里写 use 用上它，或删掉"
            yield Finding(document.file, line, item_id, "unused-id", message)

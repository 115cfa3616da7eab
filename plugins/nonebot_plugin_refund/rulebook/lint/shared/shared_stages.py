"""共用的阶段和时钟（stages.yaml）：id 写重了、没有场景照用。"""

from collections.abc import Iterator

from ...assembling.composing import USE, mappings
from ...findings import Finding
from ...loader import Rulebook
from .shared_items import faults_of


def check(rulebook: Rulebook) -> Iterator[Finding]:
    """查共用的阶段和时钟。"""
    for document in rulebook.shared.stage_documents:
        for key, what in (("stages", "阶段"), ("clocks", "时钟")):
            unused = f"没有场景照用这个{what}；在场景里写 use 用上它，或删掉"
            yield from faults_of(document, key, _used(rulebook, key), unused)


def _used(rulebook: Rulebook, key: str) -> set[str]:
    written = [item for loaded in rulebook.loaded for item in mappings(loaded.document.data.get(key))]
    return {str(item[USE]) for item in written if USE in item}

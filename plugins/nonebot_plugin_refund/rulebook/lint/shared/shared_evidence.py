"""共用的材料（evidence.yaml）：id 写重了、没有场景用到。"""

from collections.abc import Iterator

from ...assembling.composing import USE, mappings
from ...findings import Finding
from ...loader import Rulebook
from .shared_items import faults_of


def check(rulebook: Rulebook) -> Iterator[Finding]:
    """查共用的材料。"""
    named = {item for scenario in rulebook.scenarios for rule in scenario.rules for item in rule.evidence}
    written = [item for loaded in rulebook.loaded for item in mappings(loaded.document.data.get("evidence"))]
    used = named | {str(item[USE]) for item in written if USE in item}
    for document in rulebook.shared.evidence_documents:
        yield from faults_of(document, "evidence", used, "没有规则用到这项材料")

"""概念（lexicon.yaml）：写了没有一条说法用到。"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from ...assembling.composing import SAYINGS
from ...findings import Finding
from ...loader import Rulebook
from ...wording_models.lexicon import mentioned_concepts

if TYPE_CHECKING:
    from ...assembling.parts import Raw


def check(rulebook: Rulebook) -> Iterator[Finding]:
    """查概念。"""
    documents = (*rulebook.shared.event_documents, *(loaded.document for loaded in rulebook.loaded))
    used = {name for document in documents for saying in _sayings(document.data) for name in mentioned_concepts(saying)}
    for document in rulebook.shared.lexicon_documents:
        for index, concept in enumerate(document.data["concepts"]):
            if concept["name"] not in used:
                message = f"没有一条说法用到 <{concept['name']}>；用上它，或删掉"
                yield document.finding(("concepts", index), concept["id"], "unused-id", message)


def _sayings(node: object) -> Iterator[str]:
    """一份 YAML 里全部的说法，一层层往里找。"""
    if isinstance(node, list):
        for item in cast("list[object]", node):
            yield from _sayings(item)
    elif isinstance(node, dict):
        for key, value in cast("Raw", node).items():
            if key in SAYINGS and isinstance(value, list):
                yield from map(str, cast("list[object]", value))
            else:
                yield from _sayings(value)

"""闲话（asides.yaml）写得对不对：回答太长、许了诺、说法太短或撞车、场景写错。"""

from collections.abc import Iterator

from ...findings import Finding, Location
from ...loader import Rulebook
from ...wording_models.asides import Aside, Asides
from ...yaml_reading.validating import validate
from ...yaml_reading.yaml_document import YamlDocument
from ..scenario.texts import faults_of

LONGEST_ANSWER = 60
"""一句话，手机上一两行。"""
_SHORTEST_PHRASE = 3
"""两个字的词到处都会碰上，只能写在 whole 里。"""


def check(rulebook: Rulebook) -> Iterator[Finding]:
    """检查一本读好的手册里的闲话。"""
    known = frozenset(scenario.id for scenario in rulebook.scenarios)
    for document in rulebook.aside_documents:
        yield from _check(document, validate(Asides, document).asides, known)


def _check(document: YamlDocument, asides: tuple[Aside, ...], known: frozenset[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    owners: dict[tuple[str, bool], str] = {}
    for index, aside in enumerate(asides):
        here: Location = ("asides", index)
        if aside.id in seen:
            yield document.finding(here, aside.id, "duplicate-id", "前面已经写过了，id 不能重复")
        seen.add(aside.id)
        spot: Location = ("asides", index, "answer")
        for check, message in faults_of(aside.answer, LONGEST_ANSWER):
            yield document.finding(spot, aside.id, check, message)
        for scenario_id in sorted(set(aside.scenarios) - known):
            yield document.finding(here, aside.id, "unknown-id", f"没有叫“{scenario_id}”的场景")
        for phrase in aside.said:
            if len(phrase) < _SHORTEST_PHRASE:
                yield document.finding(here, aside.id, "phrase-too-short", f"“{phrase}”太短，写到 whole 里")
        for phrase in (*aside.said, *aside.whole):
            key = (phrase, bool(aside.scenarios))
            if owners.setdefault(key, aside.id) != aside.id:
                message = f"“{phrase}”在“{owners[key]}”里也有，分不清答哪句"
                yield document.finding(here, aside.id, "shared-phrase", message)

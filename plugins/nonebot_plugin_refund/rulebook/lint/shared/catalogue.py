"""事件目录（events.yaml）：写了没人用、名字太长、说法不能用。"""

from collections.abc import Iterator

from ...findings import Finding
from ...loader import Rulebook
from ...scenario_models.event_models import Event
from ...yaml_reading.yaml_document import Place
from ..scenario.texts import LIMITS, faults_of
from ..wording.sayings import faults_of_sayings


def effective_entries(rulebook: Rulebook) -> Iterator[tuple[Event, Place]]:
    """查的这本手册的目录里的每件事，和写着它的地方；几个文件都写了的，后读的那份作数。"""
    places = {
        str(entry["id"]): Place(document, ("events", index))
        for document in rulebook.shared.event_documents
        for index, entry in enumerate(document.data["events"])
    }
    for event in rulebook.shared.events:
        if event.id in places:
            yield event, places[event.id]


def check(rulebook: Rulebook) -> Iterator[Finding]:
    """查目录。"""
    used = {item.on for scenario in rulebook.scenarios for stage in scenario.stages for item in stage.events}
    for event, place in effective_entries(rulebook):
        if event.id not in used:
            message = "没有一个阶段用到这件事；在阶段的 events 里用上它，或从目录里删掉"
            yield Finding(place.file, place.line, event.id, "unused-id", message)
        for fault, message in faults_of(event.label, LIMITS["event"]):
            yield Finding(place.file, place.within("label").line, event.id, fault, message)
        yield from faults_of_sayings(place, event)

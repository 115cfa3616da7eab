"""一件事的说法：不能是命令、控制语或一个数，用了也听不成这件事。"""

from collections.abc import Iterator

from ...assembling.composing import mappings
from ...findings import Finding
from ...scenario_models.event_models import Event
from ...wording_models.reserved_words import is_number, is_reserved
from ...yaml_reading.yaml_document import Place


def faults_of_sayings(place: Place, event: Event) -> Iterator[Finding]:
    """``event`` 写在 ``place``；它的哪些说法不能用。"""
    for saying in event.said:
        if is_reserved(saying):
            message = f"“{saying}”是机器人的命令或控制语，听不成这件事；换一种说法，或删掉"
        elif is_number(saying):
            message = f"“{saying}”只是一个数，会被当成编号；换一种说法，或删掉"
        else:
            continue
        yield Finding(place.file, _line_of_saying(place, saying), event.id, "reserved-saying", message)


def _line_of_saying(place: Place, saying: str) -> int:
    """这条说法写在第几行；由概念换出来的，指着整列说法。"""
    written = mappings(place.document.data["events"])[int(place.location[-1])]
    known = [index for index, item in enumerate(written.get("said", ())) if item == saying]
    return place.within("said", *known[:1]).line

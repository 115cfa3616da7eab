"""各场景的文书共用的空和底稿（papers.yaml）：id 写重了、没有文书用到。"""

from collections.abc import Iterator

from ...findings import Finding
from ...loader import Rulebook
from .shared_items import faults_of


def check(rulebook: Rulebook) -> Iterator[Finding]:
    """查共用的空和底稿。"""
    papers = [loaded.papers for loaded in rulebook.loaded if loaded.papers is not None]
    slots = {slot for one in papers for slot in one.shared_slots}
    frames = {frame for one in papers for frame in one.frames}
    for document in rulebook.shared.paper_documents:
        yield from faults_of(document, "slots", slots, "没有一份文书用到这个空")
        yield from faults_of(document, "frames", frames, "没有一份文书照用这份底稿")

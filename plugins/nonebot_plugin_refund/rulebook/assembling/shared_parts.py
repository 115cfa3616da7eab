"""几个场景共用的零件：事件、阶段、概念、材料、文书的空和底稿，各有一个固定名字的文件。"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files

from .. import file_names
from ..findings import Finding, RulebookError
from ..scenario_models.base_models import Strict
from ..scenario_models.event_models import Event, Events
from ..scenario_models.evidence_models import SharedEvidence
from ..scenario_models.paper_models import SharedPapers
from ..scenario_models.stage_models import SharedStages
from ..wording_models.lexicon import Concept, Lexicon
from ..yaml_reading.packaged_parses import PackagedParses
from ..yaml_reading.validating import validate
from ..yaml_reading.yaml_document import YamlDocument
from .composing import SharedParts, spoken_events, written_parts
from .paper_composing import SharedPaperParts
from .parts import Part

SHARED_FILES: Mapping[str, type[Strict]] = {
    file_names.EVENTS_FILE: Events,
    file_names.STAGES_FILE: SharedStages,
    file_names.LEXICON_FILE: Lexicon,
    file_names.EVIDENCE_FILE: SharedEvidence,
    file_names.PAPERS_FILE: SharedPapers,
}
"""共用零件的文件名，和各自的形状。"""

Documents = Mapping[str, Sequence[YamlDocument]]
"""读到的共用零件的文件，按文件名；先读的在前。"""


@dataclass(frozen=True, slots=True)
class SharedWords:
    """几个场景共用的零件，和写着它们的文件（检查时用来指出行号）。"""

    events: tuple[Event, ...] = ()
    concepts: tuple[Concept, ...] = ()
    event_documents: tuple[YamlDocument, ...] = ()
    stage_documents: tuple[YamlDocument, ...] = ()
    lexicon_documents: tuple[YamlDocument, ...] = ()
    evidence_documents: tuple[YamlDocument, ...] = ()
    paper_documents: tuple[YamlDocument, ...] = ()


@dataclass(frozen=True)
class SharedThings:
    """收齐的共用零件。"""

    parts: SharedParts
    """拼装场景用的。"""
    words: SharedWords
    """读好的手册里留下的。"""
    findings: list[Finding] = field(default_factory=list[Finding])
    """收的时候发现的问题。"""


def gathered(documents: Documents) -> SharedThings:
    """把读到的收齐：随包的在先，后读的文件盖过先读的同 id 的一项；不写这几个文件的文件夹照用随包的。"""
    findings: list[Finding] = []
    concepts = _concepts(documents)
    words = {name: concept.words for name, concept in concepts.items()}
    events: dict[str, Part] = {}
    for document in with_packaged(documents, file_names.EVENTS_FILE):
        try:
            events.update(spoken_events(document, words))
        except RulebookError as error:
            findings.extend(error.findings)
    papers = SharedPaperParts(
        {name: part.data for name, part in _by_id(documents, file_names.PAPERS_FILE, "slots").items()},
        {name: part.data for name, part in _by_id(documents, file_names.PAPERS_FILE, "frames").items()},
    )
    parts = SharedParts(
        events=events,
        stages=_by_id(documents, file_names.STAGES_FILE, "stages"),
        clocks=_by_id(documents, file_names.STAGES_FILE, "clocks"),
        concepts=words,
        evidence=_by_id(documents, file_names.EVIDENCE_FILE, "evidence"),
        papers=papers,
    )
    return SharedThings(parts, _words(documents, events, concepts), findings)


def _words(documents: Documents, events: Mapping[str, Part], concepts: Mapping[str, Concept]) -> SharedWords:
    return SharedWords(
        tuple(Event.model_validate(event.data) for event in events.values()),
        tuple(concepts.values()),
        tuple(documents.get(file_names.EVENTS_FILE, ())),
        tuple(documents.get(file_names.STAGES_FILE, ())),
        tuple(documents.get(file_names.LEXICON_FILE, ())),
        tuple(documents.get(file_names.EVIDENCE_FILE, ())),
        tuple(documents.get(file_names.PAPERS_FILE, ())),
    )


def _concepts(documents: Documents) -> dict[str, Concept]:
    concepts: dict[str, Concept] = {}
    for document in with_packaged(documents, file_names.LEXICON_FILE):
        concepts.update((concept.name, concept) for concept in validate(Lexicon, document).concepts)
    return concepts


def _by_id(documents: Documents, file: str, section: str) -> dict[str, Part]:
    found: dict[str, Part] = {}
    for document in with_packaged(documents, file):
        found.update(written_parts(document, section))
    return found


def with_packaged(documents: Documents, file: str) -> Iterator[YamlDocument]:
    """随包的那份在最前；读到的正是它时不重复。"""
    packaged = _packaged()[file]
    yield packaged
    yield from (document for document in documents.get(file, ()) if document.file != packaged.file)


@cache
def _packaged() -> Mapping[str, YamlDocument]:
    """随包的共用零件，按文件名。"""
    with as_file(files("nonebot_plugin_refund.rulebook").joinpath("content")) as folder:
        return {name: PackagedParses.beside_the_code().read(folder / name) for name in SHARED_FILES}

"""能在格子里改的东西：一个个场景，和几个场景共用的文书底稿、打听、闲话。"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from ...rulebook import file_names
from ...rulebook.loader import Rulebook
from ...rulebook.overlays.applying import TOPIC_SECTION, scenario_of
from ...rulebook.overlays.marks import SCENARIO
from ...rulebook.scenario_models.topics import TOPICS_FOR
from ...rulebook.yaml_reading.yaml_document import YamlDocument
from .fields import Part, parts_of, written

_TOPICS_FILE = "topics.yaml"


@dataclass(frozen=True)
class Target:
    """能在格子里改的一个场景或一个共用的文件。"""

    key: str
    """场景的 id，或共用的那个文件叫什么。"""
    title: str
    head: Mapping[str, Any]
    """操作者的文件里一定要写的几个键。"""
    packaged: Mapping[str, Any]
    """随包的。"""
    titles: Mapping[str, str]
    """没写名字的各项叫什么，按 id。"""

    @property
    def is_scenario(self) -> bool:
        """是一个场景，不是几个场景共用的。"""
        return SCENARIO in self.head

    @property
    def file(self) -> str:
        """还没有文件时，写在叫什么的文件里。"""
        return f"{self.key}.yaml" if self.is_scenario else self.key

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """分成几块给网页显示。"""
        return tuple(parts_of(self.packaged, self.titles))

    def is_in(self, name: str, document: YamlDocument) -> bool:
        """操作者的这个文件改的是不是它。"""
        data = cast("Mapping[str, Any]", document.data)
        if self.is_scenario:
            return scenario_of(document) == self.key
        if self.key == _TOPICS_FILE:
            return TOPIC_SECTION in data and TOPICS_FOR not in data
        return name == self.key and bool(data)


def targets_of(packaged: Rulebook) -> dict[str, Target]:
    """全部，按 key；场景在前。"""
    return {target.key: target for target in _targets(packaged)}


def _targets(packaged: Rulebook) -> Iterator[Target]:
    for loaded in packaged.loaded:
        scenario = loaded.scenario
        papers = scenario.papers.items if scenario.papers else ()
        titles = {paper.id: paper.title for paper in papers}
        yield Target(scenario.id, scenario.title, {SCENARIO: scenario.id}, written(loaded), titles)
    (papers_file,), (asides_file,) = packaged.shared.paper_documents, packaged.aside_documents
    yield Target(file_names.PAPERS_FILE, "几个场景共用的文书底稿", {}, papers_file.data, {})
    topics = [topic for document in packaged.topic_documents for topic in document.data[TOPIC_SECTION]]
    yield Target(_TOPICS_FILE, "打听：人会问什么、怎么答", {}, {TOPIC_SECTION: topics}, {})
    asides = {key: value for key, value in asides_file.data.items() if key != "version"}
    yield Target(file_names.ASIDES_FILE, "闲话：寒暄、发火怎么答", {"version": 1}, asides, {})

"""读入规则手册：随包的内容，加上操作者自己的文件夹。

操作者的文件可以只写与随包不同的地方，见 :mod:`.overlays`；同 id 的整个场景以操作者的为准。
任何一个文件有问题，整本都不换上，由调用者继续用上一本。
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import cast

from . import file_names
from .assembling.composing import PAPERS, SharedParts, composed, rules_and_tracks
from .assembling.duplicate_ids import are_beside, refuse_twin, refuse_twin_papers, refuse_twin_topic
from .assembling.paper_composing import ComposedPapers, composed_papers
from .assembling.parts import Raw
from .assembling.shared_parts import SHARED_FILES, SharedThings, gathered, with_packaged
from .assembling.shorthand import spelled_out
from .assembling.source_list import SourceList
from .book import LoadedScenario, Rulebook, sources_used
from .findings import Finding, RulebookError
from .folder_listing import files_read
from .overlays.applying import (
    ASIDE_SECTION,
    TOPIC_SECTION,
    Applied,
    Overlay,
    applied_to_scenario,
    completed_file,
    removed_names,
    scenario_of,
    unknown_scenario,
    without_marks,
)
from .overlays.error_places import blamed
from .scenario_models.models import Scenario, Source
from .scenario_models.paper_models import PaperSet
from .scenario_models.topics import TOPICS_FOR, ScopedTopic, Topics
from .wording_models.asides import Aside, Asides, load_asides
from .wording_models.signal_additions import SignalAdditions, refuse_unknown_groups
from .yaml_reading.packaged_parses import PackagedParses
from .yaml_reading.validating import validate
from .yaml_reading.yaml_document import YamlDocument, read_yaml, refuse_outsider

__all__ = ["PAPERS_FOR", "LoadedScenario", "Rulebook", "load_folders", "load_rulebook", "sources_used"]

PAPERS_FOR = "papers_for"
"""一个文件开头写着它，就是某个场景的文书。"""


def load_rulebook(*operator_folders: Path) -> Rulebook:
    """读入随包内容和操作者文件夹（不存在的文件夹跳过）。

    随包内容一个进程里只读一次：程序还在跑、包却被升级了的，换手册时也不会把新内容配给旧程序。

    Raises:
        RulebookError: 有文件不合要求；列出全部问题，而不是第一个。
    """
    if not operator_folders:
        return _packaged_alone()
    reading = _packaged().copied()
    for folder in operator_folders:
        reading.read_folder(folder, is_base=False)
    return reading.rulebook()


@cache
def _packaged_alone() -> Rulebook:
    return _packaged().copied().rulebook()


@cache
def _packaged() -> "_Reading":
    parses = PackagedParses.beside_the_code()
    reading = _Reading(parse=parses.read)
    with as_file(files(__name__.rpartition(".")[0]).joinpath("content")) as folder:
        reading.read_folder(folder, is_base=True)
    parses.keep()
    return reading


def load_folders(folders: Sequence[Path]) -> Rulebook:
    """从若干文件夹（或单个文件）读入；后面的覆盖前面的。抛出的错误同 :func:`load_rulebook`。

    第一个是底本：它的词表由 :func:`~.wording_models.signals.load_signals` 读；其余文件夹里的词表只能添词。
    """
    reading = _Reading()
    for folder in folders:
        reading.read_folder(folder, is_base=folder == folders[0])
    return reading.rulebook()


@dataclass
class _Reading:
    """读到一半的手册：文件都读进来，读完了再拼装。"""

    scenarios: dict[str, YamlDocument] = field(default_factory=dict[str, YamlDocument])
    menus: dict[str, int] = field(default_factory=dict[str, int])
    """写过 menu 的场景在菜单里排第几；盖过它的那份没写的，留在原来的位置。"""
    sources: dict[str, Source] = field(default_factory=dict[str, Source])
    source_documents: list[YamlDocument] = field(default_factory=list[YamlDocument])
    asides: dict[str, Aside] = field(default_factory=dict[str, Aside])
    aside_documents: list[YamlDocument] = field(default_factory=list[YamlDocument])
    topics: dict[str, ScopedTopic] = field(default_factory=dict[str, ScopedTopic])
    topic_documents: list[YamlDocument] = field(default_factory=list[YamlDocument])
    topic_files: dict[str, YamlDocument] = field(default_factory=dict[str, YamlDocument])
    """每种打听写在哪个文件里。"""
    papers: dict[str, YamlDocument] = field(default_factory=dict[str, YamlDocument])
    """写在另一个文件里的文书，按场景的 id。"""
    shared: dict[str, list[YamlDocument]] = field(default_factory=dict[str, list[YamlDocument]])
    """共用零件的文件，按文件名。"""
    additions: list[SignalAdditions] = field(default_factory=list[SignalAdditions])
    differences: list[YamlDocument] = field(default_factory=list[YamlDocument])
    """只写与某个场景不同之处的文件。"""
    overlays: list[Overlay] = field(default_factory=list[Overlay])
    removed_asides: set[str] = field(default_factory=set[str])
    """操作者不要的随包闲话。"""
    findings: list[Finding] = field(default_factory=list[Finding])
    parse: Callable[[Path], YamlDocument] = read_yaml
    """怎么读一个文件。"""

    def copied(self) -> "_Reading":
        """另起一份，接着读不影响原来的。"""
        return _Reading(
            dict(self.scenarios),
            dict(self.menus),
            dict(self.sources),
            list(self.source_documents),
            dict(self.asides),
            list(self.aside_documents),
            dict(self.topics),
            list(self.topic_documents),
            dict(self.topic_files),
            dict(self.papers),
            {name: list(documents) for name, documents in self.shared.items()},
            list(self.additions),
            list(self.differences),
            list(self.overlays),
            set(self.removed_asides),
            list(self.findings),
        )

    def read_folder(self, folder: Path, *, is_base: bool) -> None:
        """读一个文件夹（或单个文件）；不合要求的记下来，接着读其余的。"""
        for path in files_read(folder):
            try:
                refuse_outsider(path, folder)
                self._read(path, is_base=is_base)
            except RulebookError as error:
                self.findings.extend(error.findings)

    def _read(self, path: Path, *, is_base: bool) -> None:
        if path.name == file_names.SIGNALS_FILE:
            if not is_base:
                self.additions.append(_additions(read_yaml(path)))
            return
        if path.name in file_names.PACKAGED_ONLY:
            _refuse_unless(path, is_base=is_base)
            return
        document = self.parse(path)
        whole = _as_read if is_base else self._completed
        match path.name:
            case file_names.SOURCES_FILE:
                document = whole(document, self.source_documents, path.name)
                self.source_documents.append(document)
                self.sources.update((source.id, source) for source in validate(SourceList, document).sources)
            case file_names.ASIDES_FILE:
                self._read_asides(document, whole(document, self.aside_documents, path.name))
            case name if name in SHARED_FILES:
                document = whole(document, tuple(with_packaged(self.shared, name)), name)
                validate(SHARED_FILES[name], document)
                self.shared.setdefault(name, []).append(document)
            case _ if (PAPERS_FOR,) in document.lines:
                self._read_papers(document)
            case _ if (TOPICS_FOR,) in document.lines or (TOPIC_SECTION,) in document.lines:
                self._read_topics(document, whole(document, self.topic_documents, TOPIC_SECTION))
            case _ if scenario_of(document) is not None:
                self.differences.append(document)
            case _:
                self._read_scenario(without_marks(document))

    def _completed(self, document: YamlDocument, earlier: Sequence[YamlDocument], name: str) -> YamlDocument:
        """操作者的：同 id 的只写了不同之处，其余照前面读到的补全。"""
        applied = completed_file(document, earlier, name)
        self.overlays.extend(applied.overlays)
        return applied.document

    def _read_asides(self, own: YamlDocument, document: YamlDocument) -> None:
        self.aside_documents.append(document)
        removed = removed_names(own, ASIDE_SECTION)
        written = {aside.id: aside for aside in validate(Asides, document).asides}
        # 后读的排在前面：两条都对得上时，操作者自己写的那条先答
        kept = {key: aside for key, aside in self.asides.items() if key not in written and key not in removed}
        self.asides = written | kept
        self.removed_asides.update(removed)

    def _read_topics(self, own: YamlDocument, document: YamlDocument) -> None:
        removed = removed_names(own, TOPIC_SECTION)
        for name in removed:
            self.topics.pop(name, None)
        document = _with_scope(document)
        if removed and not document.data[TOPIC_SECTION]:
            return
        for index, scoped in enumerate(validate(Topics, document).scoped()):
            refuse_twin_topic(self.topic_files.get(scoped.id), scoped.id, document, index)
            self.topic_files[scoped.id] = document
            self.topics[scoped.id] = scoped
        self.topic_documents.append(document)

    def _read_scenario(self, document: YamlDocument) -> None:
        scenario_id = _scenario_id(document)
        refuse_twin(self.scenarios.get(scenario_id), scenario_id, document)
        self.scenarios[scenario_id] = document
        if isinstance(position := _written(document, "menu"), int):
            self.menus[scenario_id] = position
        # 后面的文件夹里有一整份的，前面的文件夹里改的就不算了
        self.differences = [
            one for one in self.differences if scenario_of(one) != scenario_id or are_beside(one, document)
        ]

    def _read_papers(self, document: YamlDocument) -> None:
        written = cast("Raw", document.data)
        scenario_id = str(written[PAPERS_FOR])
        refuse_twin_papers(self.papers.get(scenario_id), scenario_id, document, PAPERS_FOR)
        self.papers[scenario_id] = replace(document, data={k: v for k, v in written.items() if k != PAPERS_FOR})

    def rulebook(self) -> Rulebook:
        """读完了，拼装起来。底本没有闲话时用随包的。

        Raises:
            RulebookError: 有文件不合要求。
        """
        shared = gathered(self.shared)
        self.findings.extend(shared.findings)
        loaded = [self._loaded(document, shared) for document in self.scenarios.values()]
        self.findings.extend(self._ownerless_papers())
        strangers = [one for one in self.differences if scenario_of(one) not in self.scenarios]
        self.findings.extend(unknown_scenario(one, self.scenarios) for one in strangers)
        if self.findings:
            raise RulebookError(self.findings)
        ordered = sorted((item for item in loaded if item is not None), key=self._menu_position)
        packaged = tuple(aside for aside in load_asides() if aside.id not in {*self.asides, *self.removed_asides})
        asked = tuple(self.topics.values())
        spoken = tuple(aside for topic in asked if (aside := topic.as_aside()) is not None)
        return Rulebook(
            tuple(ordered),
            tuple(self.sources.values()),
            tuple(self.source_documents),
            (*self.asides.values(), *packaged, *spoken),
            tuple(self.aside_documents),
            tuple(self.additions),
            shared.words,
            asked,
            tuple(self.topic_documents),
            tuple(self.overlays),
        )

    def _menu_position(self, loaded: LoadedScenario) -> tuple[float, str]:
        """在菜单里的位置；没写过的排在后面。"""
        return (self.menus.get(loaded.scenario.id, math.inf), loaded.scenario.id)

    def _loaded(self, document: YamlDocument, shared: SharedThings) -> LoadedScenario | None:
        applied = Applied(document, ())
        try:
            if not isinstance(document.data, dict):
                validate(Scenario, document)
            applied = self._with_differences(spelled_out(document), shared.parts)
            document = spelled_out(applied.document)
            whole = composed(document, shared.parts)
            papers = self._papers(document, whole.data, shared.parts)
            data = whole.data
            if papers is not None:
                data = {**data, PAPERS: validate(PaperSet, papers.document)}
            scenario = validate(Scenario, replace(document, data=data))
            if scenario.menu is not None:
                self.menus[scenario.id] = scenario.menu
            return LoadedScenario(scenario, document, whole.origins, papers, applied.changes)
        except RulebookError as error:
            self.findings.extend(blamed(finding, applied.changes) for finding in error.findings)
            return None

    def _with_differences(self, document: YamlDocument, parts: SharedParts) -> Applied:
        """合进操作者写的不同之处。"""
        scenario_id = _scenario_id(document)
        owns = [one for one in self.differences if scenario_of(one) == scenario_id]
        shared = {"stages": parts.stages, "clocks": parts.clocks, "events": parts.events, "evidence": parts.evidence}
        applied = applied_to_scenario(document, owns, self.papers.get(scenario_id), shared)
        self.overlays.extend(applied.overlays)
        return applied

    def _papers(self, document: YamlDocument, data: Raw, parts: SharedParts) -> ComposedPapers | None:
        """场景自己写的文书；没写就用另一个文件里给它写的。写了 ``papers:`` 而留空，就是不要文书。"""
        if (PAPERS,) in document.lines:
            own = cast("object", data[PAPERS])
            written = document.part((PAPERS,)) if own is not None else None
        else:
            written = self.papers.get(_scenario_id(document))
        if written is None or not isinstance(written.data, dict):
            return None if written is None else ComposedPapers(written)
        return composed_papers(written, rules_and_tracks(data), parts.papers)

    def _ownerless_papers(self) -> Iterator[Finding]:
        for scenario_id, document in self.papers.items():
            if scenario_id not in self.scenarios:
                message = f"没有叫“{scenario_id}”的场景，这个文件里的文书给谁用"
                yield document.finding((PAPERS_FOR,), scenario_id, "unknown-id", message)


def _as_read(document: YamlDocument, earlier: Sequence[YamlDocument], name: str) -> YamlDocument:
    """底本都是写全的。"""
    del earlier, name
    return document


def _with_scope(document: YamlDocument) -> YamlDocument:
    """只改随包的打听，不必写给哪几个场景用。"""
    data = cast("Raw", document.data)
    return document if TOPICS_FOR in data else replace(document, data={TOPICS_FOR: [], **data})


def _scenario_id(document: YamlDocument) -> str:
    """文件里写的场景 id；没写的用文件名代替，少了什么由数据模型去说。"""
    written = _written(document, "id")
    return written if isinstance(written, str) else document.file


def _written(document: YamlDocument, key: str) -> object:
    """文件最外层的一个键写的值；没写、文件不是“键: 值”的样子，都为空。"""
    data = cast("object", document.data)
    return cast("Raw", data).get(key) if isinstance(data, dict) else None


def _refuse_unless(path: Path, *, is_base: bool) -> None:
    """只有底本里才有的文件，由用它的模块自己读；操作者放了同名的，说清楚不会用。"""
    if not is_base:
        message = f"{path.name} 只有随包的那一份，放在这里不会用到；请删掉，或把场景改个文件名"
        raise RulebookError([Finding(str(path), 1, "-", "packaged-only", message)])


def _additions(document: YamlDocument) -> SignalAdditions:
    """操作者添的词；把整份词表抄来改的，说清楚该怎么写。"""
    if ("groups",) in document.lines:
        message = "这里只写要添的词（words、masks），不能放整份词表；写法见 docs/rulebook.md"
        raise RulebookError([document.finding(("groups",), "-", "schema", message)])
    additions = validate(SignalAdditions, document)
    refuse_unknown_groups(additions, document)
    return additions

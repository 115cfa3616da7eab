"""读入规则手册：随包的内容，加上操作者自己的文件夹。

同 id 的场景以操作者的为准。任何一个文件有问题，整本都不换上，由调用者继续用上一本。
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import cast

from . import file_names
from .asides import Aside, Asides, load_asides
from .composing import PAPERS, Raw, SharedParts, composed, origin_of, rules_and_tracks
from .edition import Edition
from .findings import Finding, Location, RulebookError
from .models import Scenario, Source
from .paper_composing import ComposedPapers, composed_papers
from .paper_models import PaperSet
from .shared_parts import SHARED_FILES, SharedThings, SharedWords, gathered
from .signal_additions import SignalAdditions, refuse_unknown_groups, with_additions
from .signals import Signals, load_signals
from .source_list import SourceList
from .stage_view import every_timer
from .topics import TOPICS_FOR, ScopedTopic, Topics
from .validating import validate
from .yaml_document import Place, YamlDocument, read_yaml, refuse_outsider

PAPERS_FOR = "papers_for"
"""一个文件开头写着它，就是某个场景的文书。"""


@dataclass(frozen=True, slots=True)
class LoadedScenario:
    """读好的场景，连同它的 YAML（用来指出行号）。"""

    scenario: Scenario
    """拼装好的：照用的阶段、事件、概念、材料、底稿都已换成完整的样子。"""
    document: YamlDocument
    origins: Mapping[Location, Place] = field(default_factory=dict[Location, Place])
    """照用来的各处，原来写在哪里。"""
    papers: ComposedPapers | None = None
    """它的文书；写在另一个文件里的，行号也是那个文件的。"""

    def place(self, location: Location) -> Place:
        """拼装好的场景里的一处写在哪个文件的哪里。"""
        if location[:1] == (PAPERS,) and self.papers is not None:
            return Place(self.papers.document, location[1:])
        return origin_of(self.document, self.origins, location)


@dataclass(frozen=True)
class Rulebook:
    """一本读好的规则手册。"""

    loaded: tuple[LoadedScenario, ...]
    shared_sources: tuple[Source, ...]
    shared_documents: tuple[YamlDocument, ...] = ()
    asides: tuple[Aside, ...] = ()
    """访谈途中的闲话：操作者自己写的在前，随包的在后，最后是写了 ``said`` 的打听；同 id 的以操作者的为准。"""
    aside_documents: tuple[YamlDocument, ...] = ()
    signal_additions: tuple[SignalAdditions, ...] = ()
    """操作者给词表添的词。"""
    shared: SharedWords = field(default_factory=SharedWords)
    topics: tuple[ScopedTopic, ...] = ()
    """会问到的打听；同 id 的以操作者的为准。"""
    topic_documents: tuple[YamlDocument, ...] = ()
    _editions: dict[str, Edition] = field(default_factory=dict[str, Edition])

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """全部场景，按菜单的顺序。"""
        return tuple(item.scenario for item in self.loaded)

    def signals(self) -> Signals:
        """识别用的词表：随包的，加上操作者添的词。每次从头读（几十毫秒），只在启动和换手册时用。"""
        return with_additions(load_signals(), self.signal_additions)

    def edition(self, scenario_id: str) -> Edition:
        """一个场景的当前版本；没有则抛 ``KeyError``。"""
        if scenario_id not in self._editions:
            scenario = next((item for item in self.scenarios if item.id == scenario_id), None)
            if scenario is None:
                raise KeyError(scenario_id)
            available = {source.id: source for source in (*self.shared_sources, *scenario.sources)}
            used = {key: available[key] for key in sorted(sources_used(scenario)) if key in available}
            self._editions[scenario_id] = Edition(scenario, used)
        return self._editions[scenario_id]


def sources_used(scenario: Scenario) -> set[str]:
    """一个场景的规则、时限和文书引用的全部依据 id。"""
    used = {source for rule in scenario.rules for source in rule.sources}
    for paper in scenario.papers.items if scenario.papers else ():
        used |= {source for law in paper.law_lists for source in law.sources}
    for timer in every_timer(scenario):
        used |= {source for length in timer.lengths for source in length.sources}
    return used


def load_rulebook(*operator_folders: Path) -> Rulebook:
    """读入随包内容和操作者文件夹（不存在的文件夹跳过）。

    随包内容一个进程里只读一次：程序还在跑、包却被升级了的，换手册时也不会把新内容配给旧程序。

    Raises:
        RulebookError: 有文件不合要求；列出全部问题，而不是第一个。
    """
    reading = _packaged().copied()
    for folder in operator_folders:
        reading.read_folder(folder, is_base=False)
    return reading.rulebook()


@cache
def _packaged() -> "_Reading":
    reading = _Reading()
    with as_file(files(__name__.rpartition(".")[0]).joinpath("content")) as folder:
        reading.read_folder(folder, is_base=True)
    return reading


def load_folders(folders: Sequence[Path]) -> Rulebook:
    """从若干文件夹（或单个文件）读入；后面的覆盖前面的。抛出的错误同 :func:`load_rulebook`。

    第一个是底本：它的词表由 :func:`~.signals.load_signals` 读；其余文件夹里的词表只能添词。
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
    findings: list[Finding] = field(default_factory=list[Finding])

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
            list(self.findings),
        )

    def read_folder(self, folder: Path, *, is_base: bool) -> None:
        """读一个文件夹（或单个文件）；不合要求的记下来，接着读其余的。"""
        for path in _yaml_files(folder):
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
        document = read_yaml(path)
        match path.name:
            case file_names.SOURCES_FILE:
                self.source_documents.append(document)
                self.sources.update((source.id, source) for source in validate(SourceList, document).sources)
            case file_names.ASIDES_FILE:
                self._read_asides(document)
            case name if name in SHARED_FILES:
                validate(SHARED_FILES[name], document)
                self.shared.setdefault(name, []).append(document)
            case _ if (PAPERS_FOR,) in document.lines:
                self._read_papers(document)
            case _ if (TOPICS_FOR,) in document.lines:
                self._read_topics(document)
            case _:
                self._read_scenario(document)

    def _read_asides(self, document: YamlDocument) -> None:
        self.aside_documents.append(document)
        written = {aside.id: aside for aside in validate(Asides, document).asides}
        # 后读的排在前面：两条都对得上时，操作者自己写的那条先答
        self.asides = written | {key: aside for key, aside in self.asides.items() if key not in written}

    def _read_topics(self, document: YamlDocument) -> None:
        for index, scoped in enumerate(validate(Topics, document).scoped()):
            _refuse_twin_topic(self.topic_files.get(scoped.id), scoped.id, document, index)
            self.topic_files[scoped.id] = document
            self.topics[scoped.id] = scoped
        self.topic_documents.append(document)

    def _read_scenario(self, document: YamlDocument) -> None:
        scenario_id = _scenario_id(document)
        _refuse_twin(self.scenarios.get(scenario_id), scenario_id, document)
        self.scenarios[scenario_id] = document
        if isinstance(position := _written(document, "menu"), int):
            self.menus[scenario_id] = position

    def _read_papers(self, document: YamlDocument) -> None:
        written = cast("Raw", document.data)
        scenario_id = str(written[PAPERS_FOR])
        earlier = self.papers.get(scenario_id)
        if earlier is not None and Path(earlier.file).parent == Path(document.file).parent:
            message = f"{Path(earlier.file).name} 里已经写了“{scenario_id}”的文书，写在一个文件里"
            raise RulebookError([_papers_finding(document, scenario_id, "duplicate-id", message)])
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
        if self.findings:
            raise RulebookError(self.findings)
        ordered = sorted((item for item in loaded if item is not None), key=self._menu_position)
        packaged = tuple(aside for aside in load_asides() if aside.id not in self.asides)
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
        )

    def _menu_position(self, loaded: LoadedScenario) -> tuple[float, str]:
        """在菜单里的位置；没写过的排在后面。"""
        return (self.menus.get(loaded.scenario.id, math.inf), loaded.scenario.id)

    def _loaded(self, document: YamlDocument, shared: SharedThings) -> LoadedScenario | None:
        try:
            if not isinstance(document.data, dict):
                validate(Scenario, document)
            whole = composed(document, shared.parts)
            papers = self._papers(document, whole.data, shared.parts)
            data = whole.data
            if papers is not None:
                data = {**data, PAPERS: validate(PaperSet, papers.document)}
            scenario = validate(Scenario, replace(document, data=data))
            return LoadedScenario(scenario, document, whole.origins, papers)
        except RulebookError as error:
            self.findings.extend(error.findings)
            return None

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
                yield _papers_finding(document, scenario_id, "unknown-id", message)


def _papers_finding(document: YamlDocument, scenario_id: str, check: str, message: str) -> Finding:
    return Finding(document.file, document.line_of((PAPERS_FOR,)), scenario_id, check, message)


def _scenario_id(document: YamlDocument) -> str:
    """文件里写的场景 id；没写的用文件名代替，少了什么由数据模型去说。"""
    written = _written(document, "id")
    return written if isinstance(written, str) else document.file


def _written(document: YamlDocument, key: str) -> object:
    """文件最外层的一个键写的值；没写、文件不是“键: 值”的样子，都为空。"""
    data = cast("object", document.data)
    return cast("Raw", data).get(key) if isinstance(data, dict) else None


def _refuse_twin(earlier: YamlDocument | None, scenario_id: str, document: YamlDocument) -> None:
    """覆盖只在文件夹之间；同一个文件夹里两个文件写同一个 id，多半是抄了一份忘了改。"""
    if earlier is None:
        return
    other = Path(earlier.file)
    if other.parent == Path(document.file).parent:
        message = f"{other.name} 里已经有叫“{scenario_id}”的场景，id 不能重复"
        raise RulebookError([Finding(document.file, document.line_of(("id",)), scenario_id, "duplicate-id", message)])


def _refuse_twin_topic(earlier: YamlDocument | None, topic_id: str, document: YamlDocument, index: int) -> None:
    """盖过只在文件夹之间；同一个文件夹里同一个 id 写了两遍，多半是抄来忘了改。"""
    if earlier is not None and Path(earlier.file).parent == Path(document.file).parent:
        message = f"{Path(earlier.file).name} 里已经有叫“{topic_id}”的打听，id 不能重复"
        line = document.line_of(("topics", index))
        raise RulebookError([Finding(document.file, line, topic_id, "duplicate-id", message)])


def _refuse_unless(path: Path, *, is_base: bool) -> None:
    """只有底本里才有的文件，由用它的模块自己读；操作者放了同名的，说清楚不会用。"""
    if not is_base:
        message = f"{path.name} 只有随包的那一份，放在这里不会用到；请删掉，或把场景改个文件名"
        raise RulebookError([Finding(str(path), 1, "-", "packaged-only", message)])


def _additions(document: YamlDocument) -> SignalAdditions:
    """操作者添的词；把整份词表抄来改的，说清楚该怎么写。"""
    if ("groups",) in document.lines:
        message = "这里只写要添的词（words、masks），不能放整份词表；写法见 docs/rulebook.md"
        raise RulebookError([Finding(document.file, document.line_of(("groups",)), "-", "schema", message)])
    additions = validate(SignalAdditions, document)
    refuse_unknown_groups(additions, document)
    return additions


def _yaml_files(folder: Path) -> Iterator[Path]:
    if folder.is_file():
        yield folder
    elif folder.is_dir():
        yield from sorted(path for path in folder.iterdir() if path.suffix in {".yaml", ".yml"})

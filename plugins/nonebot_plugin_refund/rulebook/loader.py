"""读入规则手册：随包的内容，加上操作者自己的文件夹。

同 id 的场景以操作者的为准。任何一个文件有问题，整本都不换上，由调用者继续用上一本。
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import ValidationError

from . import file_names
from .asides import Aside, Asides, load_asides
from .composing import Raw, SharedParts, composed, spoken_events
from .edition import Edition
from .event_models import Event, Events
from .findings import Finding, Location, RulebookError
from .lexicon import Concept, Lexicon
from .models import Scenario, Source, Strict
from .signal_additions import SignalAdditions, refuse_unknown_groups, with_additions
from .signals import Signals, load_signals
from .stage_models import SharedStages
from .stage_view import every_timer
from .yaml_document import YamlDocument, read_yaml, refuse_outsider

_Model = TypeVar("_Model", bound=Strict)


class SourceList(Strict):
    """``sources.yaml`` 的形状。"""

    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class LoadedScenario:
    """读好的场景，连同它的 YAML（用来指出行号）。"""

    scenario: Scenario
    """拼装好的：照用的阶段、事件、概念都已换成完整的样子。"""
    document: YamlDocument


@dataclass(frozen=True, slots=True)
class SharedWords:
    """几个场景共用的零件，和写着它们的文件（检查时用来指出行号）。"""

    events: tuple[Event, ...] = ()
    concepts: tuple[Concept, ...] = ()
    event_documents: tuple[YamlDocument, ...] = ()
    stage_documents: tuple[YamlDocument, ...] = ()
    lexicon_documents: tuple[YamlDocument, ...] = ()


@dataclass(frozen=True)
class Rulebook:
    """一本读好的规则手册。"""

    loaded: tuple[LoadedScenario, ...]
    shared_sources: tuple[Source, ...]
    shared_documents: tuple[YamlDocument, ...] = ()
    asides: tuple[Aside, ...] = ()
    """访谈途中的闲话：操作者自己写的在前，随包的在后；同 id 的以操作者的为准。"""
    aside_documents: tuple[YamlDocument, ...] = ()
    signal_additions: tuple[SignalAdditions, ...] = ()
    """操作者给词表添的词。"""
    shared: SharedWords = SharedWords()
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
    """一个场景的规则和时限引用的全部依据 id。"""
    used = {source for rule in scenario.rules for source in rule.sources}
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


@cache
def _packaged_shared_documents() -> Mapping[str, YamlDocument]:
    """随包的事件目录、共用阶段、词表，按文件名。"""
    names = (file_names.EVENTS_FILE, file_names.STAGES_FILE, file_names.LEXICON_FILE)
    with as_file(files(__name__.rpartition(".")[0]).joinpath("content")) as folder:
        return {name: read_yaml(folder / name) for name in names}


def _each_once(packaged: YamlDocument, read: Sequence[YamlDocument]) -> list[YamlDocument]:
    """随包的那份在最前；读到的正是它时不重复。"""
    return [packaged, *(document for document in read if document.file != packaged.file)]


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
    sources: dict[str, Source] = field(default_factory=dict[str, Source])
    source_documents: list[YamlDocument] = field(default_factory=list[YamlDocument])
    asides: dict[str, Aside] = field(default_factory=dict[str, Aside])
    aside_documents: list[YamlDocument] = field(default_factory=list[YamlDocument])
    event_documents: list[YamlDocument] = field(default_factory=list[YamlDocument])
    stage_documents: list[YamlDocument] = field(default_factory=list[YamlDocument])
    lexicon_documents: list[YamlDocument] = field(default_factory=list[YamlDocument])
    additions: list[SignalAdditions] = field(default_factory=list[SignalAdditions])
    findings: list[Finding] = field(default_factory=list[Finding])

    def copied(self) -> "_Reading":
        """另起一份，接着读不影响原来的。"""
        return _Reading(
            dict(self.scenarios),
            dict(self.sources),
            list(self.source_documents),
            dict(self.asides),
            list(self.aside_documents),
            list(self.event_documents),
            list(self.stage_documents),
            list(self.lexicon_documents),
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
            case file_names.EVENTS_FILE:
                validate(Events, document)
                self.event_documents.append(document)
            case file_names.STAGES_FILE:
                validate(SharedStages, document)
                self.stage_documents.append(document)
            case file_names.LEXICON_FILE:
                validate(Lexicon, document)
                self.lexicon_documents.append(document)
            case _:
                self._read_scenario(document)

    def _read_asides(self, document: YamlDocument) -> None:
        self.aside_documents.append(document)
        written = {aside.id: aside for aside in validate(Asides, document).asides}
        # 后读的排在前面：两条都对得上时，操作者自己写的那条先答
        self.asides = written | {key: aside for key, aside in self.asides.items() if key not in written}

    def _read_scenario(self, document: YamlDocument) -> None:
        scenario_id = _scenario_id(document)
        _refuse_twin(self.scenarios.get(scenario_id), scenario_id, document)
        self.scenarios[scenario_id] = document

    def rulebook(self) -> Rulebook:
        """读完了，拼装起来。底本没有闲话时用随包的。

        Raises:
            RulebookError: 有文件不合要求。
        """
        parts, shared = self._shared()
        loaded = [self._loaded(document, parts) for document in self.scenarios.values()]
        if self.findings:
            raise RulebookError(self.findings)
        ordered = sorted((item for item in loaded if item is not None), key=lambda item: _menu_position(item.scenario))
        packaged = tuple(aside for aside in load_asides() if aside.id not in self.asides)
        return Rulebook(
            tuple(ordered),
            tuple(self.sources.values()),
            tuple(self.source_documents),
            (*self.asides.values(), *packaged),
            tuple(self.aside_documents),
            tuple(self.additions),
            shared,
        )

    def _shared(self) -> tuple[SharedParts, SharedWords]:
        """共用的零件：随包的在先，后读的文件盖过先读的同 id 的一项；不写这几个文件的文件夹照用随包的。"""
        packaged = _packaged_shared_documents()
        concepts: dict[str, Concept] = {}
        for document in _each_once(packaged[file_names.LEXICON_FILE], self.lexicon_documents):
            concepts.update((concept.name, concept) for concept in validate(Lexicon, document).concepts)
        words = {name: concept.words for name, concept in concepts.items()}
        events: dict[str, Raw] = {}
        stages: dict[str, Raw] = {}
        for document in _each_once(packaged[file_names.EVENTS_FILE], self.event_documents):
            try:
                events.update(spoken_events(document, words))
            except RulebookError as error:
                self.findings.extend(error.findings)
        for document in _each_once(packaged[file_names.STAGES_FILE], self.stage_documents):
            stages.update((str(stage["id"]), stage) for stage in document.data["stages"])
        shared = SharedWords(
            tuple(Event.model_validate(event) for event in events.values()),
            tuple(concepts.values()),
            tuple(self.event_documents),
            tuple(self.stage_documents),
            tuple(self.lexicon_documents),
        )
        return SharedParts(events, stages, words), shared

    def _loaded(self, document: YamlDocument, parts: SharedParts) -> LoadedScenario | None:
        try:
            data = composed(document, parts)
            return LoadedScenario(validate(Scenario, replace(document, data=data)), document)
        except RulebookError as error:
            self.findings.extend(error.findings)
            return None


def _scenario_id(document: YamlDocument) -> str:
    """文件里写的场景 id；没写的用文件名代替，少了什么由数据模型去说。"""
    data = cast("object", document.data)
    written: object = cast("Raw", data).get("id") if isinstance(data, dict) else None
    return written if isinstance(written, str) else document.file


def _refuse_twin(earlier: YamlDocument | None, scenario_id: str, document: YamlDocument) -> None:
    """覆盖只在文件夹之间；同一个文件夹里两个文件写同一个 id，多半是抄了一份忘了改。"""
    if earlier is None:
        return
    other = Path(earlier.file)
    if other.parent == Path(document.file).parent:
        message = f"{other.name} 里已经有叫“{scenario_id}”的场景，id 不能重复"
        raise RulebookError([Finding(document.file, document.line_of(("id",)), scenario_id, "duplicate-id", message)])


def _refuse_unless(path: Path, *, is_base: bool) -> None:
    """只有底本里才有的文件，由用它的模块自己读；操作者放了同名的，说清楚不会用。"""
    if not is_base:
        message = f"{path.name} 只有随包的那一份，放在这里不会用到；请删掉，或把场景改个文件名"
        raise RulebookError([Finding(str(path), 1, "-", "packaged-only", message)])


def _menu_position(scenario: Scenario) -> tuple[float, str]:
    """按场景自己写的位置；没写的排在后面。"""
    return (math.inf if scenario.menu is None else scenario.menu, scenario.id)


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


def validate(model: type[_Model], document: YamlDocument) -> _Model:
    """按 ``model`` 的形状检查一份 YAML；不合要求抛 :class:`RulebookError`，指出行号。"""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise RulebookError([_finding(document, dict(item)) for item in error.errors()]) from error


_MESSAGES = {
    "extra_forbidden": "这个键手册里没有，可能拼错了",
    "missing": "这里少写了一项必填的内容",
    "enum": "这里只能写约定好的几种值",
    "literal_error": "这里只能写约定好的几种值",
    "string_type": "这里应是文字（数字和 yes/no 要加引号）",
    "union_tag_not_found": "推出的事实要写 kind：date_window、number_band 或 any_of",
    "union_tag_invalid": "kind 只能是 date_window、number_band 或 any_of",
    "model_type": "这里应是“键: 值”的形式",
    "tuple_type": "这里应是一列，每项以 - 开头",
}


def _finding(document: YamlDocument, error: dict[str, object]) -> Finding:
    raw_location = error.get("loc", ())
    location: Location = cast("Location", raw_location)
    kind = str(error["type"])
    detail = str(error["msg"]).removeprefix("Value error, ")
    message = _MESSAGES.get(kind, detail)
    if kind in {"enum", "literal_error"}:
        message = f"{message}（{detail}）"
    where = ".".join(str(part) for part in location) or "-"
    return Finding(
        document.file,
        document.line_of(_existing(document, location)),
        _nearest_id(document, location),
        "schema",
        f"{where}：{message}",
    )


def _existing(document: YamlDocument, location: Location) -> Location:
    """去掉 pydantic 在联合类型里加的那一层名字，留下 YAML 里真有的位置。"""
    found: Location = ()
    for part in location:
        if (*found, part) in document.lines:
            found = (*found, part)
    return found


def _nearest_id(document: YamlDocument, location: Location) -> str:
    """出错处所在的那一项的 id；没有就用场景的。"""
    nearest = "-"
    node: Any = document.data
    parts = _existing(document, location)
    for depth in range(len(parts) + 1):
        if isinstance(node, dict):
            nearest = str(cast("dict[str, Any]", node).get("id", nearest))
        if depth < len(parts):
            node = cast("Any", node)[parts[depth]]
    return nearest

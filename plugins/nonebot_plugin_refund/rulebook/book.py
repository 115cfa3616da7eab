"""一本读好的规则手册：场景、依据、闲话、打听，和写着它们的文件。"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .assembling.composing import PAPERS, origin_of
from .assembling.paper_composing import ComposedPapers
from .assembling.shared_parts import SharedWords
from .derived.stage_view import every_timer
from .edition import Edition
from .findings import Location
from .overlays.applying import Overlay
from .overlays.merging import Change
from .scenario_models.models import Scenario, Source
from .scenario_models.topics import ScopedTopic
from .wording_models.asides import Aside
from .wording_models.signal_additions import SignalAdditions, with_additions
from .wording_models.signals import Signals, load_signals
from .yaml_reading.yaml_document import Place, YamlDocument


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
    changes: tuple[Change, ...] = ()
    """操作者改了随包的哪几处；整个都是一个人写的没有。"""

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
    overlays: tuple[Overlay, ...] = ()
    """操作者的哪些文件里有与随包不同的地方。"""
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

"""一件案件里可能的事：各有多大的先前可能，和听的时候要用的几样。"""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from ...rulebook.derived.stage_view import ReportableEvent
from ..understanding.writing.text import bare


class Likely(Mapping[ReportableEvent, float]):
    """各件事有多大的先前可能，不变；由它算出来的各算一次。就是同一个才算相等，不比内容。"""

    def __init__(self, priors: Mapping[ReportableEvent, float]) -> None:
        self._priors = dict(priors)

    def __getitem__(self, event: ReportableEvent) -> float:
        return self._priors[event]

    def __iter__(self) -> Iterator[ReportableEvent]:
        return iter(self._priors)

    def __len__(self) -> int:
        return len(self._priors)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    @cached_property
    def by_id(self) -> Mapping[str, ReportableEvent]:
        """id 对到的事。"""
        return MappingProxyType({event.id: event for event in self._priors})

    @cached_property
    def prior_of(self) -> Mapping[str, float]:
        """id 对到的先前可能。"""
        return MappingProxyType({event.id: prior for event, prior in self._priors.items()})

    @cached_property
    def not_heard_with(self) -> tuple[tuple[str, str], ...]:
        """话里有这个词就不是它：事的 id 和词，一个词一项。"""
        return tuple((event.id, word) for event in self._priors for word in event.event.not_heard_with)

    @cached_property
    def worded(self) -> tuple[ReportableEvent, ...]:
        """写了几列词的几件。"""
        return tuple(event for event in self._priors if event.event.words_together)

    @cached_property
    def by_label(self) -> Mapping[str, tuple[ReportableEvent, ...]]:
        """列出来的名称（去掉标点）对到的事，同名的几件都在。"""
        found: dict[str, tuple[ReportableEvent, ...]] = {}
        for event in self._priors:
            found[bare(event.label)] = (*found.get(bare(event.label), ()), event)
        return MappingProxyType(found)

    def at_least(self, prior: float) -> frozenset[str]:
        """先前可能不小于 ``prior`` 的几件的 id。"""
        return frozenset(event_id for event_id, known in self.prior_of.items() if known >= prior)

    def without(self, ruled_out: Collection[str]) -> "Likely":
        """去掉几件。"""
        return Likely({event: prior for event, prior in self._priors.items() if event.id not in ruled_out})

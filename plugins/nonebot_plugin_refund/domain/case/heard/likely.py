"""一件案件里可能的事：各有多大的先前可能，和听的时候要用的几样。"""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property, lru_cache
from types import MappingProxyType

from ....rulebook.derived.stage_view import ReportableEvent
from ...understanding.writing.text import bare, normalise
from ...understanding.writing.words import Words


class Likely(Mapping[ReportableEvent, float]):
    """各件事有多大的先前可能，不变；由它算出来的各算一次。就是同一个才算相等，不比内容。

    Args:
        priors: 各件事有多大的先前可能。
        part_of: 同一个场景的另一份，里面有这几件：要认的词用它的，不另做一份。
    """

    def __init__(self, priors: Mapping[ReportableEvent, float], part_of: "Likely | None" = None) -> None:
        self._priors = dict(priors)
        self._part_of = part_of if part_of is not None and part_of.by_id.keys() >= self.by_id.keys() else None

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
    def every(self) -> tuple[ReportableEvent, ...]:
        """各件事，照先后。"""
        return tuple(self._priors)

    @cached_property
    def by_id(self) -> Mapping[str, ReportableEvent]:
        """id 对到的事。"""
        return MappingProxyType({event.id: event for event in self._priors})

    @cached_property
    def prior_of(self) -> Mapping[str, float]:
        """id 对到的先前可能。"""
        return MappingProxyType({event.id: prior for event, prior in self._priors.items()})

    @cached_property
    def not_heard_with(self) -> Words[tuple[str, str]]:
        """话里有这个词就不是它：主人是事的 id 和词，可能还有别的事的。"""
        if self._part_of is not None:
            return self._part_of.not_heard_with
        return Words((word, (event.id, word)) for event in self._priors for word in event.event.not_heard_with)

    @cached_property
    def heard_only_with(self) -> Mapping[str, tuple[str, ...]]:
        """写了要有哪些词才可能是它的几件的 id，和这些词。"""
        return MappingProxyType(
            {event.id: event.event.heard_only_with for event in self._priors if event.event.heard_only_with}
        )

    @cached_property
    def needed(self) -> Words[str]:
        """写了几列词的几件，话里至少要有一个的词；主人是事的 id，可能还有别的事的。"""
        if self._part_of is not None:
            return self._part_of.needed
        return Words(
            (word, event.id)
            for event in self.worded
            for words in event.event.words_together
            for word in words.needs_one_of
        )

    @cached_property
    def sayings(self) -> Words[str]:
        """各件事的名称和口头的说法，都已统一写法；主人是事的 id。"""
        return Words((normalise(said), event.id) for event in self._priors for said in (event.label, *event.said))

    @cached_property
    def worded(self) -> tuple[ReportableEvent, ...]:
        """写了几列词的几件。"""
        return tuple(event for event in self._priors if event.event.words_together)

    @cached_property
    def by_label(self) -> Mapping[str, tuple[ReportableEvent, ...]]:
        """列出来的名称（去掉标点）对到的事，同名的几件都在。"""
        found: dict[str, tuple[ReportableEvent, ...]] = {}
        for event in self._priors:
            label = _bare_label(event.label)
            found[label] = (*found.get(label, ()), event)
        return MappingProxyType(found)

    def at_least(self, prior: float) -> frozenset[str]:
        """先前可能不小于 ``prior`` 的几件的 id。"""
        return _at_least(self, prior)

    def without(self, ruled_out: Collection[str]) -> "Likely":
        """去掉几件。"""
        return _without(self, frozenset(ruled_out))


@lru_cache(maxsize=256)
def _at_least(likely: Likely, prior: float) -> frozenset[str]:
    return frozenset(event_id for event_id, known in likely.prior_of.items() if known >= prior)


@lru_cache(maxsize=256)
def _without(likely: Likely, ruled_out: frozenset[str]) -> Likely:
    return Likely({event: prior for event, prior in likely.items() if event.id not in ruled_out}, part_of=likely)


@lru_cache(maxsize=1024)
def _bare_label(label: str) -> str:
    return bare(label)

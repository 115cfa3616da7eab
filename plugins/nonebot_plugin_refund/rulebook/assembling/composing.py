"""拼装：场景文件里照用的共用阶段、时限、事件、概念，读入时换成完整的样子。

只在没有套进数据模型的 YAML 数据上做，所以模型、版本快照、检查都只见得到完整的场景。
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from ..findings import Finding, Location, RulebookError
from ..wording_models.lexicon import all_spelled_out
from ..yaml_reading.yaml_document import Place, YamlDocument
from .paper_composing import SharedPaperParts
from .parts import Part, Raw

USE = "use"
"""照用哪一个；其余的键盖过它的。"""

PAPERS = "papers"
"""场景里写着文书的键。"""

_OF_TRACK = ("evidence", "needs")
"""规则没写就照它那条路的键。"""

SAYINGS = frozenset(
    {
        *("aliases", "said", "heard_by", "heard_only_with", "not_heard_with", "not_answered_with"),
        *("needs_one_of", "and_one_of", "also_one_of", "unless"),
    }
)
"""装着口头说法的键：里面可以写概念。"""


@dataclass(frozen=True)
class SharedParts:
    """几个场景共用的零件，按 id 或名字找。"""

    events: Mapping[str, Part] = field(default_factory=dict[str, Part])
    stages: Mapping[str, Part] = field(default_factory=dict[str, Part])
    clocks: Mapping[str, Part] = field(default_factory=dict[str, Part])
    concepts: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """概念的名字到它的各种词。"""
    evidence: Mapping[str, Part] = field(default_factory=dict[str, Part])
    papers: SharedPaperParts = field(default_factory=SharedPaperParts)


@dataclass(frozen=True)
class Composed:
    """拼装好的一个场景。"""

    data: Raw
    origins: Mapping[Location, Place] = field(default_factory=dict[Location, Place])
    """照用来的各处，原来写在哪个文件的哪里。"""


def composed(document: YamlDocument, shared: SharedParts) -> Composed:
    """一个场景文件拼装好的数据；文件的样子不像场景时原样返回，由数据模型去说哪里不对。

    Raises:
        RulebookError: 照用了没有的阶段或时限、事件不在目录里、概念不在词表里；列出全部问题。
    """
    data = cast("object", document.data)
    if not isinstance(data, dict):
        return Composed(cast("Raw", data))
    composer = _Composer(document, shared)
    return Composed(composer.scenario(cast("Raw", data)), composer.origins)


def origin_of(document: YamlDocument, origins: Mapping[Location, Place], location: Location) -> Place:
    """拼装好的场景里的一处写在哪里：场景文件自己写了的在自己这里，照用的在它照用的那一份里。"""
    for length in range(len(location), 0, -1):
        known = location[:length]
        if known in origins:
            return origins[known].within(*location[length:])
        if known in document.lines:
            break
    return Place(document, location)


def spoken_events(document: YamlDocument, concepts: Mapping[str, tuple[str, ...]]) -> dict[str, Part]:
    """``events.yaml`` 里的事件，按 id，说法里的概念已换好。概念不在词表里抛 :class:`RulebookError`。"""
    composer = _Composer(document, SharedParts(concepts=concepts))
    written = cast("Raw", document.data)["events"]
    events = composer.spoken(written, ("events",))
    composer.refuse_findings()
    listed = enumerate(mappings(events))
    return {str(event["id"]): Part(event, Place(document, ("events", index))) for index, event in listed}


def written_parts(document: YamlDocument, key: str) -> dict[str, Part]:
    """``stages.yaml`` 里的阶段（或时钟），按 id。"""
    listed = enumerate(mappings(cast("Raw", document.data).get(key)))
    return {str(item["id"]): Part(item, Place(document, (key, index))) for index, item in listed}


class _Composer:
    def __init__(self, document: YamlDocument, shared: SharedParts) -> None:
        self._document = document
        self._shared = shared
        self._findings: list[Finding] = []
        self.origins: dict[Location, Place] = {}

    def refuse_findings(self) -> None:
        """有问题就抛 :class:`RulebookError`。"""
        if self._findings:
            raise RulebookError(self._findings)

    def scenario(self, written: Raw) -> Raw:
        result = dict(written)
        if "stages" in written:
            stages = self._taken(written, "stages", self._shared.stages, "阶段")
            result["stages"] = self._with_timers(stages)
        if "clocks" in written:
            result["clocks"] = self._taken(written, "clocks", self._shared.clocks, "时钟")
        if "rules" in written:
            result["rules"] = self._rules(written["rules"], written.get("tracks"))
            result["evidence"] = self._evidence(written, result["rules"])
        for key in ("questions", "events"):
            if key in result:
                result[key] = self.spoken(result[key], (key,))
        if "stages" in written:
            result["events"] = self._events(result.get("events"), result["stages"])
        self.refuse_findings()
        return result

    def _taken(self, written: Raw, key: str, available: Mapping[str, Part], what: str) -> object:
        return self._each(written[key], (key,), lambda item, spot: self._used(item, spot, available, what))

    def _with_timers(self, stages: object) -> object:
        """时限也可以照用：先把写全了的收齐（本场景的在先），再换掉照用的。"""
        timers: dict[str, Part] = {}
        own = [Part(stage, self._place(("stages", index))) for index, stage in enumerate(mappings(stages))]
        for index, stage in enumerate([*own, *self._shared.stages.values()]):
            for position, timer in enumerate(mappings(stage.data.get("timers"))):
                if USE not in timer and isinstance(timer.get("id"), str):
                    inherited = self._place(("stages", index, "timers", position))
                    place = inherited if index < len(own) else stage.place.within("timers", position)
                    timers.setdefault(timer["id"], Part(timer, place))

        def of_stage(stage: Raw, spot: Location) -> Raw:
            if "timers" not in stage:
                return stage
            place = (*spot, "timers")
            used = self._each(stage["timers"], place, lambda item, at: self._used(item, at, timers, "时限"))
            return {**stage, "timers": used}

        return self._each(stages, ("stages",), of_stage)

    def _rules(self, written: object, tracks: object) -> object:
        """规则没写材料、没写算日期的问题，就照它那条路的。"""
        usual = {
            str(track.get("id")): {key: track[key] for key in _OF_TRACK if key in track} for track in mappings(tracks)
        }
        return self._each(written, ("rules",), lambda rule, _: {**usual.get(str(rule.get("track")), {}), **rule})

    def _evidence(self, written: Raw, rules: object) -> object:
        """本场景自己的材料，加上规则直接点了名的共用材料。"""
        shared = self._shared.evidence
        own = self._taken({"evidence": [], **written}, "evidence", shared, "材料")
        if not isinstance(own, list):
            return own
        items = cast("list[object]", own)
        known = {str(item.get("id")) for item in mappings(items)}
        wanted = dict.fromkeys(name for rule in mappings(rules) for name in _names(rule.get("evidence")))
        for name in wanted:
            if name in shared and name not in known:
                self.origins["evidence", len(items)] = shared[name].place
                items.append(shared[name].data)
        return items

    def _used(self, item: Raw, spot: Location, available: Mapping[str, Part], what: str) -> Raw:
        if USE not in item:
            return item
        name = str(item[USE])
        base = available.get(name)
        if base is None:
            self._add("unknown-id", name, (*spot, USE), f"没有叫“{name}”的{what}可以照用；检查拼写，或把它写全")
            return {key: value for key, value in item.items() if key != USE}
        own = {key: value for key, value in item.items() if key != USE}
        self.origins.update({(*spot, key): base.place.within(key) for key in base.data if key not in own})
        return {**base.data, **own}

    def _events(self, own: object, stages: object) -> list[Raw]:
        """本场景自己的事件，加上各阶段用到的共用事件。"""
        used: dict[str, Raw] = {}
        for index, event in enumerate(mappings(own)):
            name = str(event.get("id"))
            if name in used:
                self._add("duplicate-id", name, ("events", index), f"“{name}”前面已经写过了，id 不能重复")
            used[name] = event
        for index, stage in enumerate(mappings(stages)):
            for place, event in enumerate(mappings(stage.get("events"))):
                name = str(event.get("on"))
                if name in used or "on" not in event:
                    continue
                if name in self._shared.events:
                    self.origins["events", len(used)] = self._shared.events[name].place
                    used[name] = self._shared.events[name].data
                else:
                    message = f"目录里没有叫“{name}”的事件；检查拼写，或写进 events.yaml、本场景的 events"
                    self._add("unknown-event", name, ("stages", index, "events", place), message)
        return list(used.values())

    def spoken(self, node: object, spot: Location) -> object:
        """把说法里的概念换成每一种词，一层层往里找。"""
        if isinstance(node, list):
            items = cast("list[object]", node)
            return [self.spoken(item, (*spot, index)) for index, item in enumerate(items)]
        if not isinstance(node, dict):
            return node
        return {
            key: self._sayings(value, (*spot, key)) if key in SAYINGS else self.spoken(value, (*spot, key))
            for key, value in cast("Raw", node).items()
        }

    def _sayings(self, value: object, spot: Location) -> object:
        sayings = [str(item) for item in cast("list[object]", value)] if isinstance(value, list) else list[str]()
        if not any("<" in saying for saying in sayings):
            return cast("object", value)
        try:
            return list(all_spelled_out(sayings, self._shared.concepts))
        except KeyError as error:
            name = str(error.args[0])
            self._add("unknown-concept", name, spot, f"词表里没有“<{name}>”这个概念；检查拼写，或写进 lexicon.yaml")
        except ValueError as error:
            self._add("too-many-sayings", "-", spot, f"{error}；把概念写窄些，或拆成几条")
        return sayings

    def _each(self, written: object, spot: Location, change: Callable[[Raw, Location], Raw]) -> object:
        if not isinstance(written, list):
            return written
        items = cast("list[object]", written)
        return [
            change(cast("Raw", item), (*spot, index)) if isinstance(item, dict) else item
            for index, item in enumerate(items)
        ]

    def _place(self, spot: Location) -> Place:
        return origin_of(self._document, self.origins, spot)

    def _add(self, check: str, item_id: str, spot: Location, message: str) -> None:
        place = self._place(spot)
        self._findings.append(Finding(place.file, place.line, item_id, check, message))


def rules_and_tracks(scenario: Raw) -> dict[str, str | None]:
    """场景里的规则，按先后，各走哪条路；没有后续阶段的为 ``None``。"""
    return {str(rule.get("id")): rule.get("track") for rule in mappings(scenario.get("rules"))}


def _names(value: object) -> list[str]:
    return [str(item) for item in cast("list[object]", value)] if isinstance(value, list) else []


def mappings(value: object) -> list[Raw]:
    """一列里是“键: 值”的各项；不是一列为空。"""
    if not isinstance(value, list):
        return []
    return [cast("Raw", item) for item in cast("list[object]", value) if isinstance(item, dict)]

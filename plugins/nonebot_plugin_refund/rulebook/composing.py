"""拼装：场景文件里照用的共用阶段、时限、事件、概念，读入时换成完整的样子。

只在没有套进数据模型的 YAML 数据上做，所以模型、版本快照、检查都只见得到完整的场景。
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from .findings import Finding, Location, RulebookError
from .lexicon import all_spelled_out
from .paper_composing import SharedPaperParts
from .yaml_document import YamlDocument

Raw = dict[str, Any]
"""YAML 里的一项，还没有套进数据模型。"""

USE = "use"
"""照用哪一个；其余的键盖过它的。"""

PAPERS = "papers"
"""场景里写着文书的键。"""

_OF_TRACK = ("evidence", "needs")
"""规则没写就照它那条路的键。"""

_SAYINGS = frozenset({"aliases", "said", "heard_by", "not_heard_with"})
"""装着口头说法的键：里面可以写概念。"""


@dataclass(frozen=True)
class SharedParts:
    """几个场景共用的零件，按 id 或名字找。"""

    events: Mapping[str, Raw] = field(default_factory=dict[str, Raw])
    stages: Mapping[str, Raw] = field(default_factory=dict[str, Raw])
    concepts: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """概念的名字到它的各种词。"""
    evidence: Mapping[str, Raw] = field(default_factory=dict[str, Raw])
    papers: SharedPaperParts = field(default_factory=SharedPaperParts)


def composed(document: YamlDocument, shared: SharedParts) -> Raw:
    """一个场景文件拼装好的数据；文件的样子不像场景时原样返回，由数据模型去说哪里不对。

    Raises:
        RulebookError: 照用了没有的阶段或时限、事件不在目录里、概念不在词表里；列出全部问题。
    """
    data = cast("object", document.data)
    if not isinstance(data, dict):
        return cast("Raw", data)
    return _Composer(document, shared).scenario(cast("Raw", data))


def spoken_events(document: YamlDocument, concepts: Mapping[str, tuple[str, ...]]) -> dict[str, Raw]:
    """``events.yaml`` 里的事件，按 id，说法里的概念已换好。概念不在词表里抛 :class:`RulebookError`。"""
    composer = _Composer(document, SharedParts(concepts=concepts))
    written = cast("Raw", document.data)["events"]
    events = composer.spoken(written, ("events",))
    composer.refuse_findings()
    return {str(event["id"]): event for event in _mappings(events)}


class _Composer:
    def __init__(self, document: YamlDocument, shared: SharedParts) -> None:
        self._document = document
        self._shared = shared
        self._findings: list[Finding] = []

    def refuse_findings(self) -> None:
        """有问题就抛 :class:`RulebookError`。"""
        if self._findings:
            raise RulebookError(self._findings)

    def scenario(self, written: Raw) -> Raw:
        result = dict(written)
        if "stages" in written:
            stages = self._stages(written.get("stages"))
            result["stages"] = self._with_timers(stages)
        if "rules" in written:
            result["rules"] = self._rules(written["rules"], written.get("tracks"))
            result["evidence"] = self._evidence(written.get("evidence", []), result["rules"])
        for key in ("questions", "events"):
            if key in result:
                result[key] = self.spoken(result[key], (key,))
        if "stages" in written:
            result["events"] = self._events(result.get("events"), result["stages"])
        self.refuse_findings()
        return result

    def _stages(self, written: object) -> object:
        return self._each(written, ("stages",), lambda item, spot: self._used(item, spot, self._shared.stages, "阶段"))

    def _with_timers(self, stages: object) -> object:
        """时限也可以照用：先把写全了的收齐（本场景的在先），再换掉照用的。"""
        timers: dict[str, Raw] = {}
        for stage in [*_mappings(stages), *_mappings(list(self._shared.stages.values()))]:
            for timer in _mappings(stage.get("timers")):
                if USE not in timer and isinstance(timer.get("id"), str):
                    timers.setdefault(timer["id"], timer)

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
            str(track.get("id")): {key: track[key] for key in _OF_TRACK if key in track} for track in _mappings(tracks)
        }
        return self._each(written, ("rules",), lambda rule, _: {**usual.get(str(rule.get("track")), {}), **rule})

    def _evidence(self, own: object, rules: object) -> object:
        """本场景自己的材料，加上规则直接点了名的共用材料。"""
        shared = self._shared.evidence
        written = self._each(own, ("evidence",), lambda item, spot: self._used(item, spot, shared, "材料"))
        if not isinstance(written, list):
            return written
        items = cast("list[object]", written)
        known = {str(item.get("id")) for item in _mappings(items)}
        wanted = dict.fromkeys(name for rule in _mappings(rules) for name in _names(rule.get("evidence")))
        return [*items, *(shared[name] for name in wanted if name in shared and name not in known)]

    def _used(self, item: Raw, spot: Location, available: Mapping[str, Raw], what: str) -> Raw:
        if USE not in item:
            return item
        name = str(item[USE])
        base = available.get(name)
        if base is None:
            self._add("unknown-id", name, (*spot, USE), f"没有叫“{name}”的{what}可以照用；检查拼写，或把它写全")
            return {key: value for key, value in item.items() if key != USE}
        return {**base, **{key: value for key, value in item.items() if key != USE}}

    def _events(self, own: object, stages: object) -> list[Raw]:
        """本场景自己的事件，加上各阶段用到的共用事件。"""
        written = {str(event.get("id")): event for event in _mappings(own)}
        used = dict(written)
        for index, stage in enumerate(_mappings(stages)):
            for place, event in enumerate(_mappings(stage.get("events"))):
                name = str(event.get("on"))
                if name in used or "on" not in event:
                    continue
                if name in self._shared.events:
                    used[name] = self._shared.events[name]
                else:
                    spot = ("stages", index, "events", place)
                    message = f"目录里没有叫“{name}”的事件；检查拼写，或写进 events.yaml、本场景的 events"
                    self._add("unknown-event", name, spot, message)
        return list(used.values())

    def spoken(self, node: object, spot: Location) -> object:
        """把说法里的概念换成每一种词，一层层往里找。"""
        if isinstance(node, list):
            items = cast("list[object]", node)
            return [self.spoken(item, (*spot, index)) for index, item in enumerate(items)]
        if not isinstance(node, dict):
            return node
        return {
            key: self._sayings(value, (*spot, key)) if key in _SAYINGS else self.spoken(value, (*spot, key))
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

    def _add(self, check: str, item_id: str, spot: Location, message: str) -> None:
        self._findings.append(Finding(self._document.file, self._document.line_of(spot), item_id, check, message))


def rules_and_tracks(scenario: Raw) -> dict[str, str | None]:
    """场景里的规则，按先后，各走哪条路；没有后续阶段的为 ``None``。"""
    return {str(rule.get("id")): rule.get("track") for rule in _mappings(scenario.get("rules"))}


def _names(value: object) -> list[str]:
    return [str(item) for item in cast("list[object]", value)] if isinstance(value, list) else []


def _mappings(value: object) -> list[Raw]:
    if not isinstance(value, list):
        return []
    return [cast("Raw", item) for item in cast("list[object]", value) if isinstance(item, dict)]

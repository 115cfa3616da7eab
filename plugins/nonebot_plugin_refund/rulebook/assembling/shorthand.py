"""省写：一个场景里到处都一样的，写一次；读进来先换成写全的样子。

在合操作者的不同之处、拼装之前做：后面各步、记下的随包原文，都只见得到写全了的。
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import cast

from pydantic import Field

from ..findings import Finding, Location, RulebookError
from ..scenario_models.base_models import Id, Strict, Text
from ..scenario_models.conditions import OneClause
from ..scenario_models.models import QuestionKind, ScenarioKind, Verdict
from ..yaml_reading.validating import validate
from ..yaml_reading.yaml_document import YamlDocument
from .composing import USE, mappings
from .parts import Raw


class NamedCondition(Strict):
    """起了名字的一条条件。"""

    id: Id
    when: OneClause
    """哪些事实成立。"""


class Shorthand(Strict):
    """场景文件里只管省写的几个键。"""

    conditions: tuple[NamedCondition, ...] = ()
    """几处都要的条件，各起个名字；规则的 when、问题的 ask_when 里写 use: 名字 照用，别的照旧再写。"""
    event_labels: dict[Id, Text] = Field(default_factory=dict[str, str])
    """这个场景的阶段里写着的事，换成这里的说法（事件的 id: 说法）；自己写了 label 的照自己的。"""
    event_stages: dict[Id, Id] = Field(default_factory=dict[str, str])
    """这件事在各阶段多半走到哪个阶段（事件的 id: 阶段的 id）；自己写了 to 的照自己的。"""


_EVENT_KEYS = {"event_labels": "label", "event_stages": "to"}
"""管着各阶段的事的键，和它补上的那一项。"""


def spelled_out(document: YamlDocument) -> YamlDocument:
    """一个场景文件写全的样子。

    Raises:
        RulebookError: 省写的几个键写得不对、照用了没有的条件、写了没人用；列出全部问题。
    """
    data = cast("object", document.data)
    if not isinstance(data, dict):
        return document
    written = cast("Raw", data)
    short = {key: value for key, value in written.items() if key in Shorthand.model_fields}
    validate(Shorthand, replace(document, data=short))
    writer = _Writer(document, short)
    whole = writer.scenario({key: value for key, value in written.items() if key not in short})
    writer.refuse_findings()
    return replace(document, data=whole)


@dataclass
class _Writer:
    document: YamlDocument
    short: Raw
    is_topic: bool = False
    conditions: dict[str, Raw] = field(default_factory=dict[str, Raw])
    used: set[Location] = field(default_factory=set[Location])
    findings: list[Finding] = field(default_factory=list[Finding])

    def scenario(self, written: Raw) -> Raw:
        self.is_topic = written.get("kind") == ScenarioKind.TOPIC.value
        for index, item in enumerate(mappings(self.short.get("conditions"))):
            name = str(item["id"])
            if name in self.conditions:
                self._add("duplicate-id", name, ("conditions", index), f"“{name}”前面已经写过了，id 不能重复")
            self.conditions[name] = item["when"]
        whole = dict(written)
        for key, change in (("questions", self._question), ("rules", self._rule), ("stages", self._stage)):
            if key in whole:
                whole[key] = _each(whole[key], (key,), change)
        return whole

    def refuse_findings(self) -> None:
        """写了没人用的也算；有问题就抛 :class:`RulebookError`。"""
        named = mappings(self.short.get("conditions"))
        listed: list[tuple[Location, str]] = [(("conditions", at), str(item["id"])) for at, item in enumerate(named)]
        listed += [((key, name), name) for key in _EVENT_KEYS for name in self.short.get(key, ())]
        for spot, name in listed:
            if (spot[0], name) not in self.used:
                self._add("unused-id", name, spot, f"“{name}”写了没有用到；用上它，或删掉")
        if self.findings:
            raise RulebookError(self.findings)

    def _question(self, question: Raw, spot: Location) -> Raw:
        return {"kind": QuestionKind.CHOICE.value, **self._conditional(question, spot)}

    def _rule(self, rule: Raw, spot: Location) -> Raw:
        whole = self._conditional(rule, spot)
        # 帮助主题不判能不能退，每条都是“去这里办”
        return {"verdict": Verdict.REDIRECT.value, **whole} if self.is_topic else whole

    def _conditional(self, item: Raw, spot: Location) -> Raw:
        """一个问题、一条规则、转过去带的一个答案：条件写全。"""
        whole = dict(item)
        for key in ("when", "ask_when"):
            place = (*spot, key)
            if isinstance(item.get(key), dict):
                whole[key] = self._clause(item[key], place)
            elif key in item:
                whole[key] = _each(item[key], place, self._clause)
        if "passes_on" in item:
            whole["passes_on"] = _each(item["passes_on"], (*spot, "passes_on"), self._conditional)
        return whole

    def _clause(self, clause: Raw, spot: Location) -> Raw:
        if USE not in clause:
            return clause
        name = str(clause[USE])
        self.used.add(("conditions", name))
        if name not in self.conditions:
            self._add("unknown-id", name, (*spot, USE), f"conditions 里没有叫“{name}”的条件可以照用；检查拼写")
        return {**self.conditions.get(name, {}), **{fact: values for fact, values in clause.items() if fact != USE}}

    def _stage(self, stage: Raw, spot: Location) -> Raw:
        events = _each(stage.get("events"), (*spot, "events"), self._event)
        return {**stage, "events": events} if "events" in stage else stage

    def _event(self, event: Raw, _: Location) -> Raw:
        name = str(event.get("on"))
        whole = dict(event)
        for key, field_name in _EVENT_KEYS.items():
            usual = self.short.get(key, {})
            if field_name not in event and name in usual:
                self.used.add((key, name))
                whole[field_name] = usual[name]
        return whole

    def _add(self, check: str, item_id: str, spot: Location, message: str) -> None:
        self.findings.append(self.document.finding(spot, item_id, check, message))


def _each(written: object, spot: Location, change: Callable[[Raw, Location], Raw]) -> object:
    """一列里是“键: 值”的各项换一换；别的照旧，由数据模型去说哪里不对。"""
    if not isinstance(written, list):
        return written
    items = enumerate(cast("list[object]", written))
    return [change(cast("Raw", item), (*spot, at)) if isinstance(item, dict) else item for at, item in items]

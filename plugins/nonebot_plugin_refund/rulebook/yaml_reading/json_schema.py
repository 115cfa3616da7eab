"""由数据模型生成 JSON Schema：编辑器照着它补全、画红线、悬停时显示说明。

说明取自模型和字段的 docstring；字数上限取自检查用的那张表。真正作数的仍是 ``refund lint``：
Schema 看不出 id 写没写错、规则管没管全。
"""

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Any, cast

from pydantic import BaseModel

from ..assembling.shorthand import Shorthand
from ..assembling.source_list import WrittenSources
from ..lint.scenario.texts import LIMITS
from ..lint.wording.asides import LONGEST_ANSWER
from ..lint.wording.topics import LONGEST_ANSWER as LONGEST_TOPIC_ANSWER
from ..lint.wording.topics import LONGEST_TITLE, LONGEST_WITH_CASE
from ..money_models.claim_models import Claims
from ..money_models.ledger_models import Ledger
from ..money_models.offer_models import Offers
from ..scenario_models.event_models import Events
from ..scenario_models.evidence_models import SharedEvidence
from ..scenario_models.models import Scenario
from ..scenario_models.paper_models import ScenarioPapers, SharedPapers
from ..scenario_models.stage_models import SharedStages
from ..scenario_models.topics import Topics
from ..wording_models.asides import Asides
from ..wording_models.danger_models import Dangers
from ..wording_models.lexicon import Lexicon
from ..wording_models.moods import MoodWords
from ..wording_models.signal_additions import SignalAdditions
from ..wording_models.signals import Signals
from ..wording_models.spoken import SpokenWords
from .written_form import as_written

Schema = dict[str, Any]


class SchemaKind(StrEnum):
    """哪一种文件。"""

    SCENARIO = "scenario"
    PAPERS_OF_SCENARIO = "papers-of-scenario"
    """一个场景的文书，单放一个文件的。"""
    EVENTS = "events"
    STAGES = "stages"
    LEXICON = "lexicon"
    EVIDENCE = "evidence"
    PAPERS = "papers"
    """各场景的文书共用的空和底稿。"""
    SOURCES = "sources"
    ASIDES = "asides"
    TOPICS = "topics"
    """打听：人会问什么、怎么回答。"""
    SIGNALS = "signals"
    """操作者的 signals.yaml：只写要添的词。"""
    PACKAGED_SIGNALS = "packaged-signals"
    """随包的那份完整词表。"""
    SPOKEN = "spoken"
    MOODS = "moods"
    DANGER = "danger"
    OFFERS = "offers"
    CLAIMS = "claims"
    LEDGER = "ledger"


_MODELS: dict[SchemaKind, type[BaseModel]] = {
    SchemaKind.SCENARIO: Scenario,
    SchemaKind.PAPERS_OF_SCENARIO: ScenarioPapers,
    SchemaKind.EVENTS: Events,
    SchemaKind.STAGES: SharedStages,
    SchemaKind.LEXICON: Lexicon,
    SchemaKind.EVIDENCE: SharedEvidence,
    SchemaKind.PAPERS: SharedPapers,
    SchemaKind.SOURCES: WrittenSources,
    SchemaKind.ASIDES: Asides,
    SchemaKind.TOPICS: Topics,
    SchemaKind.SIGNALS: SignalAdditions,
    SchemaKind.PACKAGED_SIGNALS: Signals,
    SchemaKind.SPOKEN: SpokenWords,
    SchemaKind.MOODS: MoodWords,
    SchemaKind.DANGER: Dangers,
    SchemaKind.OFFERS: Offers,
    SchemaKind.CLAIMS: Claims,
    SchemaKind.LEDGER: Ledger,
}

_COMPOSED = frozenset({SchemaKind.SCENARIO, SchemaKind.PAPERS_OF_SCENARIO})
"""读入时要拼装的：写的样子和模型不同。"""

_LENGTHS: dict[tuple[str, str], int] = {
    (model, field): LIMITS[kind]
    for model, fields in {
        "Scenario": {"title": "title", "summary": "summary", "group_answer": "group_answer", "opening": "opening"},
        "Question": {"text": "question", "why": "why"},
        "Option": {"label": "option"},
        "Rule": {
            "headline": "headline",
            "because": "because",
            "law": "law",
            "platform": "platform",
            "steps": "step",
            "would_change": "would_change",
            "risks": "risks",
        },
        "Evidence": {
            "title": "evidence_title",
            "why": "evidence_why",
            "how": "evidence_how",
            "may_vanish": "evidence_may_vanish",
        },
        "Stage": {"happening": "stage", "todo": "stage"},
        "Variant": {"happening": "stage", "todo": "stage"},
        "Event": {"label": "event"},
        "StageEvent": {"label": "event"},
        "Timer": {"title": "timer_title", "before": "timer_text", "after": "timer_text"},
        "Clock": {"title": "timer_title", "before": "timer_text", "after": "timer_text"},
        "Paper": {"title": "paper_title", "use": "paper_use"},
        "Frame": {"title": "paper_title", "use": "paper_use"},
        "Wording": {"text": "paper_text"},
        "Heading": {"text": "paper_text"},
        "BlankSlot": {"label": "paper_blank"},
        "AnswerSlot": {"label": "paper_blank"},
        "FigureSlot": {"label": "paper_blank"},
    }.items()
    for field, kind in fields.items()
} | {
    ("Aside", "answer"): LONGEST_ANSWER,
    ("Topic", "title"): LONGEST_TITLE,
    ("Topic", "answer"): LONGEST_TOPIC_ANSWER,
    ("Topic", "with_case"): LONGEST_WITH_CASE,
}
"""哪个模型的哪个字段最多多少字；``steps`` 这样的一列，说的是每一项。"""


def file_name(kind: SchemaKind) -> str:
    """这一种的 Schema 存成什么文件。"""
    return f"{kind.value}.schema.json"


@cache
def json_schema(kind: SchemaKind) -> Schema:
    """一种文件的 JSON Schema（2020-12）。一个进程里一种只算一次，拿到的不要改。"""
    model = _MODELS[kind]
    schema: Schema = model.model_json_schema()
    definitions: dict[str, Schema] = schema.get("$defs", {})
    if kind in _COMPOSED:
        as_written(schema)
    by_name = {one.__name__: one for one in _our_models()}
    if kind is SchemaKind.SCENARIO:
        short = Shorthand.model_json_schema()
        schema["properties"] |= short["properties"]
        definitions |= short["$defs"]
        _describe(schema, Shorthand, by_name)
    for name, definition in [(model.__name__, schema), *definitions.items()]:
        for part in reversed(inspect.getmro(by_name[name]) if name in by_name else ()):
            _describe(definition, part, by_name)
        _limit(definition, name)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **cast("Schema", _without_noise(schema))}


def _our_models() -> Iterator[type]:
    """手册里的全部模型和枚举：都在 ``rulebook`` 这一层的几个包里。"""
    floor = __name__.rpartition(".")[0].rpartition(".")[0]
    for name, module in list(sys.modules.items()):
        if name.startswith(f"{floor}."):
            yield from (one for one in vars(module).values() if inspect.isclass(one) and one.__module__ == name)


def _describe(definition: Schema, model: type, ours: Mapping[str, type]) -> None:
    """字段的说明：类里紧跟在字段后面的那句 docstring；不是手册里的类没有。"""
    if ours.get(model.__name__) is not model:
        return
    (body,) = (node for node in ast.parse(inspect.getsource(model)).body if isinstance(node, ast.ClassDef))
    for field, note in pairwise(body.body):
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if isinstance(note, ast.Expr) and isinstance(note.value, ast.Constant):
            place = definition.get("properties", {}).get(field.target.id)
            if place is not None:
                place["description"] = inspect.cleandoc(str(note.value.value))


def _limit(definition: Schema, name: str) -> None:
    for field, place in cast("dict[str, Schema]", definition.get("properties", {})).items():
        longest = _LENGTHS.get((name, field))
        if longest is not None:
            target = cast("Schema", place.get("items", place))
            target["maxLength"] = longest


def _without_noise(value: Any, *, is_property_list: bool = False) -> Any:
    """去掉由英文字段名拼出来的标题，和空的默认值：悬停时只该看见中文的说明。"""
    if isinstance(value, list):
        return [_without_noise(item) for item in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return value
    kept = cast("Schema", value)
    return {
        key: _without_noise(item, is_property_list=key in {"properties", "$defs"} and not is_property_list)
        for key, item in kept.items()
        if is_property_list or not (key == "title" or (key == "default" and item in ("", None, [], {}, [{}])))
    }

"""由数据模型生成 JSON Schema：编辑器照着它补全、画红线、悬停时显示说明。

说明取自模型和字段的 docstring；字数上限取自检查用的那张表。真正作数的仍是 ``refund lint``：
Schema 看不出 id 写没写错、规则管没管全。
"""

import ast
import inspect
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Any, cast

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core.core_schema import ModelSchema, WithDefaultSchema

from ..assembling.shorthand import Shorthand
from ..assembling.source_list import WrittenSources
from ..lint.scenario.texts import LIMITS
from ..lint.wording.asides import LONGEST_ANSWER
from ..lint.wording.topics import LONGEST_ANSWER as LONGEST_TOPIC_ANSWER
from ..lint.wording.topics import LONGEST_TITLE, LONGEST_WITH_CASE
from ..money_models.claim_models import Claims
from ..money_models.ledger_models import Ledger
from ..money_models.offer_models import Offers
from ..scenario_models.base_models import Strict
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
    ("Topic", "in_case"): LONGEST_TOPIC_ANSWER,
}
"""哪个模型的哪个字段最多多少字；``steps`` 这样的一列，说的是每一项。"""


def file_name(kind: SchemaKind) -> str:
    """这一种的 Schema 存成什么文件。"""
    return f"{kind.value}.schema.json"


class _ForEditors(GenerateJsonSchema):
    """悬停时只该看见中文的说明：由英文名字拼出来的标题、空的默认值都不要。

    字段的 docstring 不交给 pydantic 取（``use_attribute_docstrings``）：它在建每个模型时取，
    起机器人要多用约百分之八的处理器时间；这里要生成时才取。
    """

    def model_schema(self, schema: ModelSchema) -> Schema:
        """添上各字段的说明和字数上限；继承来的字段，说明在上一级的类里。"""
        made = super().model_schema(schema)
        model = schema["cls"]
        ours = (part for part in reversed(model.__mro__) if issubclass(part, Strict))
        notes = {field: note for part in ours for field, note in _field_notes(part)}
        for field, place in cast("dict[str, Schema]", made.get("properties", {})).items():
            if field in notes:
                place["description"] = notes[field]
            if (longest := _LENGTHS.get((model.__name__, field))) is not None:
                cast("Schema", place.get("items", place))["maxLength"] = longest
        return made

    def default_schema(self, schema: WithDefaultSchema) -> Schema:
        """有默认值的。"""
        made = super().default_schema(schema)
        if made.get("default") in ("", None, [], {}, [{}]):
            made.pop("default", None)
        return made

    def field_title_should_be_set(self, schema: object) -> bool:
        """字段不要标题；模型和枚举的，都生成好了再去掉。"""
        return False


@cache
def json_schema(kind: SchemaKind) -> Schema:
    """一种文件的 JSON Schema（2020-12）。一个进程里一种只算一次，拿到的不要改。"""
    schema = _MODELS[kind].model_json_schema(schema_generator=_ForEditors)
    if kind in _COMPOSED:
        as_written(schema)
    if kind is SchemaKind.SCENARIO:
        short = Shorthand.model_json_schema(schema_generator=_ForEditors)
        schema["properties"] |= short["properties"]
        schema["$defs"] |= short["$defs"]
    for definition in (schema, *cast("dict[str, Schema]", schema.get("$defs", {})).values()):
        definition.pop("title", None)
    return {"$schema": _ForEditors.schema_dialect, **schema}


def _field_notes(model: type) -> Iterator[tuple[str, str]]:
    """类里紧跟在字段后面的那句 docstring。"""
    (body,) = cast("list[ast.ClassDef]", ast.parse(inspect.getsource(model)).body)
    for field, note in pairwise(body.body):
        match field, note:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, inspect.cleandoc(text)
            case _:
                pass

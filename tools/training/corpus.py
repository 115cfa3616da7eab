"""例句：``tests/data/examples`` 里各个写作者写的答话、案件消息。"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.understanding.meaning.purposes import HARMLESS
from nonebot_plugin_refund.domain.understanding.meaning.scored import NONE
from nonebot_plugin_refund.domain.understanding.meaning.weights import INTENTS, NEWS, OPTIONS, STORIES
from nonebot_plugin_refund.rulebook.loader import Rulebook, load_rulebook
from nonebot_plugin_refund.rulebook.scenario_models.models import Question
from nonebot_plugin_refund.rulebook.wording_models.labelled import load_labelled

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "tests" / "data" / "examples"
_REPLIES = ("options-*.jsonl",)
_NEWS = ("events-*.jsonl", "moods-*.jsonl")
_APART = "../events-apart.jsonl"
"""手册后来添的事：听进展、听答话用；听后话的还照原来的例句。"""
_PURPOSES = ("followups-*.jsonl", "danger-*.jsonl", "openings-*.jsonl")
_ALARMS = ("alarms-*.jsonl", "harmless-*.jsonl")
"""只用来听危险：别的头不照它们学，它们添了也就不必重新训练。"""
_STORIES = ("openings-*.jsonl", "clauses-*.jsonl")
_UTTERANCES = EXAMPLES.parent / "utterances-train.jsonl"
_NOW = "2026-11-23T10:00"
"""只有一小句的例句没有写哪天说的，里面的日子都从这一刻算。"""


@dataclass(frozen=True, slots=True)
class Reply:
    """对一个问题的一句答话。"""

    head: str
    """“场景/问题”。"""
    text: str
    answers: tuple[str, ...]
    """选项、``unsure``、``none``；多选题可以有几个。"""
    writer: str


@dataclass(frozen=True, slots=True)
class News:
    """案件里的一句话。"""

    text: str
    events: tuple[str, ...]
    """说的是哪件事；几个的话哪个都算对；空的就是没有说发生了什么。"""
    mood: str
    """``report`` 或一种语气。"""
    scenarios: tuple[str, ...]
    """可能是哪几个场景的案件；空的就是哪个都可能。"""
    writer: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """案子开着时的一句话，或从头说起的一句话：想做什么，有没有危险。"""

    text: str
    intent: str
    """想做什么；不知道是空的。"""
    danger: str
    """哪一种危险，或 ``harmless``。"""
    is_opening: bool
    writer: str
    command: str = ""
    """要机器人做的是哪一样；不是要它做什么的为空。"""


@dataclass(frozen=True, slots=True)
class Alarm:
    """只用来听危险的一句话。"""

    text: str
    danger: str
    """哪一种危险，或 ``harmless``。"""


@dataclass(frozen=True, slots=True)
class Opening:
    """从头说起的一段话。"""

    text: str
    scenario: str | None
    """不是哪一种退款的是空的。"""
    facts: dict[str, Any]
    """说了的答案。"""
    now: datetime
    writer: str


@dataclass(frozen=True, slots=True)
class Clause:
    """一段话里的一小句，只说一题的答案；``value`` 为空是用了那一题的字却没有说到它。"""

    text: str
    scenario: str
    question: str
    value: Any
    writer: str

    def as_opening(self) -> Opening:
        """当作只说了这一句的一段话。"""
        facts = {} if self.value is None else {self.question: self.value}
        return Opening(self.text, self.scenario, facts, _moment(_NOW), self.writer)


@dataclass(frozen=True, slots=True)
class Utterance:
    """一句话说的是哪种事，或者都不是。"""

    text: str
    label: str


@cache
def rulebook() -> Rulebook:
    """随包的规则手册。"""
    return load_rulebook()


@cache
def questions() -> dict[str, Question]:
    """“场景/问题” → 问题。"""
    return {
        f"{scenario.id}/{question.id}": question for scenario in rulebook().scenarios for question in scenario.questions
    }


@cache
def events_of() -> dict[str, frozenset[str]]:
    """场景 → 它的阶段里会发生的事。"""
    return {
        scenario.id: frozenset(event.on for stage in scenario.stages for event in stage.events)
        for scenario in rulebook().scenarios
    }


def replies(folder: Path = EXAMPLES) -> list[Reply]:
    """答话，按文件和行的先后。"""
    return [
        Reply(f"{row['scenario']}/{row['question']}", row["text"], _listed(row["want"]) or (NONE,), row["writer"])
        for row in _rows(folder, _REPLIES[0])
    ]


def news(folder: Path = EXAMPLES, *, apart: bool = False) -> list[News]:
    """案件消息，连同什么也没报告的，按文件和行的先后；``apart`` 是连同手册后来添的事。"""
    found: list[News] = []
    for pattern in (_NEWS[0], _APART, *_NEWS[1:]) if apart else _NEWS:
        for row in _rows(folder, pattern):
            events = _listed(row["want"])
            scenarios = load_labelled().own(row["family"])
            likely = tuple(scenario for scenario in scenarios if not events or events_of()[scenario] & set(events))
            found.append(News(row["text"], events, "report" if events else row["mood"], likely[:1], row["writer"]))
    return found


def purposes(folder: Path = EXAMPLES) -> list[Purpose]:
    """后续的话、危险的话、从头说起的话，按文件和行的先后。"""
    found: list[Purpose] = []
    for pattern in _PURPOSES:
        for row in _rows(folder, pattern):
            danger = row.get("danger") or HARMLESS
            is_opening = "facts" in row
            said = "danger" if danger != HARMLESS else "new-matter" if is_opening else row.get("intent", "")
            found.append(Purpose(row["text"], said, danger, is_opening, row["writer"], row.get("command", "")))
    return found


def alarms(folder: Path = EXAMPLES) -> list[Alarm]:
    """只用来听危险的话：后来的人专写的，和从别的例句里挑出来的误报（没有危险）。"""
    return [Alarm(row["text"], row.get("danger") or HARMLESS) for pattern in _ALARMS for row in _rows(folder, pattern)]


def openings(folder: Path = EXAMPLES) -> list[Opening]:
    """从头说起的话，按文件和行的先后。"""
    return [
        Opening(row["text"], row["scenario"], row["facts"], _moment(row["now"]), row["writer"])
        for row in _rows(folder, _STORIES[0])
    ]


def clauses(folder: Path = EXAMPLES) -> list[Clause]:
    """只说一题的小句，按文件和行的先后。"""
    return [
        Clause(row["text"], row["scenario"], row["question"], row["want"], row["writer"])
        for row in _rows(folder, _STORIES[1])
    ]


def utterances() -> list[Utterance]:
    """标了是哪种事的短句。"""
    lines = _UTTERANCES.read_text(encoding="utf-8").splitlines()
    return [Utterance(row["text"], row["label"]) for row in map(json.loads, lines)]


_MADE_FROM = {
    OPTIONS: (*_REPLIES, *_NEWS, _APART, *_PURPOSES),
    NEWS: (*_NEWS, _APART, *_REPLIES, *_PURPOSES),
    INTENTS: (*_PURPOSES, *_NEWS, *_ALARMS),
    STORIES: (*_STORIES, *_REPLIES, f"../{_UTTERANCES.name}"),
}
"""每个权重文件用哪些例句训练。"""


def texts(weights: str) -> list[str]:
    """训练这个权重文件用的例句的字，按文件和行的先后。"""
    return [row["text"] for pattern in _MADE_FROM[weights] for row in _rows(EXAMPLES, pattern)]


def digest(weights: str) -> bytes:
    """训练这个权重文件用的例句文件，用来算摘要。"""
    paths = sorted(path for name in _MADE_FROM[weights] for path in EXAMPLES.glob(name))
    return b"".join(path.name.encode() + path.read_bytes() for path in paths)


def _rows(folder: Path, pattern: str) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob(pattern)):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def _moment(text: str) -> datetime:
    """例句里的“现在”：北京时间。"""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def _listed(want: object) -> tuple[str, ...]:
    if want is None:
        return ()
    return (want,) if isinstance(want, str) else tuple(str(one) for one in want)  # type: ignore[attr-defined] -- want 只会是字或一列字

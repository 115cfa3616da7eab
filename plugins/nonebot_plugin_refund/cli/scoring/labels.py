"""标注过的话：一行一个 JSON，凭写了哪些键认出是哪一种。"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from ..hearing.language import Readable
from ..output import fail, read_moment

FORMATS = (
    '{"text", "label"} 场景；{"kind": "date|amount|yesno", "text", "accept"} 日期、金额、是非；'
    '{"scenario", "question", "text", "want"} 回答；{"text", "want", "mood", "family" 或 "scenario"} 进展、语气；'
    '{"scenario", "text", "facts", "now"} 第一句话；{"text", "intent", "scenario"} 结论之后的；{"text", "danger"} 危险'
)


@dataclass(frozen=True, slots=True)
class OptionRow:
    """对一题的回答；``want`` 是选项 id、yes、no、unsure、一列选项，或空（不是在答）。"""

    scenario: str
    question: str
    text: str
    want: str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """有案件时说的话；``want`` 是报告的事件，空是没有报告什么。"""

    text: str
    want: str | None
    mood: str
    family: str
    """哪一类事，或场景 id。"""
    mode: str
    """blue 没头没脑说的，asked 问过进展之后说的。"""


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """第一句话，和里面说了的答案。"""

    scenario: str | None
    text: str
    facts: Mapping[str, Any]
    now: datetime | None


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """有了结论之后的话，和它的意思。"""

    text: str
    intent: str
    scenario: str | None


@dataclass(frozen=True, slots=True)
class DangerRow:
    """有没有危险，是哪一种。"""

    text: str
    danger: str | None


@dataclass
class Labelled:
    """读进来的全部。"""

    phrases: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    answers: dict[Readable, list[tuple[str, list[Any]]]] = field(
        default_factory=dict[Readable, list[tuple[str, list[Any]]]]
    )
    options: list[OptionRow] = field(default_factory=list[OptionRow])
    events: list[EventRow] = field(default_factory=list[EventRow])
    openings: list[OpeningRow] = field(default_factory=list[OpeningRow])
    follow_ups: list[FollowUpRow] = field(default_factory=list[FollowUpRow])
    dangers: list[DangerRow] = field(default_factory=list[DangerRow])

    @property
    def needs_reading(self) -> bool:
        """有没有要照聊天里的听法去听的。"""
        return any((self.options, self.events, self.openings, self.follow_ups, self.dangers))

    @property
    def is_empty(self) -> bool:
        """一句也没有。"""
        return not (self.phrases or self.answers or self.needs_reading)


def read_files(files: Sequence[Path]) -> Labelled:
    """读入标注过的文件；看不懂的一行说清楚并以退出码 2 结束。"""
    labelled = Labelled()
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip():
                continue
            try:
                _take(labelled, _object(line))
            except (ValueError, TypeError, KeyError):
                fail(f"{file} 第 {number} 行看不懂；认得的写法：{FORMATS}")
    if labelled.is_empty:
        fail("文件里一句话也没有")
    return labelled


def _object(line: str) -> Mapping[str, Any]:
    row = json.loads(line)
    if not isinstance(row, dict):
        raise TypeError("不是一个对象")
    return cast("Mapping[str, Any]", row)


def _take(labelled: Labelled, row: Mapping[str, Any]) -> None:
    text = _words(row["text"])
    if "kind" in row:
        labelled.answers.setdefault(Readable(row["kind"]), []).append((text, list(row["accept"])))
    elif "label" in row:
        labelled.phrases.append((text, _words(row["label"])))
    elif "intent" in row:
        labelled.follow_ups.append(FollowUpRow(text, _words(row["intent"]), _words_or_none(row["scenario"])))
    elif "danger" in row:
        labelled.dangers.append(DangerRow(text, _words_or_none(row["danger"])))
    elif "facts" in row:
        now = _words_or_none(row.get("now"))
        at = None if now is None else read_moment(now)
        labelled.openings.append(OpeningRow(_words_or_none(row["scenario"]), text, dict(row["facts"]), at))
    elif "question" in row:
        want = row["want"]
        wanted = tuple(_words(item) for item in want) if isinstance(want, list) else _words_or_none(want)
        labelled.options.append(OptionRow(_words(row["scenario"]), _words(row["question"]), text, wanted))
    else:
        family = row["family"] if "family" in row else row["scenario"]
        labelled.events.append(
            EventRow(
                text, _words_or_none(row["want"]), _words(row["mood"]), _words(family), _words(row.get("mode", "blue"))
            )
        )


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("应是文字")
    return value


def _words_or_none(value: object) -> str | None:
    return None if value is None else _words(value)

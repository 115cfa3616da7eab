"""*people* 里的人说的话：封存的第一句话、回答、进展，各是别人写的。提起时只说文件和行号。"""

import json
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

SEALED = Path(__file__).parents[2] / "tests" / "data" / "sealed"

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "shop-return": ("shop",),
    "refund-only": ("shop",),
    "live-tip": ("tip",),
    "paid-content": ("content",),
    "top-up": ("topup",),
    "appeal": ("complaint", "court"),
}
"""哪个场景的人说哪几类事；没写的不往后走。"""
_ELSEWHERE = ("complaint", "court")
"""自己那几类里没有的事，再到这几类里找。"""
_ANYBODY = "any"

Want = str | tuple[str, ...] | None
"""一句回答说的是什么：选项、一列选项、unsure，或空（不是在答）。"""


@dataclass(frozen=True)
class Phrase:
    """一句话，和它在哪个文件第几行。"""

    text: str
    source: str = ""
    """如 ``options-s1.jsonl:12``；不是封存的话为空。"""


@dataclass(frozen=True)
class Opening:
    """第一句话，和里面说了的答案。"""

    phrase: Phrase
    facts: Mapping[str, Any]


@dataclass
class Sealed:
    """全部封存的话。"""

    openings: dict[str, list[Opening]] = field(default_factory=lambda: defaultdict(list))
    answers: dict[tuple[str, str], dict[Want, list[Phrase]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    """场景和题 -> 说的是什么 -> 怎么说。"""
    reports: dict[tuple[str, str], dict[str, list[Phrase]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    """哪一类、怎么问起的 -> 事件 -> 怎么说。"""
    idle: dict[str, dict[str, list[Phrase]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    """哪一类 -> 语气 -> 没有报告什么的话。"""

    @classmethod
    def read(cls, folder: Path = SEALED) -> Self:
        """读入文件夹里的三种文件。"""
        sealed = cls()
        for row, phrase in _rows(folder, "openings-*.jsonl"):
            if row["scenario"] is not None:
                sealed.openings[row["scenario"]].append(Opening(phrase, row["facts"]))
        for row, phrase in _rows(folder, "options-*.jsonl"):
            want = tuple(row["want"]) if isinstance(row["want"], list) else row["want"]
            sealed.answers[row["scenario"], row["question"]][want].append(phrase)
        for row, phrase in _rows(folder, "events-*.jsonl"):
            if row["mood"] != "report":
                sealed.idle[row["family"]][row["mood"]].append(phrase)
            elif isinstance(row["want"], str):
                sealed.reports[row["family"], row["mode"]][row["want"]].append(phrase)
        return sealed

    def wants(self, scenario: str, question: str) -> list[str | tuple[str, ...]]:
        """这一题里有人说过的答案，不含“不是在答”的；次序与文件里一样。"""
        return [want for want in self.answers.get((scenario, question), {}) if want is not None]

    def saying(self, scenario: str, question: str, want: Want) -> Sequence[Phrase]:
        """这一题里这样答的话；没有为空。"""
        return self.answers.get((scenario, question), {}).get(want, ())

    def reporting(self, scenario: str, event: str, mode: str) -> Sequence[Phrase]:
        """报告这件事的话：自己那几类的优先，没有再看投诉、起诉的。"""
        for family in (*FAMILIES.get(scenario, ()), *_ELSEWHERE):
            found = self.reports.get((family, mode), {}).get(event)
            if found:
                return found
        return ()

    def not_reporting(self, scenario: str, moods: Sequence[str] | None = None) -> Sequence[Phrase]:
        """没有报告什么的话，谁都可能说的也算；``moods`` 限定语气。"""
        found: list[Phrase] = []
        for family in (*FAMILIES.get(scenario, ()), _ANYBODY):
            for mood, phrases in self.idle.get(family, {}).items():
                if moods is None or mood in moods:
                    found += phrases
        return found


class Mouth:
    """一个人的嘴：同一场对话里，一句封存的话不说第二遍。"""

    def __init__(self, chance: random.Random) -> None:
        """``chance`` 是这场对话的骰子。"""
        self._chance = chance
        self._said: set[str] = set()

    def one_of(self, phrases: Sequence[Phrase]) -> Phrase | None:
        """抽一句没说过的；都说过了为空。"""
        fresh = [phrase for phrase in phrases if phrase.source not in self._said]
        if not fresh:
            return None
        chosen = self._chance.choice(fresh)
        self._said.add(chosen.source)
        return chosen


def _rows(folder: Path, pattern: str) -> list[tuple[Mapping[str, Any], Phrase]]:
    found: list[tuple[Mapping[str, Any], Phrase]] = []
    for file in sorted(folder.glob(pattern)):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            row = json.loads(line)
            found.append((row, Phrase(row["text"], f"{file.name}:{number}")))
    return found

"""成绩：一批话里听对、问回去、再问、听错的各有多少。"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """一句话听得怎样。"""

    RIGHT = "right"
    OFFERED = "offered"
    """没有当场记下，问回去时列出来的里面有对的。"""
    ASKED = "asked"
    """没听出来，再问。"""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Miss:
    """没听对的一句。"""

    outcome: Outcome
    text: str
    wanted: str
    heard: str


@dataclass
class Tally:
    """一种话的成绩。"""

    name: str
    """成绩的名字，如 ``options``；要求写成 ``options.wrong``。"""
    title: str
    right: str = "right"
    """“对”叫什么：recorded 记下、seen 看出来、heard 听见……"""
    outcomes: Counter[Outcome] = field(default_factory=Counter[Outcome])
    parts: dict[str, Counter[Outcome]] = field(default_factory=lambda: defaultdict(Counter[Outcome]))
    """细分：按问题、事件、语气……"""
    misses: list[Miss] = field(default_factory=list[Miss])
    invented: int = 0
    """没说、却听出来的有几样，也算错。"""
    extra: dict[str, float] = field(default_factory=dict[str, float])
    """别的数，如没有危险的里面当成危险的占多少。"""

    def add(self, outcome: Outcome, part: str, text: str, wanted: object, heard: object) -> None:
        """记一句。"""
        self.outcomes[outcome] += 1
        self.parts[part][outcome] += 1
        if outcome is not Outcome.RIGHT:
            self.note(outcome, text, wanted, heard)

    def note(self, outcome: Outcome, text: str, wanted: object, heard: object) -> None:
        """只记下没听对的这一句，不算进句数。"""
        self.misses.append(Miss(outcome, text, str(wanted), str(heard)))

    @property
    def phrases(self) -> int:
        """一共几句。"""
        return self.outcomes.total()

    @property
    def figures(self) -> dict[str, float]:
        """各占多少；``offered`` 是记下的连同问回去时列着对的。"""
        right, offered = self.share(Outcome.RIGHT), self.share(Outcome.RIGHT, Outcome.OFFERED)
        shares = {self.right: right, "offered": offered, "asked": self.share(Outcome.ASKED)}
        return {**shares, "wrong": self.wrong, **self.extra}

    @property
    def wrong(self) -> float:
        """错的占多少，连同编出来的。"""
        return self.share(Outcome.WRONG) + (self.invented / self.phrases if self.phrases else 0.0)

    def to_json(self) -> dict[str, Any]:
        """一份成绩的 JSON。"""
        figures = {name: round(value, 4) for name, value in self.figures.items()}
        parts = {part: {outcome.value: count[outcome] for outcome in Outcome} for part, count in self.parts.items()}
        made_up = {"invented": self.invented} if self.invented else {}
        return {"phrases": self.phrases, **figures, **made_up, "parts": parts}

    def to_line(self) -> str:
        """表里的一行。"""
        shares = (*(self.share(outcome) for outcome in (Outcome.RIGHT, Outcome.OFFERED, Outcome.ASKED)), self.wrong)
        counts = "".join(f"{share:>8.3f}" for share in shares)
        extra = "".join(f"  {name} {value:.3f}" for name, value in self.extra.items())
        return f"{self.name:<12}{self.phrases:>6}{counts}  {self.title}{extra}"

    def share(self, *outcomes: Outcome) -> float:
        """这几种各占多少，加在一起。"""
        return sum(self.outcomes[outcome] for outcome in outcomes) / self.phrases if self.phrases else 0.0


HEADER = f"{'':<12}{'phrases':>6}{'right':>9}{'offered':>8}{'asked':>8}{'wrong':>8}"
"""表头；这里的 offered 只算问回去的。"""

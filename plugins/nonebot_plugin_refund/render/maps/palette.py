"""图上的颜色：结论按好坏，阶段按走到哪里，时限按谁吃亏。字与底的对比都在 4.5 : 1 以上。"""

from dataclasses import dataclass

from ...rulebook.scenario_models.models import Outcome, Verdict
from .cards import CardTone, Mark, Tone

INK = "#1f2733"
FAINT = "#5b6573"
RULE = "#d5dae1"
PAPER = "#ffffff"
PANEL = "#f6f7f9"
EDGE = "#8792a2"
TRACK = "#5b3fa0"
WALKED = "#d6006c"
"""走过的路：别处都不用的颜色。"""


@dataclass(frozen=True, slots=True)
class Paint:
    """一个框：底色和边。"""

    fill: str
    stroke: str


CARDS: dict[CardTone, Paint] = {
    Tone.QUESTION: Paint("#e9edf3", "#56657a"),
    Tone.STAGE: Paint("#e6f1f4", "#2f7486"),
    Verdict.ELIGIBLE: Paint("#d9f2d9", "#2e7d32"),
    Verdict.CONDITIONAL: Paint("#fff3cd", "#a87a08"),
    Verdict.UNLIKELY: Paint("#ffe0cc", "#c8601a"),
    Verdict.INELIGIBLE: Paint("#f8d7da", "#b71c1c"),
    Verdict.REDIRECT: Paint("#dbe9ff", "#1e50a2"),
}

ENDINGS = {
    Outcome.REFUNDED: Paint("#d9f2d9", "#2e7d32"),
    Outcome.PARTLY_REFUNDED: Paint("#fff3cd", "#a87a08"),
    Outcome.NOT_REFUNDED: Paint("#f8d7da", "#b71c1c"),
    Outcome.WITHDRAWN: Paint("#eceef1", "#5b6573"),
    Outcome.MOVED_ON: Paint("#dbe9ff", "#1e50a2"),
    Outcome.REPLACED: Paint("#d9f2d9", "#2e7d32"),
}

MARKS = {Mark.DEADLINE: "#b71c1c", Mark.EXPECTATION: "#1e50a2", Mark.TRACK: TRACK}

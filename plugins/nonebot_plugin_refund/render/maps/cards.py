"""图的内容：哪些卡片、每张卡片有哪些出口、出口通向哪里。还没有大小和位置。

一张卡片是一个问题、一个结论或一个阶段；卡片里一行一个出口，写着条件或事件，边从那一行出发。
"""

from dataclasses import dataclass
from enum import StrEnum

from ...rulebook.scenario_models.models import Outcome, Verdict


class Tone(StrEnum):
    """没有结论的卡片分两种。"""

    QUESTION = "question"
    STAGE = "stage"


CardTone = Tone | Verdict
"""卡片的颜色跟着它是什么走。"""


class Mark(StrEnum):
    """说明或出口前面的记号。"""

    PLAIN = "plain"
    DEADLINE = "deadline"
    """截止：过了用户吃亏。"""
    EXPECTATION = "expectation"
    """应答期：过了用户多一步可走。"""
    TRACK = "track"
    """案件走哪条路。"""


@dataclass(frozen=True, slots=True)
class Note:
    """卡片里的一句说明，如一个时限。"""

    text: str
    mark: Mark = Mark.PLAIN


@dataclass(frozen=True, slots=True)
class Tab:
    """挂在出口旁边的小框，省得拉一条长线：一种了结，或别处已有卡片的阶段、结论。

    Attributes:
        key: 通向哪里，写法同 :attr:`Card.key`。
        title: 它的名字；同一块里有重名的，后面带上编号。
        tone: 颜色：怎样了结，或那张卡片的颜色。
    """

    key: str
    title: str
    tone: CardTone | Outcome


@dataclass(frozen=True, slots=True)
class Exit:
    """卡片的一行：满足 ``text``，就走到 ``target``：卡片的 key 画线，:class:`Tab` 挂在旁边。"""

    text: str
    target: str | Tab
    mark: Mark = Mark.PLAIN


@dataclass(frozen=True, slots=True)
class Card:
    """一张卡片。

    Attributes:
        key: 全图唯一：``ask-…``、``rule-…`` 或 ``stage-…``。
        tone: 颜色。
        tag: 小字写的种类和编号，改手册时照着找。
        title: 大字。
        notes: 大字下面的说明。
        exits: 出口，从上到下即手册里的次序。
    """

    key: str
    tone: CardTone
    tag: str
    title: str
    notes: tuple[Note, ...] = ()
    exits: tuple[Exit, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """图的一块，自成一个流程。"""

    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ScenarioMap:
    """一个场景的图：第一块是提问和结论，后面每块是一条或几条连着的路。"""

    title: str
    sections: tuple[Section, ...]

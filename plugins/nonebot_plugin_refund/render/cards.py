"""卡片：一张图上写什么。每种卡片一个数据类，里面都是写好的话；怎样好看是模板的事。

卡片上有的，同时发得出的文字里都有：图片从来不是唯一的读法。
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Theme(StrEnum):
    """底色。"""

    LIGHT = "light"
    DARK = "dark"


class Tone(StrEnum):
    """一张卡片的基调，决定强调色；颜色之外总有文字说同样的意思。"""

    PLAIN = "plain"
    ELIGIBLE = "eligible"
    CONDITIONAL = "conditional"
    UNLIKELY = "unlikely"
    INELIGIBLE = "ineligible"
    REDIRECT = "redirect"


@dataclass(frozen=True, slots=True)
class DateLine:
    """一个日期：是什么、到哪天、怎么数的。"""

    words: str
    passed: bool = False
    """已经过了。"""
    counting: tuple[str, ...] = ()
    """从哪天数、数了什么、跳过了什么。"""


@dataclass(frozen=True, slots=True)
class MenuCard:
    """菜单：编号的场景。"""

    title: str
    items: tuple[tuple[str, str], ...]
    """各场景的名字和一句说明；次序就是编号。"""
    footer: tuple[str, ...]
    kind: Literal["menu"] = "menu"


@dataclass(frozen=True, slots=True)
class VerdictCard:
    """结论：是什么、为什么、根据哪些事实和依据、哪些日期。要照着点的步骤另用文字说，好复制。"""

    scenario: str
    tone: Tone
    label: str
    """结论的名称，如“符合条件”。"""
    headline: str
    because: str
    facts: tuple[str, ...]
    source: str
    dates: tuple[DateLine, ...]
    preface: str = ""
    """结论前面要先说的话，如改了答案之后变了什么。"""
    kind: Literal["verdict"] = "verdict"


@dataclass(frozen=True, slots=True)
class DoneStep:
    """时间线上已经走过的一步。"""

    day: str
    title: str


@dataclass(frozen=True, slots=True)
class CaseCard:
    """案件：走过的、现在的、接下来可能的，和日期。"""

    code: str
    scenario: str
    done: tuple[DoneStep, ...]
    stage: str
    happening: str
    todo: str
    next: tuple[str, ...]
    """接下来可以报告的事；编号随后另用文字说。"""
    dates: tuple[DateLine, ...]
    closed: bool = False
    kind: Literal["case"] = "case"


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """材料清单里的一项。"""

    title: str
    ticked: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """材料清单，有了的打勾。"""

    title: str
    items: tuple[EvidenceLine, ...]
    footer: tuple[str, ...]
    kind: Literal["evidence"] = "evidence"


@dataclass(frozen=True, slots=True)
class GroupAnswerCard:
    """群里的简短回答，不针对任何人。"""

    title: str
    lines: tuple[str, ...]
    footer: tuple[str, ...]
    kind: Literal["answer"] = "answer"


@dataclass(frozen=True, slots=True)
class HelpCard:
    """帮助：一行一件能做的事，冒号前是小标题。"""

    title: str
    lines: tuple[tuple[str, str], ...]
    """小标题和说明；没有小标题的为空。"""
    kind: Literal["help"] = "help"


@dataclass(frozen=True, slots=True)
class ReminderCard:
    """一件案件排着的提醒。推送的提醒本身总是文字：要查得到送没送到。"""

    title: str
    items: tuple[tuple[str, str], ...]
    """什么时候、提醒什么。"""
    footer: tuple[str, ...]
    kind: Literal["reminder"] = "reminder"


Card = MenuCard | VerdictCard | CaseCard | EvidenceCard | GroupAnswerCard | HelpCard | ReminderCard

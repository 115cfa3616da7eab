"""访谈里的问题和选项。"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from .base_models import Id, Strict, Text
from .conditions import ALWAYS, UNSURE, When


class QuestionKind(StrEnum):
    """一个问题怎么答。"""

    CHOICE = "choice"
    MULTI = "multi"
    DATE = "date"
    AMOUNT = "amount"
    NUMBER = "number"
    YESNO = "yesno"


class Option(Strict):
    """一个选项：编号由顺序决定，``aliases`` 是人们口头会怎么说。"""

    id: Id
    label: Text
    """显示给用户看的字。"""
    aliases: tuple[Text, ...] = ()
    """口头的说法，听见就算选了它。"""
    not_heard_with: tuple[Text, ...] = ()
    """话里有其中一个，就不是它：“奶奶的号”不是孩子自己的账号。"""
    implies: dict[Id, Id] = Field(default_factory=dict)
    """从头说起的话里提到它，前面这几题（问题 id）就是哪一项：说了团购券，遇到的就是“写了可退”。"""
    spender: Literal["child", "family"] | None = None
    """选了它，花钱的就不是他自己：是孩子（由家长来办），还是家里的大人。"""
    own: Literal["minor", "adult"] | None = None
    """选了它，花钱的就是说话的人：没满 18，或已经成年。听见他自己几岁就分得出。"""
    exclusive: bool = False
    """多选题里“以上都没有”这类选项：选了它就不能再选别的。"""


class Within(Strict):
    """由两个日子数出来的“是”：从 ``first`` 的第二天数到 ``then``，没有超过 ``days`` 天。"""

    first: Id
    then: Id
    days: Annotated[int, Field(ge=0)]


class Question(Strict):
    """访谈里的一步。"""

    id: Id
    text: Text
    """问出来的话，不超过 60 字。"""
    simply: str = ""
    """两次没听懂之后，换个更简单的问法；不写就把选项再列一遍。"""
    implies: dict[Id, Id] = Field(default_factory=dict)
    """说了它的答案，前面这几题（问题 id）就是哪一项：说了哪天签收，货就是收到了。"""
    why: Text
    """用户问“为什么”时的回答。"""
    kind: QuestionKind
    """怎么答：choice 单选（不写就是它）、multi 多选、date 日期、amount 金额、number 数字、yesno 是非。"""
    short: Text
    """在“已答”清单和理由里怎么称呼它，如“签收日期”。"""
    options: tuple[Option, ...] = ()
    """选择题的选项，至少两个；不必写“不清楚”，每题都有。"""
    steps: tuple[tuple[Id, ...], ...] = ()
    """单选题的选项是一步步走过来的：从头到尾每一步有哪几项。话里说了几步（“申请了 他同意了”），算最后的那一步。"""
    ask_when: When = ALWAYS
    """什么情况下才问；不写就总是问。只能用更早的题推出来的事实。"""
    unsure_not_offered_because: str = ""
    """不提供“不清楚”时，写明为什么。"""
    minimum: float | None = None
    """数字题、金额题：最小是多少。"""
    maximum: float | None = None
    """最大是多少。"""
    unit: str = ""
    """数字题的单位，如“岁”。"""
    heard_by: tuple[Text, ...] = ()
    """还没问到就说出来时，靠哪几个字认出说的是它，如签收日期的“签收”“收到”。是非题听见就是“是”。"""
    known_from: Within | None = None
    """是非题：话里两个日子都说了、数得出“是”的，就不问了；超过的照样问，因为还可能碰上法定顺延。"""
    not_heard_with: tuple[Text, ...] = ()
    """那几个字前面（或紧跟着）有这些词时，说的是别的事，如“商家”签收。"""
    heard_later: bool = False
    """单选题：这条路没问过的，结论之后说起来也记下，写进文书。像“还没动静”的会听混的题不要写。"""
    not_answered_with: tuple[Text, ...] = ()
    """问钱、问岁数的题：小句里有这些词、又没有 ``heard_by`` 的字，那个数说的是别的，如“工资三千”不是打赏了多少。"""

    @property
    def offers_unsure(self) -> bool:
        """是否可以答“不清楚”。"""
        return not self.unsure_not_offered_because

    @model_validator(mode="after")
    def _options_fit_kind(self) -> "Question":
        choosing = self.kind in (QuestionKind.CHOICE, QuestionKind.MULTI)
        if choosing and len(self.options) < 2:
            raise ValueError(f"问题“{self.id}”是选择题（没写 kind 也是），至少要两个选项")
        if not choosing and self.options:
            raise ValueError(f"问题“{self.id}”不是选择题，不能写 options")
        ids = [option.id for option in self.options]
        if len(ids) != len(set(ids)) or UNSURE in ids:
            raise ValueError(f"问题“{self.id}”的选项 id 重复，或用了保留的 unsure")
        stepped = [option for step in self.steps for option in step]
        if len(stepped) != len(set(stepped)) or not set(stepped) <= set(ids):
            raise ValueError(f"问题“{self.id}”的 steps 只能写它的选项，一项写一次")
        return self

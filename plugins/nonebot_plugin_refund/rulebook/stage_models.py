"""阶段与时限：案件一步步怎么走，每一步有哪些日子要记。

期限的单位在 :class:`TimeLimit` 里写明；提醒的钟点是上海时间。
"""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from .base_models import Id, Strict, Text


class LimitRule(StrEnum):
    """期限怎么数。名称与 ``refund deadline`` 的 rule 一致。"""

    SEVEN_DAY = "seven-day"
    """签收次日为第 1 天，第 7 天结束；平台不顺延，依法可主张顺延。"""
    CALENDAR_DAYS = "calendar-days"
    WORKDAYS = "workdays"
    HOURS = "hours"
    MONTHS = "months"


class TimeLimit(Strict):
    """多长：数法加数量。"""

    rule: LimitRule
    n: int = Field(gt=0)


class TimerKind(StrEnum):
    """时限的两种：过了自己吃亏，或过了对方理亏。"""

    DEADLINE = "deadline"
    EXPECTATION = "expectation"


_OFFSET = re.compile(r"(-?\d{1,3})(?:h|d@([01]\d|2[0-3]):([0-5]\d))")


def _offset(value: str) -> str:
    if not _OFFSET.fullmatch(value):
        raise ValueError(
            f"提醒时间“{value}”应写成 3h（到期前 3 小时）或 1d@10:00（到期前 1 天的 10 点），负数表示到期之后"
        )
    return value


Offset = Annotated[str, AfterValidator(_offset)]
"""提醒相对到期时刻的位置；``2d@10:00`` 是到期那天往前 2 天的上海时间 10 点，``0h`` 是到期那一刻。"""


class TimerVersion(Strict):
    """一个时限在某段时期里的长度；起算日落在这段时期内就用它。"""

    limit: TimeLimit
    effective_from: date | None = None
    effective_to: date | None = None
    sources: tuple[Id, ...] = Field(min_length=1)


class Timer(Strict):
    """时限。从一个日期题的答案起算；不写 ``start`` 的从进入这个阶段的时刻起算。"""

    id: Id
    version: int = Field(gt=0)
    kind: TimerKind
    """deadline：过了自己吃亏；expectation：过了对方理亏。"""
    title: Text
    start: Id | None = None
    """从哪个日期题的答案起算；不写就从进入这个阶段起算。"""
    lengths: tuple[TimerVersion, ...] = Field(min_length=1)
    """多长，凭什么；规则改过的，各个时期各写一项。"""
    remind: tuple[Offset, ...] = Field(min_length=1)
    """什么时候提醒：3h 是到期前 3 小时，1d@10:00 是到期前一天 10 点，前面加 - 是到期之后。"""
    before: str = ""
    """到期之前提醒时说的话。"""
    after: Text
    """到期之后说的话：deadline 说还能做什么，expectation 说多了哪一步可走。"""
    next_stage: Id | None = None
    """到期后案件自动走到的阶段；不写就停在原阶段等用户说。"""

    @model_validator(mode="after")
    def _before_is_written_when_reminded_early(self) -> "Timer":
        early = any(not (offset.startswith("-") or offset in {"0h", "0d@00:00"}) for offset in self.remind)
        if early and not self.before:
            raise ValueError(f"时限“{self.id}”有到期前的提醒，要写 before")
        return self


class StageEvent(Strict):
    """用户报告的一件事，把案件带到另一个阶段。"""

    id: Id
    label: Text
    """用户看到的字，如“商家同意了”。"""
    aliases: tuple[Text, ...] = ()
    """口头的说法。"""
    to: Id
    """走到哪个阶段。"""


class Outcome(StrEnum):
    """案件怎样结束。"""

    REFUNDED = "refunded"
    PARTLY_REFUNDED = "partly_refunded"
    NOT_REFUNDED = "not_refunded"
    WITHDRAWN = "withdrawn"
    MOVED_ON = "moved_on"


class Stage(Strict):
    """案件所处的阶段。有 ``outcome`` 的是终点。"""

    id: Id
    title: Text
    happening: Text
    """现在是什么情况。"""
    todo: Text
    """你该做什么。"""
    timers: tuple[Timer, ...] = ()
    """这个阶段要记的日子。"""
    events: tuple[StageEvent, ...] = ()
    """用户可以报告的事。"""
    outcome: Outcome | None = None
    """终点才写：案件怎样结束。"""


class Track(Strict):
    """一条路：从哪个阶段起步。阶段写在场景的 ``stages`` 里，几条路可以走到同一个阶段。"""

    id: Id
    start: Id

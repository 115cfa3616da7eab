"""对方当面说的期限：“三天内补”“12月3号之前”“3 到 7 个工作日到账”。一个阶段的时限可以照它算。"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..rulebook.models import LimitRule, TimeLimit, TimerKind


@dataclass(frozen=True, slots=True)
class ToldLimit:
    """说了多久，或说了哪天；两样只有一样。

    说的是一段（“3 到 7 个工作日”）时 ``most`` 大于 ``least``：自己的期限按短的算，等对方的按长的算。
    """

    day: date | None = None
    """最晚哪天，上海的日历日。"""
    rule: LimitRule = LimitRule.CALENDAR_DAYS
    least: int = 0
    most: int = 0

    def limit(self, kind: TimerKind) -> TimeLimit | None:
        """按哪个长度算；说的是哪天的为空。"""
        if self.day is not None:
            return None
        return TimeLimit(rule=self.rule, n=self.most if kind is TimerKind.EXPECTATION else self.least)

    def to_plain(self) -> dict[str, Any]:
        """写成 JSON 能存的样子。"""
        if self.day is not None:
            return {"day": self.day.isoformat()}
        return {"rule": self.rule.value, "least": self.least, "most": self.most}


def told_limit_from(plain: Mapping[str, Any]) -> ToldLimit | None:
    """从存着的样子还原；没存过为空。"""
    if not plain:
        return None
    if "day" in plain:
        return ToldLimit(day=date.fromisoformat(plain["day"]))
    return ToldLimit(rule=LimitRule(plain["rule"]), least=plain["least"], most=plain["most"])

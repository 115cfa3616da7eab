"""说好的日子：对方当面说的期限（“三天内补”“3 到 7 个工作日到账”），约好的调解、开庭。一个阶段的时限可以照它算。

分几次给的（“周五给200 月底再给剩下的”），先算最早的一次，后面的几次记在它的 ``later`` 里。
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from ...rulebook.scenario_models.models import LimitRule, TimeLimit, Timer, TimerKind
from ..days.calendar import WorkCalendar
from ..days.due import compute_due


@dataclass(frozen=True, slots=True)
class ToldLimit:
    """说了多久，或说了哪天；两样只有一样。

    说的是一段（“3 到 7 个工作日”）时 ``most`` 大于 ``least``：自己的期限按短的算，等对方的按长的算。
    """

    day: date | None = None
    """最晚哪天、约在哪天，上海的日历日。"""
    appointed: bool = False
    """是约好要去的一天（调解、开庭），不是期限。"""
    at: str = ""
    """约好的那天几点，如“9:30”；没说、说不准上午下午的为空。"""
    rule: LimitRule = LimitRule.CALENDAR_DAYS
    least: int = 0
    most: int = 0
    later: tuple["ToldLimit", ...] = ()
    """同一句里还说了的，后面的几次。"""
    term: bool = False
    """是法院用哪种程序办：审结的期限照那种程序算。"""
    beside: tuple["ToldLimit", ...] = ()
    """先前说过、管的不是同一种时限，还照算的：哪天开庭，用哪种程序。"""

    @property
    def next(self) -> "ToldLimit | None":
        """这一次过了，接着算的那一次；没有为空。"""
        return replace(self.later[0], later=self.later[1:], beside=self.beside) if self.later else None

    @property
    def _sort(self) -> tuple[bool, bool]:
        return self.appointed, self.term

    def after(self, earlier: "ToldLimit | None") -> "ToldLimit":
        """在 ``earlier`` 之后说的：管同一种时限的代替它，不同种的两样都算。"""
        kept = () if earlier is None else (replace(earlier, beside=()), *earlier.beside)
        return replace(self, beside=tuple(one for one in kept if one._sort != self._sort))

    def without_appointment(self) -> "ToldLimit | None":
        """去掉约好的那天，剩下的几样；没有剩下为空。"""
        kept = tuple(replace(one, beside=()) for one in (self, *self.beside) if not one.appointed)
        return replace(kept[0], beside=kept[1:]) if kept else None

    def for_timer(self, timer: Timer) -> "ToldLimit | None":
        """说过的几样里，管这个时限的那一样；都不管为空。"""
        return next((one for one in (self, *self.beside) if one.counts_for(timer)), None)

    def limit(self, kind: TimerKind) -> TimeLimit | None:
        """按哪个长度算；说的是哪天的为空。"""
        if self.day is not None:
            return None
        return TimeLimit(rule=self.rule, n=self.most if kind is TimerKind.EXPECTATION else self.least)

    def counts_for(self, timer: Timer) -> bool:
        """这个时限照不照它算：约好的日子只管调解、开庭，程序只管审结，期限只管写了 ``told``、从进入阶段起算的。"""
        if self.appointed:
            return timer.kind is TimerKind.APPOINTMENT
        if self.term:
            return timer.court_term and timer.start is None
        return timer.told and timer.start is None

    def moves(self, timer: Timer) -> bool:
        """这个时限的日子因它而不同：照它算的，从它起算的。"""
        return self.counts_for(timer) or (timer.after_told and timer.start is None and self._sort == (False, False))

    def day_from(self, start: date | datetime, calendar: WorkCalendar) -> date:
        """最晚哪天：说的是一段的，从 ``start`` 起数，按长的算；分几次的是最后一次。"""
        if self.later:
            return max(one.day_from(start, calendar) for one in (replace(self, later=()), *self.later))
        limit = self.limit(TimerKind.EXPECTATION)
        if limit is None:
            assert self.day is not None
            return self.day
        due = compute_due(limit, start, calendar, TimerKind.EXPECTATION, rolls=False)
        return due.latest or due.safe_day

    def to_plain(self) -> dict[str, Any]:
        """写成 JSON 能存的样子。"""
        more: dict[str, Any] = {"later": [one.to_plain() for one in self.later]} if self.later else {}
        if self.beside:
            more["beside"] = [one.to_plain() for one in self.beside]
        if self.day is not None:
            more |= {"at": self.at} if self.at else {}
            return {"day": self.day.isoformat(), "appointed": self.appointed, **more}
        if self.term:
            more["term"] = True
        return {"rule": self.rule.value, "least": self.least, "most": self.most, **more}


def is_told_by(plain: Mapping[str, Any], timer: Timer) -> bool:
    """存着的说好的日子管不管这个时限；没存过不管。"""
    told = told_limit_from(plain)
    return told is not None and told.for_timer(timer) is not None


def hour_told(plain: Mapping[str, Any], timer: Timer) -> str:
    """存着的约好的那天几点；没说、管的不是这个时限为空。"""
    told = told_limit_from(plain)
    counting = None if told is None else told.for_timer(timer)
    return "" if counting is None else counting.at


def told_limit_from(plain: Mapping[str, Any]) -> ToldLimit | None:
    """从存着的样子还原；没存过为空。"""
    if not plain:
        return None
    later, beside = _restored(plain.get("later", ())), _restored(plain.get("beside", ()))
    if "day" in plain:
        day = date.fromisoformat(plain["day"])
        return ToldLimit(day=day, appointed=plain["appointed"], at=plain.get("at", ""), later=later, beside=beside)
    return ToldLimit(
        rule=LimitRule(plain["rule"]),
        least=plain["least"],
        most=plain["most"],
        later=later,
        term=plain.get("term", False),
        beside=beside,
    )


def _restored(kept: Iterable[Mapping[str, Any]]) -> tuple[ToldLimit, ...]:
    found = (told_limit_from(plain) for plain in kept)
    return tuple(one for one in found if one is not None)

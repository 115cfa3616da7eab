"""*people* 在结论之后：立案以后的几个星期。发生的事说给机器人听，问的、假设的、还没有的夹在中间。"""

import random
from collections import Counter
from dataclasses import dataclass, field

from nonebot_plugin_refund.dialogue.reading.awaits import (
    AskDay,
    Awaited,
    ConfirmReport,
    NextMatter,
    PickEvent,
    PickMeaning,
    SwitchMatter,
)
from nonebot_plugin_refund.domain.case.cases import (
    CasePosition,
    clock_change,
    current_stage,
    report_event,
    starting_position,
)
from nonebot_plugin_refund.domain.interview.answers import Answers
from nonebot_plugin_refund.rulebook.derived.stage_view import ReportableEvent
from nonebot_plugin_refund.rulebook.scenario_models.models import Rule, Scenario
from nonebot_plugin_refund.storage.records import CaseRecord

from .people_desk import Desk
from .people_phrases import Mouth, Phrase, Sealed

_DAYS = (1, 2, 3, 5, 8)
_MOST_EVENTS = 4
_MOST_TRIES = 3
_MOST_REPLIES = 4
_IDLE = 0.5
_HALF = 0.5
_ASKED = 0.3
"""这么多次先看有什么可报告的，再说。"""
_YES, _NO, _NEITHER, _UNDO, _TODAY = Phrase("是"), Phrase("不是"), Phrase("都不是"), Phrase("撤销"), Phrase("今天")
_LIST = Phrase("更新")
_WRONG = "不对，"


@dataclass
class Weeks:
    """立案以后的几个星期。``position`` 是真的走到了哪里。"""

    desk: Desk
    sealed: Sealed
    mouth: Mouth
    chance: random.Random
    scenario: Scenario
    answers: Answers
    position: CasePosition
    counts: Counter[str] = field(default_factory=Counter)

    @classmethod
    def after(
        cls,
        desk: Desk,
        sealed: Sealed,
        mouth: Mouth,
        chance: random.Random,
        scenario: Scenario,
        rule: Rule,
        true: Answers,
    ) -> "Weeks | None":
        """由真的结论起头；这个结论没有后续的为空。"""
        if rule.track is None:
            return None
        return cls(desk, sealed, mouth, chance, scenario, true, starting_position(scenario, rule.track, desk.now))

    async def run(self) -> None:
        """过几个星期。"""
        for _ in range(self.chance.randint(1, _MOST_EVENTS)):
            await self.desk.later(self.chance.choice(_DAYS))
            self._pass_time()
            event = self._drawn()
            case = await self._case()
            if event is None or case is None:
                break
            if self.chance.random() < _IDLE:
                await self._say_nothing_new(case)
            await self._report(event)
            self.position = report_event(self.scenario, self.position, event.id, self.desk.now).position

    async def stands_right(self) -> bool:
        """案件站在真的走到的阶段吗。"""
        case = await self._case()
        return case is not None and case.stage_id == self.position.stage_id

    def _pass_time(self) -> None:
        calendar, now = self.desk.rehearsal.services.calendar, self.desk.now
        while (change := clock_change(self.scenario, self.position, self.answers, now, calendar)) is not None:
            self.position = change.position

    def _drawn(self) -> ReportableEvent | None:
        """这会儿发生的一件事：阶段里有、也有人说过的。"""
        if current_stage(self.scenario, self.position).outcome is not None:
            return None
        possible = [event for event in current_stage(self.scenario, self.position).events if self._said(event, "blue")]
        return self.chance.choice(possible) if possible else None

    def _said(self, event: ReportableEvent, mode: str) -> list[Phrase]:
        return [*self.sealed.reporting(self.scenario.id, event.id, mode)]

    async def _case(self) -> CaseRecord | None:
        return (await self.desk.look()).case

    async def _say_nothing_new(self, before: CaseRecord) -> None:
        """问的、假设的、还没有的：什么都不该改。"""
        phrase = self.mouth.one_of(self.sealed.not_reporting(self.scenario.id))
        if phrase is None:
            return
        self.counts["没报告什么的话"] += 1
        known = await self.desk.events(before)
        await self.desk.say(phrase)
        await self._turn_down()
        after = await self._case()
        if after is None or _state_of(after) == _state_of(before):
            return
        self.counts["没报告什么却改了案件"] += 1
        events = (await self.desk.events(after))[len(known) :]
        self.counts[f"听错的话 {phrase.source} 当成 {'+'.join(events) or '改答案'}"] += 1
        await self.desk.say(_UNDO)

    async def _turn_down(self) -> None:
        """没有的事：问是不是，就说不是。"""
        for _ in range(_MOST_REPLIES):
            awaits = (await self.desk.look()).awaits
            if isinstance(awaits, ConfirmReport):
                await self.desk.say(_NO)
            elif isinstance(awaits, PickMeaning):
                await self.desk.say(_NEITHER)
            else:
                return

    async def _report(self, event: ReportableEvent) -> None:
        """说一件发生了的事，没听懂换句话再说，第三次从清单里选。"""
        self.counts["报告的事"] += 1
        target = event.to
        for number in range(1, _MOST_TRIES + 1):
            case = await self._case()
            if case is None or case.closed_at is not None:
                break
            known = await self.desk.events(case)
            phrase = await self._spoken(event, number)
            if phrase is None:
                break
            await self.desk.say(phrase)
            await self._resolve(event)
            fresh = await self._fresh(case, known)
            if number == 1:
                self._note_first(event, phrase, fresh)
            if fresh and fresh[-1] == event.id:
                return
            if fresh:
                await self._set_right(event, fresh, phrase)
                return
        if (after := await self._case()) is not None and after.stage_id != target:
            self.counts["说了几遍也没记上的事"] += 1
            self.counts[f"事 {self.scenario.id} {event.id} → 没记"] += 1

    def _note_first(self, event: ReportableEvent, phrase: Phrase, fresh: list[str]) -> None:
        if fresh and fresh[-1] == event.id:
            self.counts["一说就记对的事"] += 1
        elif phrase.source:
            heard = fresh[-1] if fresh else "没记"
            self.counts[f"没听对的进展 {phrase.source} {event.id} → {heard}"] += 1

    async def _spoken(self, event: ReportableEvent, number: int) -> Phrase | None:
        if number == _MOST_TRIES or self.chance.random() < _ASKED:
            await self.desk.say(_LIST)
            listed = self._listed(event, (await self.desk.look()).awaits)
            if number == _MOST_TRIES and listed is not None:
                return listed
            asked = self.mouth.one_of(self._said(event, "asked"))
            if asked is not None:
                return asked
        return self.mouth.one_of(self._said(event, "blue"))

    def _listed(self, event: ReportableEvent, awaits: Awaited | None) -> Phrase | None:
        if isinstance(awaits, PickEvent | PickMeaning) and event.id in awaits.events:
            return Phrase(str(awaits.events.index(event.id) + 1))
        return None

    async def _resolve(self, event: ReportableEvent) -> None:
        """机器人问回来的，照实答。"""
        reworded = False
        for _ in range(_MOST_REPLIES):
            awaits = (await self.desk.look()).awaits
            match awaits:
                case ConfirmReport():
                    await self.desk.say(_YES if awaits.event == event.id else _NO)
                case PickMeaning():
                    listed = self._listed(event, awaits)
                    again = None if reworded or (listed and self.chance.random() < _HALF) else self._another(event)
                    reworded = reworded or again is not None
                    await self.desk.say(again or listed or _NEITHER)
                case AskDay():
                    await self.desk.say(_TODAY)
                    return
                case SwitchMatter() | NextMatter():
                    await self.desk.say(Phrase("不换"))
                    return
                case _:
                    return

    def _another(self, event: ReportableEvent) -> Phrase | None:
        return self.mouth.one_of(self._said(event, "blue"))

    async def _fresh(self, case: CaseRecord, known: list[str]) -> list[str]:
        """刚记下的。"""
        return (await self.desk.events(case))[len(known) :]

    async def _set_right(self, event: ReportableEvent, fresh: list[str], phrase: Phrase) -> None:
        """记成了别的，复述里看得到：改一次。"""
        self.counts["记错的事"] += 1
        self.counts[f"事 {self.scenario.id} {event.id} → {fresh[-1]}"] += 1
        if phrase.source:
            self.counts[f"听错的话 {phrase.source} 当成 {fresh[-1]}"] += 1
        another = self._another(event)
        if another is None:
            return
        if self.chance.random() < _HALF:
            await self.desk.say(Phrase(_WRONG + another.text, another.source))
        else:
            await self.desk.say(_UNDO)
            await self.desk.say(another)
        await self._resolve(event)


def _state_of(case: CaseRecord) -> tuple[object, ...]:
    return case.stage_id, case.answers, case.rule_id, case.outcome

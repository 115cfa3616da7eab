"""*people* 怎样说给流程听：把一句话说给真正的流程听，看一眼此刻怎样，留下整段对话。"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from nonebot_plugin_refund.cli.rehearsing.rehearsal import Rehearsal
from nonebot_plugin_refund.dialogue.base.wording import FAILED, FAILED_CASE
from nonebot_plugin_refund.dialogue.reading.awaits import Awaited, from_plain
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.interview.answers import Answer, answers_from_plain
from nonebot_plugin_refund.domain.interview.dialogue import Dialogue, pending_question
from nonebot_plugin_refund.rulebook.scenario_models.models import Question, Scenario
from nonebot_plugin_refund.storage.case import cases, interviews
from nonebot_plugin_refund.storage.person import notes
from nonebot_plugin_refund.storage.records import CaseRecord

from .people_phrases import Phrase

BETWEEN_MESSAGES = timedelta(seconds=40)
_NUMBERED = re.compile(r"^(\d{1,2})\. (.+)$", re.MULTILINE)
_CHANGE = re.compile(r"修改 (\d{1,2})")
_FAILED = (FAILED, FAILED_CASE.partition("}")[2])


@dataclass(frozen=True)
class Line:
    """对话里的一句：谁说的，是封存的第几行。"""

    who: str
    text: str
    source: str = ""


@dataclass(frozen=True)
class Seen:
    """此刻。"""

    scenario: Scenario | None = None
    """正在进行的访谈是哪种事。"""
    question: Question | None = None
    dialogue: Dialogue = field(default_factory=Dialogue)
    awaits: Awaited | None = None
    case: CaseRecord | None = None
    """头一件案件，结了案的也算。"""

    @property
    def recorded(self) -> Mapping[str, Answer]:
        """访谈里记下的，连同先记着的。"""
        return {**self.dialogue.held, **self.dialogue.answers}


@dataclass
class Desk:
    """一场对话的台面。"""

    rehearsal: Rehearsal
    lines: list[Line] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    heard: str = ""
    """机器人最近说的话。"""
    _seen: Seen | None = None
    """上次看到的；说了话、过了几天就不算了。"""

    @property
    def now(self) -> datetime:
        """现在，上海时间。"""
        return self.rehearsal.clock.now().astimezone(SHANGHAI)

    @property
    def said(self) -> int:
        """这个人说了几句。"""
        return sum(line.who == "人" for line in self.lines)

    async def say(self, phrase: Phrase) -> str:
        """说一句，返回机器人的话。"""
        self._advance(BETWEEN_MESSAGES)
        self.lines.append(Line("人", phrase.text, phrase.source))
        replies = await self.rehearsal.hear(phrase.text)
        self.heard = "\n".join(reply.text for reply in replies)
        self.lines.append(Line("机器人", self.heard))
        if not self.heard:
            self.violations.append(f"第 {self.said} 句没有回答")
        if any(failed in self.heard for failed in _FAILED):
            self.violations.append(f"第 {self.said} 句办砸了")
        return self.heard

    async def later(self, days: int) -> None:
        """过几天：到时的提醒发出去，时限过去。"""
        self._advance(timedelta(days=days))
        await self.rehearsal.assembly.worker.run_once()
        await self.rehearsal.assembly.due_changes.pass_due_timers(self.rehearsal.clock.now())
        told = self.rehearsal.messenger.heard
        self.lines += [Line("提醒", text) for text in told]
        told.clear()

    async def look(self) -> Seen:
        """看一眼库里；看过之后什么都没发生的，不再看。"""
        if self._seen is None:
            self._seen = await self._looked()
        return self._seen

    async def _looked(self) -> Seen:
        person, now = self.rehearsal.person, self.now
        async with self.rehearsal.assembly.database.session() as session:
            found = await cases.listed(session, person, include_closed=True)
            note = await notes.peek(session, person, now)
            running = await interviews.active(session, person)
        seen = Seen(
            awaits=None if note is None else from_plain(note.kind, note.payload), case=found[-1] if found else None
        )
        edition = None if running is None else self.rehearsal.services.editions.current(running.scenario_id)
        if running is None or edition is None:
            return seen
        dialogue = Dialogue.from_plain(edition.scenario, running.state)
        question = pending_question(edition.scenario, dialogue, now, self.rehearsal.services.calendar)
        return replace(seen, scenario=edition.scenario, question=question, dialogue=dialogue)

    async def events(self, case: CaseRecord) -> list[str]:
        """案件里报告过的事件，由早到晚。"""
        async with self.rehearsal.assembly.database.session() as session:
            return [event.event_id for event in await cases.events(session, case)]

    def _advance(self, by: timedelta) -> None:
        self._seen = None
        self.rehearsal.clock.moment = (self.now + by).astimezone(UTC)


def answers_of(case: CaseRecord, scenario: Scenario) -> dict[str, Answer]:
    """案件里记着的答案。"""
    return answers_from_plain(scenario, case.answers)


def numbers_in(heard: str) -> dict[str, int]:
    """一条消息里编了号的几项：项目 -> 编号；后印的盖过先印的。"""
    return {label.strip(): int(number) for number, label in _NUMBERED.findall(heard)}


def change_numbers_in(heard: str) -> Sequence[int]:
    """“不对就说「修改 2」”里的编号。"""
    return [int(number) for number in _CHANGE.findall(heard)]

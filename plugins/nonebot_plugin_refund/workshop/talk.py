"""试一试：一个人在私聊和群里说话，走的是真正的流程；钟由他拨，途中的提醒照样送到。"""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from ..dialogue.base.turn import Attachment
from ..dialogue.reading.read import read
from ..domain.days.calendar import SHANGHAI
from ..domain.days.timers import TimerPlan
from ..render.cards import Card
from ..rulebook.loader import Rulebook
from .latest import Latest, latest_of
from .tools import Tools
from .why import Why, why_group, why_private

if TYPE_CHECKING:
    from ..cli.rehearsing.rehearsal import Rehearsal

_GROUP = "100"
_MORNING = time(10)


class Room(StrEnum):
    """在哪里说。"""

    PRIVATE = "private"
    GROUP = "group"


class Speaker(StrEnum):
    """谁说的。"""

    PERSON = "person"
    BOT = "bot"
    REMINDER = "reminder"
    CLOCK = "clock"
    """不是话：钟拨到了几点，手册换了。"""


@dataclass(frozen=True)
class Line:
    """聊天里的一条。"""

    speaker: Speaker
    text: str
    at: datetime
    """上海时间。"""
    card: Card | None = None
    attachment: Attachment | None = None
    why: Why | None = None


@dataclass
class Talk:
    """一场对话；什么都不留下。"""

    tools: Tools
    lines: dict[Room, list[Line]] = field(default_factory=lambda: {room: list[Line]() for room in Room})
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    _rehearsal: "Rehearsal | None" = None
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def is_on(self) -> bool:
        """开始了没有。"""
        return self._rehearsal is not None

    @property
    def now(self) -> datetime:
        """钟上的时间，上海的。"""
        return self._on.clock.now().astimezone(SHANGHAI)

    async def start(self, book: Rulebook, now: datetime) -> None:
        """另起一场：换一个新的库，从头聊。"""
        async with self._lock:
            await self._stack.aclose()
            self._stack = AsyncExitStack()
            self._rehearsal = await self._stack.enter_async_context(self.tools.rehearse(book))
            self._rehearsal.clock.moment = now.astimezone(UTC)
            for room in Room:
                self.lines[room].clear()

    async def close(self) -> None:
        """收场，库也扔掉。"""
        async with self._lock:
            await self._stack.aclose()
            self._rehearsal = None

    async def adopt(self, book: Rulebook) -> None:
        """聊到一半换手册，与机器人重载时一样：马上用新的，立了的案件照原来那一版。"""
        async with self._lock:
            services = self._on.services
            signals = await asyncio.to_thread(book.signals)
            services.editions.adopt(book)
            services.classifier.adopt(signals, book.scenarios)

    async def say(self, room: Room, text: str) -> None:
        """说一句，记下回答。"""
        async with self._lock:
            why = await self._why(room, text)
            self._add(room, Line(Speaker.PERSON, text, self.now, why=why))
            for reply in await self._on.hear(text, _GROUP if room is Room.GROUP else None):
                card = None if reply.picture is None else cast("Card", reply.picture.card)
                self._add(room, Line(Speaker.BOT, reply.text, self.now, card, reply.attachment))

    async def move_to(self, target: datetime) -> None:
        """把钟拨到 ``target``，途中到时的提醒一条条送到；已经过了的时刻不往回拨。"""
        async with self._lock:
            if target <= self.now:
                return
            for at, text in await self._on.advance(target.astimezone(UTC)):
                self._add(Room.PRIVATE, Line(Speaker.REMINDER, text, at.astimezone(SHANGHAI)))
            for room in Room:
                self._add(room, Line(Speaker.CLOCK, f"钟拨到了 {self.now:%Y-%m-%d %H:%M}", self.now))

    async def next_reminder(self) -> datetime | None:
        """下一条提醒几点发；没有为空。"""
        return await self._on.next_due()

    async def day_before(self) -> datetime | None:
        """最近一个还没到的日子的前一天上午；没有要等的日子为空。"""
        mornings = [
            datetime.combine(plan.due_local.date() - timedelta(days=1), _MORNING, SHANGHAI)
            for plan in await self._timers()
        ]
        return min((one for one in mornings if one > self.now), default=None)

    async def latest(self) -> Latest | None:
        """正聊着的那件事走到了哪里；还没有说起什么事为空。"""
        async with self._lock:
            if self._rehearsal is None:
                return None
            async with self._on.assembly.database.session() as session:
                return await latest_of(self._on, session)

    @property
    def _on(self) -> "Rehearsal":
        if self._rehearsal is None:
            raise RuntimeError("还没有开始")
        return self._rehearsal

    def _add(self, room: Room, line: Line) -> None:
        self.lines[room].append(line)

    async def _timers(self) -> list[TimerPlan]:
        async with self._on.assembly.database.session() as session:
            scene = await self._on.scene(session, "")
        return [plan for matter in scene.context.matters for plan in matter.timers]

    async def _why(self, room: Room, text: str) -> Why | None:
        if not text.strip():
            return None
        titles = self._titles()
        if room is Room.GROUP:
            return why_group(self._on.services.classifier.classify(text), titles)
        async with self._on.assembly.database.session() as session:
            scene = await self._on.scene(session, text)
        return why_private(self.tools.describe(scene.context, read(scene.context, scene.utterance)), titles)

    def _titles(self) -> Mapping[str, str]:
        """id → 给人看的名字。"""
        found = {"none": "都不是"}
        for scenario in self._on.services.editions.scenarios:
            found |= {event.id: event.label for event in scenario.events}
            for question in scenario.questions:
                found[question.id] = question.short
                found |= {f"{question.id}={option.id}": option.label for option in question.options}
            found[scenario.id] = scenario.title
        return found

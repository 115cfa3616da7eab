"""在终端里走一遍访谈：``talk``。说的每一句都走真正的流程，与聊天里听到的一样；什么都不存。"""

import asyncio
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from sqlalchemy.ext.asyncio import AsyncSession

from ...dialogue.base.turn import Reply
from ...dialogue.reading import intents
from ...dialogue.reading.intents import Reading
from ...dialogue.reading.read import read
from ...domain.days.calendar import SHANGHAI
from ...domain.interview.answers import Answer
from ...domain.interview.dialogue import Repeated
from ...domain.understanding.controls import ControlKind
from ...rulebook.loader import Rulebook
from ..hearing.reading_json import type_of
from ..output import NowOption, emit, emit_text, fail, input_lines, moment
from ..rulebooks.assessments import answer_values, question_json, settled_json
from ..rulebooks.books import RulebookOption, open_rulebook
from .rehearsal import Rehearsal, rehearse
from .talk_state import TalkState, judged, noted, state_of

_RESTART = "/new"
_BEGIN = "/退款 场景 {scenario}"
_NAMED_CONTROLS = {ControlKind.WHY, ControlKind.PROGRESS, ControlKind.QUIT}
"""这几个控制词没换问题时，原因写它们自己的名字。"""
_UNREAD = "not_understood"


def register(app: typer.Typer) -> None:
    """把这个命令挂到 ``refund`` 上。"""
    app.command("talk")(talk)


def talk(
    scenario: Annotated[str | None, typer.Argument(help="场景 id；不写则第一行说是什么事。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="一轮一个 JSON 对象。")] = False,
    now: NowOption = None,
    rulebook: RulebookOption = None,
) -> None:
    """在终端里走一遍访谈，一行一个回答；``/new 时刻 [场景]`` 另起一场。"""
    asyncio.run(_talk(open_rulebook(rulebook), moment(now), scenario, as_json=as_json))


async def _talk(book: Rulebook, now: datetime, scenario: str | None, *, as_json: bool) -> None:
    async with rehearse(book) as rehearsal:
        talker = Talker(rehearsal, as_json)
        await talker.start(now, scenario)
        for line in input_lines():
            if line.split(" ")[0] == _RESTART:
                _, *words = line.split()
                await talker.start(moment(words[0] if words else None), words[1] if len(words) > 1 else None)
            else:
                await talker.hear(line)


@dataclass
class Talker:
    """一场接一场的对话，每场是另一个人。"""

    rehearsal: Rehearsal
    as_json: bool
    _people: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def start(self, now: datetime, scenario: str | None) -> None:
        """另起一场；说了场景就马上问第一个问题。"""
        self.rehearsal.user_id = str(next(self._people))
        self.rehearsal.clock.moment = now.astimezone(UTC)
        if scenario is None:
            return
        if self.rehearsal.services.editions.current(scenario) is None:
            fail(f"没有叫“{scenario}”的场景")
        await self.hear(_BEGIN.format(scenario=scenario))

    async def hear(self, line: str) -> None:
        """用户的一行话。"""
        now = self.rehearsal.clock.now().astimezone(SHANGHAI)
        async with self.rehearsal.assembly.database.session() as earlier:
            before = await state_of(earlier, self.rehearsal, now)
            said = await self.rehearsal.hear(line)
            if not self.as_json:
                emit_text("\n\n".join(reply.text for reply in said))
                return
            async with self.rehearsal.assembly.database.session() as later:
                after = await state_of(later, self.rehearsal, now)
            went_on = self._went_on(before, after, now)
            emit(went_on if went_on is not None else await self._repeated(earlier, line, before, after, said))

    def _went_on(self, before: TalkState, after: TalkState, now: datetime) -> dict[str, Any] | None:
        """往前走了：结论，或下一个问题；没有往前走为 ``None``。"""
        services = self.rehearsal.services
        verdict = judged(before, after, services.editions, now)
        if verdict is not None:
            told = settled_json(verdict.edition, verdict.rule, verdict.answers, verdict.as_of, services.calendar)
            return _with_noted(told, noted(before, verdict.answers, {}))
        if after.question is None or not _moved(before, after):
            return None
        return _with_noted({"question": question_json(after.question)}, _noted(before, after))

    async def _repeated(
        self, earlier: AsyncSession, line: str, before: TalkState, after: TalkState, said: Sequence[Reply]
    ) -> dict[str, Any]:
        """没有往前走：为什么，说了什么，问题还开着。``earlier`` 里看到的还是说这一句之前的样子。"""
        reason = _reason(await self._reading(earlier, line)) if line.strip() else _UNREAD
        repeated: dict[str, Any] = {"reason": reason, "text": "\n".join(reply.text for reply in said)}
        if after.question is not None:
            repeated["question"] = question_json(after.question)
        return _with_noted({"repeat": repeated}, _noted(before, after))

    async def _reading(self, session: AsyncSession, line: str) -> Reading:
        """流程是怎样听这一句的。"""
        scene = await self.rehearsal.scene(session, line)
        return read(scene.context, scene.utterance)


def _noted(before: TalkState, after: TalkState) -> dict[str, Answer]:
    return noted(before, after.dialogue.answers, after.dialogue.held)


def _moved(before: TalkState, after: TalkState) -> bool:
    """换了一场、换了一题，或改了答案。"""
    where = (before.interview, before.question, before.dialogue.answers)
    return where != (after.interview, after.question, after.dialogue.answers)


def _with_noted(turn: dict[str, Any], also: Mapping[str, Answer]) -> dict[str, Any]:
    """顺带记下的写在 ``also`` 里：问题 id -> 值。"""
    return {**turn, "also": answer_values(also)} if also else turn


def _reason(reading: Reading) -> str:
    """为什么没有往前走：没读懂的是哪一种，顺带说的，打听的，控制词；别的写听成了什么意思。"""
    match reading.first:
        case intents.Unclear(heard=heard) if heard is not None and isinstance(heard.result, Repeated):
            return heard.result.misread.reason.value
        case intents.Answered(heard=heard):
            return "aside" if heard.aside is not None else "also"
        case intents.Asked():
            return "aside"
        case intents.Control(control=control) if control.kind in _NAMED_CONTROLS:
            return control.kind.value
        case intents.Control() | intents.Unclear() | intents.WantsMenu() | intents.NearMiss():
            return _UNREAD
        case other:
            return type_of(other)

"""重放一段对话：``replay``。照文件里的话一句句说给真正的流程听，印出整段对话。

文件是普通文字，一行一件事::

    # 说明，原样印出
    [2026-11-23 10:00]      到这个时候（上海时间）；途中到时的提醒会印出来
    群里：/退款              在群里说
    私聊：昨天刚签收         在私聊里说

别的行（机器人上次的回答）不看，所以印出来的对话存成文件，还能再放一遍。
"""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, cast

import typer

from ...domain.days.calendar import SHANGHAI
from ...render.cards import Card
from ...rulebook.loader import Rulebook
from ..output import emit_text, fail
from ..rulebooks.books import RulebookOption, open_rulebook
from .rehearsal import Rehearsal, rehearse

_GROUP = "100"
_INDENT = "    "
_REMINDED = "提醒"
"""记在时刻后面：这一刻发出了提醒。再放一遍时不看这行，由流程自己发。"""


def register(app: typer.Typer) -> None:
    """把这个命令挂到 ``refund`` 上。"""
    app.command("replay")(replay)


def replay(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="对话文件。")],
    check: Annotated[bool, typer.Option("--check", help="与文件里记的不一样就退出 1。")] = False,
    rulebook: RulebookOption = None,
) -> None:
    """重放一段对话，印出整段；什么都不留下。"""
    try:
        script = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        fail(f"读不了对话文件 {path}：{error}")
    transcript = asyncio.run(transcribe(script, rulebook))
    emit_text(transcript.rstrip("\n"))
    if check and transcript != script:
        fail(f"{path} 与现在的流程不一样；确认无误后用 refund replay 的输出更新它", 1)


@dataclass(frozen=True)
class Played:
    """放过一遍的对话。"""

    transcript: str
    cards: tuple[tuple[str, Card], ...]
    """带了图的回答：听到的那句话，和图上的卡片。"""


async def transcribe(script: str, own: Path | None = None) -> str:
    """照 ``script`` 里的话走一遍真正的流程，返回整段对话；``own`` 是自己的规则手册，加在随包的手册上。

    Raises:
        typer.Exit: 时间写得不对，或一开头没写时间。
    """
    return (await play(script, own)).transcript


async def play(script: str, own: Path | None = None) -> Played:
    """同 :func:`transcribe`，连回答所带的卡片一起返回。"""
    return await play_with(script, open_rulebook(own))


async def play_with(script: str, book: Rulebook) -> Played:
    """同 :func:`play`，手册已经读好。"""
    async with rehearse(book) as rehearsal:
        return await play_on(rehearsal, script)


async def play_on(rehearsal: Rehearsal, script: str) -> Played:
    """同 :func:`play`，在搭好的台面上放：说话的人、数据库照台面的。"""
    stage = _Stage(rehearsal)
    for line in script.splitlines():
        await stage.play(line)
    return Played("\n".join(stage.lines).rstrip("\n") + "\n", tuple(stage.cards))


@dataclass
class _Stage:
    """照文件里的一行行走，记下整段对话。"""

    rehearsal: Rehearsal
    lines: list[str] = field(default_factory=list[str])
    cards: list[tuple[str, Card]] = field(default_factory=list[tuple[str, Card]])

    async def play(self, line: str) -> None:
        """一行：时间、一句话、说明，或不看的旧回答。"""
        if line.startswith("#") or not line.strip():
            self.lines.append(line.rstrip())
        elif line.startswith("[") and not line.rstrip().endswith(_REMINDED):
            await self._advance(_moment(line))
            self.lines.append(line.rstrip())
        elif line.startswith("群里："):
            await self._say(line, _GROUP)
        elif line.startswith("私聊："):
            await self._say(line, None)

    async def _say(self, line: str, group_id: str | None) -> None:
        self.lines.append(line.rstrip())
        for reply in await self.rehearsal.hear(line.partition("：")[2].strip(), group_id):
            self._answered(reply.text)
            if reply.picture is not None:
                self.cards.append((line.rstrip(), cast("Card", reply.picture.card)))
            if reply.attachment is not None:
                self._answered(f"（文件）{reply.attachment.name}")

    def _answered(self, text: str) -> None:
        first, *rest = text.splitlines()
        self.lines.append(f"{_INDENT}退款助手：{first}")
        # 空行省去：文件里的空行只在两段之间，放第二遍才不会走样
        self.lines.extend(f"{_INDENT}{line}" for line in rest if line)

    async def _advance(self, target: datetime) -> None:
        """走到 ``target``，途中到时的提醒一条条按时发出。"""
        for at, text in await self.rehearsal.advance(target):
            self.lines.append(f"[{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}] {_REMINDED}")
            self._answered(text)


def _moment(line: str) -> datetime:
    written = line.strip().removeprefix("[").partition("]")[0]
    try:
        return datetime.fromisoformat(written).replace(tzinfo=SHANGHAI).astimezone(UTC)
    except ValueError:
        fail(f"时间应写成 [2026-11-23 10:00]，收到的是“{line.strip()}”")

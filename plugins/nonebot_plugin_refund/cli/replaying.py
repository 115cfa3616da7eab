"""重放一段对话：``replay``。照文件里的话一句句说给真正的流程听，印出整段对话。

文件是普通文字，一行一件事::

    # 说明，原样印出
    [2026-11-23 10:00]      到这个时候（上海时间）；途中到时的提醒会印出来
    群里：/退款              在群里说
    私聊：昨天刚签收         在私聊里说

别的行（机器人上次的回答）不看，所以印出来的对话存成文件，还能再放一遍。
"""

import asyncio
import itertools
import tempfile
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, cast

import typer

from ..delivery import claiming
from ..delivery.messenger import Account, Receipt
from ..delivery.settings import DeliverySettings
from ..delivery.spacing import Spacing
from ..dialogue.assembly import Office, Parts, assemble
from ..dialogue.base.incoming import Incoming, Kind
from ..dialogue.group.memory import GroupMemory
from ..dialogue.limits.flood import NO_LIMITS
from ..dialogue.rulebooks.shelf import EditionShelf
from ..domain.calendar import SHANGHAI
from ..domain.understanding.scenarios import Classifier
from ..render.cards import Card
from ..storage.upgrade import open_database
from .books import RulebookOption, open_rulebook
from .output import emit_text, fail

_ACCOUNT = Account("replay", "10")
_USER = "1"
_GROUP = "100"
_COMMAND = "/退款"
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
    with tempfile.TemporaryDirectory() as folder:
        async with _stage(Path(folder) / "replay.sqlite3", own) as stage:
            for line in script.splitlines():
                await stage.play(line)
            return Played("\n".join(stage.lines).rstrip("\n") + "\n", tuple(stage.cards))


@dataclass
class _Clock:
    """文件里写到几点就是几点。"""

    moment: datetime | None = None

    def now(self) -> datetime:
        """现在。"""
        if self.moment is None:
            fail("对话文件开头要先写时间，如 [2026-11-23 10:00]")
        return self.moment


@dataclass
class _Listener:
    """收下提醒的人。"""

    heard: list[str] = field(default_factory=list[str])

    def connected_accounts(self) -> set[Account]:
        """总是在线。"""
        return {_ACCOUNT}

    async def is_friend(self, account: Account, user_id: str) -> bool | None:
        """总是好友。"""
        del account, user_id
        return True

    async def send_private(self, account: Account, user_id: str, text: str) -> Receipt:
        """记下一条私聊。"""
        del account, user_id
        self.heard.append(text)
        return Receipt(str(len(self.heard)))

    async def mention_in_group(self, account: Account, group_id: str, user_id: str, text: str) -> Receipt:
        """记下一条群里的点名。"""
        del group_id
        return await self.send_private(account, user_id, text)

    async def sent_recently(self, account: Account, user_id: str, text: str, since: datetime) -> bool | None:
        """不提供历史记录。"""
        del account, user_id, text, since
        return None


@dataclass
class _Stage:
    """对话的台面。"""

    office: Office
    clock: _Clock
    listener: _Listener
    lines: list[str] = field(default_factory=list[str])
    cards: list[tuple[str, Card]] = field(default_factory=list[tuple[str, Card]])
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def play(self, line: str) -> None:
        """一行：时间、一句话、说明，或不看的旧回答。"""
        if line.startswith("#") or not line.strip():
            self.lines.append(line.rstrip())
        elif line.startswith("[") and not line.rstrip().endswith(_REMINDED):
            await self._advance(_moment(line))
            self.lines.append(line.rstrip())
        elif line.startswith("群里："):
            await self._say(line, Kind.COMMAND, _GROUP)
        elif line.startswith("私聊："):
            await self._say(line, Kind.PRIVATE, None)

    async def _say(self, line: str, kind: Kind, group_id: str | None) -> None:
        self.clock.now()  # 没写时间就在这里说清楚；进了流程，会被当成办不成的一步
        self.lines.append(line.rstrip())
        text = line.partition("：")[2].strip()
        arguments = text.removeprefix(_COMMAND).strip() if text.startswith(_COMMAND) else None
        if group_id is not None and arguments is None:
            kind = Kind.KEYWORD
        elif arguments is not None:
            kind = Kind.COMMAND
        incoming = Incoming(
            kind=kind,
            platform=_ACCOUNT.platform,
            self_id=_ACCOUNT.self_id,
            user_id=_USER,
            group_id=group_id,
            message_id=str(next(self._numbers)),
            text=text,
            arguments=arguments,
            is_group_admin=group_id is not None,
            is_superuser=False,
            is_temporary=False,
            temporary_group_id=None,
            reply_to=None,
            segments=(),
        )
        for reply in await self.office.reception.receive(incoming):
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
        while self.clock.moment is not None:
            async with self.office.database.session() as session:
                due = await claiming.next_due(session, {_ACCOUNT})
            if due is None or due > target:
                break
            self.clock.moment = max(due, self.clock.moment)
            before = len(self.listener.heard)
            await self.office.worker.run_once()
            await self.office.timekeeper.pass_due_timers(self.clock.moment)
            for text in self.listener.heard[before:]:
                self.lines.append(f"[{self.clock.moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}] {_REMINDED}")
                self._answered(text)
        self.clock.moment = target
        await self.office.timekeeper.pass_due_timers(target)


@asynccontextmanager
async def _stage(path: Path, own: Path | None) -> AsyncGenerator[_Stage]:
    book = open_rulebook(own)
    database = await open_database(path)
    clock, listener = _Clock(), _Listener()
    letters = itertools.cycle("K7Q2M4XWP9T3")

    async def is_admin(incoming: Incoming) -> bool:
        return bool(incoming.is_group_admin)

    async def no_wait(seconds: float) -> None:
        del seconds

    delivery = DeliverySettings(spacing=timedelta(), jitter=timedelta())
    parts = Parts(
        database=database,
        shelf=EditionShelf(book),
        classifier=Classifier(book.signals(), book.scenarios),
        memory=GroupMemory(),
        clock=clock,
        messenger=listener,
        delivery=delivery,
        is_group_admin=is_admin,
        command=_COMMAND,
        retention=timedelta(days=180),
        spacing=Spacing(delivery.spacing, delivery.jitter, sleep=no_wait),
        draw_code=lambda _alphabet: next(letters),
        limits=NO_LIMITS,
    )
    try:
        yield _Stage(assemble(parts), clock, listener)
    finally:
        await database.close()


def _moment(line: str) -> datetime:
    written = line.strip().removeprefix("[").partition("]")[0]
    try:
        return datetime.fromisoformat(written).replace(tzinfo=SHANGHAI).astimezone(UTC)
    except ValueError:
        fail(f"时间应写成 [2026-11-23 10:00]，收到的是“{line.strip()}”")

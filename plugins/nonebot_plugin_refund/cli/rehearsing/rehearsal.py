"""排练：在一个用完就扔的数据库上跑真正的流程，``talk`` 和 ``replay`` 共用。

人从私聊或群里说一句，得到机器人的回答；钟由外面拨，提醒记在 :class:`RecordingMessenger` 里。什么都不留下。
"""

import itertools
import tempfile
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy.ext.asyncio import AsyncSession

from ...config import Config
from ...delivery.messenger import Account, Receipt
from ...delivery.queue import claiming
from ...delivery.spacing import Spacing
from ...dialogue.assembly import Assembly, assemble
from ...dialogue.base.incoming import Incoming, Kind
from ...dialogue.base.turn import Reply, Services, Turn
from ...dialogue.group.memory import GroupMemory
from ...dialogue.limits.flood import NO_LIMITS
from ...dialogue.rulebooks.editions import Editions
from ...dialogue.scene import Scene, load
from ...domain.understanding.scenarios import Classifier
from ...rulebook.loader import Rulebook
from ...storage.case.case_codes import Draw
from ...storage.connection.database import Database
from ...storage.records import Person
from ...storage.upgrade import open_database
from ..output import fail

ACCOUNT = Account("replay", "10")
_WORD = "退款"
_COMMAND = f"/{_WORD}"
_SETTINGS = Config(refund_send_interval_seconds=0, refund_send_jitter_seconds=0)
"""默认的设置，只是一句接一句地发。"""


@dataclass
class Clock:
    """拨到几点就是几点。"""

    moment: datetime | None = None

    def now(self) -> datetime:
        """现在。"""
        if self.moment is None:
            fail("对话文件开头要先写时间，如 [2026-11-23 10:00]")
        return self.moment


@dataclass
class RecordingMessenger:
    """排练用的聊天平台：发什么都收下，记着。"""

    heard: list[str] = field(default_factory=list[str])

    def connected_accounts(self) -> set[Account]:
        """总是在线。"""
        return {ACCOUNT}

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
class Rehearsal:
    """一场排练。"""

    assembly: Assembly
    clock: Clock
    messenger: RecordingMessenger
    user_id: str = "1"
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def services(self) -> Services:
        """流程用的部件，只看不办的时候也用。"""
        return self.assembly.services

    @property
    def person(self) -> Person:
        """正在说话的人。"""
        return Person(ACCOUNT.platform, self.user_id)

    async def hear(self, text: str, group_id: str | None = None) -> list[Reply]:
        """说一句，返回机器人要说的话；``group_id`` 为空是私聊。"""
        self.clock.now()  # 没拨钟就在这里说清楚；进了流程，会被当成办不成的一步
        return await self.assembly.reception.receive(self.incoming(text, group_id))

    async def scene(self, session: AsyncSession, text: str) -> Scene:
        """私聊里说这一句之前的场面：流程照它去听。只看，不办。"""
        incoming = self.incoming(text)
        turn = Turn(self.services, incoming, session, self.clock.now())
        said = incoming.text if incoming.arguments is None else incoming.arguments
        return await load(turn, said, is_command=incoming.arguments is not None)

    async def advance(self, target: datetime) -> list[tuple[datetime, str]]:
        """走到 ``target``，途中到时的提醒一条条按时发出；返回各条是几点、说了什么。"""
        assembly, clock, heard = self.assembly, self.clock, self.messenger.heard
        told: list[tuple[datetime, str]] = []
        while clock.moment is not None:
            due = await self.next_due()
            if due is None or due > target:
                break
            clock.moment = max(due, clock.moment)
            before = len(heard)
            await assembly.worker.run_once()
            await assembly.due_changes.pass_due_timers(clock.moment)
            told += [(clock.moment, text) for text in heard[before:]]
        clock.moment = target
        await assembly.due_changes.pass_due_timers(target)
        return told

    async def next_due(self) -> datetime | None:
        """下一条提醒该几点发；没有为空。"""
        async with self.assembly.database.session() as session:
            return await claiming.next_due(session, {ACCOUNT})

    def incoming(self, text: str, group_id: str | None = None) -> Incoming:
        """这个人说的一句话，和聊天里收进来的一样。"""
        arguments = command_arguments(text, private=group_id is None)
        plain = Kind.PRIVATE if group_id is None else Kind.KEYWORD
        return Incoming(
            kind=plain if arguments is None else Kind.COMMAND,
            platform=ACCOUNT.platform,
            self_id=ACCOUNT.self_id,
            user_id=self.user_id,
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


def command_arguments(text: str, *, private: bool) -> str | None:
    """命令词后面的话；不是命令为 ``None``。私聊里不带斜杠、独立成词的“退款”也是命令词。"""
    if text.startswith(_COMMAND):
        return text.removeprefix(_COMMAND).strip()
    first, *rest = text.split(maxsplit=1) or [""]
    return "".join(rest) if private and first == _WORD else None


@asynccontextmanager
async def rehearse(book: Rulebook) -> AsyncGenerator[Rehearsal]:
    """搭好台面；离开时连数据库一起扔掉。"""
    with tempfile.TemporaryDirectory() as folder:
        database = await open_database(Path(folder) / "rehearsal.sqlite3")
        try:
            yield rehearsal_on(database, Editions(book), Classifier(book.signals(), book.scenarios))
        finally:
            await database.close()


def rehearsal_on(database: Database, editions: Editions, classifier: Classifier) -> Rehearsal:
    """在给定的数据库上装好一场排练；库由给的人关。手册的各个版本和识别器可以几场共用。"""
    clock, messenger = Clock(), RecordingMessenger()
    assembly = assemble(
        _SETTINGS,
        database=database,
        editions=editions,
        classifier=classifier,
        groups=GroupMemory.configured(_SETTINGS),
        clock=clock,
        messenger=messenger,
        is_group_admin=_says_the_message,
        command=_COMMAND,
        spacing=Spacing(timedelta(), timedelta(), sleep=_no_wait),
        draw_code=drawing(),
        limits=NO_LIMITS,
    )
    return Rehearsal(assembly, clock, messenger)


def drawing() -> Draw:
    """抽案件号：头几个总是一样，往后也每次一样，够几千场用。"""
    first, later = iter("K7Q2M4XWP9T3"), Random(0)
    return lambda alphabet: next(first, None) or later.choice(alphabet)


async def _says_the_message(incoming: Incoming) -> bool:
    return bool(incoming.is_group_admin)


async def _no_wait(seconds: float) -> None:
    del seconds

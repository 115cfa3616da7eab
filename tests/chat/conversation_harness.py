"""对话测试的台面：一份真的 SQLite 文件、会被拨动的钟、记下回执的假平台；重启时除了盘上的库什么都不留。"""

import asyncio
import functools
import itertools
import json
import shutil
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import text as sql

from nonebot_plugin_refund.chat.incoming.gate import Gate
from nonebot_plugin_refund.config import Config
from nonebot_plugin_refund.delivery.messenger import Account, Receipt
from nonebot_plugin_refund.delivery.spacing import Spacing
from nonebot_plugin_refund.dialogue.assembly import Assembly, assemble
from nonebot_plugin_refund.dialogue.base.incoming import Glance, Incoming
from nonebot_plugin_refund.dialogue.base.turn import Reply
from nonebot_plugin_refund.dialogue.group.following import catch_up
from nonebot_plugin_refund.dialogue.group.listening import Listener
from nonebot_plugin_refund.dialogue.group.memory import GroupMemory
from nonebot_plugin_refund.dialogue.limits.flood import NO_LIMITS
from nonebot_plugin_refund.dialogue.rulebooks.editions import Editions
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI, WorkCalendar
from nonebot_plugin_refund.domain.understanding.scenarios import Classifier
from nonebot_plugin_refund.rulebook.loader import Rulebook, load_rulebook
from nonebot_plugin_refund.rulebook.wording_models.signals import load_signals
from nonebot_plugin_refund.storage.records import Person
from nonebot_plugin_refund.storage.upgrade import open_database
from tests.chat.beaten_path import BeatenPaths, is_as_opened
from tests.fake_messenger import FakeMessenger

if TYPE_CHECKING:
    from nonebot_plugin_refund.dialogue.rulebooks.in_force import RulebookInForce
    from nonebot_plugin_refund.storage.connection.database import Database

PLATFORM = "OneBot V11"
ACCOUNT = Account(PLATFORM, "10001")
USER, OTHER = "30001", "30002"
GROUP, OTHER_GROUP = "20001", "20002"
MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
"""周一上午，不在静默时段。"""

rulebook = functools.cache(load_rulebook)
classifier = functools.cache(lambda: Classifier(load_signals()))


@dataclass
class FakeClock:
    """拨到几点就是几点。"""

    moment: datetime = MORNING

    def now(self) -> datetime:
        return self.moment.astimezone(UTC)


class Bench:
    """一台机器：盘上的库、外面的平台、会被换掉的进程。"""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.clock = FakeClock()
        self.platform = FakeMessenger(ACCOUNT)
        self.rulebook: Rulebook = rulebook()
        self.roles: dict[tuple[str, str], bool] = {}
        """平台没在消息里说时，去查才知道的：``(群, 人)`` 是不是管理员。"""
        self.calendar = WorkCalendar()
        self.in_force: RulebookInForce | None = None
        """给了就用它的书架，能不重启换手册。"""
        self.limits = NO_LIMITS
        """钟不会自己走，多数测试一句接一句地说；要看限速的换掉它再开。"""
        self.paths: BeatenPaths | None = None
        """给了就不重说别的测试从头说过的那几句。"""
        self.touched = False
        """说过话、重启过、直接动过里面的东西。"""
        self.role_lookups = 0
        self.queries_inside_transaction = 0
        self._numbers = itertools.count(1)
        self._databases: list[Database] = []
        self._assembly: Assembly
        self.memory: GroupMemory
        self._gate: Gate

    @property
    def assembly(self) -> Assembly:
        """机器里面的东西。"""
        self.touched = True
        return self._assembly

    async def start(self) -> None:
        """换一个进程。"""
        database = await open_database(self.file)
        self._databases.append(database)
        self.memory = GroupMemory()
        await catch_up(database, self.memory, self.clock.now())
        listener = Listener(self.memory, classifier(), self.clock)
        self._assembly = assemble(
            Config(refund_send_interval_seconds=0, refund_send_jitter_seconds=0),
            database=database,
            editions=self.in_force.editions if self.in_force else Editions(self.rulebook),
            in_force=self.in_force,
            classifier=classifier(),
            groups=self.memory,
            clock=self.clock,
            messenger=self.platform,
            is_group_admin=self._is_group_admin,
            command="/退款",
            data_folder=self.file.parent if isinstance(self.file, Path) else None,
            calendar=self.calendar,
            spacing=Spacing(timedelta(), timedelta(), sleep=_no_wait),
            limits=self.limits,
        )
        self._gate = Gate(
            command_words=["退款"],
            command_starts={"/"},
            listens=listener.listens,
            worth_reading=listener.worth_reading,
            hear=listener.hear,
            has_something_to_say=listener.has_something_to_say,
            our_accounts=lambda: [ACCOUNT.self_id],
        )

    async def restart(self, changed: Rulebook | None = None) -> None:
        """进程没了又起来；``changed`` 是起来时换上的手册。"""
        self.rulebook = changed or self.rulebook
        await self.assembly.database.close()
        await self.start()

    async def close(self) -> None:
        for database in self._databases:
            await database.close()

    async def advance(self, to: datetime | None = None, **units: float) -> list[str]:
        """把钟拨过去，送到时的提醒，带过到期的时限；返回这段时间推送出去的话。"""
        self.clock.moment = to or self.clock.moment + timedelta(**units)
        before = len(self.platform.received)
        await self.assembly.due_changes.pass_due_timers(self.clock.now())
        await self.assembly.worker.run_once()
        return [said for _, _, said in self.platform.received[before:]]

    async def private(self, *texts: str, user: str = USER, **changes: Any) -> list[str]:
        """好友私聊里依次说几句；返回最后一句的回答，欠着的提醒在最上面。"""
        answers = await self.each_private(*texts, user=user, **changes)
        return answers[-1] if answers else []

    async def each_private(self, *texts: str, user: str = USER, **changes: Any) -> list[list[str]]:
        """好友私聊里依次说几句；返回每句的回答。"""
        paths = self.paths if user == USER and not changes and not self.touched and is_as_opened(self) else None
        answers = paths.begin(self, texts) if paths else []
        kept = paths.worth_keeping(self, texts) if paths else 0
        for number, text in enumerate(texts[len(answers) :], len(answers) + 1):
            incoming = self.incoming(text, user=user, **changes)
            answers.append(
                await self._delivered(incoming, await self._assembly.reception.receive(incoming)) if incoming else []
            )
            if paths and number == kept:
                paths.keep(self, texts[:number], answers)
        self.touched = True
        if paths:
            paths.walked(self, texts)
        return answers

    async def temporary(self, text: str, user: str = USER, **changes: Any) -> list[str]:
        """经群发起的临时会话里说一句。"""
        return await self.private(text, user=user, is_temporary=True, temporary_group_id=GROUP, **changes)

    async def group(self, text: str, user: str = USER, group: str = GROUP, **changes: Any) -> list[str]:
        """群里说一句；不归我们管的没有回答。"""
        incoming = self.incoming(text, user=user, group_id=group, **changes)
        return [reply.text for reply in await self.assembly.reception.receive(incoming)] if incoming else []

    def incoming(
        self,
        text: str,
        *,
        user: str = USER,
        group_id: str | None = None,
        mentioned: bool = False,
        addressees: tuple[str, ...] = (),
        **changes: Any,
    ) -> Incoming | None:
        """照真正的门判断归不归我们管；``addressees`` 是 @ 到的、所引用的人。"""
        self.touched = True
        seen = Glance(group_id, user, text.strip(), mentioned, addressees, ignored=False)
        adapter = SimpleNamespace(get_name=lambda: PLATFORM)
        decided = self._gate._decide(cast("Any", SimpleNamespace(adapter=adapter)), seen)
        if decided is None:
            return None
        kind, arguments = decided
        fields: dict[str, Any] = {
            "kind": kind,
            "platform": PLATFORM,
            "self_id": ACCOUNT.self_id,
            "user_id": user,
            "group_id": group_id,
            "message_id": str(-next(self._numbers)),
            "text": text.strip(),
            "arguments": arguments,
            "is_group_admin": False if group_id else None,
            "is_superuser": False,
            "is_temporary": False,
            "temporary_group_id": None,
            "reply_to": None,
            "segments": (),
        }
        return Incoming(**(fields | changes))

    async def replies(self, text: str, **changes: Any) -> list[Reply]:
        """说一句，返回没发出去之前的回答：带着图和文件。``group_id`` 给了就是群里。"""
        incoming = self.incoming(text, **changes)
        return await self.assembly.reception.receive(incoming) if incoming else []

    async def rows(self, query: str, **values: Any) -> list[Mapping[str, Any]]:
        """直接问数据库。"""
        async with self.assembly.database.session() as session:
            result = await session.execute(sql(query), values)
            return [dict(row) for row in result.mappings()]

    async def only_code(self, user: str = USER) -> str:
        """他唯一一件没结案的案件号。"""
        (row,) = await self.rows("SELECT code FROM refund_cases WHERE user_id = :user AND closed_at IS NULL", user=user)
        return row["code"]

    async def answers(self, user: str = USER) -> dict[str, Any]:
        """他正在进行的问答里已经记下的答案。"""
        (row,) = await self.rows(
            "SELECT state FROM refund_interviews WHERE user_id = :user AND status = 'active'", user=user
        )
        return self.plain_answers(row["state"])

    @staticmethod
    def plain_answers(state: str) -> dict[str, Any]:
        """库里存的访谈状态里的答案。"""
        return {key: value["value"] for key, value in json.loads(state)["answers"].items()}

    def bytes_on_disk(self) -> bytes:
        """数据库的全部文件（含 WAL）里的字节。"""
        return b"".join(path.read_bytes() for path in sorted(self.file.parent.glob(f"{self.file.name}*")))

    async def _delivered(self, incoming: Incoming, said: Sequence[Reply]) -> list[str]:
        texts = [reply.text for reply in said]
        texts += [reply.attachment.text for reply in said if reply.attachment]
        if not texts or incoming.is_temporary:
            return texts
        shown: list[str] = []

        async def say(owed: str | None) -> Receipt:
            shown.append(f"{owed}\n\n{texts[0]}" if owed else texts[0])
            return Receipt("0")

        await self.assembly.next_message.deliver_with_reply(ACCOUNT, Person(PLATFORM, incoming.user_id), say)
        return [*shown, *texts[1:]]

    async def _is_group_admin(self, incoming: Incoming) -> bool:
        self.role_lookups += 1
        self.queries_inside_transaction += self.assembly.database._write_lock.locked()
        return self.roles.get((incoming.group_id or "", incoming.user_id), False)


def make_template(folder: Path) -> Path:
    """升好级的空库；每个测试拷一份，不必各升一遍。"""
    file = folder / "template.sqlite3"

    async def create() -> None:
        await (await open_database(file)).close()

    asyncio.run(create())
    return file


@asynccontextmanager
async def opened_bench(template: Path, folder: Path) -> AsyncIterator[Bench]:
    """开一台机器，用完收拾干净。"""
    file = folder / "refund.sqlite3"
    await asyncio.to_thread(shutil.copy, template, file)
    bench = Bench(file)
    await bench.start()
    try:
        yield bench
    finally:
        await bench.close()


async def _no_wait(seconds: float) -> None:
    del seconds

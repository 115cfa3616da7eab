"""把库填满：先像真人一样走完一场访谈、立一个案，再在库里照着它复制出成千上万份。

复制出来的每一行都和真的一样（答案、算法说明、各条索引都在），只有案件号、人和日期不同；日期错开在三十天里。
"""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Table, text
from sqlalchemy.ext.asyncio import AsyncSession

from nonebot_plugin_refund.cli.rehearsing.rehearsal import RecordingMessenger
from nonebot_plugin_refund.clock import Clock
from nonebot_plugin_refund.config import Config
from nonebot_plugin_refund.delivery.messenger import Account, Receipt
from nonebot_plugin_refund.dialogue.assembly import Assembly, assemble
from nonebot_plugin_refund.dialogue.base.incoming import ONEBOT, Incoming, Kind
from nonebot_plugin_refund.dialogue.group.memory import GroupMemory
from nonebot_plugin_refund.dialogue.rulebooks.editions import Editions
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.domain.understanding.scenarios import Classifier
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.rulebook.wording_models.signals import load_signals
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.tables import CaseRow, PersonRow, ReminderRow, TimerRow
from nonebot_plugin_refund.storage.upgrade import open_database

ACCOUNT = Account(ONEBOT, "10001")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=SHANGHAI)
"""库里的“现在”：周一中午，不在安静时段。"""
CONVERSATION = (
    "你好 快手小店退货",
    "还没申请",
    "不喜欢",
    "昨天签收的",
    "完好 就试了一下",
    "普通衣服",
)
"""一场从头到立案的访谈；最后一句得出结论，记成案件，排好提醒。"""
_SPREAD_SECONDS = 30 * 24 * 3600
_COPIED_FROM = "template"


@dataclass
class FixedClock:
    """停在 :data:`NOON` 的钟。"""

    def now(self) -> datetime:
        """总是那一刻。"""
        return NOON.astimezone(UTC)


@dataclass
class AcceptingMessenger(RecordingMessenger):
    """发什么都立刻收下的聊天平台，记着收到消息的是谁。"""

    sent: list[str] = field(default_factory=list[str])
    """收到消息的人。"""

    def connected_accounts(self) -> set[Account]:
        """只有一个账号，总在线。"""
        return {ACCOUNT}

    async def send_private(self, account: Account, user_id: str, text: str) -> Receipt:
        """立刻收下。"""
        self.sent.append(user_id)
        return await super().send_private(account, user_id, text)


@dataclass(frozen=True)
class Furniture:
    """与库里有多少无关、每次启动都要读一遍的：手册、识别器。"""

    editions: Editions = field(default_factory=lambda: Editions(load_rulebook()))
    classifier: Classifier = field(default_factory=lambda: Classifier(load_signals()))


def assembled(
    database: Database, furniture: Furniture, messenger: AcceptingMessenger, clock: Clock | None = None
) -> Assembly:
    """真的整套，只换掉聊天平台和钟（默认停在 :data:`NOON`），发送之间不留间隔。"""

    async def nobody(incoming: Incoming) -> bool:
        del incoming
        return False

    return assemble(
        Config(refund_send_interval_seconds=0, refund_send_jitter_seconds=0),
        database=database,
        editions=furniture.editions,
        classifier=furniture.classifier,
        groups=GroupMemory(),
        clock=clock or FixedClock(),
        messenger=messenger,
        is_group_admin=nobody,
        command="/退款",
    )


_message_numbers = itertools.count(1)


def private_message(user_id: str, said: str) -> Incoming:
    """好友私聊里的一句话。"""
    return Incoming(
        kind=Kind.PRIVATE,
        platform=ACCOUNT.platform,
        self_id=ACCOUNT.self_id,
        user_id=user_id,
        group_id=None,
        message_id=str(next(_message_numbers)),
        text=said,
        arguments=None,
        is_group_admin=None,
        is_superuser=False,
        is_temporary=False,
        temporary_group_id=None,
        reply_to=None,
        segments=(),
    )


@dataclass(frozen=True)
class Stock:
    """一个填好的库。"""

    target: str
    """SQLite 文件的路径，或 PostgreSQL 的地址。"""
    cases: int
    pending: int
    """待发的提醒，都还没到时。"""


async def fill(target: str, *, pending: int | None = None, cases: int | None = None) -> Stock:
    """把一个空位置（不存在的文件，或空的 PostgreSQL 库）填到有这么多待发的提醒，或这么多案件。"""
    database = await open_database(target)
    try:
        await _open_template_case(database)
        async with database.transaction() as session:
            of_each = await _count(session, "SELECT count(*) FROM refund_reminders WHERE state = 'pending'")
            copies = -(-pending // of_each) - 1 if pending is not None else (cases or 1) - 1
            if copies:
                await _copy(session, copies, database.is_sqlite)
            stock = Stock(
                target,
                await _count(session, "SELECT count(*) FROM refund_cases"),
                await _count(session, "SELECT count(*) FROM refund_reminders WHERE state = 'pending'"),
            )
        await _settle_down(database)
        return stock
    finally:
        await database.close()


async def _open_template_case(database: Database) -> None:
    assembly = assembled(database, Furniture(), AcceptingMessenger())
    for said in CONVERSATION:
        await assembly.reception.receive(private_message(_COPIED_FROM, said))


async def _copy(session: AsyncSession, copies: int, is_sqlite: bool) -> None:
    template = await _count(session, "SELECT max(id) FROM refund_cases")
    numbers = {"copies": copies, "template": template, "base": template}
    case_id = "CAST(:base AS BIGINT) + n" if not is_sqlite else ":base + n"
    user_id = "'u' || n"
    shifts = {name: _shifted(name, is_sqlite) for name in ("due_at", "next_try_at")}
    people = _copying(PersonRow, {"user_id": user_id}, f"t.user_id = '{_COPIED_FROM}'")
    cases = _copying(CaseRow, {"id": case_id, "code": "'C' || n", "user_id": user_id}, "t.id = :template")
    timers = _copying(TimerRow, {"case_id": case_id, "due_at": shifts["due_at"]}, "t.case_id = :template")
    reminders = _copying(
        ReminderRow,
        {"case_id": case_id, "user_id": user_id, **shifts},
        "t.case_id = :template AND t.state = 'pending'",
    )
    for statement in (people, cases, timers, reminders):
        used = {name: value for name, value in numbers.items() if f":{name}" in statement}
        await session.execute(text(statement), used)
    if not is_sqlite:
        await session.execute(text("SELECT setval('refund_cases_id_seq', (SELECT max(id) FROM refund_cases))"))


def _copying(rows: type[PersonRow | CaseRow | TimerRow | ReminderRow], changed: dict[str, str], chosen: str) -> str:
    """照着样板插入许多行的语句；``changed`` 里的列用给的式子，其余照抄，没给的行号由库来编。"""
    table = rows.__table__
    assert isinstance(table, Table)
    names = [column.name for column in table.columns if column.name in changed or column.name != "id"]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(changed.get(name, f't."{name}"') for name in names)
    return (
        "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :copies) "
        f"INSERT INTO {table.name} ({columns}) "
        f"SELECT {values} FROM numbers, {table.name} AS t WHERE {chosen} ORDER BY n"
    )


def _shifted(column: str, is_sqlite: bool) -> str:
    seconds = f"(CAST(n AS BIGINT) * 1000003) % {_SPREAD_SECONDS}"
    if is_sqlite:
        return f"strftime('%Y-%m-%d %H:%M:%S.000000', t.{column}, '+' || ({seconds}) || ' seconds')"
    return f"t.{column} + ({seconds}) * interval '1 second'"


async def _count(session: AsyncSession, query: str) -> int:
    return (await session.execute(text(query))).scalar_one()


async def _settle_down(database: Database) -> None:
    """让刚填完的库平静下来：SQLite 把 WAL 写回去；PostgreSQL 收拾并收集统计，不让自动清理在量的时候插进来。"""
    if database.is_sqlite:
        async with database.engine.connect() as connection:
            await connection.exec_driver_sql("ROLLBACK")
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    async with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.exec_driver_sql("VACUUM ANALYZE")

"""送达测试的公共底子：一个真的库（SQLite 与 PostgreSQL 各跑一遍）、假的聊天平台、会崩溃的进程。"""

from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nonebot_plugin_refund.delivery.composer import RecheckResult, Send
from nonebot_plugin_refund.delivery.messenger import (
    Account,
    NotConnected,
    Rejected,
    RejectionKind,
)
from nonebot_plugin_refund.delivery.settings import DeliverySettings
from nonebot_plugin_refund.delivery.spacing import Spacing
from nonebot_plugin_refund.delivery.worker import DeliveryWorker
from nonebot_plugin_refund.domain.days.reminders import QuietHours
from nonebot_plugin_refund.storage.case import cases
from nonebot_plugin_refund.storage.case.cases import CaseDraft
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.person import people
from nonebot_plugin_refund.storage.records import CaseRecord, DeliveryRecord, Person, ReminderRecord, TimerRecord
from nonebot_plugin_refund.storage.reminding import reminders as reminders_store
from nonebot_plugin_refund.storage.reminding import timers
from nonebot_plugin_refund.storage.reminding.timers import ReminderDraft, TimerDraft
from nonebot_plugin_refund.storage.tables import DeliveryRow, ReminderRow
from tests.fake_messenger import FakeMessenger

ACCOUNT = Account("onebot", "9000")
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""上海时间 12:00，不在安静时段。"""


class Crash(BaseException):
    """进程死了：谁也不许接住它。"""


@dataclass
class CrashPlan:
    """走到第 ``at`` 个边界时崩溃，之后一步也走不动。"""

    at: int | None = None
    steps: list[str] = field(default_factory=list)
    crashed: bool = False

    def step(self, name: str) -> None:
        if self.crashed:
            raise Crash
        self.steps.append(name)
        if self.at is not None and len(self.steps) >= self.at:
            self.crashed = True
            raise Crash


class CrashingDatabase(Database):
    """在每个事务的开始、提交之前、提交之后都可以崩溃的数据库。"""

    def __init__(self, target: str | Path, plan: CrashPlan) -> None:
        super().__init__(target)
        self.plan = plan

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncSession]:
        self.plan.step("begin")
        async with super().transaction() as session:
            yield session
            self.plan.step("before commit")
        self.plan.step("after commit")


@dataclass
class FrozenClock:
    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def advance(self, **units: float) -> None:
        self.moment += timedelta(**units)


class FakeComposer:
    """文案里写明每条提醒的行号，好数它到过几次。"""

    def __init__(self) -> None:
        self.rechecks: dict[int, RecheckResult] = {}
        self.broken: set[int] = set()
        self.silent = False

    async def recheck(self, session: AsyncSession, reminder: ReminderRecord, now: datetime) -> RecheckResult:
        return self.rechecks.get(reminder.id, Send())

    async def compose(self, session: AsyncSession, reminders: Sequence[ReminderRecord], now: datetime) -> str | None:
        if self.broken & {reminder.id for reminder in reminders}:
            raise LookupError("没有这段文案")
        return None if self.silent else " ".join(f"<{reminder.id}>" for reminder in reminders)

    def mention(self, now: datetime) -> str:
        return "有一条提醒，请私聊我查看"


class FakeTime:
    """假的单调时钟：睡就是把时间往前拨。"""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    def monotonic(self) -> float:
        return self.seconds


class World:
    """一台机器：盘上的库、外面的平台、会被换掉的进程。"""

    def __init__(self, target: str | Path) -> None:
        self.target = target
        self.clock = FrozenClock(NOON)
        self.messenger = FakeMessenger(ACCOUNT)
        self.composer = FakeComposer()
        self.time = FakeTime()
        self.settings = DeliverySettings(quiet=QuietHours(time(0), time(0)), send_timeout=timedelta(seconds=5))
        self.database = Database(target)
        self._opened = [self.database]

    def worker(self, database: Database | None = None, **settings: Any) -> DeliveryWorker:
        self.settings = replace(self.settings, **settings)
        spacing = Spacing(
            self.settings.spacing,
            self.settings.jitter,
            sleep=self.time.sleep,
            monotonic=self.time.monotonic,
            draw=lambda: 0.5,
        )
        return DeliveryWorker(
            database or self.database,
            self.messenger,
            self.composer,
            self.clock,
            self.settings,
            spacing=spacing,
            draw=lambda: 0.5,
        )

    def restart(self, plan: CrashPlan | None = None) -> Database:
        """换一个进程：除了盘上的库，什么都不留。"""
        self.database = CrashingDatabase(self.target, plan) if plan else Database(self.target)
        self.messenger.at_each_step = (plan or CrashPlan()).step
        self._opened.append(self.database)
        return self.database

    async def close(self) -> None:
        for database in self._opened:
            await database.close()

    async def open_case(
        self, user_id: str = "10001", *, hours: Sequence[float] = (0,), due_in: float = 48, group: str | None = "5000"
    ) -> tuple[CaseRecord, TimerRecord, list[ReminderRecord]]:
        """立案并排好提醒；``hours`` 是从现在起几小时后提醒，``due_in`` 是几小时后到期。"""
        now = self.clock.now()
        person = Person("onebot", user_id)
        draft = CaseDraft("9000", "shop-return", "d1", {}, "r1", 1, "eligible", origin_group_id=group)
        due_at = now + timedelta(hours=due_in)
        timer = TimerDraft("seven-days", "deadline", "七天无理由", now, due_at, due_at.date())
        planned = [ReminderDraft("seven-days", f"h{hour:g}", now + timedelta(hours=hour)) for hour in hours]
        async with self.database.transaction() as session:
            await people.touch(session, person, now)
            case = await cases.create(session, person, draft, now)
            (current,) = await timers.replace_timers(session, case, [timer], planned, now)
            return case, current, await reminders_store.of_case(session, person, case.id)

    async def consent(self, user_id: str = "10001", agreed: bool = True) -> None:
        async with self.database.transaction() as session:
            await people.set_mention_consent(session, Person("onebot", user_id), agreed, self.clock.now())

    async def reminders(self) -> list[ReminderRecord]:
        async with self.database.session() as session:
            rows = await session.scalars(select(ReminderRow).order_by(ReminderRow.id))
            return [ReminderRecord.of(row) for row in rows]

    async def only_reminder(self) -> ReminderRecord:
        (reminder,) = await self.reminders()
        return reminder

    async def states(self) -> list[str]:
        return [reminder.state for reminder in await self.reminders()]

    async def deliveries(self) -> list[DeliveryRecord]:
        async with self.database.session() as session:
            rows = await session.scalars(select(DeliveryRow).order_by(DeliveryRow.id))
            return [DeliveryRecord.of(row) for row in rows]

    def times_received(self) -> Counter[int]:
        """每条提醒对方真正收到过几次。"""
        return Counter(
            int(part.strip("<>"))
            for where, _, text in self.messenger.received
            if not where.startswith("group")
            for part in text.replace("（可能重复）", "").split()
        )

    async def run_until_settled(self, passes: int = 40) -> None:
        """时间往前走、一趟趟地跑，直到没有还能推送的。"""
        worker = self.worker()
        for _ in range(passes):
            await worker.run_once()
            if not set(await self.states()) & {"pending", "claimed", "sending", "unknown"}:
                return
            self.clock.advance(hours=7)
        pytest.fail(f"{passes} 趟之后还有没了结的：{Counter(await self.states())}")


@pytest.fixture
async def world(target: str | Path) -> AsyncIterator[World]:
    made = World(target)
    yield made
    await made.close()


@pytest.fixture
def crash_plan() -> type[CrashPlan]:
    return CrashPlan


@pytest.fixture
def account() -> Account:
    return ACCOUNT


@pytest.fixture
def rejected() -> Callable[[str], Rejected]:
    return lambda kind: Rejected(RejectionKind(kind), "1200", "EventChecker Failed")


@pytest.fixture
def not_connected() -> NotConnected:
    return NotConnected("ApiNotAvailable")

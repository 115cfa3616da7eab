"""*faults* 的一次运行：几个人的案件、会出毛病的对方、随时改主意的用户，和对着承诺逐条看的检查。"""

import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from nonebot_plugin_refund.delivery.messenger import Account, NotConnected, OutcomeUnknown, Receipt, Rejected
from nonebot_plugin_refund.delivery.settings import DeliverySettings
from nonebot_plugin_refund.delivery.spacing import Spacing
from nonebot_plugin_refund.delivery.worker import DeliveryWorker
from nonebot_plugin_refund.domain.days.reminders import QuietHours
from nonebot_plugin_refund.storage.case import cases
from nonebot_plugin_refund.storage.person import people
from nonebot_plugin_refund.storage.records import CaseRecord, Person, ReminderRecord, TimerRecord
from nonebot_plugin_refund.storage.reminding import reminders, timers
from nonebot_plugin_refund.storage.reminding.timers import ReminderDraft, TimerDraft
from nonebot_plugin_refund.storage.tables import CaseRow, ReminderRow, TimerRow

from .fault_messenger import FaultyMessenger
from .simulated import ACCOUNT, LEASE, MENTION, NumberedComposer, ReusableDatabase, SimulatedClock, keep_case
from .simulated import reminder_ids as ids_in

GROUP = "5000"
CHANGES = ("close", "redate", "done", "snooze", "stop_case", "stop", "resume", "answered", "consent", "withdraw")
"""用户能做的改变。"""
_BLUR = timedelta(minutes=30)
"""写好到出手之间钟可以走这么多（回音晚到的那些会拨钟），安静时段刚开始的不算打扰。"""


class MeddledSpacing(Spacing):
    """等间隔的工夫里会有别的事发生。"""

    def __init__(self, meanwhile: Callable[[], Awaitable[None]]) -> None:
        """``meanwhile`` 是等的时候发生的事。"""
        super().__init__(timedelta(0), timedelta(0))
        self._meanwhile = meanwhile

    async def wait(self, account: Account) -> None:
        """不真的等，只让别的事发生。"""
        await self._meanwhile()


@dataclass
class FaultWorld:
    """一次运行的全部。``other`` 是另一个进程的数据库，同一个文件。"""

    chance: random.Random
    database: ReusableDatabase
    other: ReusableDatabase
    quiet: QuietHours
    clock: SimulatedClock = field(default_factory=SimulatedClock)
    composer: NumberedComposer = field(default_factory=NumberedComposer)
    voided: dict[int, int | None] = field(default_factory=dict)
    """不该再发的提醒；值是改主意那一刻正在路上的那次领取，那一次收不回来。"""
    stopped: set[str | int] = field(default_factory=set)
    """说过停止的人（账号）和案件（行号）。"""
    consent: dict[str, bool] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    meddling: float = 0.0
    """查好友、等间隔的工夫里用户改主意的机会。"""
    messenger_type: type[FaultyMessenger] = FaultyMessenger
    _stalled: bool = False

    def __post_init__(self) -> None:
        """布好对方和发件箱。"""
        self.messenger = self.messenger_type(self.chance, self.clock.now)
        self.messenger.judge_call = self._judge_call
        self.messenger.during_call = self._taken_over
        self.messenger.before_answer = self._meddle_with
        self.worker = self._worker(self.database)
        self.users: list[str] = []

    async def open_cases(self) -> None:
        """一两个人，各一两件案件，各一到三次提醒。"""
        for number in range(self.chance.choice((1, 1, 1, 2))):
            user_id = str(10001 + number)
            self.users.append(user_id)
            for _ in range(self.chance.choice((1, 1, 1, 2))):
                offsets = [
                    timedelta(hours=self.chance.randrange(0, 30)) for _ in range(self.chance.choice((1, 1, 2, 3)))
                ]
                due_in = timedelta(hours=self.chance.choice((12, 40, 24 * 30)))
                await keep_case(self.database, user_id, self.clock.now(), offsets, due_in=due_in, group_id=GROUP)
            if self.chance.random() < 0.5:
                await self._consent(user_id, True)

    async def change(self, user_id: str, kind: str) -> None:
        """用户改主意；记下从此不该再发的。"""
        found = await self._a_case(user_id)
        if found is None:
            return
        case, timer = found
        self.counts[f"用户改主意：{kind}"] += 1
        if kind in ("consent", "withdraw"):
            await self._consent(user_id, kind == "consent")
            return
        async with self.database.transaction() as session:
            before = [row for row in await self._rows(session) if row.user_id == user_id]
            await self._apply(session, kind, case, timer)
        self._void(before, kind, case, timer)
        if kind in ("stop", "stop_case"):
            self.stopped.add(user_id if kind == "stop" else case.id)
        if kind == "resume":
            self.stopped -= {user_id, case.id}
            async with self.database.session() as session:
                for row in await self._rows(session):
                    if row.state == "pending":
                        self.voided.pop(row.id, None)

    async def speak(self, user_id: str) -> None:
        """用户说了一句话：欠着的提醒放在回复最上面。"""

        async def reply(top: str | None) -> Receipt:
            return await self.messenger.reply(user_id, top or "")

        try:
            await self.worker.next_message.deliver_with_reply(ACCOUNT, Person(ACCOUNT.platform, user_id), reply)
        except (Rejected, OutcomeUnknown, NotConnected):
            self.counts["回复没有发成"] += 1
        except (KeyError, TimeoutError):
            # 没有提醒要带时，回复自己出的错原样交给说话的那一层
            self.counts["回复没有发成"] += 1

    def is_unwanted(self, row: ReminderRecord) -> bool:
        """改主意之后才排出来的，用户也早说过不要。"""
        if row.reason == "answered":
            return row.case_id in self.composer.answered
        return row.reason == "stopped" and bool(self.stopped & {row.user_id, row.case_id})

    async def rows(self) -> list[ReminderRecord]:
        """全部提醒。"""
        async with self.database.session() as session:
            return await self._rows(session)

    async def _rows(self, session: AsyncSession) -> list[ReminderRecord]:
        rows = await session.scalars(select(ReminderRow).order_by(ReminderRow.id))
        return [ReminderRecord.of(row) for row in rows]

    async def _a_case(self, user_id: str) -> tuple[CaseRecord, TimerRecord] | None:
        async with self.database.session() as session:
            kept = await cases.listed(session, Person(ACCOUNT.platform, user_id))
            if not kept:
                return None
            case = self.chance.choice(kept)
            living = await timers.current_timers(session, case.id)
            return (case, living[0]) if living else None

    async def _apply(self, session: AsyncSession, kind: str, case: CaseRecord, timer: TimerRecord) -> None:
        now = self.clock.now()
        if kind == "close":
            await cases.close(session, case, "refunded", now)
        elif kind == "redate":
            due_at = timer.due_at + timedelta(days=self.chance.randint(1, 3))
            later = TimerDraft(timer.timer_id, "deadline", "改期", now, due_at, due_at.date())
            await timers.replace_timers(session, case, [later], [ReminderDraft(timer.timer_id, "n", due_at)], now)
        elif kind == "done":
            await timers.complete(session, case.person, timer, now)
        elif kind == "snooze":
            await reminders.snooze(session, case, timer, now + timedelta(hours=2), now)
        elif kind in ("stop", "stop_case"):
            await reminders.stop(session, case.person, now, case=case if kind == "stop_case" else None)
        elif kind == "resume":
            await reminders.resume(session, case.person, now)
            await reminders.resume(session, case.person, now, case=case)
        elif kind == "answered":
            self.composer.answered.add(case.id)

    def _void(self, before: Sequence[ReminderRecord], kind: str, case: CaseRecord, timer: TimerRecord) -> None:
        snoozed_to = self.clock.now() + timedelta(hours=2)
        for row in before:
            mine = row.case_id == case.id
            hit = {
                "close": mine,
                "answered": mine,
                "stop_case": mine,
                "stop": True,
                "done": mine,
                "redate": mine and row.timer_version == timer.timer_version,
                "snooze": mine and row.timer_version == timer.timer_version and row.due_at < snoozed_to,
            }.get(kind, False)
            if hit and row.id not in self.voided:
                self.voided[row.id] = row.attempt if row.state == "sending" else None

    async def _consent(self, user_id: str, agreed: bool) -> None:
        async with self.database.transaction() as session:
            await people.set_mention_consent(session, Person(ACCOUNT.platform, user_id), agreed, self.clock.now())
        self.consent[user_id] = agreed

    async def _meddle(self) -> None:
        if self.users and self.chance.random() < self.meddling:
            await self.change(self.chance.choice(self.users), self.chance.choice(("withdraw", "close", "stop")))

    async def _meddle_with(self, user_id: str) -> None:
        if self.chance.random() < self.meddling:
            await self.change(user_id, self.chance.choice(CHANGES))

    async def _taken_over(self) -> None:
        """回音还没到，租约过了，另一个进程接手跑了一趟。"""
        if self._stalled:
            return
        self._stalled = True
        self.clock.advance(LEASE + timedelta(seconds=30))
        await self._worker(self.other).run_once()
        self._stalled = False

    def _worker(self, database: ReusableDatabase) -> DeliveryWorker:
        return DeliveryWorker(
            database,
            self.messenger,
            self.composer,
            self.clock,
            DeliverySettings(quiet=self.quiet),
            spacing=MeddledSpacing(self._meddle),
            draw=self.chance.random,
        )

    async def _judge_call(self, where: str, user_id: str, text: str) -> None:
        if where.startswith("group"):
            await self._judge_mention(where, user_id, text)
            return
        async with self.database.session() as session:
            for number in ids_in(text):
                row = await session.get_one(ReminderRow, number)
                case = await session.get_one(CaseRow, row.case_id)
                if row.state == "sent":
                    # 点过名、补详情的：只要案件没结
                    self._require(case.closed_at is None, f"案件已结，还补了提醒 {number} 的详情")
                elif number in self.voided:
                    self._require(row.attempt == self.voided[number], f"提醒 {number} 已不该发，还是发了（{where}）")
                if where == "private":
                    await self._judge_hour(session, row)
                self._require(row.user_id == user_id, f"提醒 {number} 发给了别人")
        if where == "private":
            self._require(self.messenger.knows_friend(user_id), f"没确认是好友就私聊 {user_id}")

    async def _judge_mention(self, where: str, user_id: str, text: str) -> None:
        self._require(text == MENTION and not ids_in(text), f"群里说了案情：{text}")
        self._require(where == f"group {GROUP}", f"在别的群里点名：{where}")
        self._require(self.consent.get(user_id, False), f"{user_id} 没同意，还是在群里点了名")
        async with self.database.session() as session:
            rows = await session.scalars(
                select(ReminderRow).where(
                    ReminderRow.user_id == user_id,
                    ReminderRow.state == "sending",
                    ReminderRow.channel == "group_mention",
                )
            )
            for row in rows.all():
                if row.id in self.voided:
                    self._require(row.attempt == self.voided[row.id], f"提醒 {row.id} 已不该发，还是点了名")
                await self._judge_hour(session, row)

    async def _judge_hour(self, session: AsyncSession, row: ReminderRow) -> None:
        now = self.clock.now()
        if not (self.quiet.covers(now) and self.quiet.covers(now - _BLUR)):
            return
        due_at = await session.scalar(
            select(TimerRow.due_at).where(
                TimerRow.case_id == row.case_id,
                TimerRow.timer_id == row.timer_id,
                TimerRow.timer_version == row.timer_version,
            )
        )
        urgent = due_at is not None and now - _BLUR < due_at <= self.quiet.end_after(now)
        self._require(urgent, f"提醒 {row.id} 在安静时段里发了，等到早上也不误事")

    def _require(self, holds: bool, words: str) -> None:
        if not holds:
            self.violations.append(words)

"""*kill* 的一次运行：几十件案件、一个真的机器人、一个假 QQ；机器人一次次被强杀，最后看 QQ 那边的账。"""

import asyncio
import os
import random
import signal
import sqlite3
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.e2e.harness.bot_process import BotProcess
from tests.e2e.harness.fake_qq import SENDING, FakeQQ
from tests.e2e.harness.qq_behaviours import Behaviour, Fate
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import WebSocketException

from nonebot_plugin_refund.delivery.sender import DUPLICATE_PREFIX
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.storage.case import cases
from nonebot_plugin_refund.storage.case.cases import CaseDraft
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.person import people
from nonebot_plugin_refund.storage.records import CaseRecord, Person
from nonebot_plugin_refund.storage.reminding import timers
from nonebot_plugin_refund.storage.reminding.timers import ReminderDraft, TimerDraft
from nonebot_plugin_refund.storage.upgrade import open_database

from .nursery import Nursery

KILLS = 12
"""一个世界里杀几次。"""
CASES = 60
USERS = tuple(range(30001, 30026))
PLATFORM = "OneBot V11"
_BETWEEN = timedelta(seconds=150)
"""每条命醒来时钟比上一条命晚这么多：比租约长，上一条命手里的都收得回来。"""
_PATIENCE = 2.5
"""等不到要杀的那一刻，连上这么多秒以后也杀，单位秒。"""
_LAST_LIFE = 240.0
_LOOK_EVERY = 0.5
_STILL = 5
"""看了这么多次都没有动静，才拨钟。"""
_SETTINGS = {
    "REFUND_QUIET_START": "00:00",
    "REFUND_QUIET_END": "00:00",
    "REFUND_SEND_INTERVAL_SECONDS": "0",
    "REFUND_SEND_JITTER_SECONDS": "0",
    "REFUND_SEND_TIMEOUT_SECONDS": "2",
}


@dataclass(frozen=True)
class KillPlan:
    """什么时候杀：``启动中``、``连上后`` 的若干秒，或第 ``nth`` 条消息的某一刻。"""

    when: str
    seconds: float = 0.0
    nth: int = 0


@dataclass
class JudgeQQ(FakeQQ):
    """会在收到消息的前后动手杀机器人的假 QQ；记着每条消息是在机器人第几条命里送到的。"""

    plan: KillPlan | None = None
    pid: int = 0
    life: int = 0
    sends: int = 0
    killed_by: str = ""
    dead: asyncio.Event = field(default_factory=asyncio.Event)
    moment: datetime = field(default_factory=lambda: datetime.now(UTC))
    """机器人这条命醒来时的钟。"""
    lives: dict[int, int] = field(default_factory=dict)

    def kill(self, why: str) -> None:
        """``kill -9``，一条命只杀一次。"""
        if not self.dead.is_set():
            os.kill(self.pid, signal.SIGKILL)
            self.killed_by = why
            self.dead.set()

    async def _answer(self, socket: ClientConnection, action: str, params: dict[str, Any], echo: Any) -> None:
        if action not in SENDING:
            await super()._answer(socket, action, params, echo)
            return
        self.sends += 1
        now = self.plan.when if self.plan is not None and self.plan.nth == self.sends else ""
        if now == "收到前":
            self.kill(now)
            return
        if now == "送到后、回音前":
            # 送到了，没有回音
            self._plans.appendleft((lambda _action, _params: True, Behaviour(Fate.SWALLOW)))
        await super()._answer(socket, action, params, echo)
        if now == "回音后" and self.plan is not None:
            await asyncio.sleep(self.plan.seconds)
        if now:
            self.kill(now)

    def _deliver(self, action: str, params: dict[str, Any]) -> int | None:
        message_id = super()._deliver(action, params)
        if message_id is not None:
            self.lives[message_id] = self.life
        return message_id


@dataclass
class KillWorld:
    """一个世界。``kept`` 是案件号到行号，``closed`` 是案件号到它在第几条命之前结了案。"""

    folder: Path
    chance: random.Random
    nursery: Nursery
    kills: int = KILLS
    case_count: int = CASES
    kept: dict[str, CaseRecord] = field(default_factory=dict)
    closed: dict[str, int] = field(default_factory=dict)
    in_flight: set[tuple[int, int]] = field(default_factory=set)
    """被杀时正写着“要发”的提醒和它是第几次领取：结果不明只能由此而来。"""
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """备好文件夹和假 QQ。"""
        self.file = self.folder / "kill.sqlite3"
        self.bot = BotProcess(self.folder, {**_SETTINGS, "REFUND_DATABASE_URL": str(self.file)})
        self.qq = JudgeQQ(self.bot.url, friends=set(USERS), has_history=self.chance.random() < 0.5)
        self.qq.clock = lambda: self.qq.moment.timestamp()
        self.born = datetime.now(UTC)

    async def play(self) -> list[str]:
        """从头到尾走一遍，返回违反承诺的地方。"""
        await self._keep_cases()
        for life in range(self.kills):
            if life and self.chance.random() < 0.5:
                await self._close_one(life)
            await self._live(life, self._plan())
            self.counts["强杀"] += 1
            self.counts[f"杀在 {self.qq.killed_by}"] += 1
        await self._live(self.kills, None)
        return self.judge()

    def judge(self) -> list[str]:
        """对着假 QQ 的账看每一件。"""
        found: list[str] = []
        rows = {row["case_id"]: row for row in self._rows()}
        unknowns = Counter(number for number, _ in self.in_flight)
        for code, case in self.kept.items():
            row = rows[case.id]
            copies = [message for message in self.qq.delivered if f"【{code} " in message.text]
            lives = [self.qq.lives[message.message_id] for message in copies]
            allowed = 1 if self.qq.has_history else 1 + unknowns[row["id"]]
            closed_before = self.closed.get(code)
            self.counts.update(["提醒", f"最后：{row['state']}"])
            self.counts["多送的（都注明了可能重复）"] += max(len(copies) - 1, 0)
            if row["state"] not in ("sent", "cancelled") or (row["state"] == "cancelled" and closed_before is None):
                found.append(f"{code} 停在 {row['state']}（{row['reason']}）")
            if not copies and closed_before is None:
                found.append(f"{code} 丢了")
            if row["state"] == "sent" and not copies:
                found.append(f"{code} 记着送到了，其实没有")
            if len(copies) > allowed:
                found.append(f"{code} 送了 {len(copies)} 次，至多 {allowed} 次")
            if len(set(lives)) < len(lives):
                found.append(f"{code} 在同一条命里送了两次")
            if closed_before is not None and any(life >= closed_before for life in lives):
                found.append(f"{code} 结案之后还送")
            found += [f"{code} 发给了别人" for message in copies if str(message.user_id) != case.user_id]
            found += [f"{code} 发到了群里" for message in copies if message.group_id is not None]
            found += [f"{code} 重复却没有注明" for message in copies[1:] if DUPLICATE_PREFIX not in message.text]
        self.counts["被杀时正在路上（结果不明）"] += len(self.in_flight)
        with closing(sqlite3.connect(self.file)) as connection:
            (check,) = connection.execute("PRAGMA integrity_check").fetchone()
        return found if check == "ok" else [*found, f"数据库坏了：{check}"]

    # ---- 案件 ----

    async def _keep_cases(self) -> None:
        book = load_rulebook()
        edition = book.edition(book.scenarios[0].id)
        timer = next(timer for stage in edition.scenario.stages for timer in stage.timers)
        database = await open_database(self.file)
        try:
            for _ in range(self.case_count):
                person = Person(PLATFORM, str(self.chance.choice(USERS)))
                draft = CaseDraft(
                    str(self.qq.self_id), edition.scenario.id, edition.digest, {}, "r", 1, "eligible", None, None
                )
                due_at = self.born + timedelta(days=60)
                wanted = TimerDraft(timer.id, timer.kind, timer.title, self.born, due_at, due_at.date())
                await self._keep(database, person, draft, wanted)
        finally:
            await database.close()

    async def _keep(self, database: Database, person: Person, draft: CaseDraft, timer: TimerDraft) -> None:
        """到时的时刻散在各条命的头几秒里。"""
        when = self.born + self.chance.randrange(self.kills) * _BETWEEN + timedelta(seconds=self.chance.uniform(0, 3))
        async with database.transaction() as session:
            await people.touch(session, person, self.born)
            case = await cases.create(session, person, draft, self.born)
            await timers.replace_timers(session, case, [timer], [ReminderDraft(timer.timer_id, "k", when)], self.born)
        self.kept[case.code] = case

    async def _close_one(self, life: int) -> None:
        """机器人停着的时候，一件案件结了。"""
        code = self.chance.choice([code for code in self.kept if code not in self.closed])
        database = Database(self.file)
        try:
            async with database.transaction() as session:
                await cases.close(session, self.kept[code], "refunded", self.born + life * _BETWEEN)
        finally:
            await database.close()
        self.closed[code] = life

    def _rows(self) -> list[dict[str, Any]]:
        with closing(sqlite3.connect(self.file)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute("SELECT * FROM refund_reminders")]

    # ---- 一条命 ----

    def _plan(self) -> KillPlan:
        when = self.chance.choice(("启动中", "连上后", "连上后", "收到前", "送到后、回音前", "回音后"))
        if when == "启动中":
            return KillPlan(when, self.chance.uniform(0, 1.5))
        if when == "连上后":
            return KillPlan(when, self.chance.uniform(0, 0.6))
        return KillPlan(when, self.chance.uniform(0, 0.03), self.chance.randint(1, 5))

    async def _live(self, life: int, plan: KillPlan | None) -> None:
        self._set_clock(self.born + life * _BETWEEN)
        self.qq.life, self.qq.plan, self.qq.sends, self.qq.killed_by = life, plan, 0, ""
        self.qq.dead = asyncio.Event()
        self.qq.pid = self.nursery.start(self.folder, self.bot.offset_file)
        killer = asyncio.create_task(self._kill_in_time(plan)) if plan is not None else None
        try:
            connected = await self._connect()
            if plan is None:
                await self._until_settled()
                self.qq.kill("好好活完")
            elif connected:
                await self._kill_when_connected(plan)
        finally:
            self.qq.kill("意外")
            await self.qq.dead.wait()
            await self._until_gone()
            if killer is not None:
                killer.cancel()
            await self.qq.disconnect()
        self.in_flight |= {(row["id"], row["attempt"]) for row in self._rows() if row["state"] == "sending"}

    async def _kill_in_time(self, plan: KillPlan) -> None:
        if plan.when == "启动中":
            await asyncio.sleep(plan.seconds)
            self.qq.kill(plan.when)

    async def _kill_when_connected(self, plan: KillPlan) -> None:
        patience = plan.seconds if plan.when == "连上后" else _PATIENCE
        try:
            async with asyncio.timeout(patience):
                await self.qq.dead.wait()
        except TimeoutError:
            self.qq.kill("连上后")

    async def _connect(self) -> bool:
        deadline = time.monotonic() + _LAST_LIFE
        while not self.qq.dead.is_set() and time.monotonic() < deadline:
            try:
                await self.qq.connect()
            except (OSError, WebSocketException):
                await asyncio.sleep(0.03)
            else:
                return True
        return False

    async def _until_settled(self) -> None:
        """等到全部了结；一阵子没有动静就把钟往后拨，还欠着的由本人来问。

        有动静时不拨：拨一下就过了租约，正在发的会当成休眠过而不发。
        """
        deadline, pushed, before, still = time.monotonic() + _LAST_LIFE, 0, [], 0
        while time.monotonic() < deadline:
            rows = self._rows()
            left = {row["state"] for row in rows} - {"sent", "cancelled", "dead"}
            if not left:
                return
            await asyncio.sleep(_LOOK_EVERY)
            still = still + 1 if rows == before else 0
            before = rows
            if still < _STILL:
                continue
            if left == {"waiting"}:
                for user_id in {row["user_id"] for row in rows if row["state"] == "waiting"}:
                    await self.qq.say_private(int(user_id), "我的")
            pushed, still = pushed + 1, 0
            self._set_clock(self.born + (self.kills + pushed) * _BETWEEN)

    async def _until_gone(self) -> None:
        for _ in range(500):
            try:
                os.kill(self.qq.pid, 0)
            except ProcessLookupError:
                return
            await asyncio.sleep(0.01)
        raise TimeoutError(f"杀不掉进程 {self.qq.pid}")

    def _set_clock(self, moment: datetime) -> None:
        self.qq.moment = moment
        fresh = self.bot.offset_file.with_suffix(".new")
        fresh.write_text(str((moment - datetime.now(UTC)).total_seconds()), encoding="utf-8")
        fresh.replace(self.bot.offset_file)

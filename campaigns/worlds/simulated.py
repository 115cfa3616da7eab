"""战役共用的环境：拨得动的钟、一份空库、写着行号的文案、由种子定的案件。"""

import asyncio
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Self

from sqlalchemy.ext.asyncio import AsyncSession

from nonebot_plugin_refund.delivery.composer import Cancel, RecheckResult, Send
from nonebot_plugin_refund.delivery.messenger import Account
from nonebot_plugin_refund.delivery.sender import DUPLICATE_PREFIX
from nonebot_plugin_refund.delivery.settings import DeliverySettings
from nonebot_plugin_refund.delivery.spacing import Spacing
from nonebot_plugin_refund.domain.days.reminders import QuietHours
from nonebot_plugin_refund.storage.case import cases
from nonebot_plugin_refund.storage.case.cases import CaseDraft
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.person import people
from nonebot_plugin_refund.storage.records import CaseRecord, Person, ReminderRecord, TimerRecord
from nonebot_plugin_refund.storage.reminding import reminders, timers
from nonebot_plugin_refund.storage.reminding.timers import ReminderDraft, TimerDraft
from nonebot_plugin_refund.storage.upgrade import open_database

ACCOUNT = Account("onebot", "9000")
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""上海时间 12:00。"""
NO_QUIET_HOURS = QuietHours(time(0), time(0))
MENTION = "有一条提醒，请私聊我查看"
LEASE = DeliverySettings().lease

_CODE = re.compile(r"<(\d+)>")


@dataclass
class SimulatedClock:
    """拨得动的钟。"""

    moment: datetime = NOON

    def now(self) -> datetime:
        """现在，UTC。"""
        return self.moment

    def advance(self, by: timedelta) -> None:
        """往后拨；负的往回拨。"""
        self.moment += by


@dataclass
class NumberedComposer:
    """文案里写明每条提醒的行号，好数它到过几次。``answered`` 里的案件用户已经处理了，复核时作废。"""

    answered: set[int] = field(default_factory=set)

    async def recheck(self, session: AsyncSession, reminder: ReminderRecord, now: datetime) -> RecheckResult:
        """用户已处理的不发。"""
        return Cancel("answered") if reminder.case_id in self.answered else Send()

    async def compose(self, session: AsyncSession, reminders: Sequence[ReminderRecord], now: datetime) -> str | None:
        """行号写在尖括号里。"""
        return " ".join(f"<{reminder.id}>" for reminder in reminders)

    def mention(self, now: datetime) -> str:
        """群里点名的话。"""
        return MENTION


def reminder_ids(text: str) -> list[int]:
    """一条消息里有哪几条提醒。"""
    return [int(found) for found in _CODE.findall(text)]


def is_marked(text: str) -> bool:
    """注明了可能重复吗。"""
    return DUPLICATE_PREFIX in text


def no_spacing() -> Spacing:
    """发送之间不等：间隔另有测试，这里要的是次数。"""
    return Spacing(timedelta(0), timedelta(0))


class ReusableDatabase(Database):
    """可以在一个又一个事件循环里用的数据库：连接是新的，只留下编译好的语句（重新编译占一次运行的大半时间）。"""

    def reborn(self) -> Self:
        """给下一个事件循环用；上一个里要已经关掉。"""
        self._write_lock = asyncio.Lock()
        self._writing = set()
        return self

    def taking_turns_with(self, another: "ReusableDatabase") -> Self:
        """两个“进程”都在这一个线程里，干等对方的写锁就谁也动不了，所以共用一把能让出的锁。"""
        self._write_lock = another._write_lock
        return self


async def make_template(file: Path) -> None:
    """建一个升好级的空库。"""
    await (await open_database(file)).close()


def copy_template(template: Path, file: Path) -> None:
    """换成一份新的空库，连同上一次留下的 -wal、-shm 一起换掉。"""
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    shutil.copy(template, file)


async def keep_case(
    database: Database,
    user_id: str,
    now: datetime,
    offsets: Sequence[timedelta],
    *,
    due_in: timedelta = timedelta(days=90),
    group_id: str | None = "5000",
) -> tuple[CaseRecord, TimerRecord, list[ReminderRecord]]:
    """立案并答应提醒，都在一个事务里；``offsets`` 是从现在起多久以后提醒。"""
    person = Person(ACCOUNT.platform, user_id)
    draft = CaseDraft(ACCOUNT.self_id, "shop-return", "d1", {}, "r1", 1, "eligible", origin_group_id=group_id)
    due_at = now + due_in
    timer = TimerDraft("seven-days", "deadline", "七天无理由", now, due_at, due_at.date())
    planned = [ReminderDraft("seven-days", f"r{number}", now + offset) for number, offset in enumerate(offsets)]
    async with database.transaction() as session:
        await people.touch(session, person, now)
        case = await cases.create(session, person, draft, now)
        (current,) = await timers.replace_timers(session, case, [timer], planned, now)
        rows = await reminders.of_case(session, person, case.id)
    return case, current, rows

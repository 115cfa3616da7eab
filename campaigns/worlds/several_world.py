"""几个机器人进程共用一个 PostgreSQL 的环境：真的 bot.py、假的 QQ、会被弄坏的进程，和一本只由对方记的账。"""

import asyncio
import os
import re
import signal
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from tests.e2e.harness.bot_process import BotProcess
from tests.e2e.harness.fake_qq import FakeQQ
from websockets.exceptions import InvalidHandshake

from nonebot_plugin_refund.delivery.sender import DUPLICATE_PREFIX
from nonebot_plugin_refund.storage.connection.database import Database
from nonebot_plugin_refund.storage.tables import Base, CaseRow, PersonRow, ReminderRow, TimerRow

from .several_bot import SEND_TIMEOUT

BOTS = 3
ACCOUNTS = tuple(range(10_001, 10_007))
"""六个账号，开始时每个机器人两个。"""
FRIENDS = tuple(range(30_001, 30_021))
"""每个账号的好友。"""
TALKER = 40_001
"""先真的走一遍访谈、立一件案的人；其余的案件照着他的抄。"""
INTERVIEW = ("退款", "1", "还没申请", "不喜欢", "昨天", "普通商品", "完好")
PROMISE = "我会提醒你"
FENCED = "已被别处接走"
"""机器人日志里的话：围栏挡下了一次过期的写入。"""

_CODE = re.compile(r"【(W\w+) ")
_SETTINGS = {
    "REFUND_QUIET_START": "00:00",
    "REFUND_QUIET_END": "00:00",
    "REFUND_SEND_INTERVAL_SECONDS": "0.05",
    "REFUND_SEND_JITTER_SECONDS": "0.03",
    "REFUND_SEND_TIMEOUT_SECONDS": f"{SEND_TIMEOUT.total_seconds():g}",
}


@dataclass(frozen=True)
class Arrival:
    """对方真正收到的一条：经哪个机器人送来的、注明可能重复了没有。"""

    bot: int
    marked: bool


@dataclass
class Receipts:
    """对方的账：每件案件的提醒到过哪几次。裁判只看它。"""

    arrivals: dict[str, list[Arrival]] = field(default_factory=dict)

    def note(self, bot: int, text: str) -> None:
        """记下一条消息里的每件案件。"""
        arrival = Arrival(bot, text.startswith(DUPLICATE_PREFIX))
        for code in _CODE.findall(text):
            self.arrivals.setdefault(code, []).append(arrival)


@dataclass
class Line(FakeQQ):
    """一个账号到一个机器人的一条连线；同一账号的几条线看到的是同一份聊天记录。"""

    bot: int = 0
    book: Receipts = field(default_factory=Receipts)

    def _deliver(self, action: str, params: dict[str, Any]) -> int | None:
        message_id = super()._deliver(action, params)
        if message_id is not None and params.get("user_id") is not None:
            self.book.note(self.bot, self.delivered[-1].text)
        return message_id

    @property
    def alive(self) -> bool:
        """还连着。"""
        return self._listener is not None and not self._listener.done()

    async def drop(self) -> None:
        """不打招呼地断开：对面的进程可能停着，等不到它的回应。"""
        if self._socket is not None:
            self._socket.transport.abort()
        await self.disconnect()


class SeveralBot(BotProcess):
    """可以被挂起、再醒来的机器人；时长比正式的短。"""

    program = Path(__file__).with_name("several_bot.py")

    def pause(self) -> None:
        """挂起（SIGSTOP）：什么都停在原处，连线还在。"""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """醒来（SIGCONT）：从停下的地方接着走，不知道外面过了多久。"""
        self._signal(signal.SIGCONT)

    def fenced(self) -> int:
        """围栏挡下过它几次。"""
        return sum(FENCED in line for line in self.output)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        os.kill(self._process.pid, number)


class Account:
    """一个 QQ 账号：好友、聊天记录、现在连着哪几个机器人。"""

    def __init__(self, self_id: int, book: Receipts) -> None:
        self.self_id = self_id
        self._book = book
        self._first = Line("", self_id=self_id, friends={*FRIENDS, TALKER})
        self._numbers = 0
        self.lines: dict[int, Line] = {}

    @property
    def bots(self) -> set[int]:
        """连着哪几个机器人。"""
        return set(self.lines)

    async def connect(self, index: int, bot: SeveralBot) -> Line:
        """连到一个机器人；原来的线不动。"""
        self._numbers += 1_000_000  # 几条线的消息号不能撞
        line = Line(
            bot.url,
            self_id=self.self_id,
            friends=self._first.friends,
            has_history=self._first.has_history,
            receipts=self._first.receipts,
            delivered=self._first.delivered,
            _plans=self._first._plans,
            _numbers=self._numbers,
            bot=index,
            book=self._book,
        )
        await line.connect()
        self.lines[index] = line
        return line

    async def drop(self, index: int) -> None:
        """断开到一个机器人的线；没有就算了。"""
        line = self.lines.pop(index, None)
        if line is not None:
            await line.drop()

    async def reconnect(self) -> None:
        """断了的线重连，像真的实现那样；机器人还没起来、还以为旧的连着，就等下一次。"""
        for line in self.lines.values():
            if not line.alive:
                await line.drop()
                with suppress(OSError, InvalidHandshake, TimeoutError):
                    await line.connect()

    def behave(self, *, has_history: bool) -> None:
        """换成提供（或不提供）聊天记录的实现；上一次安排下的毛病都清掉。"""
        self._first.has_history = has_history
        for line in self.lines.values():
            line.has_history = has_history
        self._first._plans.clear()

    @property
    def line(self) -> Line:
        """安排毛病用：几条线共用同一份安排。"""
        return self._first


class World:
    """一个库、三个机器人、六个账号。"""

    def __init__(self, url: str, folder: Path) -> None:
        self.database = Database(url)
        self.book = Receipts()
        settings = {**_SETTINGS, "REFUND_DATABASE_URL": url}
        self.bots = [SeveralBot(folder / f"bot-{index}", settings) for index in range(BOTS)]
        self.accounts = [Account(self_id, self.book) for self_id in ACCOUNTS]
        self._pattern: tuple[dict[str, Any], dict[str, Any], dict[str, Any]] | None = None

    async def start(self) -> None:
        """三个机器人同时启动（只有一个升级数据库），账号连上，真的立一件案。"""
        await asyncio.gather(*(bot.start() for bot in self.bots))
        for number, account in enumerate(self.accounts):
            index = number % BOTS
            await account.connect(index, self.bots[index])
        line = self.accounts[0].lines[0]
        for words in INTERVIEW:
            await line.ask_private(TALKER, words)
        await line.wait_until(lambda: any(PROMISE in text for text in line.texts_to(TALKER)))
        await self._learn_pattern()

    async def close(self) -> None:
        """断线、停机器人、关库。"""
        for account in self.accounts:
            for index in account.bots:
                await account.drop(index)
        await asyncio.gather(*(bot.stop() for bot in self.bots))
        await self.database.close()

    async def promise(self, wave: Sequence[tuple[str, Account, int, float]]) -> None:
        """一次提交一批案件和提醒：``(案件号, 账号, 好友, 几秒后到时)``。"""
        assert self._pattern is not None
        case, timer, reminder = self._pattern
        now = datetime.now(UTC)
        async with self.database.transaction() as session:
            for code, account, user, seconds in wave:
                owner = {"user_id": str(user), "self_id": str(account.self_id)}
                row = CaseRow(**case, **owner, code=code)
                session.add(row)
                await session.flush()
                due = now + timedelta(seconds=seconds)
                session.add(TimerRow(**timer, case_id=row.id))
                session.add(ReminderRow(**reminder, **owner, case_id=row.id, due_at=due, next_try_at=due))

    async def endings(self, codes: Sequence[str]) -> dict[str, tuple[str, int]]:
        """每件案件的提醒停在什么状态、库里记着几次结果不明。"""
        async with self.database.session() as session:
            rows = await session.execute(
                select(CaseRow.code, ReminderRow.state, ReminderRow.unknowns)
                .join(ReminderRow, ReminderRow.case_id == CaseRow.id)
                .where(CaseRow.code.in_(codes))
            )
            return {code: (state, unknowns) for code, state, unknowns in rows}

    async def _learn_pattern(self) -> None:
        """记下那件真案件的样子，然后把它删掉，免得它自己的提醒混进来。"""
        async with self.database.transaction() as session:
            case = (await session.scalars(select(CaseRow))).one()
            dated = select(TimerRow).where(TimerRow.case_id == case.id, TimerRow.kind != "check_in")
            timer = (await session.scalars(dated)).one()
            ahead = select(ReminderRow).where(ReminderRow.case_id == case.id, ReminderRow.timer_id == timer.timer_id)
            reminder = (await session.scalars(ahead.order_by(ReminderRow.id).limit(1))).one()
            ours = {"id", "case_id", "code", "user_id", "self_id", "due_at", "next_try_at", "offset"}
            self._pattern = (
                _copied(case, ours),
                _copied(timer, ours - {"due_at"}),
                _copied(reminder, ours) | {"offset": "campaign"},
            )
            await session.execute(delete(CaseRow))
            await session.execute(delete(PersonRow))


def _copied(row: Base, without: set[str]) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key not in without}

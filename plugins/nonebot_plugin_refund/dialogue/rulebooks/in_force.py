"""换手册：启动时读哪一份，不重启怎样换，别的进程换了怎样跟上。"""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from ...domain.days.calendar import SHANGHAI
from ...domain.understanding.scenarios import Classifier
from ...log_lines import about
from ...rulebook.findings import Finding, RulebookError
from ...rulebook.operator_folder import LAST_GOOD_NAME, OwnBook, content_digest, keep_last_good, read_own_book
from ...storage.connection.database import Database
from ...storage.owner import reloads
from .editions import Editions

logger = logging.getLogger(__name__)

CONFIRM_WITHIN = timedelta(minutes=10)
"""试过之后这么久以内确认才算数。"""


@dataclass(frozen=True)
class Tried:
    """试读过、等着确认的一本。"""

    book: OwnBook
    at: datetime


@dataclass
class RulebookInForce:
    """操作者的手册文件夹和手册的各个版本。

    Args:
        editions: 所有人用的各个版本。
        classifier: 场景识别器，换手册时一并换词。
        own: 操作者的文件夹，可以还没有。
        last_good: 上一次能用的那份放在哪里。
    """

    editions: Editions
    classifier: Classifier
    own: Path
    last_good: Path
    digest: str = ""
    """现在用的那份自己的文件的指纹。"""
    broken: tuple[Finding, ...] = ()
    """启动时文件夹里的读不进来，用的是上一次能用的那份：是哪些问题。"""
    loaded_at: datetime | None = None
    tried: Tried | None = field(default=None, repr=False)

    @classmethod
    def opened(cls, packaged: Editions, folder: Path, classifier: Classifier, now: datetime) -> "RulebookInForce":
        """启动时：读操作者的文件夹；写坏了而上次能用的那份还在，就先用那份，机器人照常送提醒。

        Args:
            packaged: 只有随包手册的各个版本，自己的文件读好后换在它上面。
            folder: 插件的数据文件夹。
            classifier: 场景识别器。
            now: 现在。

        Raises:
            RulebookError: 写坏了，又没有上次能用的那份。
        """
        in_force = cls(packaged, classifier, folder / "rulebook", folder / LAST_GOOD_NAME)
        if not in_force.own.is_dir():
            in_force.digest, in_force.loaded_at = content_digest(in_force.own), now
            return in_force
        try:
            in_force.adopt(read_own_book(in_force.own, _day(now)), now)
            keep_last_good(in_force.own, in_force.last_good)
        except RulebookError as error:
            in_force._fall_back(error, now)
        return in_force

    def _fall_back(self, error: RulebookError, now: datetime) -> None:
        if not self.last_good.is_dir():
            raise error
        try:
            self.adopt(read_own_book(self.last_good, _day(now)), now)
        except RulebookError:
            raise error from None
        self.broken = error.findings
        logger.error(
            "自己的规则手册有 %d 处问题，先照上一次能用的那份启动；改好后发「管理 重载」：\n%s",
            len(error.findings),
            error,
            extra=about("rulebook_broken"),
        )

    def adopt(self, book: OwnBook, now: datetime) -> None:
        """立刻换上，所有人都用它；识别用的词一并换。"""
        self.editions.adopt(book.rulebook)
        self.classifier.adopt(book.signals, book.rulebook.scenarios)
        self.digest, self.loaded_at, self.broken, self.tried = book.digest, now, (), None

    async def try_out(self, now: datetime) -> OwnBook:
        """试读一遍，什么也不换，记下等确认。

        Raises:
            RulebookError: 有文件不合要求；现在用的照旧。
        """
        self.tried = None
        book = await asyncio.to_thread(read_own_book, self.own, _day(now))
        self.tried = Tried(book, now)
        return book

    async def confirmed(self, now: datetime) -> OwnBook | None:
        """可以换上的那本：刚试过、文件没再动过；否则为空，要重新试。"""
        tried = self.tried
        if tried is None or not tried.at <= now <= tried.at + CONFIRM_WITHIN:
            return None
        return tried.book if await asyncio.to_thread(content_digest, self.own) == tried.book.digest else None

    async def keep(self) -> None:
        """把文件夹里这份留作“上一次能用的”。"""
        if self.own.is_dir():
            await asyncio.to_thread(keep_last_good, self.own, self.last_good)

    async def follow(self, database: Database, now: datetime) -> bool:
        """别的进程换了手册，而这里的文件夹也是那一份：跟着换。返回换没换。"""
        async with database.session() as session:
            latest = await reloads.latest(session)
        if latest is None or latest.digest == self.digest or (self.loaded_at and latest.at <= self.loaded_at):
            return False
        if await asyncio.to_thread(content_digest, self.own) != latest.digest:
            self.loaded_at = latest.at  # 只说一次
            fields = about("rulebook_not_followed")
            logger.warning("别的进程换了规则手册，这里的文件夹和它的不一样，没有跟着换", extra=fields)
            return False
        try:
            self.adopt(await asyncio.to_thread(read_own_book, self.own, _day(now)), now)
        except RulebookError as error:
            self.loaded_at = latest.at
            logger.error("跟着换规则手册时读不进来，照旧：\n%s", error, extra=about("rulebook_broken"))
            return False
        return True


def _day(now: datetime) -> date:
    """上海的今天：判断依据是不是该重新核对了。"""
    return now.astimezone(SHANGHAI).date()

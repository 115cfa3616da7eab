"""写提醒的接口：写什么、还该不该发，由 ``dialogue`` 一层按案件现状来定。"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from ..storage.records import ReminderRecord


@dataclass(frozen=True)
class Send:
    """该发。"""


@dataclass(frozen=True)
class Cancel:
    """不用发了，以及为什么。"""

    reason: str


@dataclass(frozen=True)
class Postpone:
    """还没到时候，到 ``until`` 再说。"""

    until: datetime


RecheckResult = Send | Cancel | Postpone


class Composer(Protocol):
    """提醒的文案从这里来。``session`` 与“写明要发”是同一个事务，看到的就是此刻的案件。"""

    async def recheck(self, session: AsyncSession, reminder: ReminderRecord, now: datetime) -> RecheckResult:
        """这条提醒还该不该发。结案、改期、办完、停止已由发件箱自己查过，这里只管除此之外的。"""
        ...

    async def compose(self, session: AsyncSession, reminders: Sequence[ReminderRecord], now: datetime) -> str | None:
        """把同一个人的几条提醒写成一条消息；按 ``now`` 写，过了期就说过了期。没什么可说为空。"""
        ...

    def mention(self, now: datetime) -> str:
        """群里点名时说的话：不带任何案情。"""
        ...

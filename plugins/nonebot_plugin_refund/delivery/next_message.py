"""推送不到的提醒，等本人下次说话时放在回复最上面。"""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, update

from ..clock import Clock
from ..log_lines import about
from ..storage.database import Database
from ..storage.records import Person, ReminderRecord
from ..storage.reminders import ReminderState
from ..storage.tables import ReminderRow
from . import outbox
from .fault_report import where_it_broke
from .messenger import Account, Receipt
from .outbox import Channel, Ending
from .sender import Prepared, Sender
from .settings import DeliverySettings

logger = logging.getLogger(__name__)

Reply = Callable[[str | None], Awaitable[Receipt]]
"""发出回复：参数是要放在最上面的提醒，没有则为空。"""


class NextMessage:
    """与回复一起送达。只用在与本人的私聊里，绝不在群里。"""

    def __init__(self, database: Database, sender: Sender, clock: Clock, settings: DeliverySettings) -> None:
        self._database = database
        self._sender = sender
        self._clock = clock
        self._settings = settings

    async def pending(self, person: Person) -> int:
        """现在欠着这个人几条提醒。"""
        async with self._database.session() as session:
            found = await session.scalars(select(ReminderRow.id).where(_owed_to(person, self._clock.now())))
            return len(found.all())

    async def deliver_with_reply(self, account: Account, person: Person, reply: Reply) -> Receipt:
        """发出回复，把欠着的提醒放在最上面。``reply`` 恰好被调用一次。

        Raises:
            Rejected, OutcomeUnknown, NotConnected: 回复没有（或不知道有没有）发出；提醒已相应了结，不会丢。
        """
        prepared, mentioned = await self._prepare(account, person)
        if prepared is None:
            return await reply(None)
        outcome = await self._sender.attempt(reply(prepared.text))
        await self._sender.settle(prepared, outcome)
        if not isinstance(outcome, Receipt):
            raise outcome
        await self._detail_given(mentioned)
        return outcome

    async def _prepare(self, account: Account, person: Person) -> tuple[Prepared | None, list[ReminderRecord]]:
        if not await self.pending(person):
            return None, []
        claimed, mentioned = await self._claim(person)
        try:
            return await self._sender.prepare(account, claimed, Channel.ON_NEXT_MESSAGE, also=mentioned), mentioned
        except Exception as error:
            # 提醒写不出来不能连累正常的回复；放回去，下次再说
            logger.error("写欠着的提醒时出错：%s", where_it_broke(error), extra=about("compose_failed"))
            await self._put_back(claimed)
            return None, []

    async def _claim(self, person: Person) -> tuple[list[ReminderRecord], list[ReminderRecord]]:
        now = self._clock.now()
        async with self._database.transaction() as session:
            claimed = await session.scalars(
                update(ReminderRow)
                .where(_undelivered(person, now))
                .values(
                    state=ReminderState.CLAIMED,
                    attempt=ReminderRow.attempt + 1,
                    lease_until=now + self._settings.lease,
                )
                .returning(ReminderRow)
                .execution_options(synchronize_session=False, populate_existing=True)
            )
            mentioned = await session.scalars(select(ReminderRow).where(_mentioned(person)))
            return (
                sorted((ReminderRecord.of(row) for row in claimed), key=lambda reminder: reminder.due_at),
                [ReminderRecord.of(row) for row in mentioned],
            )

    async def _put_back(self, claimed: list[ReminderRecord]) -> None:
        now = self._clock.now()
        back = Ending(ReminderState.WAITING, next_try_at=now, reason="compose_error")
        async with self._database.transaction() as session:
            for reminder in claimed:
                await outbox.settle(session, reminder, back, now, states=(ReminderState.CLAIMED,))

    async def _detail_given(self, mentioned: list[ReminderRecord]) -> None:
        if not mentioned:
            return
        async with self._database.transaction() as session:
            await session.execute(
                update(ReminderRow)
                .where(ReminderRow.id.in_([reminder.id for reminder in mentioned]))
                .values(detail_owed=False)
            )


def _undelivered(person: Person, now: datetime) -> ColumnElement[bool]:
    return and_(
        ReminderRow.platform == person.platform,
        ReminderRow.user_id == person.user_id,
        or_(
            ReminderRow.state.in_((ReminderState.WAITING, ReminderState.DEAD)),
            and_(ReminderRow.state == ReminderState.PENDING, ReminderRow.due_at <= now),
        ),
    )


def _mentioned(person: Person) -> ColumnElement[bool]:
    return and_(
        ReminderRow.platform == person.platform,
        ReminderRow.user_id == person.user_id,
        ReminderRow.state == ReminderState.SENT,
        ReminderRow.detail_owed.is_(True),
        outbox.case_is_open(),
        outbox.timer_is_living(),
    )


def _owed_to(person: Person, now: datetime) -> ColumnElement[bool]:
    return or_(_undelivered(person, now), _mentioned(person))

"""推送不到的提醒，等本人下次说话时放在回复最上面。"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import and_, bindparam, func, or_, select, update

from ...clock import Clock
from ...log_lines import about
from ...storage.connection.database import Database
from ...storage.connection.dialect import skip_locked
from ...storage.records import Person, ReminderRecord
from ...storage.reminding.reminder_states import ReminderState, moving
from ...storage.tables import ReminderRow
from ..faults.fault_report import where_it_broke
from ..messenger import Account, OutcomeUnknown, Receipt, Rejected, RejectionKind
from ..sender import Sender
from ..settings import DeliverySettings
from . import outbox
from .endings import REFUSED_TOGETHER, REFUSED_WITH_REPLY, Outcome
from .outbox import Channel, Ending
from .preparing import Prepared, TooLong

logger = logging.getLogger(__name__)

Reply = Callable[[str | None], Awaitable[Receipt]]
"""发出回复：参数是要放在最上面的提醒，没有则为空。"""

_MINE = ReminderRow.platform == bindparam("platform"), ReminderRow.user_id == bindparam("user_id")
_UNDELIVERED = and_(
    *_MINE,
    or_(
        ReminderRow.state.in_((ReminderState.WAITING, ReminderState.DEAD)),
        and_(ReminderRow.state == ReminderState.PENDING, ReminderRow.due_at <= bindparam("now")),
    ),
    func.coalesce(ReminderRow.reason, "") != REFUSED_WITH_REPLY,
)
_MENTIONED = and_(
    *_MINE,
    ReminderRow.state == ReminderState.SENT,
    ReminderRow.detail_owed.is_(True),
    outbox.case_is_open(),
    outbox.timer_is_living(),
)
_ALL_OWED = select(ReminderRow.id).where(or_(_UNDELIVERED, _MENTIONED))
"""这一句每条私聊都要问。"""
_HOMES = (ReminderState.WAITING, ReminderState.DEAD, ReminderState.PENDING)
"""附在回复上之前，它在哪里；没送成就回到哪里。"""


@dataclass
class _Owed:
    """要附在这条回复上的。"""

    prepared: Prepared | None = None
    homes: dict[int, ReminderRecord] = field(default_factory=dict[int, ReminderRecord])
    """领走之前各条的样子。"""
    held: list[ReminderRecord] = field(default_factory=list[ReminderRecord])
    """领来的，早到时的在前。"""
    mentioned: Sequence[ReminderRecord] = ()
    """群里点过名、欠着详情的。"""


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
            found = await session.scalars(_ALL_OWED, {**_whose(person), "now": self._clock.now()})
            return len(found.all())

    async def deliver_with_reply(self, account: Account, person: Person, reply: Reply) -> Receipt:
        """发出回复，把欠着的提醒放在最上面。

        ``reply`` 通常只叫一次；附着提醒的那条被对方明说没有收下，就不附提醒再叫一次：提醒不能让人听不到回答。

        Raises:
            Rejected, OutcomeUnknown, NotConnected: 回复没有（或不知道有没有）发出；提醒已相应了结，不会丢。
        """
        owed = await self._owed(account, person)
        if owed.prepared is None:
            return await reply(None)
        outcome = await self._sender.attempt(reply(owed.prepared.text))
        plain = await self._sender.attempt(reply(None)) if _is_turned_down(outcome) else None
        blamed = None
        if isinstance(plain, Receipt):
            blamed = REFUSED_WITH_REPLY if len(owed.prepared.reminders) == 1 else REFUSED_TOGETHER
        await self._sender.settle_with_reply(owed.prepared, outcome, owed.homes, blamed)
        if not isinstance(outcome, OutcomeUnknown):
            await self._detail_settled(owed.mentioned, given=isinstance(outcome, Receipt))
        if isinstance(outcome, Receipt):
            return outcome
        if isinstance(plain, Receipt):
            return plain
        raise outcome

    async def _owed(self, account: Account, person: Person) -> _Owed:
        """领走、写好欠着的；出了什么错都不影响正常的回复。"""
        owed = _Owed()
        try:
            if await self.pending(person):
                await self._claim(person, owed)
                await self._prepare(account, owed)
        except Exception as error:
            logger.error("写欠着的提醒时出错：%s", where_it_broke(error), extra=about("compose_failed"))
            await self._put_back(owed, owed.held)
            return _Owed()
        return owed

    async def _prepare(self, account: Account, owed: _Owed) -> None:
        """写明要发。有写不出来的就去掉它，太长就从后面减；减下来的放回原处，下次再说。"""
        held, also, looked_into = owed.held, owed.mentioned, False
        while held or also:
            try:
                owed.prepared = await self._sender.prepare(account, held, Channel.ON_NEXT_MESSAGE, also=also)
                break
            except TooLong:
                if also:
                    also = () if held else also[: len(also) // 2]
                else:
                    held = held[: len(held) // 2]
            except Exception as error:
                if looked_into:
                    raise
                logger.error("写欠着的提醒时出错：%s", where_it_broke(error), extra=about("compose_failed"))
                broken = await self._sender.unwritable(held)
                held, also, looked_into = [each for each in held if each.id not in broken], (), True
        owed.mentioned = also
        await self._put_back(owed, [reminder for reminder in owed.held if reminder not in held])

    async def _claim(self, person: Person, owed: _Owed) -> None:
        now = self._clock.now()
        async with self._database.transaction() as session:
            found = await session.scalars(
                skip_locked(select(ReminderRow).where(_UNDELIVERED).order_by(ReminderRow.due_at)),
                {**_whose(person), "now": now},
            )
            homes = [ReminderRecord.of(row) for row in found]
            # 上次几条一起附着被退了回来：一条一条来，坏的那条就认得出
            apart = [home for home in homes if home.reason == REFUSED_TOGETHER]
            owed.homes = {home.id: home for home in apart[:1] or homes}
            claimed = await session.scalars(
                moving(
                    ReminderState.CLAIMED,
                    _HOMES,
                    attempt=ReminderRow.attempt + 1,
                    lease_until=now + self._settings.lease,
                )
                .where(ReminderRow.id.in_(list(owed.homes)))
                .returning(ReminderRow)
                .execution_options(synchronize_session=False, populate_existing=True)
            )
            owed.held = sorted((ReminderRecord.of(row) for row in claimed), key=lambda each: (each.due_at, each.id))
            mentioned = await session.scalars(select(ReminderRow).where(_MENTIONED), _whose(person))
            owed.mentioned = [ReminderRecord.of(row) for row in mentioned]

    async def _put_back(self, owed: _Owed, reminders: Sequence[ReminderRecord]) -> None:
        if not reminders:
            return
        now = self._clock.now()
        async with self._database.transaction() as session:
            for reminder in reminders:
                home = owed.homes[reminder.id]
                back = Ending(ReminderState(home.state), home.next_try_at, home.reason, since=home.settled_at)
                await outbox.settle(session, reminder, back, now, states=(ReminderState.CLAIMED,))

    async def _detail_settled(self, mentioned: Sequence[ReminderRecord], *, given: bool) -> None:
        """详情给了就不再欠；没给成的，可不可能重复还和附上之前一样。"""
        if not mentioned:
            return
        async with self._database.transaction() as session:
            await outbox.doubt_detail(session, {each.id: each.possible_duplicate and not given for each in mentioned})
            if given:
                await session.execute(
                    update(ReminderRow)
                    .where(ReminderRow.id.in_([each.id for each in mentioned]))
                    .values(detail_owed=False)
                )


def _is_turned_down(outcome: Outcome) -> bool:
    """对方明说没有收下，而且多半是内容的缘故：去掉提醒，回复也许就发得出去。"""
    if isinstance(outcome, Rejected):
        return outcome.kind is RejectionKind.PERMANENT
    return isinstance(outcome, OutcomeUnknown) and outcome.answered


def _whose(person: Person) -> dict[str, str]:
    return {"platform": person.platform, "user_id": person.user_id}

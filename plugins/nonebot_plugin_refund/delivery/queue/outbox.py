"""发件箱：每一步都是一句带条件的 UPDATE，条件里有状态和围栏号。

领取时围栏号加一，之后的每次写入都带着它：租约过期后被别人接走的提醒，原来的进程再也写不进去。
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from ...domain.understanding.private_data.private import mask
from ...storage.records import ReminderRecord
from ...storage.reminding.reminder_states import ReminderState, moving
from ...storage.reminding.timers import LIVING
from ...storage.tables import CaseRow, DeliveryItemRow, DeliveryRow, PersonRow, ReminderRow, TimerRow
from ..messenger import Account

LONGEST_WORDING = 200
"""那边的原话最多存这么多字：看得出原因就够，各家的说法都在几十个字以内。"""


class Channel(StrEnum):
    """一条提醒怎样送到本人：私聊、群里点名、附在下次的回复上。"""

    PRIVATE = "private"
    GROUP_MENTION = "group_mention"
    ON_NEXT_MESSAGE = "on_next_message"


class DeliveryOutcome(StrEnum):
    """一次送达怎样结束。"""

    SENDING = "sending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    NOT_SENT = "not_sent"
    FOUND_IN_HISTORY = "found_in_history"
    ABSENT_IN_HISTORY = "absent_in_history"


@dataclass(frozen=True)
class Ending:
    """一条提醒这次尝试之后的去处。"""

    state: ReminderState
    next_try_at: datetime | None = None
    reason: str | None = None
    failures: int = 0
    """失败次数加几。"""
    unknowns: int = 0
    """不明次数加几。"""
    channel: Channel | None = None
    code: str | None = None
    wording: str | None = None
    detail_owed: bool = False
    doubtful: bool | None = None
    """改“可能重复”的标记；空表示不改。"""
    lease_until: datetime | None = None
    """仍由自己领着、接着走下一条路时的租约。"""
    since: datetime | None = None
    """从什么时候起就是这个去处；空表示从现在起。"""


async def mark_sending(session: AsyncSession, reminder: ReminderRecord, now: datetime, lease: timedelta) -> bool:
    """写明要发：领着它、租约没过、案件没结、时限还在这一版、本人没停，才写得进去。"""
    return await _write(
        session,
        reminder,
        moving(ReminderState.SENDING, (ReminderState.CLAIMED,), lease_until=now + lease),
        ReminderRow.lease_until > now,
        case_is_open(),
        timer_is_living(),
        nobody_stopped(),
    )


async def settle(
    session: AsyncSession,
    reminder: ReminderRecord,
    ending: Ending,
    now: datetime,
    *,
    states: Collection[ReminderState] = (ReminderState.SENDING,),
) -> bool:
    """了结这次尝试。返回有没有写进去；围栏号不符（已被别人接走）就写不进去。"""
    values: dict[str, Any] = {
        "lease_until": ending.lease_until,
        "failures": ReminderRow.failures + ending.failures,
        "unknowns": ReminderRow.unknowns + ending.unknowns,
        "reason": ending.reason,
        "detail_owed": ending.detail_owed,
    }
    if ending.since is not None:
        values["settled_at"] = ending.since
    if ending.next_try_at is not None:
        values["next_try_at"] = ending.next_try_at
    if ending.channel is not None:
        values |= {"channel": ending.channel, "last_code": _code(ending.code), "last_wording": _kept(ending.wording)}
    if ending.doubtful is not None:
        values["possible_duplicate"] = ending.doubtful
    return await _write(session, reminder, moving(ending.state, states, now, **values))


async def release(session: AsyncSession, reminder: ReminderRecord, until: datetime, reason: str | None = None) -> bool:
    """还没出手，放回去，``until`` 再领。"""
    ending = Ending(state_when_idle(reminder), next_try_at=until, reason=reason)
    return await settle(session, reminder, ending, until, states=(ReminderState.CLAIMED,))


async def cancel(session: AsyncSession, reminder: ReminderRecord, reason: str, now: datetime) -> bool:
    """复核后发现不用发了。"""
    ending = Ending(ReminderState.CANCELLED, reason=reason)
    return await settle(session, reminder, ending, now, states=(ReminderState.CLAIMED,))


async def clear_doubt(session: AsyncSession, reminder: ReminderRecord) -> bool:
    """历史记录证明没有送到：再发就不是重复。"""
    held = moving(
        ReminderState.CLAIMED,
        (ReminderState.CLAIMED,),
        lease_until=ReminderRow.lease_until,
        possible_duplicate=False,
        disproved=ReminderRow.unknowns,
    )
    return await _write(session, reminder, held)


async def doubt_detail(session: AsyncSession, doubted: Mapping[int, bool]) -> None:
    """群里点过名的，私聊里的详情可不可能已经给过：按行号改标记。"""
    for flag in (True, False):
        ids = [reminder_id for reminder_id, each in doubted.items() if each is flag]
        if ids:
            await session.execute(
                update(ReminderRow)
                .where(ReminderRow.id.in_(ids))
                .values(possible_duplicate=flag)
                .execution_options(synchronize_session=False)
            )


async def why_not(session: AsyncSession, reminder: ReminderRecord) -> str | None:
    """``mark_sending`` 没写进去是因为案件变了吗：给出原因；围栏号或租约不符为空。"""
    row = (
        await session.execute(
            select(
                case_is_open().label("open"), timer_is_living().label("living"), nobody_stopped().label("wanted")
            ).where(ReminderRow.id == reminder.id)
        )
    ).one_or_none()
    if row is None:
        return None
    reasons = (("case_closed", row.open), ("timer_settled", row.living), ("stopped", row.wanted))
    return next((reason for reason, holds in reasons if not holds), None)


async def give_up_waiting(session: AsyncSession, now: datetime, patience: timedelta) -> int:
    """等本人说话等得太久的，转给运营者看。返回几条。"""
    given_up = await session.scalars(
        moving(ReminderState.DEAD, (ReminderState.WAITING,), now, reason="person_never_came")
        .where(ReminderRow.next_try_at <= now - patience)
        .returning(ReminderRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(given_up.all())


async def open_delivery(
    session: AsyncSession,
    account: Account,
    reminders: Sequence[ReminderRecord],
    channel: Channel,
    now: datetime,
    *,
    text: str,
    marked_duplicate: bool,
    group_id: str | None = None,
) -> int:
    """记下一次送达及其合并的提醒，返回行号。与 :func:`mark_sending` 在同一个事务里。"""
    delivery = DeliveryRow(
        platform=account.platform,
        self_id=account.self_id,
        user_id=reminders[0].user_id,
        group_id=group_id,
        channel=channel,
        text=storable(text),
        outcome=DeliveryOutcome.SENDING,
        marked_duplicate=marked_duplicate,
        started_at=now,
    )
    session.add(delivery)
    await session.flush()
    session.add_all(
        DeliveryItemRow(delivery_id=delivery.id, reminder_id=reminder.id, attempt=reminder.attempt)
        for reminder in reminders
    )
    await session.flush()
    await session.execute(
        update(ReminderRow)
        .where(ReminderRow.id.in_([reminder.id for reminder in reminders]))
        .values(delivery_id=delivery.id, channel=channel)
        .execution_options(synchronize_session=False)
    )
    return delivery.id


async def close_delivery(
    session: AsyncSession,
    delivery_id: int,
    outcome: DeliveryOutcome,
    now: datetime,
    *,
    code: str | None = None,
    wording: str | None = None,
    message_id: str | None = None,
) -> None:
    """记下这次送达怎样结束，用那边实现的码和原话（遮住隐私数字，最多 :data:`LONGEST_WORDING` 个字）。"""
    values: dict[str, Any] = {"outcome": outcome, "ended_at": now, "code": _code(code), "wording": _kept(wording)}
    if message_id is not None:
        values["message_id"] = storable(message_id)
    await session.execute(update(DeliveryRow).where(DeliveryRow.id == delivery_id).values(values))


def state_when_idle(reminder: ReminderRecord) -> ReminderState:
    """没有人领着时的状态：有一次不明还没查清的，继续算不明。"""
    return ReminderState.UNKNOWN if reminder.possible_duplicate else ReminderState.PENDING


@cache
def case_is_open() -> ColumnElement[bool]:
    """案件没结。"""
    return exists().where(CaseRow.id == ReminderRow.case_id, CaseRow.closed_at.is_(None))


@cache
def timer_is_living() -> ColumnElement[bool]:
    """时限还是这一版，也没办完。"""
    return exists().where(
        TimerRow.case_id == ReminderRow.case_id,
        TimerRow.timer_id == ReminderRow.timer_id,
        TimerRow.timer_version == ReminderRow.timer_version,
        TimerRow.state.in_(LIVING),
    )


@cache
def nobody_stopped() -> ColumnElement[bool]:
    """本人和案件都没有停止提醒。"""
    by_person = exists().where(
        PersonRow.platform == ReminderRow.platform,
        PersonRow.user_id == ReminderRow.user_id,
        PersonRow.reminders_stopped.is_(True),
    )
    by_case = exists().where(CaseRow.id == ReminderRow.case_id, CaseRow.reminders_stopped.is_(True))
    return and_(~by_person, ~by_case)


def _kept(wording: str | None) -> str | None:
    """那边的原话要存的部分：有的实现把消息、号码原样放在里面。先遮再裁，免得裁断的号码认不出。"""
    return None if wording is None else mask(storable(wording))[:LONGEST_WORDING]


def storable(text: str) -> str:
    """入得了库的文字：单独的代理码位编不成 UTF-8，PostgreSQL 又不收 NUL；换成问号，免得一个怪字让整条写不进去。"""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "?")


def _code(code: str | None) -> str | None:
    return None if code is None else storable(code)


async def _write(
    session: AsyncSession,
    reminder: ReminderRecord,
    moved: Update,
    *conditions: ColumnElement[bool],
) -> bool:
    written = await session.scalar(
        moved.where(
            ReminderRow.id == reminder.id,
            ReminderRow.attempt == reminder.attempt,
            *conditions,
        )
        .returning(ReminderRow.id)
        .execution_options(synchronize_session=False)
    )
    return written is not None

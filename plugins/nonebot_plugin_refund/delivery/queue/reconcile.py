"""查清一次结果不明：先看有没有晚到的回音，再翻聊天记录。"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ...log_lines import about
from ...storage.connection.database import Database
from ...storage.records import DeliveryRecord, ReminderRecord
from ...storage.tables import DeliveryItemRow, DeliveryRow
from ..faults.fault_report import where_it_broke
from ..messenger import Account, Messenger
from .outbox import Channel, DeliveryOutcome, close_delivery

logger = logging.getLogger(__name__)

_DELIVERED = (DeliveryOutcome.ACCEPTED, DeliveryOutcome.FOUND_IN_HISTORY)
"""合并在同一条消息里的提醒，查到一条就都查到了；晚到的回音也记在送达里。"""

_CLOCK_SKEW = timedelta(minutes=2)
"""对方服务器的钟与我们的可以差这么多。"""


async def was_delivered(
    database: Database, messenger: Messenger, reminder: ReminderRecord, now: datetime, patience: timedelta
) -> bool | None:
    """这条提醒到底送到了没有。

    Args:
        patience: 每次翻记录最多等多久。

    Returns:
        ``True`` 送到了，``False`` 历史记录证明没有，``None`` 查不清。
    """
    async with database.session() as session:
        doubtful = await _doubtful_deliveries(session, reminder)
    if any(delivery.outcome in _DELIVERED for delivery in doubtful):
        return True
    unclear = [delivery for delivery in doubtful if delivery.outcome == DeliveryOutcome.UNKNOWN]
    answers: list[bool | None] = []
    for delivery in unclear:
        answer = await _look_up(messenger, delivery, patience)
        if answer is True:
            await _record(database, [delivery], DeliveryOutcome.FOUND_IN_HISTORY, now)
            return True
        answers.append(answer)
    if not doubtful or None in answers:
        return None
    await _record(database, unclear, DeliveryOutcome.ABSENT_IN_HISTORY, now)
    return False


async def _doubtful_deliveries(session: AsyncSession, reminder: ReminderRecord) -> list[DeliveryRecord]:
    rows = await session.scalars(
        select(DeliveryRow)
        .join(DeliveryItemRow, DeliveryItemRow.delivery_id == DeliveryRow.id)
        .where(
            DeliveryItemRow.reminder_id == reminder.id,
            DeliveryRow.channel != Channel.GROUP_MENTION,
            DeliveryRow.outcome.in_((DeliveryOutcome.UNKNOWN, DeliveryOutcome.ABSENT_IN_HISTORY, *_DELIVERED)),
        )
        .order_by(DeliveryRow.id)
    )
    return [DeliveryRecord.of(row) for row in rows]


async def _look_up(messenger: Messenger, delivery: DeliveryRecord, patience: timedelta) -> bool | None:
    if not delivery.text:
        # 从备份恢复的：那一次说了什么没有记下来，翻不了
        return None
    account = Account(delivery.platform, delivery.self_id)
    try:
        async with asyncio.timeout(patience.total_seconds()):
            return await messenger.sent_recently(
                account, delivery.user_id, delivery.text, delivery.started_at - _CLOCK_SKEW
            )
    except Exception as error:
        # 查历史失败不该拦住提醒：当作没有提供历史
        logger.warning("查聊天记录失败：%s", where_it_broke(error), extra=about("history_lookup_failed"))
        return None


async def _record(
    database: Database, deliveries: Sequence[DeliveryRecord], outcome: DeliveryOutcome, now: datetime
) -> None:
    async with database.transaction() as session:
        for delivery in deliveries:
            await close_delivery(session, delivery.id, outcome, now, code=delivery.code, wording=delivery.wording)

"""可不可以在群里点名：要本人同意，要这个群许，还要不在这个群的安静时段。每次都以数据库为准，几个进程都照同一份办。"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from ..storage.person import groups, people
from ..storage.person.groups import GroupChoices
from ..storage.records import ReminderRecord
from .composer import Postpone, Send


@dataclass(frozen=True)
class Declined:
    """不点名了，换下一条路；以及为什么。"""

    reason: str


async def group_to_mention_in(
    session: AsyncSession, reminders: Sequence[ReminderRecord], allowed_by_default: bool
) -> str | None:
    """在哪个群点名：本人同意过，就是这些提醒来自的群里第一个许点名的；没有为空。

    Args:
        reminders: 同一个人的。
        allowed_by_default: 没设过的群许不许。
    """
    if not await _agrees(session, reminders[0]):
        return None
    for group_id in dict.fromkeys(reminder.origin_group_id for reminder in reminders):
        if group_id is not None:
            group = await groups.get(session, reminders[0].platform, group_id)
            if _allows(group, allowed_by_default):
                return group_id
    return None


async def may_mention(
    session: AsyncSession,
    reminder: ReminderRecord,
    group_id: str,
    due_at: datetime,
    now: datetime,
    allowed_by_default: bool,
) -> Send | Postpone | Declined:
    """出手之前再问一次：等发送间隔的工夫里，本人、群里都可能改了主意。

    群的安静时段里等到它结束；等就会误了到期的不点名，换下一条路。到期已经过了的，等也不误事。
    """
    if not await _agrees(session, reminder):
        return Declined("consent_withdrawn")
    group = await groups.get(session, reminder.platform, group_id)
    if not _allows(group, allowed_by_default):
        return Declined("group_declined")
    if group.quiet is None or not group.quiet.covers(now):
        return Send()
    until = group.quiet.end_after(now)
    return Postpone(until) if until < due_at or now >= due_at else Declined("group_quiet")


async def _agrees(session: AsyncSession, reminder: ReminderRecord) -> bool:
    """本人现在同不同意在群里点名；没问过算不同意。"""
    person = await people.get(session, reminder.person)
    return person is not None and bool(person.mention_consent)


def _allows(group: GroupChoices, by_default: bool) -> bool:
    """这个群现在许不许点名。"""
    return by_default if group.mentions is None else group.mentions

"""群的设置：管理员设过什么。没有记录的群、没设过的项，用默认值。"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ...domain.days.reminders import QuietHours
from ...keyword_level import KeywordLevel
from ..connection.dialect import insert
from ..tables import GroupSettingsRow

GroupKey = tuple[str, str]
"""平台与群号。"""


@dataclass(frozen=True, slots=True)
class GroupChoices:
    """一个群的管理员设过的；没设过的为空。"""

    keywords: KeywordLevel | None = None
    """主动接话的档次。"""
    cooldown: timedelta | None = None
    """这个群里两次主动接话至少隔多久。"""
    pictures: bool | None = None
    """要不要发图片。"""
    mentions: bool | None = None
    """提醒私聊送不到时，可不可以在群里点名（还要本人同意）。"""
    quiet: QuietHours | None = None
    """不主动出声、也不点名的时段。"""


class Chosen(TypedDict, total=False):
    """要改的几项；值为空是回到默认。各项的意思见 :class:`GroupChoices`。"""

    keywords: KeywordLevel | None
    cooldown: timedelta | None
    pictures: bool | None
    mentions: bool | None
    quiet: QuietHours | None


NOTHING_CHOSEN = Chosen(keywords=None, cooldown=None, pictures=None, mentions=None, quiet=None)
"""每一项都回到默认。"""


async def get(session: AsyncSession, platform: str, group_id: str) -> GroupChoices:
    """这个群设过什么。"""
    row = await session.scalar(
        select(GroupSettingsRow)
        .where(GroupSettingsRow.platform == platform, GroupSettingsRow.group_id == group_id)
        .execution_options(populate_existing=True)
    )
    return GroupChoices() if row is None else _choices_of(row)


async def changed_since(session: AsyncSession, moment: datetime | None) -> dict[GroupKey, GroupChoices]:
    """``moment`` 以来改过设置的群，带着它们全部的设置；``moment`` 为空是改过设置的全部群。"""
    wanted = select(GroupSettingsRow)
    if moment is not None:
        wanted = wanted.where(GroupSettingsRow.updated_at >= moment)
    rows = await session.scalars(wanted)
    return {(row.platform, row.group_id): _choices_of(row) for row in rows}


async def choose(
    session: AsyncSession, platform: str, group_id: str, now: datetime, **chosen: Unpack[Chosen]
) -> GroupChoices:
    """改这个群的几项设置，没写的项不动。返回改了之后的全部设置。"""
    values: dict[str, Any] = {"updated_at": now}
    for name, value in chosen.items():
        values |= _COLUMNS[name](value)
    await session.execute(
        insert(session, GroupSettingsRow)
        .values(platform=platform, group_id=group_id, **values)
        .on_conflict_do_update(index_elements=["platform", "group_id"], set_=values)
    )
    return await get(session, platform, group_id)


def _choices_of(row: GroupSettingsRow) -> GroupChoices:
    return GroupChoices(
        keywords=KeywordLevel[row.keywords_level.upper()] if row.keywords_level else None,
        cooldown=None if row.cooldown_seconds is None else timedelta(seconds=row.cooldown_seconds),
        pictures=row.pictures,
        mentions=row.mentions,
        quiet=_quiet_of(row.quiet_start, row.quiet_end),
    )


def _quiet_of(start: str | None, end: str | None) -> QuietHours | None:
    if start is None or end is None:
        return None
    return QuietHours(time.fromisoformat(start), time.fromisoformat(end))


def _level_column(level: KeywordLevel | None) -> Mapping[str, Any]:
    return {"keywords_level": None if level is None else level.name.lower()}


def _cooldown_column(cooldown: timedelta | None) -> Mapping[str, Any]:
    return {"cooldown_seconds": None if cooldown is None else int(cooldown.total_seconds())}


def _quiet_columns(quiet: QuietHours | None) -> Mapping[str, Any]:
    if quiet is None:
        return {"quiet_start": None, "quiet_end": None}
    return {"quiet_start": f"{quiet.start:%H:%M}", "quiet_end": f"{quiet.end:%H:%M}"}


_COLUMNS: Mapping[str, Callable[[Any], Mapping[str, Any]]] = {
    "keywords": _level_column,
    "cooldown": _cooldown_column,
    "pictures": lambda wanted: {"pictures": wanted},
    "mentions": lambda allowed: {"mentions": allowed},
    "quiet": _quiet_columns,
}
"""每一项存成哪几列。"""

"""群的设置。没有记录的群用默认值。"""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ..keyword_level import KeywordLevel
from .dialect import insert
from .tables import GroupSettingsRow


async def keyword_levels(session: AsyncSession) -> dict[tuple[str, str], KeywordLevel]:
    """改过“关键词”档次的群：``(平台, 群号)`` 到档次。启动时整个读进内存，热路上不查库。"""
    rows = await session.scalars(select(GroupSettingsRow))
    return {
        (row.platform, row.group_id): KeywordLevel[row.keywords_level.upper()] for row in rows if row.keywords_level
    }


async def picture_switches(session: AsyncSession) -> dict[tuple[str, str], bool]:
    """开关过图片的群：``(平台, 群号)`` 到要不要。启动时整个读进内存。"""
    rows = await session.scalars(select(GroupSettingsRow))
    return {(row.platform, row.group_id): row.pictures for row in rows if row.pictures is not None}


async def set_keyword_level(
    session: AsyncSession, platform: str, group_id: str, level: KeywordLevel, now: datetime
) -> None:
    """设定这个群主动接话的档次。"""
    await _set(session, platform, group_id, {"keywords_level": level.name.lower(), "updated_at": now})


async def set_pictures(session: AsyncSession, platform: str, group_id: str, wanted: bool, now: datetime) -> None:
    """设定这个群要不要图片。"""
    await _set(session, platform, group_id, {"pictures": wanted, "updated_at": now})


async def _set(session: AsyncSession, platform: str, group_id: str, values: dict[str, Any]) -> None:
    await session.execute(
        insert(session, GroupSettingsRow)
        .values(platform=platform, group_id=group_id, **values)
        .on_conflict_do_update(index_elements=["platform", "group_id"], set_=values)
    )

"""群的设置。没有记录的群用默认值。"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from .dialect import insert
from .tables import GroupSettingsRow


async def keywords_overrides(session: AsyncSession) -> dict[tuple[str, str], bool]:
    """改过“关键词”开关的群：``(平台, 群号)`` 到开或关。启动时整个读进内存，热路上不查库。"""
    rows = await session.scalars(select(GroupSettingsRow))
    return {(row.platform, row.group_id): row.keywords_enabled for row in rows}


async def set_keywords(session: AsyncSession, platform: str, group_id: str, enabled: bool, now: datetime) -> None:
    """开或关这个群的关键词回答。"""
    values = {"keywords_enabled": enabled, "updated_at": now}
    await session.execute(
        insert(session, GroupSettingsRow)
        .values(platform=platform, group_id=group_id, **values)
        .on_conflict_do_update(index_elements=["platform", "group_id"], set_=values)
    )

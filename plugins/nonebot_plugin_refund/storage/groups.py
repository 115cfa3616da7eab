"""群的设置。没有记录的群用默认值。"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ..keyword_level import KeywordLevel
from .dialect import insert
from .tables import GroupSettingsRow


async def keyword_levels(session: AsyncSession) -> dict[tuple[str, str], KeywordLevel]:
    """改过“关键词”档次的群：``(平台, 群号)`` 到档次。启动时整个读进内存，热路上不查库。"""
    rows = await session.scalars(select(GroupSettingsRow))
    return {(row.platform, row.group_id): KeywordLevel[row.keywords_level.upper()] for row in rows}


async def set_keyword_level(
    session: AsyncSession, platform: str, group_id: str, level: KeywordLevel, now: datetime
) -> None:
    """设定这个群主动接话的档次。"""
    values = {"keywords_level": level.name.lower(), "updated_at": now}
    await session.execute(
        insert(session, GroupSettingsRow)
        .values(platform=platform, group_id=group_id, **values)
        .on_conflict_do_update(index_elements=["platform", "group_id"], set_=values)
    )

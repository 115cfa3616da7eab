"""跟上群设置的变化：几个进程共用一个库时，在别处改的也要在这里生效。"""

from datetime import datetime, timedelta

from ...storage.connection.database import Database
from ...storage.person import groups
from .memory import GroupMemory

_OVERLAP = timedelta(minutes=10)
"""每次往回多看这么久：几台机器的钟有快慢，写下时刻到提交也隔着一会儿。多读到的再记一遍，不碍事。"""


async def catch_up(database: Database, memory: GroupMemory, now: datetime) -> None:
    """把数据库里的群设置读进内存：第一次全读，之后只读最近改过的。没人改时是一句很小的查询。

    自己刚提交的改动若恰好夹在“读”与“记”之间，会被旧的盖住，下一次（往回多看的那一段）就读对了。
    """
    since = None if memory.read_at is None else min(memory.read_at, now) - _OVERLAP
    async with database.session() as session:
        changed = await groups.changed_since(session, since)
    for group, choices in changed.items():
        memory.remember(group, choices)
    memory.read_at = now

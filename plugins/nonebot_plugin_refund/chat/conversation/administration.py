"""管理：机器人的主人看数目，从不看内容。"""

from ...storage import statistics
from ..incoming import Incoming
from .turn import Reply, Turn, replies

OWNERS_ONLY = "这个只有机器人的主人能看。"
PRIVATE_ONLY = "这个请私聊我看。"
REPORT = "没结案的案件：{cases}\n排着的提醒：{pending}\n已送到：{sent}\n没送到：{dead}\n场景：{scenarios} 个"


def in_group(incoming: Incoming) -> list[Reply]:
    """群里说 ``管理``：数目不在群里说。"""
    return replies(PRIVATE_ONLY if incoming.is_superuser else OWNERS_ONLY)


async def hear(turn: Turn) -> list[Reply]:
    """私聊里说 ``管理``：几个总数。"""
    if not turn.incoming.is_superuser:
        return replies(OWNERS_ONLY)
    counts = await statistics.count_all(turn.session)
    return replies(
        REPORT.format(
            cases=counts.open_cases,
            pending=counts.pending_reminders,
            sent=counts.sent_reminders,
            dead=counts.dead_reminders,
            scenarios=len(turn.services.shelf.scenarios),
        )
    )

"""管理：机器人的主人在私聊里看数目、管推送和手册；从不看案件的内容。"""

from difflib import get_close_matches

from ...storage import statistics
from ..incoming import Incoming
from . import rulebook_desk
from .turn import Reply, Turn, replies

OWNERS_ONLY = "这个只有机器人的主人能看。"
PRIVATE_ONLY = "这个请私聊我看。"
REPORT = "没结案的案件：{cases}\n排着的提醒：{pending}\n已送到：{sent}\n没送到：{dead}\n场景：{scenarios} 个"
NEAR_MISS = "「管理」后面没有「{written}」这一项。你是想说「{command} 管理 {meant}」吗？"
NO_SUCH_WORD = "「管理」后面没有这一项。能发的有：\n{words}"


def in_group(incoming: Incoming) -> list[Reply]:
    """群里说 ``管理``：数目不在群里说。"""
    return replies(PRIVATE_ONLY if incoming.is_superuser else OWNERS_ONLY)


async def hear(turn: Turn, argument: str) -> list[Reply]:
    """私聊里说 ``管理``、``管理 手册``……：只听主人的。"""
    if not turn.incoming.is_superuser:
        return replies(OWNERS_ONLY)
    words = argument.split()
    if not words:
        return await _overview(turn)
    if words[0] in rulebook_desk.WORDS:
        return await rulebook_desk.hear(turn, words)
    return replies(_no_such_word(turn, words[0]))


async def _overview(turn: Turn) -> list[Reply]:
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


def _no_such_word(turn: Turn, written: str) -> str:
    known = [*rulebook_desk.WORDS]
    begun = [word for word in known if word.startswith(written)]
    close = begun or get_close_matches(written, known, n=1, cutoff=0.5)
    if close:
        return NEAR_MISS.format(written=written, command=turn.services.command, meant=close[0])
    return NO_SUCH_WORD.format(words=" · ".join(known))

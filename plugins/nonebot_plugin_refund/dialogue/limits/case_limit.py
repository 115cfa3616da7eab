"""一个人名下的事有上限：看一眼案件、推一遍时限都要把他没结案的全翻一遍，翻的时候占着写锁，别人都在等。"""

from datetime import timedelta

from ...storage.case import cases, interviews
from ..base.turn import Reply, Turn, replies

MOST_OPEN_CASES = 50
"""没结案的最多几件；真有这么多纠纷的人，也要先结掉办完的才理得清。"""
MOST_STARTED_A_DAY = 100
"""一天里最多开始几场问答。"""
TOO_MANY_CASES = "你名下没结案的已经有 {count} 件，先不开新的了。发「我的」看，办完的发「结案 案件号」，再说这件。"
TOO_MANY_STARTED = "今天开始的问答太多了，明天再接着说新的事。已有的案件照常：发「我的」「进度」都行。"


async def no_room(turn: Turn) -> list[Reply]:
    """不能再开始一件事的原因；还能开始为空。"""
    if await interviews.count_started(turn.session, turn.person, turn.now - timedelta(days=1)) >= MOST_STARTED_A_DAY:
        return replies(TOO_MANY_STARTED)
    count = await cases.count_open(turn.session, turn.person)
    return replies(TOO_MANY_CASES.format(count=count)) if count >= MOST_OPEN_CASES else []

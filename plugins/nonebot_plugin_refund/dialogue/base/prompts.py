"""正等着人接的话：问了“哪一件”“哪一项”“确认吗”之后记下，下一句先按它来读。

记在数据库里，重启后照样接得上；每人至多一件，新的盖掉旧的，过期作废。
"""

from datetime import timedelta

from ...domain.understanding.sums.numbered import ordinal
from ...domain.understanding.writing.text import bare
from ...storage.person import notes
from ..reading.awaits import Awaited, from_plain, to_plain
from .turn import Turn

_KEPT_FOR = timedelta(hours=12)


async def ask(turn: Turn, awaited: Awaited) -> None:
    """记下在等什么。"""
    turn.known.nothing_awaited = False
    turn.known.asked = True
    await notes.put(turn.session, turn.person, awaited.kind, turn.now + _KEPT_FOR, to_plain(awaited))


async def pending(turn: Turn) -> Awaited | None:
    """正在等的；没有或已过期为空。"""
    note = await notes.peek(turn.session, turn.person, turn.now)
    turn.known.nothing_awaited = note is None
    return None if note is None else from_plain(note.kind, note.payload)


async def done(turn: Turn) -> None:
    """等的那句话不用再等：去掉它。"""
    if not turn.known.nothing_awaited:
        await notes.take(turn.session, turn.person, turn.now)
        turn.known.nothing_awaited = True


def picked_number(text: str, count: int) -> int | None:
    """一个 1 到 ``count`` 的编号；不是编号返回 ``None``。"""
    number = ordinal(bare(text))
    return number if number is not None and 1 <= number <= count else None

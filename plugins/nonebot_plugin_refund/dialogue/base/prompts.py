"""正等着人接的话：问了“哪一件”“哪一项”“确认吗”之后记下，下一句先按它来读。

记在数据库里，重启后照样接得上；每人至多一件，新的盖掉旧的，过期作废。
"""

from datetime import timedelta

from ...domain.understanding.sums.numbered import ordinal
from ...domain.understanding.writing.text import bare
from ...storage.person import notes
from ..reading.awaits import Awaited, SetAside, from_plain, to_plain
from .turn import Turn

_KEPT_FOR = timedelta(hours=12)
_ASIDE = "aside"
"""放在一边的那一问，和正等着的存在一处；没有在等别的，它就是那一件的种类。"""


async def ask(turn: Turn, awaited: Awaited) -> None:
    """记下在等什么。"""
    turn.known.nothing_awaited = False
    turn.known.asked = True
    await notes.put(turn.session, turn.person, awaited.kind, turn.now + _KEPT_FOR, to_plain(awaited))


async def pending(turn: Turn) -> Awaited | None:
    """正在等的；没有或已过期为空。"""
    note = await notes.peek(turn.session, turn.person, turn.now)
    turn.known.nothing_awaited = note is None
    if note is None:
        return None
    payload = dict(note.payload)
    turn.known.set_aside = payload.pop(_ASIDE, None)
    return from_plain(note.kind, payload)


def set_aside(turn: Turn) -> SetAside | None:
    """先放在一边的那一问；没有为空。取过 :func:`pending` 之后才知道。"""
    return SetAside.from_plain(turn.known.set_aside or {})


async def keep_aside(turn: Turn, aside: SetAside | None) -> None:
    """这一轮办完了：把没回的那一问放在一边，不动正等着的；为空是不用再留。"""
    note = await notes.peek(turn.session, turn.person, turn.now)
    payload = {key: value for key, value in note.payload.items() if key != _ASIDE} if note is not None else {}
    kind = note.kind if note is not None else _ASIDE
    if aside is None and kind == _ASIDE:
        await done(turn)
        return
    kept = {} if aside is None else {_ASIDE: aside.to_plain()}
    await notes.put(turn.session, turn.person, kind, turn.now + _KEPT_FOR, {**payload, **kept})


async def done(turn: Turn) -> None:
    """等的那句话不用再等：去掉它。"""
    if not turn.known.nothing_awaited:
        await notes.take(turn.session, turn.person, turn.now)
        turn.known.nothing_awaited = True


def picked_number(text: str, count: int) -> int | None:
    """一个 1 到 ``count`` 的编号；不是编号返回 ``None``。"""
    number = ordinal(bare(text))
    return number if number is not None and 1 <= number <= count else None

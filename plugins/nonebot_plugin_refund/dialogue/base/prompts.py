"""正等着用户接的话：问了“哪一件”“哪一项”“确认吗”之后，下一句按它来读。

记在数据库里，重启后照样接得上；每人至多一件，新的盖掉旧的，过期作废。
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

from ...domain.understanding.text import bare
from ...storage import notes
from ...storage.notes import Note
from .turn import Turn

_KEPT_FOR = timedelta(hours=12)


class PromptKind(StrEnum):
    """在等什么。"""

    PICK_SCENARIO = "pick_scenario"
    SWITCH_SCENARIO = "switch_scenario"
    AFTER_VERDICT = "after_verdict"
    PICK_CASE = "pick_case"
    PICK_EVENT = "pick_event"
    PICK_OUTCOME = "pick_outcome"
    EVIDENCE = "evidence"
    PAPERS = "papers"
    CONFIRM_DELETE = "confirm_delete"


async def ask(turn: Turn, kind: PromptKind, payload: Mapping[str, Any] | None = None) -> None:
    """记下在等什么。"""
    turn.known.nothing_awaited = False
    await notes.put(turn.session, turn.person, kind.value, turn.now + _KEPT_FOR, payload)


async def pending(turn: Turn) -> Note | None:
    """正在等的；没有或已过期为空。"""
    note = await notes.peek(turn.session, turn.person, turn.now)
    turn.known.nothing_awaited = note is None
    return note


async def done(turn: Turn) -> None:
    """不等了。"""
    if not turn.known.nothing_awaited:
        await notes.take(turn.session, turn.person, turn.now)
        turn.known.nothing_awaited = True


def picked_number(text: str, count: int) -> int | None:
    """一个 1 到 ``count`` 的编号；不是编号返回 ``None``。"""
    cleaned = bare(text).removeprefix("第").rstrip("个项").strip()
    return (
        int(cleaned)
        if cleaned.isascii() and cleaned.isdigit() and len(cleaned) <= 2 and 1 <= int(cleaned) <= count
        else None
    )

"""工作台要用、由命令行给的东西：排练的台面，一句话听法的 JSON，对话文件的重放。"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..dialogue.reading.context import Context
from ..dialogue.reading.intents import Reading

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from ..cli.rehearsing.rehearsal import Rehearsal
    from ..rulebook.loader import Rulebook


@dataclass(frozen=True)
class Tools:
    """命令行的几样东西，与 ``refund talk``、``refund read --json`` 用的是同一个。"""

    rehearse: "Callable[[Rulebook], AbstractAsyncContextManager[Rehearsal]]"
    """在用完就扔的库上搭好一场。"""
    describe: Callable[[Context, Reading], Mapping[str, Any]]
    """一个听法的 JSON。"""
    replay: "Callable[[str, Rulebook], Awaitable[str]]"
    """照一个对话文件走一遍，与 ``refund replay`` 用的是同一个。"""

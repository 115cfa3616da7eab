"""工作台此刻的一切；一个进程一个，开几个浏览器标签看到的都是它。"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ..domain.days.calendar import SHANGHAI
from ..rulebook.loader import Rulebook, load_rulebook
from .editing.bench import Bench
from .editing.checking import Checked
from .editing.fields import Field, FieldKind, inner_value, value_at, written
from .editing.overlay_edits import added_words, own_value
from .editing.own_folder import OwnFolder
from .editing.targets import Target, targets_of
from .replays import Script, scripts_in
from .talk import Talk
from .tools import Tools


@dataclass
class State:
    """改的、试的，和最近一次查的结果。"""

    bench: Bench
    talk: Talk
    packaged: Rulebook
    now: datetime
    checked: Checked
    targets: dict[str, Target]
    """能在格子里改的，按 key。"""
    scripts: tuple[Script, ...] = ()
    """比较改前改后用的对话。"""
    listeners: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])
    """手册变了要重画的。"""
    _asked: int = 0
    """要查过几次。"""
    _checking: asyncio.Lock = field(default_factory=asyncio.Lock)
    """一次查完再查下一次：后改的后用上。"""
    _beginning: asyncio.Lock = field(default_factory=asyncio.Lock)

    @classmethod
    def opened(cls, folder: OwnFolder, tools: Tools, now: datetime, conversations: Path | None = None) -> "State":
        """读好手册，查一遍操作者的文件夹；``conversations`` 是放对话文件的文件夹，没有也行。"""
        local = now.astimezone(SHANGHAI)
        bench = Bench(folder, local.date())
        scripts = scripts_in(conversations) if conversations is not None else ()
        packaged = load_rulebook()
        return cls(bench, Talk(tools), packaged, local, bench.check(), targets_of(packaged), scripts)

    @property
    def book(self) -> Rulebook:
        """试的时候用的：改到一半的读得进来、没有要改的就用它，否则用随包的。"""
        ready = self.checked.book if self.checked.is_ready else None
        return ready or self.packaged

    @property
    def clock(self) -> datetime:
        """聊天的钟；还没开始的，是开工作台的时候。"""
        return self.talk.now if self.talk.is_on else self.now

    async def ensure_talk(self) -> None:
        """还没开始聊的，开始。"""
        async with self._beginning:
            if not self.talk.is_on:
                await self.begin_talk()

    async def begin_talk(self) -> None:
        """从头聊。"""
        async with self._checking:  # 查的结果和开始用的手册不会错开
            await self.talk.start(self.book, self.now)

    async def recheck(self) -> None:
        """改过之后：查一遍，没有要改的就让正在聊的马上用上。打字快的时候只查最后一次的。"""
        self._asked += 1
        mine = self._asked
        async with self._checking:
            if mine < self._asked:
                return
            self.checked = await asyncio.to_thread(self.bench.check)
            if self.checked.is_ready and self.talk.is_on:
                await self.talk.adopt(self.book)
        for listener in tuple(self.listeners):
            listener()

    async def settled(self) -> None:
        """等正在查的查完：刚改了就去聊，聊到的也是改过的。"""
        async with self._checking:
            pass

    def current(self, target: Target) -> dict[str, Any]:
        """这个场景现在的样子；读不进来时用随包的，共用的那几样为空。"""
        book = self.checked.book or self.packaged
        return next((written(loaded) for loaded in book.loaded if loaded.scenario.id == target.key), {})

    def now_at(self, target: Target, current: dict[str, Any], field: Field) -> Any:
        """这一处现在是什么，``current`` 是 :meth:`current`；去掉了的、不能在格子里改的为空。"""
        if field.kind is FieldKind.WORDS:
            return added_words(self.bench, target, field)
        if target.is_scenario:
            return inner_value(value_at(current, field.path), field.inner)
        own = own_value(self.bench, target, field)
        return inner_value(value_at(target.packaged, field.path) if own is None else own, field.inner)

"""网页“试一试”：像手机上那样聊，钟在下面拨，每一句都看得到为什么这样理解。"""

import asyncio
import base64
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from nicegui import ui

from ...render.cards import Card, Theme
from ...render.pictures import CardPainter
from ...render.typesetting import TypesettingError
from ..pieces import FRAME, HINT, plain_text, quiet_button
from ..state import State
from ..talk import Line, Room, Speaker

_ROOMS = {Room.PRIVATE: "私聊", Room.GROUP: "群里"}
_PLACEHOLDERS = {Room.PRIVATE: "像在 QQ 里那样说，如：充值没到账", Room.GROUP: "群里说，如：/退款"}
_WEEKDAYS = "一二三四五六日"
_LONGEST_DAYS = 90
_BUBBLES = {
    Speaker.PERSON: "self-end bg-green-100 dark:bg-green-900",
    Speaker.BOT: "self-start bg-gray-100 dark:bg-gray-800",
    Speaker.REMINDER: "self-start bg-amber-100 dark:bg-amber-900",
}
_NO_DATE = "没有要等的日子：先把一件事问到结论，有了案件再拨"
_NO_REMINDER = "没有等着发的提醒"


class TalkTab:
    """一个浏览器标签里的这一页。"""

    def __init__(self, state: State) -> None:
        self._state = state
        self._room = Room.PRIVATE
        self._shown = 0
        self._painter = {theme: CardPainter(theme) for theme in Theme}
        self.theme = Theme.LIGHT
        with ui.column().classes("w-full max-w-2xl mx-auto gap-2"):
            self._top()
            self._area = ui.scroll_area().classes(f"w-full h-[52vh] {FRAME}")
            # 里面的宽度不随最宽的一条长：窄屏上气泡不会伸到框外
            self._area.props('content-style="width: 100%" content-active-style="width: 100%"')
            with self._area:
                self._list = ui.column().classes("w-full gap-2 p-1")
            self._bottom()
            self._clockwork()
        self.show_new()
        ui.timer(0, self._begin, once=True)  # 搭台面要零点几秒，网页先出来

    def show_new(self) -> None:
        """添上还没画的几条，钟也对上。"""
        lines = self._state.talk.lines[self._room]
        if self._shown > len(lines):
            self._list.clear()
            self._shown = 0
        with self._list:
            for index, line in enumerate(lines[self._shown :], start=self._shown):
                self._draw(line, index)
        self._shown = len(lines)
        self._area.scroll_to(percent=1.0)
        at = self._state.clock
        self._clock.set_text(f"现在是 {at:%Y-%m-%d %H:%M}，星期{_WEEKDAYS[at.weekday()]}")

    def _top(self) -> None:
        with ui.row().classes("w-full items-center justify-between"):
            ui.toggle(_ROOMS, value=self._room, on_change=lambda event: self._switch(event.value)).mark("room")
            quiet_button("从头聊", "restart_alt").on_click(self._restart).mark("restart")

    def _bottom(self) -> None:
        with ui.row().classes("w-full no-wrap items-center"):
            self._input = ui.input(placeholder=_PLACEHOLDERS[self._room]).classes("grow").props("outlined dense")
            self._input.mark("words").on("keydown.enter", self._say)
            self._input.props["aria-label"] = "要说的话"
            ui.button("说", on_click=self._say).mark("send")

    def _clockwork(self) -> None:
        self._clock = ui.label().classes("text-sm").mark("clock")
        with ui.row().classes("w-full items-center gap-1"):
            self._jump("明天", self._days_later(1))
            self._jump("期限前一天", self._state.talk.day_before, _NO_DATE)
            self._jump("下一条提醒", self._state.talk.next_reminder, _NO_REMINDER)
            self._jump("一个月", self._days_later(30))
        with ui.row().classes("w-full items-center no-wrap gap-4 px-2"):
            slider = ui.slider(min=1, max=_LONGEST_DAYS, value=7).props("label").mark("days").classes("grow")
            slider.props["aria-label"] = "往后拨几天"
            move = quiet_button("").on_click(lambda: self._move(self._days_later(int(slider.value or 1))))
            move.bind_text_from(slider, "value", lambda days: f"往后 {days} 天").classes("min-w-[7rem]").mark("move")
        ui.label("没存的改动，检查过了马上在这里用上；什么都不留下。").classes(HINT)

    def _jump(self, name: str, target: Callable[[], Awaitable[datetime | None]], otherwise: str = "") -> None:
        quiet_button(name).on_click(lambda: self._move(target, otherwise)).mark(f"jump-{name}")

    def _days_later(self, days: int) -> Callable[[], Awaitable[datetime | None]]:
        async def target() -> datetime:
            return self._state.talk.now + timedelta(days=days)

        return target

    async def _move(self, target: Callable[[], Awaitable[datetime | None]], otherwise: str = "") -> None:
        await self._state.ensure_talk()
        moment = await target()
        if moment is None:
            ui.notify(otherwise)
            return
        await self._state.talk.move_to(moment)
        self.show_new()

    async def _say(self) -> None:
        text = str(self._input.value or "").strip()
        if not text:
            return
        self._input.set_value("")
        await self._state.ensure_talk()
        await self._state.settled()
        await self._state.talk.say(self._room, text)
        self.show_new()

    async def _begin(self) -> None:
        await self._state.ensure_talk()
        self.show_new()

    async def _restart(self) -> None:
        await self._state.begin_talk()
        self._list.clear()
        self._shown = 0
        self.show_new()

    def _switch(self, room: Room) -> None:
        self._room = room
        self._input.props["placeholder"] = _PLACEHOLDERS[room]
        self._list.clear()
        self._shown = 0
        self.show_new()

    def _draw(self, line: Line, index: int) -> None:
        if line.speaker is Speaker.CLOCK:
            plain_text(line.text).classes(f"self-center {HINT}")
            return
        with (
            ui.column()
            .classes(f"max-w-[88%] rounded-lg px-3 py-2 gap-1 {_BUBBLES[line.speaker]}")
            .mark(f"line-{index}")
        ):
            if line.speaker is Speaker.REMINDER:
                plain_text(f"提醒 {line.at:%m-%d %H:%M}").classes(HINT)
            self._body(line)
            if line.attachment is not None:
                quiet_button(line.attachment.name, "description").on_click(lambda: _download(line)).mark("file")
            if line.why is not None:
                told = ui.expansion("为什么这样理解").props("dense").classes("w-full text-xs").mark("why")
                with told, ui.column().classes("gap-1"):
                    for reason in (*line.why.meaning, *line.why.pieces):
                        plain_text(reason)

    def _body(self, line: Line) -> None:
        if line.card is None:
            plain_text(line.text)
            return
        with ui.column().classes("w-full gap-1") as holder:
            picture = ui.image().classes("w-[22rem] max-w-full rounded")
            picture.props["alt"] = line.text
            picture.on("load", lambda: self._area.scroll_to(percent=1.0))
            with ui.expansion("图上的字").props("dense").classes("w-full text-xs"):
                plain_text(line.text)
        card = line.card

        async def paint() -> None:
            drawn = await asyncio.to_thread(self._painted, card)
            if drawn is None:
                holder.clear()
                with holder:
                    plain_text(line.text)
            else:
                picture.set_source(drawn)

        ui.timer(0, paint, once=True)

    def _painted(self, card: Card) -> str | None:
        """卡片的图，写成网址；排不出来为空，改看文字。"""
        try:
            drawn = self._painter[self.theme].paint(card)
        except TypesettingError:
            return None
        return f"data:image/png;base64,{base64.b64encode(drawn).decode()}"


async def _download(line: Line) -> None:
    if line.attachment is not None:
        ui.download(await asyncio.to_thread(line.attachment.made), line.attachment.name)

"""网页“看一看”：能不能换上，改了什么，写好的对话变了哪几句，流程图和走过的路。"""

import asyncio
import base64

from nicegui import ui

from ...render.maps.drawing import svg
from ...render.maps.placing.layout import LayoutError
from ...render.maps.scenario_map import scenario_map
from ...rulebook.scenario_models.models import Scenario
from ..editing.changes import differences_in, effects, readiness
from ..latest import Latest
from ..pieces import HINT, notes_list, plain_text, quiet_button
from ..replays import replays
from ..state import State

_WALKED = "描粗的是「试一试」里正聊的这件事走过的路，双圈的是现在。"
_NO_SCRIPTS = "没有对话文件：启动时用 --conversations 指一个文件夹"
_NO_MAP = '画流程图要另装一个附加依赖：pip install "nonebot-plugin-refund[maps]"'


class LookTab:
    """一个浏览器标签里的这一页；切到它时才画。"""

    def __init__(self, state: State) -> None:
        self._state = state
        self._scenario = state.packaged.scenarios[0].id
        with ui.column().classes("w-full max-w-4xl mx-auto gap-2"):
            self._told = ui.column().classes("w-full gap-1")
            _heading("写好的对话，改前改后")
            self._replay_button = quiet_button(
                f"把 {len(state.scripts)} 段对话各走一遍" if state.scripts else _NO_SCRIPTS, "forum"
            )
            self._replay_button.on_click(self._replay).mark("replay").set_enabled(bool(state.scripts))
            self._replayed = ui.column().classes("w-full gap-1")
            titles = {scenario.id: scenario.title for scenario in state.packaged.scenarios}
            self._select = ui.select(
                titles, value=self._scenario, label="流程图", on_change=lambda event: self._choose(event.value)
            )
            self._select.mark("map").classes("w-full max-w-xs")
            self._walk = plain_text("").classes(HINT).mark("walk")
            self._large = ui.switch("放大", on_change=self._draw_map).mark("large")
            self._map = ui.element("div").classes(
                "w-full overflow-auto border border-gray-300 rounded bg-white h-[70vh]"
            )

    async def draw(self) -> None:
        """重画全部。"""
        ready, effect = await asyncio.to_thread(lambda: (readiness(self._state), effects(self._state)))
        self._told.clear()
        with self._told:
            _heading("能不能换上")
            for line in ready:
                plain_text(line).mark("ready")
            notes_list(self._state.checked.notes)
            _heading("换上以后")
            for line in effect or ["先把上面的改好，才看得出来"]:
                plain_text(line).mark("effect")
            self._differences()
        talked_of = await self._state.talk.latest()
        if talked_of is not None:
            self._scenario = talked_of.scenario.id
            self._select.set_value(self._scenario)
        await self._draw_map()

    async def _replay(self) -> None:
        self._replay_button.disable()
        self._replayed.clear()
        found = 0
        with self._replayed:
            told = plain_text("正在走……").classes(HINT).mark("replay-told")
        talk, after = self._state.talk, self._state.book
        count = 0
        async for name, changes in replays(self._state.scripts, talk.tools.replay, self._state.packaged, after):
            count += 1
            found += len(changes)
            told.set_text(f"走了 {count} 段，到「{name}」；{found} 处回答不一样")
            with self._replayed:
                for one in changes:
                    _before_and_after(f"{one.conversation}　{one.said}", one.before, one.after).mark("replay-change")
        told.set_text(f"{count} 段对话走完，{found} 处回答不一样" if found else f"{count} 段对话走完，回答都和改前一样")
        self._replay_button.enable()

    def _differences(self) -> None:
        found = differences_in(self._state.checked)
        _heading(f"与随包不同的 {len(found)} 处")
        for one in found:
            _before_and_after(one.where, one.before, one.after)

    async def _choose(self, scenario_id: str) -> None:
        self._scenario = scenario_id
        await self._draw_map()

    async def _draw_map(self) -> None:
        talked_of = await self._state.talk.latest()
        if talked_of is not None and talked_of.scenario.id != self._scenario:
            talked_of = None
        book = self._state.checked.book or self._state.packaged
        drawn = await asyncio.to_thread(_drawn, book.edition(self._scenario).scenario, talked_of)
        self._walk.set_text(_WALKED if talked_of is not None else "")
        self._map.clear()
        with self._map:
            if drawn is None:
                plain_text(_NO_MAP).classes("text-black p-2")
            else:
                # 放在 <img> 里：图里的字不会变成网页的一部分
                picture = ui.element("img").classes("max-w-none" if self._large.value else "w-full").mark("drawn-map")
                picture.props["src"] = f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}"
                picture.props["alt"] = "流程图"


def _drawn(scenario: Scenario, talked_of: Latest | None) -> str | None:
    """流程图，正聊的事走过的路描粗；附加依赖没装、排不开为空。"""
    try:
        if talked_of is not None:
            return svg(scenario_map(talked_of.scenario), talked_of.walked())
        return svg(scenario_map(scenario))
    except (ModuleNotFoundError, LayoutError):
        return None


def _before_and_after(where: str, before: str, after: str) -> ui.column:
    column = ui.column().classes("w-full gap-0 border-l-4 border-teal-600 pl-2 mb-1")
    with column:
        plain_text(where).classes(HINT)
        plain_text(f"前：{before}").classes("text-sm opacity-80")
        plain_text(f"后：{after}").classes("text-sm")
    return column


def _heading(text: str) -> None:
    ui.label(text).classes("text-base font-bold mt-2")

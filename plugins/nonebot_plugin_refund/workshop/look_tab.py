"""网页“看一看”：能不能换上，改了什么，流程图。"""

import asyncio
import base64

from nicegui import ui

from ..render.maps.drawing import svg
from ..render.maps.layout import LayoutError
from ..render.maps.scenario_map import scenario_map
from ..rulebook.models import Scenario
from .changes import differences_in, effects, readiness
from .pieces import HINT, notes_list, plain_text
from .state import State

_NO_MAP = '画流程图要另装一个附加依赖：pip install "nonebot-plugin-refund[maps]"'


class LookTab:
    """一个浏览器标签里的这一页；切到它时才画。"""

    def __init__(self, state: State) -> None:
        self._state = state
        self._scenario = state.packaged.scenarios[0].id
        with ui.column().classes("w-full max-w-4xl mx-auto gap-2"):
            self._told = ui.column().classes("w-full gap-1")
            titles = {scenario.id: scenario.title for scenario in state.packaged.scenarios}
            ui.select(
                titles, value=self._scenario, label="流程图", on_change=lambda event: self._choose(event.value)
            ).mark("map").classes("w-full max-w-xs")
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
        await self._draw_map()

    def _differences(self) -> None:
        found = differences_in(self._state.checked)
        _heading(f"与随包不同的 {len(found)} 处")
        for one in found:
            with ui.column().classes("w-full gap-0 border-l-4 border-teal-600 pl-2 mb-1"):
                plain_text(one.where).classes(HINT)
                plain_text(f"前：{one.before}").classes("text-sm opacity-80")
                plain_text(f"后：{one.after}").classes("text-sm")

    async def _choose(self, scenario_id: str) -> None:
        self._scenario = scenario_id
        await self._draw_map()

    async def _draw_map(self) -> None:
        book = self._state.checked.book or self._state.packaged
        drawn = await asyncio.to_thread(_drawn, book.edition(self._scenario).scenario)
        self._map.clear()
        with self._map:
            if drawn is None:
                plain_text(_NO_MAP).classes("text-black p-2")
            else:
                # 放在 <img> 里：图里的字不会变成网页的一部分
                picture = ui.element("img").classes("max-w-none" if self._large.value else "w-full").mark("drawn-map")
                picture.props["src"] = f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}"
                picture.props["alt"] = "流程图"


def _drawn(scenario: Scenario) -> str | None:
    """流程图；附加依赖没装、排不开为空。"""
    try:
        return svg(scenario_map(scenario))
    except (ModuleNotFoundError, LayoutError):
        return None


def _heading(text: str) -> None:
    ui.label(text).classes("text-base font-bold mt-2")

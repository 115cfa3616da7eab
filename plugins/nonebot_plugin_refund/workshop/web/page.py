"""网页：上面一条，四个标签。"""

from collections.abc import Callable

from nicegui import ui

from ...render.cards import Theme
from ..state import State
from .edit_tab import EditTab
from .look_tab import LookTab
from .talk_tab import TalkTab
from .yaml_tab import YamlTab

_TALK, _EDIT, _YAML, _LOOK = "试一试", "改手册", "YAML", "看一看"

_AFTER: dict[bool | None, bool | None] = {None: True, True: False, False: None}
"""深浅按一下换成什么：照系统、深、浅。"""
_ICONS: dict[bool | None, str] = {None: "brightness_auto", True: "dark_mode", False: "light_mode"}


def page_of(state: State) -> Callable[[], object]:
    """打开一次网页要画的东西。"""

    def page() -> None:
        _draw(state)

    return page


def _draw(state: State) -> None:
    dark = ui.dark_mode(value=None)
    ui.colors(primary="#0f766e")
    with ui.header().classes("items-center justify-between py-1 px-2 bg-teal-800"):
        ui.label("退款助手 · 工作台").classes("text-base font-bold max-[460px]:hidden")
        with ui.tabs().props("dense no-caps inline-label") as tabs:
            for name in (_TALK, _EDIT, _YAML, _LOOK):
                ui.tab(name).mark(f"tab-{name}")
        switch = ui.button(icon=_ICONS[None]).props("flat round dense color=white").mark("dark")
        switch.props["aria-label"] = "换深浅"
    with ui.tab_panels(tabs, value=_TALK, animated=False).classes("w-full p-0 !overflow-visible").props("keep-alive"):
        with ui.tab_panel(_TALK).classes("p-1 !overflow-visible"):
            talk = TalkTab(state)
        with ui.tab_panel(_EDIT).classes("p-1 !overflow-visible"):
            edit = EditTab(state)
        with ui.tab_panel(_YAML).classes("p-1 !overflow-visible"):
            written = YamlTab(state)
        with ui.tab_panel(_LOOK).classes("p-1 !overflow-visible"):
            look = LookTab(state)

    def toggle() -> None:
        dark.value = _AFTER[dark.value]
        switch.icon = _ICONS[dark.value]
        talk.theme = Theme.DARK if dark.value else Theme.LIGHT

    async def opened(name: str) -> None:
        if name == _EDIT:
            edit.draw()
        elif name == _YAML:
            written.draw()
        elif name == _LOOK:
            await look.draw()

    def rechecked() -> None:
        edit.show_state()
        written.show_state()

    switch.on_click(toggle)
    tabs.on_value_change(lambda event: opened(str(event.value)))
    state.listeners.append(rechecked)
    ui.context.client.on_delete(lambda: state.listeners.remove(rechecked))

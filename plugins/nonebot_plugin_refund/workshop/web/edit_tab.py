"""网页“改手册”的格子：挑一个场景、一块，左边是随包的字，右边写改的。"""

import asyncio
from functools import partial
from typing import Any

from nicegui import ui

from ..editing.bench import RefusedError
from ..editing.fields import Field, FieldKind, Part, shown
from ..editing.overlay_edits import NotHereError, change_field, file_for
from ..editing.own_folder import OutsideError
from ..editing.targets import Target
from ..pieces import FRAME, HINT, notes_list, plain_text, quiet_button
from ..state import State
from .words import words

_ONLY_ADDED = "格子里只写要添的说法，一行一个；要去掉随包的，在“YAML”里写 {remove: [哪个]}"
_GONE = "这一处已经去掉了，在“YAML”里改"


class EditTab:
    """一个浏览器标签里的这一页。"""

    def __init__(self, state: State) -> None:
        self._state = state
        self._target = next(iter(state.targets.values()))
        self._section = next(iter(words().sections))
        self._part = self._section
        self._choosing_many = False
        with ui.column().classes("w-full max-w-3xl mx-auto gap-2"):
            self._choosing()
            self._saving()
            self._fields = ui.column().classes("w-full gap-3")
        self._choose_target(self._target.key)

    def show_state(self) -> None:
        """查过以后：问题、有没有没存的。"""
        self._notes.clear()
        name = self._file()
        with self._notes:
            notes_list(self._state.checked.of(name) if name else ())
        unsaved = name is not None and name in self._state.bench.drafts
        self._status.set_text(f"{name}：改了，还没存" if unsaved else "都存了，或没有改")

    def _choosing(self) -> None:
        titles = {key: target.title for key, target in self._state.targets.items()}
        with ui.row().classes("w-full items-end gap-2"):
            ui.select(
                titles, value=self._target.key, label="场景", on_change=lambda e: self._choose_target(e.value)
            ).mark("scenario").classes("min-w-[11rem] grow")
            self._sections = ui.select({}, label="哪一类", on_change=lambda e: self._choose_section(e.value))
            self._sections.mark("section").classes("min-w-[7rem] grow")
        self._parts = ui.select({}, label="哪一个", with_input=True, on_change=lambda e: self._choose_part(e.value))
        self._parts.mark("part").classes("w-full")

    def _saving(self) -> None:
        with ui.column().classes("w-full gap-1 sticky top-[44px] z-10 py-2 bg-[#fff] dark:bg-[#1d1d1d]"):
            with ui.row().classes("w-full items-center gap-2"):
                ui.button("存", icon="save", on_click=self._save).props("dense").classes("px-3").mark("save")
                quiet_button("撤销上次存的", "undo").on_click(self._undo).mark("undo")
                self._status = plain_text("").classes(HINT).mark("status")
            self._notes = ui.column().classes("w-full gap-1").mark("notes")

    def _choose_target(self, key: str) -> None:
        self._target = self._state.targets[key]
        there = {part.section for part in self._target.parts}
        sections = {section: name for section, name in words().sections.items() if section in there}
        section = self._section if self._section in sections else next(iter(sections))
        self._choosing_many = True
        self._sections.set_options(sections, value=section)
        self._choosing_many = False
        self._show_section(section)

    def _choose_section(self, section: str | None) -> None:
        if section and not self._choosing_many:
            self._show_section(section)

    def _show_section(self, section: str) -> None:
        self._section = section
        listed = [part for part in self._target.parts if part.section == section]
        self._part = listed[0].key
        self._parts.set_options({part.key: part.title for part in listed}, value=self._part)
        self.draw()

    def _choose_part(self, key: str | None) -> None:
        if key and key != self._part:
            self._part = key
            self.draw()

    def draw(self) -> None:
        """重画这一块的格子。"""
        part = next(one for one in self._target.parts if one.key == self._part)
        current = self._state.current(self._target)
        self._fields.clear()
        with self._fields:
            self._draw_part(part, current)
        self.show_state()

    def _draw_part(self, part: Part, current: dict[str, Any]) -> None:
        for field in part.fields:
            with ui.column().classes(f"w-full gap-1 p-2 {FRAME}"):
                plain_text(field.label).classes("text-sm font-bold")
                with ui.element("div").classes("w-full grid grid-cols-1 md:grid-cols-2 gap-3"):
                    with ui.column().classes("gap-1"):
                        _draw_packaged(field)
                    with ui.column().classes("gap-1"):
                        self._box(self._target, field, self._state.now_at(self._target, current, field))

    def _box(self, target: Target, field: Field, now: Any) -> None:
        if now is None:
            plain_text(_GONE).classes(HINT)
            return
        changed = partial(self._changed, target, field)
        make = ui.input if field.kind is FieldKind.NUMBER else ui.textarea
        box = make(value=shown(now), on_change=lambda event: changed(event.value))
        box.props("outlined dense autogrow debounce=500").classes("w-full").mark(f"field-{field.label}")
        box.props["aria-label"] = field.label

    async def _changed(self, target: Target, field: Field, text: str | None) -> None:
        try:
            change_field(self._state.bench, target, field, text or "")
        except (NotHereError, OutsideError, ValueError) as error:
            ui.notify(str(error), type="warning")
            return
        await self._state.recheck()

    async def _save(self) -> None:
        name = self._file()
        if name is None or name not in self._state.bench.drafts:
            ui.notify("没有改，不用存")
            return
        await save(self._state, name)

    async def _undo(self) -> None:
        await undo(self._state)
        self.draw()

    def _file(self) -> str | None:
        try:
            return file_for(self._state.bench, self._target)
        except NotHereError:
            return self._target.file


def _draw_packaged(field: Field) -> None:
    """随包的字。"""
    if field.kind is FieldKind.WORDS:
        plain_text("、".join(field.value)).classes("text-sm")
        plain_text(_ONLY_ADDED).classes(HINT)
    else:
        plain_text(shown(field.value)).classes("text-sm")


async def save(state: State, name: str) -> None:
    """存一个文件，存没存成都说一声。"""
    try:
        await asyncio.to_thread(state.bench.save, name)
    except (RefusedError, OutsideError, OSError) as error:
        ui.notify(str(error), type="negative")
    else:
        ui.notify(f"存好了：{name}。在 QQ 里发「管理 重载」换上", type="positive")
    await state.recheck()


async def undo(state: State) -> None:
    """撤销最近一次存的，成没成都说一声。"""
    try:
        name = state.bench.undo()
    except (RefusedError, OutsideError, OSError) as error:
        ui.notify(str(error), type="warning")
    else:
        ui.notify(f"{name} 回到了上次存之前的样子")
    await state.recheck()

"""网页“YAML”：直接改操作者的文件，查出的问题标在那一行上。"""

from functools import partial
from typing import Any

from nicegui import ui

from ..editing.completion import Completion, Suggestion, completion_at, edit_end
from ..editing.own_folder import OutsideError
from ..pieces import FRAME, HINT, notes_list, plain_text, quiet_button
from ..state import State
from .edit_tab import save, undo

_MARK = "\u2063"
"""看不见的一个字，见 :meth:`YamlTab._take`。"""
_TAKE_FIRST = "Mod-Enter"
_SHOWN = 14
"""一次列出几个。"""
_DARK = "dark:[filter:invert(0.9)_hue-rotate(180deg)]"
"""深浅照系统的时候，服务端不知道现在是深是浅：编辑器总是浅的，深色时整个反过来。"""


class YamlTab:
    """一个浏览器标签里的这一页。"""

    def __init__(self, state: State) -> None:
        self._state = state
        self._name: str | None = None
        self._drawing = False
        self._completion: Completion | None = None
        with ui.column().classes("w-full max-w-3xl mx-auto gap-2"):
            self._choosing()
            self._editor = ui.codemirror(
                language="YAML",
                theme="vscodeLight",
                line_wrapping=True,
                indent="  ",
                keymap={_TAKE_FIRST: self._take_first},
                on_change=lambda event: self._changed(event.value),
            )
            self._editor.classes(f"w-full h-[55vh] {FRAME} {_DARK}").mark("yaml")
            self._offered = ui.row().classes("w-full items-center gap-1").mark("offered")
            self._notes = ui.column().classes("w-full gap-1").mark("yaml-notes")
            with ui.row().classes("w-full items-center gap-2"):
                ui.button("存", icon="save", on_click=self._save).props("dense").classes("px-3").mark("yaml-save")
                quiet_button("撤销上次存的", "undo").on_click(self._undo).mark("yaml-undo")
                quiet_button("丢掉没存的", "delete").on_click(self._discard).mark("yaml-discard")
                self._status = plain_text("").classes(HINT)
        self.draw()

    def draw(self) -> None:
        """列出文件，画出正在改的那个。"""
        names = self._state.bench.names()
        if self._name not in names:
            self._name = names[0] if names else None
        self._files.set_options(names, value=self._name)
        text = self._state.bench.text(self._name) if self._name else ""
        self._offer(None)
        self._drawing = True
        self._editor.set_value(text or "")
        self._drawing = False
        self._editor.set_enabled(self._name is not None)
        self.show_state()

    def show_state(self) -> None:
        """查过以后：问题标在行上，也列在下面。"""
        notes = self._state.checked.of(self._name) if self._name else ()
        tips = {note.line: note.message for note in notes}
        marks = [_mark(note.line, blocks=note.blocks) for note in notes]
        # 照平常那样改，会连全文一起再发给浏览器：正在打的几个字还在路上，就被盖掉了
        with self._editor.props.suspend_updates():
            self._editor.line_tooltips = tips
            self._editor.decorations = marks
        self._editor.run_method("setLineTooltips", tips)
        self._editor.run_method("setDecorations", marks)
        self._notes.clear()
        with self._notes:
            notes_list(notes)
        unsaved = self._name in self._state.bench.drafts
        self._status.set_text("改了，还没存" if unsaved else "" if self._name else "还没有文件，先起个名字新建一个")

    def _choosing(self) -> None:
        with ui.row().classes("w-full items-end gap-2"):
            self._files = ui.select([], label="文件", on_change=lambda event: self._choose(event.value)).mark("file")
            self._files.classes("grow min-w-[10rem]")
            self._fresh = ui.input(label="新建，如 top-up.yaml").mark("new-name").classes("grow min-w-[10rem]")
            quiet_button("新建").on_click(self._create).mark("create")
        plain_text(f"文件夹：{self._state.bench.folder.path}").classes(HINT)

    def _choose(self, name: str | None) -> None:
        if name and name != self._name:
            self._name = name
            self.draw()

    async def _changed(self, text: str) -> None:
        if self._name is None or self._drawing or text == self._state.bench.text(self._name):
            return
        cursor = edit_end(self._state.bench.text(self._name) or "", text)
        self._offer(completion_at(text, cursor, self._name, self._state.targets))
        self._state.bench.change(self._name, text)
        await self._state.recheck()

    def _offer(self, completion: Completion | None) -> None:
        """列出这里能写什么。"""
        self._completion = completion
        self._offered.clear()
        if completion is None:
            return
        with self._offered:
            plain_text("这里能写（点一个，或按 Ctrl+回车用第一个）：").classes(HINT)
            for one in completion.suggestions[:_SHOWN]:
                label = f"{one.text}　{one.note[:12]}" if one.note else one.text
                button = quiet_button(label).on_click(partial(self._take, one)).mark(f"offer-{one.text}")
                button.on("mousedown.prevent", lambda: None)  # 光标留在编辑器里，点完接着写
            if len(completion.suggestions) > _SHOWN:
                plain_text(f"还有 {len(completion.suggestions) - _SHOWN} 个，打出头几个字母就看得到").classes(HINT)

    def _take_first(self) -> None:
        if self._completion is not None:
            self._take(self._completion.suggestions[0])

    def _take(self, chosen: Suggestion) -> None:
        """写进编辑器，光标留在写上的字后面。

        编辑器只换不同的那一段，光标不动；在换掉的一段末尾的，才跟到新字后面。所以写上以后，把光标前的半截换成一个记号，
        去掉光标后面的，再把记号换成整个的字。
        """
        completion, text = self._completion, str(self._editor.value or "")
        if completion is None:
            return
        after = completion.applied(text, chosen)
        start = completion.start if completion.start < completion.end else max(completion.start - 1, 0)
        rest = text[completion.end :]
        written = after[completion.end : len(after) - len(rest)]
        self._editor.set_value(after)
        for step in (text[:start] + _MARK + written + rest, text[:start] + _MARK + rest, after):
            self._editor.run_method("setEditorValue", step)

    async def _create(self) -> None:
        name = str(self._fresh.value or "").strip()
        try:
            if self._state.bench.text(name) is None:
                self._state.bench.change(name, _fresh_text(self._state, name))
        except OutsideError as error:
            ui.notify(str(error), type="warning")
            return
        self._name = name
        self._fresh.set_value("")
        await self._state.recheck()
        self.draw()

    async def _save(self) -> None:
        if self._name is not None:
            self._state.bench.change(self._name, self._state.bench.text(self._name) or "")  # GBK 的，存了就成 UTF-8
        if self._name is None or self._name not in self._state.bench.drafts:
            ui.notify("没有改，不用存")
            return
        await save(self._state, self._name)
        self.draw()

    async def _undo(self) -> None:
        await undo(self._state)
        self.draw()

    async def _discard(self) -> None:
        if self._name is not None:
            self._state.bench.discard(self._name)
        await self._state.recheck()
        self.draw()


def _fresh_text(state: State, name: str) -> str:
    """新文件的第一行：与场景同名的，写上改的是哪个场景。"""
    stem = name.rpartition(".")[0]
    known = {scenario.id for scenario in state.packaged.scenarios}
    return f"scenario: {stem if stem in known else 'top-up'}\n"


def _mark(line: int, *, blocks: bool) -> dict[str, Any]:
    return {
        "kind": "line",
        "line": line,
        "attributes": {"style": f"background: {'#ef444440' if blocks else '#f59e0b40'}"},
    }

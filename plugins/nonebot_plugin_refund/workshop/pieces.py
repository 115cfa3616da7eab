"""几页网页都用的小块。"""

from collections.abc import Iterable

from nicegui import ui

from .editing.checking import Note

FRAME = "border border-gray-300 dark:border-gray-700 rounded"
HINT = "text-xs text-gray-600 dark:text-gray-400"


def plain_text(text: str) -> ui.label:
    """一段字，原样：换行照旧，里面的标签不当标签。"""
    return ui.label(text).classes("whitespace-pre-wrap break-words max-w-full")


def quiet_button(text: str, icon: str | None = None) -> ui.button:
    """不抢眼的按钮，深色底上也看得清。"""
    return ui.button(text, icon=icon).props("outline dense no-caps").classes("px-2 dark:!text-teal-300")


def notes_list(notes: Iterable[Note]) -> None:
    """查出的问题，一条一行，写明文件和行号。"""
    for note in notes:
        colour = "text-red-700 dark:text-red-300" if note.blocks else "text-amber-800 dark:text-amber-300"
        plain_text(f"{note.name} 第 {note.line} 行：{note.message}").classes(f"text-sm {colour}").mark("note")

"""查一份改到一半的手册：抄到临时文件夹里，照机器人换手册时的办法读一遍、查一遍。"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ...rulebook.findings import Finding, RulebookError
from ...rulebook.lint import lint_rulebook
from ...rulebook.loader import Rulebook, load_rulebook
from ...rulebook.operator_folder import NOT_IN_THE_WAY
from ...rulebook.overlays.applying import Overlay


@dataclass(frozen=True)
class Note:
    """一处问题：``name`` 是文件名，不带文件夹。"""

    name: str
    line: int
    message: str
    blocks: bool
    """机器人不会换上它。"""


@dataclass(frozen=True)
class Checked:
    """照网页上现在的文件检查手册的结果。"""

    book: Rulebook | None
    """读得进来的一本；读不进来为空。"""
    notes: tuple[Note, ...]

    @property
    def is_ready(self) -> bool:
        """机器人肯不肯换上。"""
        return self.book is not None and not any(note.blocks for note in self.notes)

    def of(self, name: str) -> tuple[Note, ...]:
        """这个文件里的。"""
        return tuple(note for note in self.notes if note.name == name)

    def overlay(self, name: str) -> Overlay | None:
        """这个文件里与随包不同的地方；没有为空。"""
        listed = self.book.overlays if self.book is not None else ()
        return next((one for one in listed if Path(one.own.file).name == name), None)


def checked(texts: Mapping[str, bytes], today: date) -> Checked:
    """查 ``texts``（文件名 → 内容）加在随包手册上的样子。要零点几秒，在事件循环里请放到线程里做。"""
    with tempfile.TemporaryDirectory(prefix="refund-workshop-") as made:
        folder = Path(made)
        for name, content in texts.items():
            (folder / name).write_bytes(content)
        try:
            book = load_rulebook(folder)
            found = lint_rulebook(book, today, [folder])
        except RulebookError as error:
            book, found = None, list(error.findings)
    return Checked(book, tuple(_note(finding) for finding in found))


def _note(finding: Finding) -> Note:
    return Note(Path(finding.file).name, finding.line, finding.message, finding.check not in NOT_IN_THE_WAY)

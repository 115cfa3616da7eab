"""改到一半的手册：没存的改动只在内存里；存下来才写进操作者的文件夹，最近一次存的可以撤销。"""

from dataclasses import dataclass, field
from datetime import date

from ...rulebook.overlays.based_on import originals
from ...rulebook.overlays.writing import with_originals
from .checking import Checked, Note, checked
from .own_folder import OwnFolder

CHANGED_ELSEWHERE = "{name} 在别处改过了，没有动它。先把这里的改动抄下来，丢掉没存的，再改一次。"


class RefusedError(Exception):
    """没有存（没有撤销）；消息说明为什么，``notes`` 是查出的问题。"""

    def __init__(self, message: str, notes: tuple[Note, ...] = ()) -> None:
        self.notes = notes
        super().__init__(message)


@dataclass(frozen=True)
class Draft:
    """一个文件没存的样子。"""

    text: str
    before: bytes | None
    """开始改的时候文件里是什么；没有这个文件为空。"""


@dataclass(frozen=True)
class Saved:
    """存过一次。"""

    name: str
    before: bytes | None
    after: bytes


@dataclass
class Bench:
    """操作者的文件夹，加上没存的改动。"""

    folder: OwnFolder
    today: date
    drafts: dict[str, Draft] = field(default_factory=dict[str, Draft])
    saves: list[Saved] = field(default_factory=list[Saved])

    def names(self) -> list[str]:
        """全部文件，没存的新文件也算。"""
        return sorted({*self.folder.names(), *self.drafts})

    def text(self, name: str) -> str | None:
        """一个文件现在的样子；没有为空。记事本存成 GBK 的照样读得出，存一次就成了 UTF-8。"""
        if name in self.drafts:
            return self.drafts[name].text
        content = self.folder.read(name)
        return None if content is None else _decoded(content)

    def change(self, name: str, text: str) -> None:
        """改一个文件，先不存；与文件里的一样就不算改。抛出的错误同 :meth:`OwnFolder.place`。"""
        on_disk = self.folder.read(name)
        before = self.drafts[name].before if name in self.drafts else on_disk
        if before is not None and text.encode() == before:
            self.drafts.pop(name, None)
        else:
            self.drafts[name] = Draft(text, before)

    def discard(self, name: str) -> None:
        """丢掉一个文件没存的改动。"""
        self.drafts.pop(name, None)

    def check(self) -> Checked:
        """查现在的样子，没存的也算。"""
        texts = {name: self.folder.read(name) or b"" for name in self.folder.names()}
        texts |= {name: draft.text.encode() for name, draft in self.drafts.items()}
        return checked(texts, self.today)

    def check_saved(self) -> Checked:
        """查文件夹里存着的样子：机器人重载时读到的就是它。"""
        return checked({name: self.folder.read(name) or b"" for name in self.folder.names()}, self.today)

    def save(self, name: str) -> None:
        """把一个文件存进文件夹，并记下随包的原文。

        Raises:
            RefusedError: 有问题，或文件在别处改过了；没有存。
        """
        draft = self.drafts[name]
        found = self.check()
        if blocking := tuple(note for note in found.of(name) if note.blocks):
            raise RefusedError(f"有 {len(blocking)} 处要改，没有存", blocking)
        if self.folder.read(name) != draft.before:
            raise RefusedError(CHANGED_ELSEWHERE.format(name=name))
        overlay = found.overlay(name)
        text = draft.text if overlay is None else with_originals(draft.text, originals(overlay))
        self.folder.write(name, text.encode())
        self.saves.append(Saved(name, draft.before, text.encode()))
        self.drafts.pop(name)

    def undo(self) -> str:
        """撤销最近一次存的，返回文件名。

        Raises:
            RefusedError: 没有存过，或存过以后又在别处改了。
        """
        if not self.saves:
            raise RefusedError("没有存过，没有什么可撤销")
        last = self.saves[-1]
        if self.folder.read(last.name) != last.after:
            raise RefusedError(CHANGED_ELSEWHERE.format(name=last.name))
        self.folder.write(last.name, last.before)
        self.saves.pop()
        self.drafts.pop(last.name, None)
        return last.name


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", errors="replace")

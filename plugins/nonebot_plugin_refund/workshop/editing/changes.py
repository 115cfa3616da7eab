"""看一看里的字：改了哪几处（前、后），换上以后会怎样，机器人肯不肯换。"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...dialogue.rulebooks.owner_commands import report_lines
from ...dialogue.rulebooks.trial import report_of
from ...rulebook.derived.paths import path_figures
from ...rulebook.folder_listing import listing_of
from ...rulebook.loader import Rulebook
from ...rulebook.overlays.based_on import plain, shown
from ...rulebook.yaml_reading.yaml_document import YamlDocument
from ..state import State
from .checking import Checked


@dataclass(frozen=True)
class Difference:
    """一处不同。"""

    where: str
    """哪个文件的哪一行，改的是哪里。"""
    before: str
    after: str


def differences_in(checked: Checked) -> list[Difference]:
    """操作者的文件与随包不同的各处。"""
    listed = checked.book.overlays if checked.book is not None else ()
    found: list[Difference] = []
    for overlay in listed:
        for change in overlay.changes:
            where = f"{Path(overlay.own.file).name} 第 {change.place.line} 行：{change.path}"
            before = "（随包的没有，是添的）" if change.original is None else shown(plain(change.original))
            found.append(Difference(where, before, shown(plain(_at(overlay.own, change.place.location)))))
    return found


def effects(state: State) -> list[str]:
    """与随包的比：哪些场景变了，路径数、问几题变没变。机器人重载时说的也是前几行。"""
    book = state.checked.book
    if book is None or not state.checked.is_ready:
        return []
    return [*report_lines(report_of(state.packaged, book)), *_path_changes(state.packaged, book)]


def readiness(state: State) -> list[str]:
    """存着的这些，机器人肯不肯换上；没存的、没读的也说。"""
    saved = state.bench.check_saved()
    blocking = sum(note.blocks for note in saved.notes)
    told = [
        "文件夹里存着的，机器人可以换上：在 QQ 里发「管理 重载」，看过再发「管理 重载 确认」。"
        if saved.is_ready
        else f"文件夹里存着的有 {blocking} 处要改，机器人不会换上，照旧用上一本。"
    ]
    if state.bench.drafts:
        told.append(f"还没存：{'、'.join(sorted(state.bench.drafts))}")
    skipped = [one for one in listing_of(state.bench.folder.path).skipped if one.is_mistake]
    return [*told, *(f"没读 {one.path.name}：{one.why}" for one in skipped)]


def _path_changes(before: Rulebook, after: Rulebook) -> Iterator[str]:
    then = {scenario.id: scenario for scenario in before.scenarios}
    for scenario in after.scenarios:
        packaged = then.get(scenario.id)
        if packaged is None or packaged == scenario:
            continue
        old, new = path_figures(packaged), path_figures(scenario)
        if old != new:
            yield (
                f"{scenario.title}：路径 {old.paths} → {new.paths} 条，"
                f"最多问 {old.longest_questions} → {new.longest_questions} 题"
            )
        yield from _rule_changes(packaged.title, packaged.rules, scenario.rules)


def _rule_changes(title: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[str]:
    then = {rule.id: rule for rule in before}
    for rule in after:
        was = then.get(rule.id)
        if was is not None and (was.verdict, was.headline) != (rule.verdict, rule.headline):
            yield f"{title}的结论 {rule.id}：“{was.headline}” → “{rule.headline}”"


def _at(document: YamlDocument, location: Sequence[str | int]) -> Any:
    data = document.data
    for step in location:
        data = data[step]
    return data

"""只写不同之处的文件：``overlay shrink`` 把抄来的一整份缩小，``overlay stamp`` 记下随包的原文。"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from ...rulebook.assembling.shorthand import spelled_out
from ...rulebook.findings import RulebookError
from ...rulebook.loader import load_rulebook
from ...rulebook.overlays.applying import scenario_of
from ...rulebook.overlays.based_on import originals
from ...rulebook.overlays.marks import SCENARIO
from ...rulebook.overlays.merging import merged
from ...rulebook.overlays.shrinking import differences, is_same
from ...rulebook.overlays.writing import overlay_text, with_originals
from ...rulebook.yaml_reading.yaml_document import YamlDocument, parse_yaml, read_yaml
from ..output import fail, say
from ..usage import ChineseGroup

if TYPE_CHECKING:
    from ...rulebook.assembling.parts import Raw

_app = typer.Typer(
    cls=ChineseGroup, help="自己的手册里只写不同之处的文件。", no_args_is_help=True, add_completion=False
)


def register(app: typer.Typer) -> None:
    """把这两个命令挂到 ``refund overlay`` 上。"""
    _app.command("shrink")(shrink)
    _app.command("stamp")(stamp)
    app.add_typer(_app, name="overlay")


FileArgument = Annotated[Path, typer.Argument(metavar="文件", help="自己的手册里的一个文件。")]


def shrink(file: FileArgument) -> None:
    """把抄来改过的一整份场景，缩成只写不同之处的一份；原来的改名成 .bak 留着。"""
    own = _read_or_exit(file)
    if scenario_of(own) is not None:
        fail(f"{file} 已经只写了不同之处，不用缩")
    scenario_id = str(cast("Raw", own.data).get("id")) if isinstance(own.data, dict) else ""
    base = _packaged_or_exit(scenario_id, file)
    found = differences(cast("Raw", base.data), cast("Raw", own.data))
    if not found:
        fail(f"{file} 与随包的一字不差，用不着它：删掉就行")
    text = overlay_text(scenario_id, found)
    _refuse_if_lossy(base, own, text, file)
    kept = file.with_name(f"{file.name}.bak")
    if kept.exists():
        fail(f"{kept} 已经在了，不盖掉它：先把它改名或删掉")
    file.rename(kept)
    file.write_text(text, encoding="utf-8", newline="\n")
    _stamp(file)
    say(f"缩好了：{file.as_posix()}，原来的留在 {kept.name}（自己写的 # 说明在那里，要的抄回来）")


def stamp(file: FileArgument) -> None:
    """记下随包的原文：随包的后来改了，refund lint 和 refund doctor 会把两边的字都说出来。"""
    _read_or_exit(file)
    count = _stamp(file)
    say(f"记好了：{file.as_posix()}，{count} 处" if count else f"{file.as_posix()} 没有换掉随包的字，不用记")


def _stamp(file: Path) -> int:
    try:
        book = load_rulebook(file.parent)
    except RulebookError as error:
        fail(f"手册有问题，先照着改好：\n{error}")
    found: dict[str, object] = {}
    for overlay in book.overlays:
        if Path(overlay.own.file).resolve() == file.resolve():
            found |= originals(overlay)
    file.write_text(with_originals(file.read_text(encoding="utf-8"), found), encoding="utf-8", newline="\n")
    return len(found)


def _read_or_exit(file: Path) -> YamlDocument:
    if not file.is_file():
        fail(f"找不到 {file}")
    try:
        return spelled_out(read_yaml(file))
    except RulebookError as error:
        fail(str(error))


def _packaged_or_exit(scenario_id: str, file: Path) -> YamlDocument:
    """随包的那个场景，还没有拼装的样子。"""
    for loaded in load_rulebook().loaded:
        if loaded.scenario.id == scenario_id:
            return loaded.document
    fail(f"{file} 不是随包场景的一份：随包的没有叫“{scenario_id}”的，没有什么可比")


def _refuse_if_lossy(base: YamlDocument, own: YamlDocument, text: str, file: Path) -> None:
    """缩好的合回去，要与原来一样；不一样（如换了先后）就不缩。"""
    try:
        again = cast("Raw", merged(base, parse_yaml(text, str(file)), {}).document.data)
    except RulebookError as error:
        fail(f"缩不了，没有动它：\n{error}", 1)
    written = cast("Raw", own.data)
    lost = [key for key in {**written, **again} if not is_same(key, written.get(key), again.get(key))]
    lost = [key for key in lost if key not in {SCENARIO, "based_on"}]
    if lost:
        fail(f"缩不了，没有动它：{'、'.join(lost)} 里换了先后，或有同名的几项，只写不同之处表达不出来", 1)

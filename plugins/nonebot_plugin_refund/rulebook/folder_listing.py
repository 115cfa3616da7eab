"""手册文件夹里哪些文件读、哪些不读、为什么不读。"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = frozenset({".yaml", ".yml"})
_COPIES = (".bak", ".old", ".orig", ".swp", "~", ".tmp", ".disabled")


@dataclass(frozen=True)
class Skipped:
    """没有读的一个文件（或文件夹）。"""

    path: Path
    why: str
    is_mistake: bool
    """多半是存错了名字、放错了地方，操作者以为它在用。"""


@dataclass(frozen=True)
class Listing:
    """一个文件夹里读的和没读的。"""

    read: tuple[Path, ...]
    skipped: tuple[Skipped, ...]


def listing_of(folder: Path) -> Listing:
    """看一个文件夹（或单个文件）；不存在的什么也没有。点名要读的单个文件，叫什么名字都读。"""
    if folder.is_file():
        return Listing((folder,), ())
    if not folder.is_dir():
        return Listing((), ())
    entries = sorted(folder.iterdir())
    read = tuple(path for path in entries if _is_rules(path))
    return Listing(read, tuple(_skipped(path) for path in entries if path not in read))


def files_read(folder: Path) -> Sequence[Path]:
    """要读的文件，按名字排。"""
    return listing_of(folder).read


def _is_rules(path: Path) -> bool:
    # 名字像手册的管道、坏了的链接也算：读的时候会说清楚哪里不对
    return path.suffix.lower() in SUFFIXES and not path.is_dir()


def _skipped(path: Path) -> Skipped:
    name = path.name.lower()
    if path.is_dir():
        has_rules = any(inner.suffix.lower() in SUFFIXES for inner in path.iterdir())
        return Skipped(path, "是子文件夹，里面的不读；要用就把文件移到外面来", has_rules)
    if name.endswith((".yaml.txt", ".yml.txt")):
        right = path.name[: -len(".txt")]
        return Skipped(path, f"名字以 .txt 结尾（记事本存的）；改名成 {right}，看不到 .txt 就先打开“显示扩展名”", True)
    if name.endswith(_COPIES) or name.startswith((".", "#")):
        return Skipped(path, "是编辑器留的备份；要用就改名成 .yaml 结尾", False)
    if any(f"{mark}yaml" in name or f"{mark}yml" in name for mark in "。．,，") or name.endswith((".ymal", ".yam")):
        return Skipped(path, "扩展名写错了；改名成 .yaml 结尾，点是半角的", True)
    return Skipped(path, "不是 .yaml 结尾", False)

"""查手册时说清楚：查了哪些文件，哪些没看、为什么，机器人启动时读的是哪个文件夹。"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ...rulebook.findings import Finding
from ...rulebook.folder_listing import listing_of
from ..installation import Installation, SettingsUnreadable, find_installation

NOT_READ = "not-read"


def not_read(paths: Sequence[Path]) -> Iterator[Finding]:
    """多半以为在用、其实没有读的文件；一个也没读到的文件夹。"""
    for path in paths:
        listing = listing_of(path)
        for skipped in listing.skipped:
            if skipped.is_mistake:
                yield Finding(str(skipped.path), 1, "-", NOT_READ, f"没有读：{skipped.why}")
        if not listing.read:
            message = f"这个文件夹里没有一个 .yaml 文件，什么也没查；{where_read_from()}"
            yield Finding(str(path), 1, "-", NOT_READ, message)


def said_of_reading(paths: Sequence[Path]) -> Iterator[str]:
    """查了什么，一个文件夹一行；没点名查的是随包的手册。"""
    if not paths:
        yield f"查的是随包的手册；自己的{where_read_from()}"
    for path in paths:
        listing = listing_of(path)
        read = f"查了 {len(listing.read)} 个文件：{'、'.join(one.name for one in listing.read)}"
        skipped = "；".join(f"没看：{one.path.name}，因为{one.why}" for one in listing.skipped)
        yield f"{read}；{skipped}" if skipped else read
    found = _installation()
    if paths and found is not None and not any(_is_there(path, found.rulebook) for path in paths):
        yield f"机器人{where_read_from()}"


def where_read_from() -> str:
    """机器人启动时从哪里读自己的手册。"""
    found = _installation()
    if found is None:
        return "读哪个文件夹，要看启动机器人的那个文件夹里的 .env，这里读不出来"
    state = "" if found.rulebook.is_dir() else "（还没有这个文件夹）"
    return f"从 {found.rulebook} 读{state}"


def _is_there(path: Path, folder: Path) -> bool:
    resolved = path.resolve()
    return resolved == folder.resolve() or resolved.parent == folder.resolve()


def _installation() -> Installation | None:
    try:
        return find_installation()
    except SettingsUnreadable:
        return None

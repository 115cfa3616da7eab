"""用 root 跑 ``refund`` 时，写出来的文件都交给数据文件夹的主人：不然服务账户读不到、定时备份写不进。"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def nearest(path: Path) -> Path:
    """最近的一层已经在的文件夹。"""
    return next(one for one in (path, *path.absolute().parents) if one.exists())


def hand_over(like: Path, written: Iterable[Path]) -> None:
    """是 root 在跑，就把 ``written`` 里归 root 的交给 ``like`` 的主人和组；别的账户跑的，什么也不做。

    只管 ``like`` 和它旁边的：写到别处去的归 root 自己。
    """
    if os.name == "nt" or os.geteuid() != 0:
        return
    owner = like.stat()
    if owner.st_uid == 0:
        return
    around = like.resolve().parent
    for path in written:
        if around not in path.resolve().parents:
            continue
        # 已经是主人的、别的账户的不动；记录这一类可能没有
        with suppress(FileNotFoundError):
            if path.lstat().st_uid == 0:
                os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)


def strangers_in(folder: Path, *beside: Path) -> list[Path]:
    """数据文件夹里主人与它不同的，和 ``beside`` 里在它旁边、主人也不同的：机器人、定时备份多半读不了、写不了。"""
    if os.name == "nt" or not folder.is_dir():
        return []
    owner, around = folder.stat().st_uid, folder.resolve().parent
    looked_at = [*sorted(folder.rglob("*")), *(path for path in beside if around in path.resolve().parents)]
    return [path for path in looked_at if path.exists() and path.lstat().st_uid != owner]

"""操作者自己的手册文件夹：读进来、认出内容变没变、留一份上一次能用的。

这里只碰 YAML 文件；文件夹里别的东西不看、不抄、不删。
"""

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .findings import Finding, RulebookError
from .folder_listing import files_read
from .loader import Rulebook, load_rulebook
from .overlays.based_on import CHECK
from .wording_models.signals import Signals

LAST_GOOD_NAME = "rulebook-last-good"
"""上一次能用的那份放在数据文件夹里的这个名字下面。"""
NOT_IN_THE_WAY = frozenset({"overdue-source", CHECK})
"""该看一看、照样能用的：依据到期没核对（会在结论里写明），改过的地方随包的后来变了。"""


@dataclass(frozen=True)
class OwnBook:
    """读好、查过的一本手册：随包的，加上操作者自己的。"""

    rulebook: Rulebook
    signals: Signals
    digest: str
    """操作者那些文件的指纹，见 :func:`content_digest`。"""


def content_digest(folder: Path) -> str:
    """文件夹里全部 YAML 的名字与内容的指纹；没有文件夹、没有文件也有一个。"""
    written = hashlib.sha256()
    for path in _files(folder):
        content = path.read_bytes()
        written.update(f"{path.name}\0{len(content)}\0".encode())
        written.update(content)
    return written.hexdigest()[:16]


def read_own_book(folder: Path, today: date) -> OwnBook:
    """读入随包手册加上 ``folder``，自己写的要过全部检查：免得走到一半没有规则管。

    要读盘、要检查，零点几秒；在事件循环里请放到线程里做。

    Raises:
        RulebookError: 有文件不合要求，逐条说明；或读的时候文件正在变。
    """
    from .lint import lint_rulebook  # 检查的代码只有操作者写了自己的手册才用得上，不写的不装

    before = content_digest(folder)
    rulebook = load_rulebook(folder)
    findings = [item for item in lint_rulebook(rulebook, today, [folder]) if item.check not in NOT_IN_THE_WAY]
    if findings:
        raise RulebookError(findings)
    signals = rulebook.signals()
    if content_digest(folder) != before:
        raise RulebookError([Finding(str(folder), 1, "-", "changing", "文件正在改，存好以后再来一次")])
    return OwnBook(rulebook, signals, before)


def keep_last_good(folder: Path, copy: Path) -> None:
    """把能用的这份抄到 ``copy``，换掉上一份。抄到一半断电，``copy`` 要么是旧的、要么没有，不会是半份。"""
    fresh = copy.with_name(f"{copy.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for path in _files(folder):
        shutil.copyfile(path, fresh / path.name)
    shutil.rmtree(copy, ignore_errors=True)
    fresh.rename(copy)


def _files(folder: Path) -> Sequence[Path]:
    if not folder.is_dir():
        return ()
    return [path for path in files_read(folder) if path.is_file()]

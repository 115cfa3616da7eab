"""恢复备份之前看一遍压缩包：拆开有多大、几个文件、磁盘放不放得下。炸弹一个字节也不写就拒绝。

只看中央目录声明的大小就够：Python 的 ``zipfile`` 拆到声明的大小为止，多出来的读不到，再由 CRC 发现是假的。
"""

import shutil
import zipfile
from pathlib import Path

from .backup_manifest import DATABASE, Manifest
from .errors import StorageError

LARGEST_DATABASE = 20 << 30
"""数据库拆开最多这么多字节。一件案件连同提醒、送达几十 KB，这是几十万件。"""
LARGEST_RULEBOOK = 256 << 20
"""手册全部文件拆开最多这么多字节：手册是自己写的文字，几 MB 就很多了。"""
MOST_FILES = 10_000
"""清单里最多这么多文件，免得把磁盘的文件数占光。"""
_PLAIN_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""我们只用这两种压缩；别的（如 LZMA）拆的时候占多少内存由包说了算。"""
_ENCRYPTED = 0x1
"""成员的标志位：加了密。"""


def require_unpackable(path: Path, manifest: Manifest, folder: Path) -> None:
    """压缩包 ``path`` 里清单写到的文件，拆到 ``folder``（可以还没有）放得下、也像话。什么也不写。

    Raises:
        StorageError: 大得不像话、文件太多、磁盘不够、不是我们的压法，或清单里的文件不在包里。
        OSError: 读不出来。
    """
    if len(manifest.files) > MOST_FILES:
        raise StorageError(f"{path} 里有 {len(manifest.files)} 个文件，太多了", "不是 refund backup 做的，没有恢复")
    try:
        with zipfile.ZipFile(path) as archive:
            members = {name: archive.getinfo(name) for name in manifest.files}
    except (zipfile.BadZipFile, KeyError) as error:
        raise StorageError(f"备份 {path} 坏了（缺了清单里的文件）", "请换一份；什么也没有改动") from error
    if any(one.compress_type not in _PLAIN_METHODS or one.flag_bits & _ENCRYPTED for one in members.values()):
        raise StorageError(f"{path} 的压缩方法不认得", "不是 refund backup 做的，没有恢复")
    database = sum(one.file_size for name, one in members.items() if name == DATABASE)
    rulebook = sum(one.file_size for name, one in members.items() if name != DATABASE)
    _require_sane(path, "数据库", database, LARGEST_DATABASE)
    _require_sane(path, "手册", rulebook, LARGEST_RULEBOOK)
    _require_space(path, 2 * database + rulebook, folder)


def _require_sane(path: Path, what: str, size: int, largest: int) -> None:
    if size > largest:
        raise StorageError(
            f"{path} 里的{what}拆开有 {_megabytes(size)} MB，超过了 {_megabytes(largest)} MB",
            "不像 refund backup 做的，没有恢复",
        )


def _require_space(path: Path, needed: int, folder: Path) -> None:
    """数据库算两份：恢复时还要升级结构、整理文件，SQLite 会临时再写一份。"""
    existing = next(one for one in (folder.absolute(), *folder.absolute().parents) if one.is_dir())
    free = shutil.disk_usage(existing).free
    if free < needed:
        raise StorageError(
            f"{existing} 所在的磁盘只剩 {free >> 20} MB，恢复 {path} 要 {_megabytes(needed)} MB",
            "请腾出空间，或换一个地方；什么也没有改动",
        )


def _megabytes(size: int) -> int:
    return max(size >> 20, 1)

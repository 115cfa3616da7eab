"""备份里的清单：写明它是谁的、哪一版做的、什么时候、里面每个文件的校验和。"""

import json
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from ..errors import StorageError

KIND = "nonebot-plugin-refund backup"
FORMAT = 1
"""备份文件的格式。以后变了就加一，旧的照样要能恢复。"""
MANIFEST = "manifest.json"
DATABASE = "refund.sqlite3"
RULEBOOK = "rulebook/"
"""操作者自己的手册放在这个前缀下面。"""
_LARGEST_MANIFEST = 1 << 20
"""清单不会超过这么多字节；更大的不是我们的，不读。"""


@dataclass(frozen=True)
class Manifest:
    """一份备份的清单。"""

    program: str
    """做备份的程序版本。"""
    revision: str
    """数据库的结构版本。"""
    made_at: datetime
    """数据是哪一刻的，UTC。"""
    counts: dict[str, int]
    """里面有多少：``cases``、``open_cases``、``reminders``、``unsettled_reminders``、``people``。"""
    files: dict[str, str]
    """压缩包里的路径到 SHA-256。"""
    format: int = FORMAT
    kind: str = KIND

    def dumped(self) -> str:
        """写成 JSON；人也看得懂。"""
        return json.dumps(asdict(self) | {"made_at": self.made_at.isoformat()}, ensure_ascii=False, indent=2)

    @classmethod
    def of(cls, text: str) -> Self:
        """读回来。

        Raises:
            ValueError: 不是我们的清单，或缺了什么。
            StorageError: 是我们的，但格式比这一版新。
        """
        values: Any = json.loads(text)
        if not isinstance(values, dict) or values.get("kind") != KIND:
            raise ValueError("不是退款助手的备份清单")
        try:
            if values["format"] > FORMAT:
                # 更新的格式里还有什么、叫什么，这一版不知道
                raise StorageError(f"这份备份是更新的版本（{values.get('program')}）做的", "请先升级退款助手，再恢复")
            return cls(
                program=str(values["program"]),
                revision=str(values["revision"]),
                made_at=datetime.fromisoformat(values["made_at"]).astimezone(UTC),
                counts={str(name): int(count) for name, count in values["counts"].items()},
                files={str(name): str(digest) for name, digest in values["files"].items()},
                format=values["format"],
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"备份清单缺了 {error}") from error


@dataclass(frozen=True)
class FoundBackup:
    """一份认得出是我们做的备份。"""

    path: Path
    manifest: Manifest


def manifest_in(path: Path) -> Manifest:
    """读出一份备份的清单，不动别的。

    Raises:
        StorageError: 读不出来，不是完整的压缩包，或不是我们的备份。
    """
    try:
        with zipfile.ZipFile(path) as opened:
            if opened.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
                raise StorageError(f"{path} 不是退款助手的备份", "清单大得不像话")
            return Manifest.of(opened.read(MANIFEST).decode("utf-8"))
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise StorageError(f"{path} 不是完整的备份文件（可能没有拷完）", "请换一份，或重新拷一次") from error
    except (KeyError, ValueError, RuntimeError) as error:
        # RuntimeError：加了密、压法不认得、JSON 一层套一层
        raise StorageError(f"{path} 里没有退款助手的备份清单", "请换成 refund backup 做的文件") from error
    except OSError as error:
        raise StorageError(f"{path} 读不出来（{error.strerror or error}）", "请检查路径和权限") from error


def found_in(folder: Path, pattern: str = "*.zip") -> list[FoundBackup]:
    """文件夹里我们做的备份，新的在前；不是我们的、坏了的略过。"""
    return sorted(_readable(folder.glob(pattern)), key=lambda found: found.manifest.made_at, reverse=True)


def _readable(paths: Iterable[Path]) -> Iterable[FoundBackup]:
    for path in paths:
        try:
            yield FoundBackup(path, manifest_in(path))
        except StorageError:
            continue

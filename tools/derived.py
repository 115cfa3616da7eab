"""由别的东西做出来的文件：该有哪些、各是什么内容；与磁盘上的比，把不一样的写下去。"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

_NEARLY = 16
"""两张图每一点的颜色最多差这么多（255 是黑对白）：换一台机器画，边缘会差一点点。"""
_SHADES = 256


@dataclass(frozen=True, slots=True)
class Derived:
    """一个文件夹里做出来的文件。"""

    name: str
    """命令行里叫它什么。"""
    folder: Path
    owns: tuple[str, ...]
    """哪些文件归它管；这里面做不出来的是多余的。"""
    make: Callable[[], Mapping[str, bytes]]
    """文件名 → 该有的内容。"""


@dataclass(frozen=True, slots=True)
class Change:
    """一个文件与该有的样子不一样。"""

    path: Path
    content: bytes | None
    """该有的内容；空是不该有这个文件。"""

    @property
    def in_words(self) -> str:
        """怎么不一样。"""
        if self.content is None:
            return "多余"
        return "过时" if self.path.exists() else "缺少"


def changes_of(derived: Derived) -> list[Change]:
    """照现在的手册做一遍，与磁盘上的比。"""
    made = derived.make()
    changed = [
        Change(path, content)
        for path, content in ((derived.folder / name, content) for name, content in made.items())
        if not path.is_file() or not _same(path, content)
    ]
    kept = {path for pattern in derived.owns for path in derived.folder.glob(pattern)}
    extra = kept - {derived.folder / name for name in made}
    return [*changed, *(Change(path, None) for path in sorted(extra))]


def apply(change: Change) -> None:
    """把一个文件改成该有的样子。"""
    if change.content is None:
        change.path.unlink()
        return
    change.path.parent.mkdir(parents=True, exist_ok=True)
    change.path.write_bytes(change.content)


def _same(path: Path, content: bytes) -> bool:
    kept = path.read_bytes()
    return kept == content or (path.suffix == ".png" and _looks_alike(kept, content))


def _looks_alike(one: bytes, other: bytes) -> bool:
    pictures = [Image.open(io.BytesIO(picture)).convert("RGB") for picture in (one, other)]
    if pictures[0].size != pictures[1].size:
        return False
    counts = ImageChops.difference(*pictures).histogram()
    return not any(any(counts[channel + _NEARLY + 1 : channel + _SHADES]) for channel in range(0, len(counts), _SHADES))

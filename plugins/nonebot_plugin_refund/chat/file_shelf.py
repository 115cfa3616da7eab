"""放文件的地方：终端收不了文件，就放进插件的数据文件夹，告诉他在哪里；放久了的清掉。"""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from ..clock import Clock

KEPT_FOR = timedelta(days=7)
"""文件里有案情，看过、存走了就不该一直留着。"""

_FORBIDDEN = frozenset('\\/:*?"<>|')
"""各种系统的文件名里不许有的字。"""


class FileShelf:
    """一个文件夹，里面的每个文件都是我们放的。"""

    def __init__(self, folder: Path, clock: Clock) -> None:
        """
        Args:
            folder: 放在哪里；用到时才建。
            clock: 放了多久按它算。
        """
        self._folder = folder
        self._clock = clock

    def put(self, name: str, content: bytes) -> Path:
        """放一个文件，同名的换成新的，顺手清掉放久了的。返回它的路径。

        Raises:
            OSError: 写不进去。
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        self._clear_old()
        file = self._folder / "".join("_" if letter in _FORBIDDEN else letter for letter in name)
        file.write_bytes(content)
        return file.resolve()

    def _clear_old(self) -> None:
        oldest = (self._clock.now() - KEPT_FOR).timestamp()
        for file in self._folder.iterdir():
            # 清不掉的（正被别的程序开着）下次再清，不该妨碍放新的
            with suppress(OSError):
                if file.is_file() and file.stat().st_mtime < oldest:
                    file.unlink()

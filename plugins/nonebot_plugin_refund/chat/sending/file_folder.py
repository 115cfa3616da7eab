"""放文件的地方：终端收不了文件，就放进插件的数据文件夹，告诉他在哪里；放久了的清掉。"""

import hashlib
import logging
import shutil
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from ...clock import Clock
from ...storage.records import Person

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=7)
"""文件里有案情，看过、存走了就不该一直留着。"""

_FORBIDDEN = frozenset('\\/:*?"<>|')
"""各种系统的文件名里不许有的字。"""


class FileFolder:
    """一个文件夹，每人一个子文件夹，里面的每个文件都是我们放的。"""

    def __init__(self, folder: Path, clock: Clock) -> None:
        """
        Args:
            folder: 放在哪里；用到时才建。
            clock: 放了多久按它算。
        """
        self._folder = folder
        self._clock = clock

    def put(self, owner: Person, name: str, content: bytes) -> Path:
        """放 ``owner`` 的一个文件，同名的换成新的，顺手清掉放久了的。返回它的路径。

        Raises:
            OSError: 写不进去。
        """
        folder = self._of(owner)
        folder.mkdir(parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        self.clear_old()
        file = folder / "".join("_" if letter in _FORBIDDEN else letter for letter in name)
        file.write_bytes(content)
        return file.resolve()

    def clear_old(self) -> None:
        """清掉放久了的文件。"""
        oldest = (self._clock.now() - KEPT_FOR).timestamp()
        for file in self._folder.rglob("*"):
            # 清不掉的（正被别的程序开着）下次再清，不该妨碍放新的
            with suppress(OSError):
                if file.is_file() and file.stat().st_mtime < oldest:
                    file.unlink()

    def forget(self, platform: str, user_id: str) -> None:
        """他删了数据：他的文件全部删掉。删不掉的（正开着看）记一句，到期再清。"""
        folder = self._of(Person(platform, user_id))
        if folder.is_dir():
            shutil.rmtree(folder, onerror=lambda *_: logger.warning("有一个放着的文件没删掉，七天内会再清"))

    def _of(self, owner: Person) -> Path:
        """文件夹的名字里看不出是谁。"""
        return self._folder / hashlib.sha256(f"{owner.platform}\0{owner.user_id}".encode()).hexdigest()[:12]

"""图片刚被拒过的群或私聊，歇一会儿再试：免得每条话都先白等一次。一个群的毛病不连累别处。"""

from datetime import datetime, timedelta

from ...clock import Clock
from ...delivery.messenger import Account

PAUSE = timedelta(minutes=10)
"""被拒之后多久不再试。风控、上传服务的毛病多半一时好不了，也不会一直坏下去。"""
_MOST = 2048


class PicturePause:
    """往哪里现在先不发图。只记在内存里，记的是散列：重启后最多多试一次。"""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[int, datetime] = {}

    def begin(self, account: Account, target: tuple[str | None, str]) -> None:
        """这个账号往这里的图刚刚没发成。

        Args:
            target: 群号（私聊为空），和私聊的对方。
        """
        self._until[hash((account, target))] = self._clock.now() + PAUSE
        if len(self._until) > _MOST:
            del self._until[next(iter(self._until))]

    def covers(self, account: Account, target: tuple[str | None, str]) -> bool:
        """这会儿先不往这里发图。"""
        until = self._until.get(hash((account, target)))
        return until is not None and self._clock.now() < until

"""图片刚被拒过的账号，歇一会儿再试：免得每条话都先白等一次。"""

from datetime import datetime, timedelta

from ..clock import Clock
from ..delivery.messenger import Account

PAUSE = timedelta(minutes=10)
"""被拒之后多久不再试。风控、上传服务的毛病多半一时好不了，也不会一直坏下去。"""


class PicturePause:
    """哪些账号现在先不发图。只记在内存里：重启后最多多试一次。"""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[Account, datetime] = {}

    def begin(self, account: Account) -> None:
        """这个账号的图刚刚没发成。"""
        self._until[account] = self._clock.now() + PAUSE

    def covers(self, account: Account) -> bool:
        """这会儿先不发图。"""
        until = self._until.get(account)
        return until is not None and self._clock.now() < until

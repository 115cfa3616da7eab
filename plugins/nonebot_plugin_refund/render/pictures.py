"""把卡片排成图片，按内容留着最近排过的：同样的菜单不排第二遍。"""

import hashlib
import json
from collections import OrderedDict
from dataclasses import asdict
from threading import Lock

from .cards import Card, Theme
from .typesetting import CARD_PPI, Typesetter

CARD_WIDTH = 400
"""卡片的宽，单位点。"""
_KEPT_BYTES = 8 * 1024 * 1024


class CardPainter:
    """画卡片，可以在几个线程里用。

    留着的图以内容的摘要为名，只在内存里，满了先丢最久没用的。
    """

    def __init__(
        self, theme: Theme = Theme.LIGHT, typesetter: Typesetter | None = None, kept: int = _KEPT_BYTES
    ) -> None:
        """
        Args:
            theme: 底色。
            typesetter: 用它排版；默认自己建一个。
            kept: 最多留多少字节的图。
        """
        self._theme = theme
        self._typesetter = typesetter or Typesetter()
        self._limit = kept
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def paint(self, card: Card) -> bytes:
        """一张卡片的 PNG。要几毫秒处理器时间，在事件循环里请用 ``asyncio.to_thread``。

        Raises:
            TypesettingError: 排不出来；改发文字就是。
        """
        data = {"theme": self._theme.value, "card": asdict(card)}
        key = hashlib.sha256(json.dumps(data, ensure_ascii=False).encode()).hexdigest()
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        picture = self._typesetter.png("card", data, ppi=CARD_PPI)
        self._keep(key, picture)
        return picture

    def _keep(self, key: str, picture: bytes) -> None:
        with self._lock:
            if key in self._kept or len(picture) > self._limit:
                return
            self._kept[key] = picture
            self._size += len(picture)
            while self._size > self._limit:
                self._size -= len(self._kept.popitem(last=False)[1])

"""各人最近收到的是我们的哪一句：发出去、对方的实现说收下了，才算收到。

一句回答算不算数，看他说的时候问题到了没有：连点几下、桥断着时攒下的几句，后面的几句答的都不是还没到的那一问。
全在内存里，条数有上限；记的是散列，不是账号。重启就忘：只当都看到了。
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from ...storage.records import Person

_REMEMBERED = 10_000
_CLOCKS_APART = timedelta(minutes=1)
"""平台的钟与我们的可以差这么多：差得更多，才看得出一句话是在那之前说的。"""


@dataclass(slots=True)
class _Latest:
    latest: int = 0
    """办完的最近一句是第几句，发没发到不论。"""
    shown: int = 0
    """收到的最近一句。"""
    shown_at: datetime | None = None
    answered: int = 0
    """最近一句答的是哪句话，散列。"""


class LastShown:
    """各人最近收到的一句。"""

    def __init__(self, remembered: int = _REMEMBERED) -> None:
        self._last_shown: OrderedDict[int, _Latest] = OrderedDict()
        self._remembered = remembered

    def __len__(self) -> int:
        return len(self._last_shown)

    def shown_to(self, person: Person) -> int:
        """他收到的是第几句：消息一到就要问，等到办它的时候就晚了。"""
        return self._of(person).shown

    def sending(self, person: Person, said: str) -> int:
        """要说一句了，答的是 ``said``。返回是第几句。"""
        screen = self._of(person)
        screen.latest += 1
        screen.answered = hash(said)
        self._last_shown[hash(person)] = screen
        self._last_shown.move_to_end(hash(person))
        while len(self._last_shown) > self._remembered:
            self._last_shown.popitem(last=False)
        return screen.latest

    def shown(self, person: Person, number: int, now: datetime) -> None:
        """第 ``number`` 句到了。"""
        screen = self._of(person)
        screen.shown, screen.shown_at = max(screen.shown, number), now

    def is_ahead_of(self, person: Person, seen: int, said_at: datetime) -> bool:
        """最近一句他说话时还没看到吗。

        Args:
            person: 说话的人。
            seen: 消息到时 :meth:`shown_to` 的答案。
            said_at: 话是什么时候说的。
        """
        screen = self._of(person)
        if screen.latest > seen:
            return True
        return screen.shown_at is not None and said_at < screen.shown_at - _CLOCKS_APART

    def answered_the_same(self, person: Person, said: str) -> bool:
        """最近一句答的就是同样的话：多半是连点了几下。"""
        screen = self._of(person)
        return screen.latest > 0 and screen.answered == hash(said)

    def _of(self, person: Person) -> _Latest:
        return self._last_shown.get(hash(person)) or _Latest()

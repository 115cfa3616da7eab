"""哪些账号连着、QQ 却掉了线：桥在，话送不出去。

凭三样知道：桥自己报的（心跳、掉线通知），发送时的回答，接连几次没有回音。掉了线的不发；桥一直报着掉线就等它报上线，
不报心跳的隔一会儿放一条出去试，一次只试一条，没成就隔得更久。
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from .messenger import Account

FIRST_PROBE = timedelta(minutes=1)
LONGEST_BETWEEN_PROBES = timedelta(minutes=10)
"""掉线之后第一次试、之后最多隔多久再试；每次没成翻倍。"""
REPORT_HOLDS = timedelta(minutes=5)
"""桥报了掉线，这么久不再报心跳，它的话就不作数了，自己去试。"""
_SILENT = 2
"""接连这么多次发给不同的人都没有回音，当作掉了线。"""


@dataclass
class _Away:
    """一个掉了线的账号。"""

    probe_at: float
    delay: float
    probing: bool = False
    """正有一条在试。"""


@dataclass
class Presence:
    """各账号的 QQ 在不在线。时刻用单调时钟，不怕墙上的钟被拨动。"""

    monotonic: Callable[[], float] = time.monotonic
    returned: Callable[[], object] = lambda: None
    """有账号回来了：叫醒送提醒的循环。"""
    _away: dict[Account, _Away] = field(default_factory=dict[Account, _Away])
    _silent_for: dict[Account, set[str]] = field(default_factory=dict[Account, set[str]])

    def is_away(self, account: Account) -> bool:
        """掉了线，也还没到试一试的时候（或正在试）。"""
        away = self._away.get(account)
        return away is not None and (away.probing or self.monotonic() < away.probe_at)

    def admits(self, account: Account) -> bool:
        """现在可不可以发一条；掉了线、该试一试的只放第一条。"""
        if self.is_away(account):
            return False
        away = self._away.get(account)
        if away is not None:
            away.probing = True
        return True

    def reported_away(self, account: Account) -> None:
        """桥说 QQ 掉了线。只要它一直这么报，就一直等。"""
        away = self._away.setdefault(account, _Away(0.0, FIRST_PROBE.total_seconds()))
        away.probe_at = self.monotonic() + REPORT_HOLDS.total_seconds()

    def lost(self, account: Account) -> None:
        """发送时得知掉了线：隔一会儿再试，一次比一次久。"""
        away = self._away.get(account)
        if away is None:
            away = self._away[account] = _Away(0.0, FIRST_PROBE.total_seconds())
        elif away.probing:
            away.delay = min(away.delay * 2, LONGEST_BETWEEN_PROBES.total_seconds())
        away.probing = False
        away.probe_at = max(away.probe_at, self.monotonic() + away.delay)

    def silent(self, account: Account, user_id: str) -> None:
        """发给这个人没有等到回音；一两个人也许是他们自己的缘故，接连几个人都这样就是掉了线。"""
        people = self._silent_for.setdefault(account, set())
        people.add(user_id)
        if account in self._away or len(people) >= _SILENT:
            self.lost(account)

    def unclear(self, account: Account) -> None:
        """有回答，却看不出 QQ 在不在线：只是不再占着试一试的那一条。"""
        if account in self._away:
            self.lost(account)

    def is_back(self, account: Account) -> None:
        """QQ 有了回应，或桥说上了线。"""
        self._silent_for.pop(account, None)
        if self._away.pop(account, None) is not None:
            self.returned()

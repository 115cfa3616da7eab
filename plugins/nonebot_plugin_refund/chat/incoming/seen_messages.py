"""最近放行过哪些消息：重复上报的、我们的几个账号在同一个群里各收到一份的，都只办一次。

同一个账号按消息号认。几个账号看到的消息号、引用号、图片地址各不相同，时刻可以差一两秒，
所以跨账号按「群、人、统一写法的文字」认，时刻相近就是同一条；实现给了群里的真序号（``real_seq``）就按它。
"""

from collections import OrderedDict
from dataclasses import dataclass, field

from nonebot.adapters import Event
from nonebot.adapters.onebot.v11 import GroupMessageEvent, MessageEvent

from ...dialogue.base.incoming import CONSOLE, ONEBOT
from ...domain.understanding.writing.text import normalise

CLOSE = 5
"""几个账号看到的同一条消息，时刻最多差几秒。"""
_REMEMBERED = 2048
_PER_KEY = 8
_NOT_WORDS = frozenset(("text", "reply", "at"))


@dataclass
class _Seen:
    """放行过的一条群消息。"""

    time: int
    sequence: str | None
    accounts: set[int] = field(default_factory=set[int])


class SeenMessages:
    """只留散列（每次启动的盐不同）：里面看不出是谁、说了什么。条数有上限，先忘最早的。"""

    def __init__(self) -> None:
        self._exact: OrderedDict[int, None] = OrderedDict()
        self._groups: OrderedDict[int, list[_Seen]] = OrderedDict()

    def seen_before(self, event: Event) -> bool:
        """这条消息是不是已经放行过；没有就记下。"""
        if self._repeated(event):
            return True
        return isinstance(event, GroupMessageEvent) and self._seen_by_another(event)

    def _repeated(self, event: Event) -> bool:
        key = hash(_exact_key(event))
        if key in self._exact:
            return True
        self._exact[key] = None
        if len(self._exact) > _REMEMBERED:
            self._exact.popitem(last=False)
        return False

    def _seen_by_another(self, event: GroupMessageEvent) -> bool:
        kept = self._groups.setdefault(hash(_words_key(event)), [])
        account, sequence = hash(event.self_id), _sequence(event)
        for seen in kept:
            if account not in seen.accounts and _same(seen, event.time, sequence):
                seen.accounts.add(account)
                return True
        kept.append(_Seen(event.time, sequence, {account}))
        del kept[:-_PER_KEY]
        if len(self._groups) > _REMEMBERED:
            self._groups.popitem(last=False)
        return False


def _same(seen: _Seen, time: int, sequence: str | None) -> bool:
    if seen.sequence is not None and sequence is not None:
        return seen.sequence == sequence
    return abs(seen.time - time) <= CLOSE


def _exact_key(event: Event) -> tuple[object, ...]:
    if isinstance(event, GroupMessageEvent):
        # 消息号常是负数，而 hash(-1) 等于 hash(-2)：写成字再散列
        return ONEBOT, event.self_id, event.group_id, str(event.message_id)
    if isinstance(event, MessageEvent):
        return ONEBOT, event.self_id, event.user_id, str(event.message_id)
    return CONSOLE, getattr(event, "message_id", None)


def _words_key(event: GroupMessageEvent) -> tuple[object, ...]:
    text = normalise("".join(segment.data.get("text", "") for segment in event.message if segment.type == "text"))
    others = tuple(segment.type for segment in event.message if segment.type not in _NOT_WORDS)
    return event.group_id, event.user_id, text, others


def _sequence(event: GroupMessageEvent) -> str | None:
    sequence = getattr(event, "real_seq", None)
    return str(sequence) if sequence else None

"""库用不了的时候：私聊里每人隔几分钟说一声，群里不说。"""

from collections import OrderedDict
from datetime import datetime, timedelta

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ...storage.records import Person

TOLD_EVERY = timedelta(minutes=5)
"""同一个人，说一声至少隔多久。"""
_REMEMBERED = 10_000
_DOWN = ("OperationalError", "InterfaceError", "InternalError")


def is_outage(error: BaseException) -> bool:
    """是库用不了（连不上、写不进、满了、一直被占着），不是这句话办砸了。"""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or type(error).__name__ in _DOWN
    return isinstance(error, (OSError, PoolTimeout, TimeoutError))


class Outage:
    """对谁说过了；记的是散列，不是账号。"""

    def __init__(self) -> None:
        self._told: OrderedDict[int, datetime] = OrderedDict()

    def may_tell(self, person: Person, now: datetime) -> bool:
        """该不该对他说一声；该就记下说过了。"""
        told = self._told.get(hash(person))
        if told is not None and timedelta() <= now - told < TOLD_EVERY:
            return False
        self._told[hash(person)] = now
        self._told.move_to_end(hash(person))
        while len(self._told) > _REMEMBERED:
            self._told.popitem(last=False)
        return True

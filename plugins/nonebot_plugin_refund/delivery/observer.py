"""记指标用的接口：一条提醒有了去处、一次送达没成，就调用它。实现不许抛错，也不许等待。"""

from typing import Protocol

from ..storage.reminding.reminders import ReminderState
from .messenger import NotConnected, Receipt, Rejected
from .queue.endings import Outcome

ENDED = (ReminderState.SENT, ReminderState.WAITING, ReminderState.DEAD)
"""一次送达之后的去处；其余的还要再试。作废的不在这里：多半是案件变了，随案件的事务一起作废，送达一层看不到。"""


class Observer(Protocol):
    """提交之后才调用，所以记下的都已经在库里。"""

    def reminder_ended(self, ending: ReminderState) -> None:
        """一条提醒有了去处，是 :data:`ENDED` 之一。"""
        ...

    def delivery_failed(self, kind: str) -> None:
        """一次送达没成：``transient``、``unreachable``、``permanent``、``unknown``、``not_connected``。"""
        ...


class NoObserver:
    """不记指标时用的：什么都不做。"""

    def reminder_ended(self, ending: ReminderState) -> None:
        """不记。"""

    def delivery_failed(self, kind: str) -> None:
        """不记。"""


def failure_kind(outcome: Outcome) -> str | None:
    """没成的是哪一种；成了为空。"""
    if isinstance(outcome, Receipt):
        return None
    if isinstance(outcome, Rejected):
        return outcome.kind.value
    return "not_connected" if isinstance(outcome, NotConnected) else "unknown"

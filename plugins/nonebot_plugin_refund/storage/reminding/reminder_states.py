"""提醒的状态和准许的走法：一张表；改状态只经过这里的 :func:`moving`，别处不写 ``state``。

库里另有 CHECK：状态只有这几个词，领走、要发的必有租约，别的必没有。
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Update, case, literal, update

from ..connection.column_types import UtcDateTime
from ..tables import ReminderRow


class ReminderState(StrEnum):
    """提醒的状态。哪一个都有下一步，或已经了结。"""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENDING = "sending"
    """已经写明要发；从这里到有回音之间崩溃，结果就不明。"""
    UNKNOWN = "unknown"
    """可能送到了，也可能没有。"""
    WAITING = "waiting"
    """推送不到本人，等他下次说话时补上；运营者看得到、能重试，等得太久就转为 ``dead``。"""
    SENT = "sent"
    CANCELLED = "cancelled"
    DEAD = "dead"
    """试尽了办法；运营者看得到、能重试，本人下次说话时也会看到。"""


_S = ReminderState

MOVES: Mapping[ReminderState, frozenset[ReminderState]] = {
    # 到时领走；案件变了作废；恢复备份、撤销改动时改记
    _S.PENDING: frozenset({_S.PENDING, _S.CLAIMED, _S.CANCELLED, _S.UNKNOWN, _S.WAITING}),
    # 写明要发；还没出手就放回去、换一条路、作废；翻记录查到早已送到
    _S.CLAIMED: frozenset({_S.SENDING, _S.CLAIMED, _S.PENDING, _S.UNKNOWN, _S.WAITING, _S.DEAD, _S.SENT, _S.CANCELLED}),
    # 有了回音，或没有回音
    _S.SENDING: frozenset({_S.SENT, _S.CLAIMED, _S.PENDING, _S.UNKNOWN, _S.WAITING, _S.DEAD, _S.CANCELLED}),
    # 隔一会儿领走，先查送到没有；运营者重试
    _S.UNKNOWN: frozenset({_S.CLAIMED, _S.CANCELLED, _S.UNKNOWN, _S.WAITING, _S.PENDING}),
    # 本人来了；运营者重试；等得太久
    _S.WAITING: frozenset({_S.CLAIMED, _S.CANCELLED, _S.PENDING, _S.UNKNOWN, _S.WAITING, _S.DEAD}),
    _S.DEAD: frozenset({_S.CLAIMED, _S.CANCELLED, _S.PENDING, _S.UNKNOWN}),
    _S.SENT: frozenset(),
    # 恢复提醒、撤销改动
    _S.CANCELLED: frozenset({_S.PENDING, _S.UNKNOWN, _S.WAITING, _S.DEAD, _S.CANCELLED}),
}
"""从哪里可以到哪里。"""

IDLE = (_S.PENDING, _S.UNKNOWN)
"""没有人领着、等着到时的。"""
HELD = (_S.CLAIMED, _S.SENDING)
"""有一个进程领着的：必有租约，租约过了就收回。"""
OVER = (_S.SENT, _S.CANCELLED, _S.DEAD, _S.WAITING)
"""这一次有了去处的：记下从什么时候起。"""
SETTLED = (_S.SENT, _S.CANCELLED, _S.DEAD)
"""不再自己动的。"""
CANCELLABLE = (_S.PENDING, _S.CLAIMED, _S.UNKNOWN, _S.WAITING)
"""还能作废的。``sending`` 已经出手，收不回来。"""


@dataclass(frozen=True)
class Fork:
    """去处因行而异：符合 ``when`` 的去 ``then``，别的去 ``otherwise``。"""

    when: ColumnElement[bool]
    then: ReminderState
    otherwise: ReminderState


def moving(
    to: ReminderState | Fork,
    sources: Collection[ReminderState],
    now: datetime | None = None,
    *,
    state: ColumnElement[str] | None = None,
    **values: Any,
) -> Update:
    """改状态的语句：现在是 ``sources`` 之一的才改；别的条件由调用者接着 ``where``。

    Args:
        to: 去哪里。
        sources: 现在须是哪几个状态之一。
        now: 有了去处的从这一刻起；去 :data:`OVER` 时必须给。
        state: 比较状态用的式子；默认是那一列本身。
        values: 别的列。去 :data:`HELD` 必须给 ``lease_until``。

    Raises:
        ValueError: 表里没有这种走法，或少给了该给的。
    """
    targets = (to.then, to.otherwise) if isinstance(to, Fork) else (to,)
    for source in sources:
        for target in targets:
            if target not in MOVES[ReminderState(source)]:
                raise ValueError(f"提醒不能从 {source} 到 {target}")
    written = _columns_of(to, targets, now) | values
    if (values.get("lease_until") is None) is (targets[0] in HELD):
        raise ValueError("领走、要发的必有租约，别的必没有")
    written["state"] = (
        case((to.when, to.then.value), else_=to.otherwise.value) if isinstance(to, Fork) else ReminderState(to).value
    )
    compared = ReminderRow.state if state is None else state
    return update(ReminderRow).where(compared.in_([str(source) for source in sources])).values(written)


def _columns_of(to: ReminderState | Fork, targets: tuple[ReminderState, ...], now: datetime | None) -> dict[str, Any]:
    """随状态走的两列：租约，和从什么时候起有了去处。"""
    if targets[0] in HELD:
        return {}
    since = [now if target in OVER else None for target in targets]
    if now is None and any(target in OVER for target in targets):
        raise ValueError("有了去处的要记下从什么时候起")
    if not isinstance(to, Fork):
        return {"lease_until": None, "settled_at": since[0]}
    moments = [literal(moment, UtcDateTime()) for moment in since]
    return {"lease_until": None, "settled_at": case((to.when, moments[0]), else_=moments[1])}

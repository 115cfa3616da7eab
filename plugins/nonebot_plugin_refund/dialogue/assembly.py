"""装配：把对话、提醒、计时装在一个数据库上。不认识 NoneBot，工具和测试也用它。"""

import gc
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from ..clock import Clock
from ..delivery.messenger import Messenger
from ..delivery.next_message import NextMessage
from ..delivery.observer import Observer
from ..delivery.settings import DeliverySettings
from ..delivery.spacing import Spacing
from ..delivery.worker import DeliveryWorker
from ..domain.calendar import WorkCalendar
from ..domain.understanding.scenarios import Classifier
from ..storage.case_codes import Draw
from ..storage.database import Database
from .base.incoming import Incoming
from .base.turn import Services
from .group.memory import GroupMemory
from .limits.flood import Limits
from .owed.ledger import Ledger
from .reception import Reception
from .reminders.letters import ReminderLetters
from .reminders.timekeeper import Timekeeper
from .rulebooks.in_force import RulebookInForce
from .rulebooks.mover import EditionMover
from .rulebooks.shelf import EditionShelf


@dataclass(frozen=True)
class Parts:
    """装配要用的零件。"""

    database: Database
    shelf: EditionShelf
    classifier: Classifier
    memory: GroupMemory
    clock: Clock
    messenger: Messenger
    delivery: DeliverySettings
    is_group_admin: Callable[[Incoming], Awaitable[bool]]
    command: str
    """在话里怎么写命令，如 ``/退款``。"""
    retention: timedelta
    """结案后保留多久。"""
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    spacing: Spacing | None = None
    observer: Observer | None = None
    """记送达的指标的人；默认没有。"""
    draw_code: Draw | None = None
    """抽案件号的办法，默认随机。"""
    in_force: RulebookInForce | None = None
    """换手册的人，拿着同一个书架；工具里没有。"""
    limits: Limits = field(default_factory=Limits)
    """一个人、一个群说得多快算太快。"""
    data_folder: Path | None = None
    """插件的数据文件夹；工具里没有。"""


@dataclass(frozen=True)
class Office:
    """装好的整套。"""

    database: Database
    reception: Reception
    worker: DeliveryWorker
    timekeeper: Timekeeper
    ledger: Ledger
    """欠着的回答。"""
    mover: EditionMover

    @property
    def next_message(self) -> NextMessage:
        """把欠着的提醒放在回复最上面的人。"""
        return self.worker.next_message


def assemble(parts: Parts) -> Office:
    """装好一套。"""
    worker = DeliveryWorker(
        parts.database,
        parts.messenger,
        ReminderLetters(parts.shelf, parts.calendar),
        parts.clock,
        parts.delivery,
        spacing=parts.spacing,
        observer=parts.observer,
    )
    services = Services(
        database=parts.database,
        shelf=parts.shelf,
        calendar=parts.calendar,
        classifier=parts.classifier,
        clock=parts.clock,
        quiet=parts.delivery.quiet,
        groups=parts.memory,
        is_group_admin=parts.is_group_admin,
        wake_delivery=worker.poke,
        command=parts.command,
        draw_code=parts.draw_code,
        in_force=parts.in_force,
        limits=parts.limits,
        data_folder=parts.data_folder,
    )
    timekeeper = Timekeeper(
        parts.database, parts.shelf, parts.calendar, parts.delivery.quiet, parts.retention, parts.data_folder
    )
    mover = EditionMover(parts.database, parts.shelf, parts.calendar, parts.delivery.quiet)
    ledger = Ledger(parts.database, parts.messenger, parts.clock, parts.delivery.quiet)
    return Office(parts.database, Reception(services, ledger), worker, timekeeper, ledger, mover)


def settle_memory() -> None:
    """都装好以后、换过手册以后各调用一次：它们此后不变，垃圾回收不必一遍遍走过，每条消息都因此便宜。"""
    gc.collect()
    gc.freeze()

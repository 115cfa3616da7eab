"""装配：照设置把对话、提醒、计时装在一个数据库上。不用 NoneBot，工具和测试也用它。"""

import gc
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from ..clock import Clock
from ..config import Config
from ..delivery.messenger import Messenger
from ..delivery.observer import Observer
from ..delivery.queue.next_message import NextMessage
from ..delivery.settings import DeliverySettings
from ..delivery.spacing import Spacing
from ..delivery.worker import DeliveryWorker
from ..domain.days.calendar import WorkCalendar
from ..domain.days.reminders import QuietHours
from ..domain.understanding.scenarios import Classifier
from ..storage.case.case_codes import Draw
from ..storage.connection.database import Database
from .base.incoming import Incoming
from .base.turn import Services
from .group.memory import GroupMemory
from .limits.flood import Limits
from .owed.owed_answers import OwedAnswers
from .reception import Reception
from .reminders.due_changes import DueChanges
from .reminders.writing import ReminderComposer
from .rulebooks.editions import Editions
from .rulebooks.in_force import RulebookInForce
from .rulebooks.mover import EditionMover

_YOUNG = 10_000
"""多出这么多个对象才回收一次。照默认的 700 个，几十句话就收一次，要把还记着的最近几十句走一遍，那一句多等两三毫秒。"""


@dataclass(frozen=True)
class Assembly:
    """装好的整套。"""

    services: Services
    """各轮对话用的部件。"""
    reception: Reception
    worker: DeliveryWorker
    due_changes: DueChanges
    owed_answers: OwedAnswers
    """欠着的回答。"""
    mover: EditionMover

    @property
    def database(self) -> Database:
        """装在哪个数据库上。"""
        return self.services.database

    @property
    def next_message(self) -> NextMessage:
        """把欠着的提醒放在回复最上面的部件。"""
        return self.worker.next_message


def assemble(
    configuration: Config,
    *,
    database: Database,
    editions: Editions,
    classifier: Classifier,
    groups: GroupMemory,
    clock: Clock,
    messenger: Messenger,
    is_group_admin: Callable[[Incoming], Awaitable[bool]],
    command: str,
    calendar: WorkCalendar | None = None,
    spacing: Spacing | None = None,
    observer: Observer | None = None,
    draw_code: Draw | None = None,
    in_force: RulebookInForce | None = None,
    limits: Limits | None = None,
    data_folder: Path | None = None,
) -> Assembly:
    """照设置装好一套；聊天、工具、测试都从这里装。没说明的参数见 :class:`Services`。

    Args:
        configuration: 插件设置。
        messenger: 把话送出去的平台。
        calendar: 默认是随包的工作日历。
        spacing: 发送间隔；默认按设置。
        observer: 送达的指标往哪里记；默认不记。
        draw_code: 默认随机。
        in_force: 换手册的部件，用的是同样的各个版本；工具里没有。
        limits: 默认是平常的上限。
        data_folder: 工具里没有。
    """
    calendar = calendar or WorkCalendar()
    delivery = _delivery_settings(configuration)
    letters = ReminderComposer(editions, calendar)
    worker = DeliveryWorker(database, messenger, letters, clock, delivery, spacing=spacing, observer=observer)
    services = Services(
        database=database,
        editions=editions,
        calendar=calendar,
        classifier=classifier,
        clock=clock,
        quiet=delivery.quiet,
        groups=groups,
        is_group_admin=is_group_admin,
        wake_delivery=worker.poke,
        command=command,
        draw_code=draw_code,
        in_force=in_force,
        limits=limits or Limits(),
        data_folder=data_folder,
    )
    retention = timedelta(days=configuration.refund_retention_days)
    owed_answers = OwedAnswers(database, messenger, clock, delivery.quiet)
    return Assembly(
        services=services,
        reception=Reception(services, owed_answers),
        worker=worker,
        due_changes=DueChanges(database, editions, calendar, delivery.quiet, retention, data_folder),
        owed_answers=owed_answers,
        mover=EditionMover(database, editions, calendar, delivery.quiet),
    )


def _delivery_settings(configuration: Config) -> DeliverySettings:
    return DeliverySettings.paced(
        spacing=timedelta(seconds=configuration.refund_send_interval_seconds),
        jitter=timedelta(seconds=configuration.refund_send_jitter_seconds),
        send_timeout=timedelta(seconds=configuration.refund_send_timeout_seconds),
        quiet=QuietHours(configuration.refund_quiet_start, configuration.refund_quiet_end),
        mentions=configuration.refund_group_mentions,
    )


def settle_memory() -> None:
    """都装好以后、换过手册以后各调用一次：它们此后不变，垃圾回收不必一遍遍走过，每条消息都因此便宜。

    启动时关着的垃圾回收从这里打开，隔得久些；准备时用过、放下了的内存还给系统。
    """
    gc.collect()
    _return_free_memory()
    gc.freeze()
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
    gc.enable()


def _return_free_memory() -> None:
    """glibc 放下的内存多半还留着等再用，这一下是几 MB 到十几 MB；别的系统没有这个函数，就算了。"""
    with suppress(ImportError, OSError, TypeError, AttributeError):
        from ctypes import CDLL

        CDLL(None).malloc_trim(0)

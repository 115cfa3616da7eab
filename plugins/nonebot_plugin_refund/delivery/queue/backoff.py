"""没成之后隔多久再试。"""

from collections.abc import Callable
from datetime import timedelta

from ..settings import DeliverySettings


def retry_delay(failures: int, settings: DeliverySettings, random: Callable[[], float]) -> timedelta:
    """第 ``failures`` 次失败（从 1 数）之后等多久：每次翻倍、有上限，再乘 0.5 到 1.5 免得大家同时重试。

    Args:
        random: 给出 [0, 1) 的数。
    """
    doubled = settings.backoff_base * 2 ** min(failures - 1, 20)
    return min(doubled, settings.backoff_cap) * (0.5 + random())


def patient_delay(overdue: timedelta, settings: DeliverySettings, random: Callable[[], float]) -> timedelta:
    """对方一时答不上来，不算失败、也不计次：已经拖了多久就再等一半，有下限和上限，再乘 0.5 到 1.5。"""
    return min(max(overdue / 2, settings.backoff_base), settings.lookup_cap) * (0.5 + random())

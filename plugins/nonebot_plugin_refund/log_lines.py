"""日志里一行的结构：出了什么事、哪个案件、哪条提醒。

写法：`logger.info("给人看的一句", extra=about("reminder_settled", reminder=7))`。用哪种格式、写到哪里由接日志的人定
（`chat/logs/log_bridge.py` 交给 NoneBot，`launch/logs.py` 写成 JSON）。
用户说的话、用户的 QQ 号、群号、证件号之类没有位置可放。
"""

from collections.abc import Mapping
from typing import Any

KEY = "refund"
"""这些字段放在日志记录的哪个属性里。"""


def about(
    event: str,
    *,
    case: str | None = None,
    reminder: int | None = None,
    account: str | None = None,
    scenario: str | None = None,
    channel: str | None = None,
    outcome: str | None = None,
) -> dict[str, dict[str, str | int]]:
    """给 `logging` 的 `extra=` 用。

    Args:
        event: 事件名，英文小写加下划线，不随文案变。
        case: 案件号。
        reminder: 提醒的行号。
        account: 机器人自己的账号，不是用户的。
        scenario: 场景 id。
        channel: 走哪条路送的。
        outcome: 怎样结束的。
    """
    fields = {
        "event": event,
        "case": case,
        "reminder": reminder,
        "account": account,
        "scenario": scenario,
        "channel": channel,
        "outcome": outcome,
    }
    return {KEY: {name: value for name, value in fields.items() if value is not None}}


def fields_of(record: Mapping[str, Any]) -> dict[str, str | int]:
    """一条记录里的这些字段；别人的日志没有，为空。"""
    fields = record.get(KEY)
    return dict(fields) if isinstance(fields, dict) else {}

"""看数目：``stats``，一个 JSON 对象。"""

import asyncio
from datetime import UTC, datetime
from typing import Any

import typer

from ..domain.small_groups import LEAST_PEOPLE, Block
from ..storage.connection.reading import open_to_read
from ..storage.errors import StorageError
from ..storage.owner.statistics import FAILURES_WITHIN, Numbers, count_all
from .installation import DatabaseOption, DataOption, installation_or_exit
from .output import NowOption, emit, fail, moment


def register(app: typer.Typer) -> None:
    """把这个命令挂到 ``refund`` 上。"""
    app.command("stats")(stats)


def stats(data: DataOption = None, database: DatabaseOption = None, now: NowOption = None) -> None:
    """案件、结论、提醒、推送失败各多少（一个 JSON 对象），机器人不用停，只读。

    每张表是一棵树：{"count": 总数, "parts": [{"key", "count", "parts"}]}，各行加起来正好是总数。
    不到五个人的不单独报：并成一行，key 是 null；整张表不到五个人的是 null。

    数据库不在、打不开、版本不对退出码 1，设置或用法有误退出码 2。
    """
    installation = installation_or_exit(data, database)
    at = moment(now).astimezone(UTC)
    try:
        numbers = asyncio.run(_numbers(installation.database, at))
    except StorageError as error:
        fail(str(error), 1)
    emit(_described(numbers, at))


async def _numbers(target: str, now: datetime) -> Numbers:
    opened = await open_to_read(target)
    try:
        async with opened.session() as session:
            return await count_all(session, now)
    finally:
        await opened.close()


def _described(numbers: Numbers, at: datetime) -> dict[str, Any]:
    return {
        "at": at.isoformat(),
        "least_people": LEAST_PEOPLE,
        "sending_paused_since": numbers.paused_since and numbers.paused_since.isoformat(),
        "undelivered": numbers.anything_dead,
        "cases": _tree(numbers.cases),
        "verdicts": _tree(numbers.verdicts),
        "reminders": _tree(numbers.reminders),
        "failures_within_days": FAILURES_WITHIN.days,
        "failures": _tree(numbers.failures),
    }


def _tree(root: Block | None) -> dict[str, Any] | None:
    return None if root is None else {"count": root.count, "parts": [_part(part) for part in root.parts]}


def _part(block: Block) -> dict[str, Any]:
    return {"key": block.name, "count": block.count, "parts": [_part(part) for part in block.parts]}

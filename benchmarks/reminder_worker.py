"""量退款助手自己的子进程：``python -m benchmarks.reminder_worker claim|start|interview 库的位置``。

标准输入每来一行就量一次，往标准输出写一行 JSON；输入关上就退出。``claim`` 的那一行是这一轮到时几条。
"""

import argparse
import asyncio
import itertools
import os
import random
import sys
import time
from datetime import UTC

from sqlalchemy import bindparam, func, select, text, update

from benchmarks.measuring import answer, resident_megabytes, results_channel
from benchmarks.stock import CONVERSATION, NOON, AcceptingMessenger, Furniture, assembled, private_message
from nonebot_plugin_refund.dialogue.assembly import Assembly, settle_memory
from nonebot_plugin_refund.storage.person import groups
from nonebot_plugin_refund.storage.tables import CaseRow, ReminderRow
from nonebot_plugin_refund.storage.upgrade import open_database


async def measure_start(database_at: str, furniture: Furniture) -> dict[str, float]:
    """打开数据库、装好、走完启动后的第一趟（到期的时限、重算、清理、送提醒），然后看内存。

    导入模块和读手册与库里有多少无关，不算在内，免得把倍数冲淡；内存是整个进程的。
    """
    before, cpu_before = time.perf_counter(), time.process_time()
    database = await open_database(database_at)
    async with database.session() as session:
        await groups.changed_since(session, None)
    assembly = assembled(database, furniture, AcceptingMessenger())
    now = NOON.astimezone(UTC)
    await assembly.due_changes.pass_due_timers(now)
    await assembly.due_changes.redate_uncertain(now)
    await assembly.due_changes.tidy(now)
    await assembly.worker.run_once()
    milliseconds, cpu = (time.perf_counter() - before) * 1e3, (time.process_time() - cpu_before) * 1e3
    result = {"milliseconds": milliseconds, "cpu": cpu, "megabytes": resident_megabytes()}
    await database.close()
    return result


class Claiming:
    """反复量“到时若干条，领取、发出、了结”。

    到时的每轮从全库随机抽，各属不同的人、各成一条消息；量完放回去，待发的总数不变。
    """

    def __init__(self, assembly: Assembly, messenger: AcceptingMessenger) -> None:
        self._assembly = assembly
        self._messenger = messenger
        self._draw = random.Random(1)

    async def round(self, due: int) -> dict[str, float]:
        """一轮，到时 ``due`` 条。

        Raises:
            RuntimeError: 送到的不是正好这么多条。
        """
        chosen = await self._make_due(due)
        self._messenger.sent.clear()
        before, cpu_before = time.perf_counter(), time.process_time()
        await self._assembly.worker.run_once()
        milliseconds, cpu = (time.perf_counter() - before) * 1e3, (time.process_time() - cpu_before) * 1e3
        if len(self._messenger.sent) != due:
            raise RuntimeError(f"该送 {due} 条，送了 {len(self._messenger.sent)} 条")
        await self._put_back(chosen)
        return {"milliseconds": milliseconds, "cpu": cpu}

    async def _make_due(self, due: int) -> list[int]:
        async with self._assembly.database.transaction() as session:
            newest = await session.scalar(select(func.max(CaseRow.id))) or 0
            oldest = await session.scalar(select(func.min(CaseRow.id))) or 0
            cases = self._draw.sample(range(oldest, newest + 1), due)
            first_of_case = select(func.min(ReminderRow.id)).where(ReminderRow.case_id == bindparam("case"))
            chosen = [await session.scalar(first_of_case, {"case": case}) or 0 for case in cases]
            await session.execute(update(ReminderRow).where(ReminderRow.id.in_(chosen)).values(next_try_at=NOON))
        return chosen

    async def _put_back(self, chosen: list[int]) -> None:
        async with self._assembly.database.transaction() as session:
            await session.execute(
                update(ReminderRow)
                .where(ReminderRow.id.in_(chosen))
                .values(state="pending", next_try_at=ReminderRow.due_at, settled_at=None, delivery_id=None)
            )
            await session.execute(text("DELETE FROM refund_deliveries"))


_newcomers = itertools.count(1)


async def hold_interview(assembly: Assembly) -> dict[str, list[float]]:
    """一个新来的人走完一场访谈，返回每一句从收到到办完提交的毫秒数。

    Raises:
        RuntimeError: 最后没有立成案。
    """
    person = f"p{os.getpid()}-{next(_newcomers)}"
    taken: list[float] = []
    said: list[str] = []
    for words in CONVERSATION:
        incoming = private_message(person, words)
        before = time.perf_counter()
        replies = await assembly.reception.receive(incoming)
        taken.append((time.perf_counter() - before) * 1e3)
        said = [reply.text for reply in replies]
    if not any("已记成案件" in words for words in said):
        raise RuntimeError("访谈没有走到立案")
    return {"milliseconds": taken}


async def serve(mode: str, database_at: str) -> None:
    """来一行量一次，直到输入关上。"""
    channel = results_channel()
    furniture = Furniture()
    if mode == "start":
        if sys.stdin.readline():
            answer(channel, await measure_start(database_at, furniture))
        return
    database = await open_database(database_at)
    messenger = AcceptingMessenger()
    assembly = assembled(database, furniture, messenger)
    settle_memory()
    claiming = Claiming(assembly, messenger)
    while request := sys.stdin.readline():
        answer(channel, await (claiming.round(int(request)) if mode == "claim" else hold_interview(assembly)))
    await database.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="量退款助手的子进程")
    parser.add_argument("mode", choices=("claim", "start", "interview"))
    parser.add_argument("database")
    arguments = parser.parse_args()
    asyncio.run(serve(arguments.mode, arguments.database))

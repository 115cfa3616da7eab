"""一句回答问几次数据库：答得快不快几乎全由它决定（``docs/performance.md``），所以数，不掐表；只许少，不许多。"""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from tests.chat.conversation_harness import Bench

SHOP = ("退货", "1", "1", "昨天", "1", "1")


@contextmanager
def statements(bench: Bench) -> Generator[list[str]]:
    """这期间执行的语句：办这句话，和回话之后看有没有欠着的提醒；不含提交。"""
    engine = bench.assembly.database.engine.sync_engine
    executed: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        executed.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield executed
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def test_an_ordinary_answer_takes_few_statements(bench: Bench) -> None:
    await bench.private(*SHOP[:2])
    with statements(bench) as executed:
        await bench.private(SHOP[2])
    assert len(executed) <= 11, "\n".join(s[:70].replace("\n", " ") for s in executed)


async def test_the_answer_that_opens_a_case_takes_few_statements(bench: Bench) -> None:
    await bench.private(*SHOP)
    await bench.private(SHOP[0], "是", *SHOP[1:-1])
    with statements(bench) as executed:
        said = await bench.private(SHOP[-1])
    assert "已记成案件" in "".join(said)
    assert len(executed) <= 21, "\n".join(s[:70].replace("\n", " ") for s in executed)

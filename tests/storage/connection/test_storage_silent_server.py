"""PostgreSQL 那头一声不响（连接没断，话没有回音）：到点就换一条连接，不一直等。"""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError

from nonebot_plugin_refund.storage.connection import server_connection
from nonebot_plugin_refund.storage.connection.database import Database, parse_target
from tests.backends import postgres_only


class Line:
    """机器人与服务器之间的一段线：可以冻住，字节都收下，一个也不转。"""

    def __init__(self, connect: tuple[str, int] | str) -> None:
        self._connect = connect
        self._thawed = asyncio.Event()
        self._thawed.set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.opened = 0

    def freeze(self) -> None:
        self._thawed.clear()

    def thaw(self) -> None:
        """往后新连的通；冻住时在线上的字节就没了。"""
        for task in self._tasks:
            task.cancel()
        self._thawed.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.opened += 1
        await self._thawed.wait()
        if isinstance(self._connect, str):
            far_reader, far_writer = await asyncio.open_unix_connection(self._connect)
        else:
            far_reader, far_writer = await asyncio.open_connection(*self._connect)
        for source, target in ((reader, far_writer), (far_reader, writer)):
            task = asyncio.create_task(self._carry(source, target))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while received := await source.read(65_536):
                await self._thawed.wait()
                target.write(received)
            target.close()


@pytest.fixture
async def line_and_database(target: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Line, Database]]:
    monkeypatch.setattr(server_connection, "COMMAND_TIMEOUT", 0.3)
    monkeypatch.setattr(server_connection, "CONNECT_TIMEOUT", 0.3)
    url = make_url(target)
    host = url.host or url.query.get("host") or "localhost"
    assert isinstance(host, str)
    port = url.port or 5432
    line = Line(f"{host}/.s.PGSQL.{port}" if host.startswith("/") else (host, port))
    server = await asyncio.start_server(line.serve, "127.0.0.1", 0)
    through = url.set(host="127.0.0.1", port=server.sockets[0].getsockname()[1]).difference_update_query(["host"])
    database = Database(parse_target(through.render_as_string(hide_password=False)).render_as_string(False))
    yield line, database
    line.thaw()
    await database.close()
    server.close()


async def _ask(database: Database) -> int:
    async with database.transaction() as session:
        return await session.scalar(text("SELECT 7")) or 0


@postgres_only
async def test_a_connection_that_fell_silent_is_given_up_and_replaced(
    line_and_database: tuple[Line, Database],
) -> None:
    line, database = line_and_database
    async with asyncio.timeout(30):
        assert await _ask(database) == 7
        line.freeze()
        with pytest.raises((SQLAlchemyError, OSError)):  # 哪一种都行，要紧的是不一直等
            await _ask(database)
        line.thaw()
        assert await _ask(database) == 7
    assert line.opened >= 2


@postgres_only
async def test_every_connection_probes_an_idle_peer(line_and_database: tuple[Line, Database]) -> None:
    _, database = line_and_database
    async with database.engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        opened = raw._transport.get_extra_info("socket")
        assert opened.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
        assert opened.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == server_connection._UNACKNOWLEDGED_MS
        assert await connection.scalar(text("SHOW tcp_keepalives_idle")) is not None

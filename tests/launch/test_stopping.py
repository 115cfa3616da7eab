"""停机的次序：插件先停手，服务器后关门；第二次信号不等；卡住了到点强退。"""

import asyncio
import os
import signal
from collections.abc import Iterator
from types import FrameType

import pytest
from launch import stopping
from launch.stopping import GracefulStop


class Server:
    """服务器自己的信号处理：只记下被叫了几次、当时插件停手了没有。"""

    def __init__(self) -> None:
        self.calls: list[bool] = []
        self.plugin_stopped = False
        self.closed = asyncio.Event()

    def close(self, _number: int, _frame: FrameType | None) -> None:
        self.calls.append(self.plugin_stopped)
        self.closed.set()


@pytest.fixture
def server() -> Iterator[Server]:
    """已经装好信号处理的服务器；测完恢复原来的。"""
    server = Server()
    before = {number: signal.getsignal(number) for number in stopping.SIGNALS}
    for number in stopping.SIGNALS:
        signal.signal(number, server.close)
    yield server
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", stopping.SIGNALS)
async def test_the_plugin_settles_before_the_server_closes_the_door(server: Server, number: signal.Signals) -> None:
    async def wind_down() -> None:
        await asyncio.sleep(0)
        server.plugin_stopped = True

    GracefulStop(wind_down, lambda _: None).install()
    os.kill(os.getpid(), number)
    async with asyncio.timeout(10):
        await server.closed.wait()
    assert server.calls == [True]


async def test_a_second_signal_closes_the_door_at_once(server: Server) -> None:
    begun, never = asyncio.Event(), asyncio.Event()

    async def wind_down() -> None:
        begun.set()
        await never.wait()

    stop = GracefulStop(wind_down, lambda _: None)
    stop.install()
    os.kill(os.getpid(), signal.SIGTERM)
    async with asyncio.timeout(10):
        await begun.wait()
    assert server.calls == []
    os.kill(os.getpid(), signal.SIGTERM)
    async with asyncio.timeout(10):
        await server.closed.wait()
    assert server.calls == [False]
    assert stop._task is not None
    stop._task.cancel()


async def test_the_door_closes_even_if_settling_fails(server: Server) -> None:
    async def wind_down() -> None:
        raise OSError("disk")

    stop = GracefulStop(wind_down, lambda _: None)
    stop.install()
    os.kill(os.getpid(), signal.SIGTERM)
    async with asyncio.timeout(10):
        await server.closed.wait()
    assert server.calls == [False]
    assert stop._task is not None
    with pytest.raises(OSError, match="disk"):
        await stop._task


@pytest.mark.parametrize(("settles", "code"), [(True, 0), (False, 1)], ids=["the server hangs", "the plugin hangs"])
async def test_whatever_hangs_the_process_leaves_in_time(
    server: Server, monkeypatch: pytest.MonkeyPatch, settles: bool, code: int
) -> None:
    monkeypatch.setattr(stopping, "LONGEST", 0.05)
    loop, left, never = asyncio.get_running_loop(), asyncio.Queue[int](), asyncio.Event()

    async def wind_down() -> None:
        if not settles:
            await never.wait()

    stop = GracefulStop(wind_down, lambda status: loop.call_soon_threadsafe(left.put_nowait, status))
    stop.install()
    os.kill(os.getpid(), signal.SIGTERM)
    async with asyncio.timeout(10):
        assert await left.get() == code
    assert stop._task is not None
    stop._task.cancel()

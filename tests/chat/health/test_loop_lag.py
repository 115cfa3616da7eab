"""事件循环耽误了多久：量得出来，说得出来，外面问得到。"""

import asyncio
import json
from typing import Any

from nonebot.drivers import ASGIMixin

from nonebot_plugin_refund.alive_path import ALIVE_PATH
from nonebot_plugin_refund.chat.health import aliveness
from nonebot_plugin_refund.chat.health.loop_lag import LoopLag


class Loop:
    """假的循环：每睡一次，照单子多耽误一会儿；单子完了就停。"""

    def __init__(self, *late: float) -> None:
        self.late = list(late)
        self.seconds = 0.0
        self.stop = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds + self.late.pop(0)
        if not self.late:
            self.stop.set()


async def _watched(*late: float) -> tuple[LoopLag, list[float]]:
    loop, told = Loop(*late), list[float]()
    lag = LoopLag(told.append, sleep=loop.sleep, monotonic=lambda: loop.seconds)
    await lag.keep_watching(loop.stop)
    return lag, told


async def test_the_worst_delay_of_the_last_minute_is_kept_and_a_long_one_is_told() -> None:
    lag, told = await _watched(0.0, 0.5, 9.0, 0.25)
    assert lag.worst == 9.0
    assert told == [9.0]


async def test_a_delay_is_forgotten_after_a_minute() -> None:
    lag, _ = await _watched(9.0, *([0.0] * 60))
    assert lag.worst == 0.0


async def test_before_anything_was_measured_there_is_no_delay() -> None:
    assert LoopLag().worst == 0.0


async def test_the_answer_for_outside_comes_from_the_loop_and_names_nobody(monkeypatch: Any) -> None:
    installed: list[Any] = []

    class Server(ASGIMixin):
        def setup_http_server(self, setup: Any) -> None:
            installed.append(setup)

    Server.__abstractmethods__ = frozenset()
    monkeypatch.setattr(aliveness, "get_driver", Server)
    lag, _ = await _watched(0.5)
    assert aliveness.answer_at(lag) is True
    (setup,) = installed
    assert (str(setup.path), setup.method) == (ALIVE_PATH, "GET")
    answer = await setup.handle_func(None)
    assert answer.status_code == 200
    assert json.loads(answer.content) == {"refund": "alive", "lag_seconds": 0.5}


def test_a_terminal_without_a_server_has_no_such_address(monkeypatch: Any) -> None:
    monkeypatch.setattr(aliveness, "get_driver", object)
    assert aliveness.answer_at(LoopLag()) is False

"""NoneBot 的终端日志不显示的行，在造行之前就丢；显示的一行不少，别人接的日志不动。"""

from collections.abc import Iterator
from typing import Any

import pytest
from nonebot.log import default_filter, logger

from nonebot_plugin_refund.chat.logs.log_levels import drop_unseen_lines_early

CORE: Any = logger._core  # type: ignore[attr-defined]  # loguru 没有公开的办法取它


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """造过的行，不论显示没有；这时没有别的日志，结束时照原样放回去。"""
    lines: list[str] = []
    monkeypatch.setattr(CORE, "handlers", {})
    monkeypatch.setattr(CORE, "min_level", float("inf"))
    monkeypatch.setattr(CORE, "extra", dict(CORE.extra))
    monkeypatch.setattr(CORE, "patcher", lambda record: lines.append(record["message"]))
    yield lines
    logger.remove()


def _say_at_every_level() -> None:
    for level in ("TRACE", "DEBUG", "INFO", "SUCCESS", "WARNING"):
        logger.log(level, level)


@pytest.mark.parametrize(
    ("log_level", "shown"),
    [
        ("INFO", ["INFO", "SUCCESS", "WARNING"]),
        ("DEBUG", ["DEBUG", "INFO", "SUCCESS", "WARNING"]),
        ("TRACE", ["TRACE", "DEBUG", "INFO", "SUCCESS", "WARNING"]),
        (25, ["SUCCESS", "WARNING"]),
    ],
)
def test_what_the_terminal_shows_is_the_same_and_nothing_else_is_made(
    made: list[str], log_level: int | str, shown: list[str]
) -> None:
    CORE.extra["nonebot_log_level"] = log_level
    written: list[str] = []
    logger.add(lambda line: written.append(line.strip()), level=0, filter=default_filter, format="{message}")
    _say_at_every_level()
    assert written == shown
    assert len(made) == 5
    made.clear()
    written.clear()
    drop_unseen_lines_early()
    _say_at_every_level()
    assert written == shown
    assert made == shown


def test_a_log_the_host_added_still_gets_everything(made: list[str]) -> None:
    CORE.extra["nonebot_log_level"] = "INFO"
    of_the_host: list[str] = []
    logger.add(lambda _: None, level=0, filter=default_filter)
    logger.add(lambda line: of_the_host.append(line.strip()), level="DEBUG", format="{message}")
    drop_unseen_lines_early()
    _say_at_every_level()
    assert of_the_host == ["DEBUG", "INFO", "SUCCESS", "WARNING"]


def test_a_stricter_level_of_the_host_is_left_as_it_is(made: list[str]) -> None:
    CORE.extra["nonebot_log_level"] = "DEBUG"
    logger.add(lambda _: None, level="WARNING", filter=default_filter)
    drop_unseen_lines_early()
    _say_at_every_level()
    assert made == ["WARNING"]


def test_a_level_nobody_knows_drops_nothing(made: list[str]) -> None:
    CORE.extra["nonebot_log_level"] = "详细"
    logger.add(lambda _: None, level=0)
    drop_unseen_lines_early()
    _say_at_every_level()
    assert len(made) == 5

"""日志：一行一个 JSON，或一行文字；存成文件；我们的字段跟着走，别人的话不变样。"""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from launch import logs
from launch.settings import LaunchSettings
from nonebot.log import logger

from nonebot_plugin_refund.chat.logs.log_bridge import LogBridge, carry_to_nonebot
from nonebot_plugin_refund.log_lines import about
from tests.e2e.harness.bot_process import clean_environment

ROOT = Path(__file__).resolve().parents[2]
OURS = logging.getLogger("nonebot_plugin_refund.delivery.worker")


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """按 JSON 写出来的行。"""
    written = StringIO()
    sink = logger.add(written, format=logs.json_line, diagnose=False)
    yield written
    logger.remove(sink)


def test_a_line_of_ours_is_one_object_with_its_fields(lines: StringIO) -> None:
    OURS.info("提醒 %s：%s", 7, "sent", extra=about("reminder_settled", reminder=7, outcome="sent"))
    (line,) = map(json.loads, lines.getvalue().splitlines())
    assert {"event": "reminder_settled", "reminder": 7, "outcome": "sent", "level": "INFO"}.items() <= line.items()
    assert line["message"] == "提醒 7：sent"
    assert line["time"][-6] in "+-"


def test_braces_line_breaks_and_markup_in_a_message_stay_one_object(lines: StringIO) -> None:
    logger.info("第一行\n{message} <red>不是标记</red>")
    (line,) = map(json.loads, lines.getvalue().splitlines())
    assert line["message"] == "第一行\n{message} <red>不是标记</red>"
    assert "event" not in line


def test_an_exception_is_inside_the_object_without_the_values_of_variables(lines: StringIO) -> None:
    confidential = "别人的话" * 2
    try:
        raise KeyError(len(confidential))
    except KeyError:
        logger.exception("出错了")
    (line,) = map(json.loads, lines.getvalue().splitlines())
    assert "KeyError: 8" in line["exception"]
    assert confidential not in line["exception"]


def test_the_file_gets_text_lines_with_the_fields_behind(tmp_path: Path) -> None:
    path = tmp_path / "logs" / "bot.log"
    before = set(logger._core.handlers)  # type: ignore[attr-defined]  # loguru 没有公开的列法，测完要拆干净
    logs.set_up(settings(tmp_path, f"REFUND_LOG_FILE={path}"))
    OURS.warning("提醒 7 已被别处接走", extra=about("reminder_taken", reminder=7))
    for number in set(logger._core.handlers) - before:  # type: ignore[attr-defined]  # 同上
        logger.remove(number)
    (line,) = path.read_text(encoding="utf-8").splitlines()
    assert line.endswith("| 提醒 7 已被别处接走 · event=reminder_taken reminder=7")
    assert "[WARNING]" in line


@pytest.mark.parametrize(
    ("level", "seen"),
    [
        ("INFO", ["INFO"]),
        ("debug", ["DEBUG", "INFO"]),
        pytest.param("10", ["DEBUG", "INFO"], marks=pytest.mark.thorough),
    ],
)
def test_a_line_below_the_level_is_dropped_before_anything_is_made_of_it(
    tmp_path: Path, level: str, seen: list[str]
) -> None:
    """群里每条消息 NoneBot 都写三行 DEBUG：不显示的，连一条记录都不该为它建。"""
    code = (
        "from pathlib import Path\n"
        "from launch import logs\n"
        "from launch.settings import LaunchSettings\n"
        "from nonebot.log import logger\n"
        "logs.set_up(LaunchSettings((Path('.env'),)))\n"
        "made = []\n"
        "logger.configure(patcher=lambda record: made.append(record['level'].name))\n"
        "logger.debug('一'), logger.info('二')\n"
        "print(made)\n"
    )
    (tmp_path / ".env").write_text(f"HOST=127.0.0.1\nLOG_LEVEL={level}\n", encoding="utf-8")
    environment = clean_environment() | {"PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert ran.stdout.splitlines()[-1] == str(seen), ran.stderr


def test_a_log_file_that_cannot_be_written_is_refused_with_a_cure(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"REFUND_LOG_FILE.*改法"):
        logs.set_up(settings(tmp_path, f"REFUND_LOG_FILE={tmp_path / 'taken' / 'bot.log'}"))


def test_only_the_reason_of_a_refused_start_is_kept() -> None:
    trace = 'Traceback (most recent call last):\n  File "x.py", line 1\nSystemExit: 退款助手没有启动：\n手册第 3 行\n'
    record = logging.LogRecord("uvicorn.error", logging.ERROR, "", 0, trace, None, None)
    assert logs.say_only_the_reason(record)
    assert record.getMessage() == "退款助手没有启动：\n手册第 3 行"


@pytest.mark.parametrize("text", ["Shutting down", "Traceback (most recent call last):\n  …\nKeyError: 1\n"])
def test_other_lines_of_the_server_are_left_alone(text: str) -> None:
    record = logging.LogRecord("uvicorn.error", logging.ERROR, "", 0, text, None, None)
    assert logs.say_only_the_reason(record)
    assert record.getMessage() == text


def test_the_bridge_is_built_once() -> None:
    carry_to_nonebot()
    carry_to_nonebot()
    handlers = logging.getLogger("nonebot_plugin_refund").handlers
    assert sum(isinstance(handler, LogBridge) for handler in handlers) == 1


def settings(folder: Path, *lines: str) -> LaunchSettings:
    """从一个设置文件里读。"""
    env_file = folder / ".env"
    env_file.write_text("\n".join(lines), encoding="utf-8")
    return LaunchSettings((env_file,))

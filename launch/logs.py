"""日志写成什么样、写到哪里。显示到哪一级由 `LOG_LEVEL` 决定，内容由各处自己负责。"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import nonebot.log
from nonebot.log import default_filter, default_format, logger

from .settings import LaunchSettings

if TYPE_CHECKING:
    from loguru import FormatFunction, Record

ROTATE_AT = "10 MB"
KEPT_FOR = "14 days"
OUR_FIELDS = "refund"
"""插件把一行的字段（事件、案件号、提醒号……）放在这个名字下，见插件的 `log_lines.py`。"""

_TEXT = "{time:YYYY-MM-DD HH:mm:ss.SSS} [{level}] {name} | {message}"
_REFUSAL = re.compile(r"\ATraceback .*\nSystemExit: (?P<reason>.+?)\s*\Z", re.DOTALL)


def set_up(settings: LaunchSettings) -> None:
    """按设置接好日志；在 NoneBot 启动之前叫，第一行就是要的样子。

    标准输出上的那一份换成到 `LOG_LEVEL` 为止的：NoneBot 原来那份什么都收下、排好版再丢掉，群里每条消息要为丢掉的几行
    多花几十微秒。终端界面要用原来那份来画，所以不换。文件满 10 MB 换新的，旧的留 14 天。

    Raises:
        SystemExit: 日志文件建不了、写不进去；消息是给主人看的。
    """
    as_json = settings.refund_log_format == "json"
    layout = json_line if as_json else text_line
    level = _level(settings.log_level)
    if not settings.wants_console():
        _replace_default(level, layout if as_json else default_format, colorize=False if as_json else None)
    if settings.refund_log_file:
        _also_to_file(settings.refund_log_file, level, layout)
    logging.getLogger("uvicorn.error").addFilter(say_only_the_reason)


def _level(written: str) -> int | str:
    """`LOG_LEVEL` 的等级；写错的当作全要，由 NoneBot 自己去说。"""
    try:
        return int(written) if written.isdigit() else logger.level(written.upper()).name
    except ValueError:
        return 0


def _replace_default(level: int | str, layout: "FormatFunction | str", colorize: bool | None) -> None:
    with suppress(ValueError):  # 别处已经拆掉了
        logger.remove(nonebot.log.logger_id)
    nonebot.log.logger_id = logger.add(
        sys.stdout, level=level, filter=default_filter, format=layout, colorize=colorize, diagnose=False
    )


def _also_to_file(path: str, level: int | str, layout: "FormatFunction") -> None:
    try:
        logger.add(
            path,
            level=level,
            filter=default_filter,
            format=layout,
            rotation=ROTATE_AT,
            retention=KEPT_FOR,
            encoding="utf-8",
            diagnose=False,  # 调用栈里不写变量的值：那里面是用户的话
        )
    except OSError as error:
        cure = "改法：换一个能写的路径，或去掉这一行"
        sys.exit(f"REFUND_LOG_FILE 写的日志文件 {path} 写不了（{error.strerror}），没有启动。{cure}")


def json_line(record: "Record") -> str:
    """loguru 的格式函数：一行一个 JSON 对象，时间带时区，异常写在 `exception` 里。"""
    record["extra"]["line"] = json.dumps(as_object(record), ensure_ascii=False)
    return "{extra[line]}\n"


def text_line(record: "Record") -> str:
    """loguru 的格式函数：一行文字，我们的字段接在后面；异常另起几行。"""
    fields = "".join(f" {name}={value}" for name, value in _fields(record["extra"]).items())
    record["extra"]["fields"] = f" ·{fields}" if fields else ""
    return _TEXT + "{extra[fields]}\n{exception}"


def as_object(record: "Record") -> dict[str, Any]:
    """一条日志变成的对象：时间、等级、从哪里、说什么，加上我们的字段。"""
    line: dict[str, Any] = {
        "time": record["time"].isoformat(timespec="milliseconds"),
        "level": record["level"].name,
        "logger": record["name"],
        "message": record["message"],
        **_fields(record["extra"]),
    }
    raised = record["exception"]
    if raised is not None:
        line["exception"] = "".join(traceback.format_exception(raised.type, raised.value, raised.traceback))
    return line


def say_only_the_reason(record: logging.LogRecord) -> bool:
    """启动被拒（手册、数据库有问题）时，uvicorn 把整个调用栈当一条错误写出来：只留我们写的原因。"""
    refused = _REFUSAL.match(record.getMessage())
    if refused is not None:
        record.msg, record.args = refused["reason"], ()
    return True


def _fields(extra: Mapping[str, Any]) -> Mapping[str, Any]:
    fields = extra.get(OUR_FIELDS)
    return fields if isinstance(fields, Mapping) else {}

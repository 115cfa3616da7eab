"""把我们的日志交给 NoneBot 的日志器：同样的格式、等级、去处，字段跟着走。

各层用标准库的 `logging`（它们不导入 NoneBot）。不这样交过去，INFO 会丢掉，
WARNING 以上的只把消息印在标准错误上，没有时间、等级和字段。
"""

import inspect
import logging

from nonebot.log import LoguruHandler, logger

from ...log_lines import KEY, fields_of

OURS = __name__.partition(".")[0]


class LogBridge(logging.Handler):
    """转给 NoneBot 的日志器，带上 `log_lines.about` 的字段。"""

    def emit(self, record: logging.LogRecord) -> None:
        """转一条；从哪个模块写的照实算。"""
        frame, depth = inspect.currentframe(), 0
        while frame is not None and (depth == 0 or frame.f_code.co_filename == logging.__file__):
            frame, depth = frame.f_back, depth + 1
        lines = logger.bind(**{KEY: fields_of(vars(record))})
        lines.opt(depth=depth, exception=record.exc_info).log(record.levelname, record.getMessage())


def carry_to_nonebot() -> None:
    """接上，只接一次；主人已经把所有标准库日志都转给 NoneBot 的，不再接，免得一句写两遍。"""
    ours = logging.getLogger(OURS)
    ours.setLevel(logging.DEBUG)  # 显示到哪一级由 LOG_LEVEL 决定
    already = any(isinstance(handler, LogBridge) for handler in ours.handlers)
    if not already and not any(isinstance(handler, LoguruHandler) for handler in logging.root.handlers):
        ours.addHandler(LogBridge())

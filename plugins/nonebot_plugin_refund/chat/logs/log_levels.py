"""NoneBot 写给终端的日志，不显示的行不必写好了再丢。

它的终端日志什么等级都收下，造好一行、改写、排版之前才用 ``default_filter`` 按 ``LOG_LEVEL`` 丢掉；群里每条消息
因此为两三行看不见的日志多花三四十微秒。
"""

from typing import Any

from nonebot.log import default_filter, logger


def drop_unseen_lines_early() -> None:
    """用 ``default_filter`` 筛的日志，等级提到 ``LOG_LEVEL``：写出来的一样，低的在造行之前就丢。

    主人自己接的、用别的筛法的日志不动。loguru 没有公开的办法改一份日志的等级，拆掉重接又会换掉主人记着的编号和
    排版；它换了内部的样子时什么也不做。
    """
    core: Any = getattr(logger, "_core", None)
    if core is None or not hasattr(core, "min_level"):
        return
    shown = _number(getattr(core, "extra", {}).get("nonebot_log_level", "INFO"))
    handlers: list[Any] = list(core.handlers.values())
    for handler in handlers:
        if getattr(handler, "_filter", None) is default_filter and getattr(handler, "_levelno", shown) < shown:
            handler._levelno = shown
    core.min_level = min((handler.levelno for handler in handlers), default=core.min_level)


def _number(level: int | str) -> int:
    """等级的数；写错的当作全要，由 NoneBot 自己去说。"""
    try:
        return logger.level(level).no if isinstance(level, str) else level
    except ValueError:
        return 0

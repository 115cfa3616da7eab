"""启动时要看的设置。"""

import sys
from pathlib import Path
from typing import Annotated, Any, Literal

from nonebot.config import BaseSettings
from pydantic import BeforeValidator

_LEVELS = {
    "详细": "DEBUG",
    "调试": "DEBUG",
    "普通": "INFO",
    "信息": "INFO",
    "成功": "SUCCESS",
    "警告": "WARNING",
    "WARN": "WARNING",
    "错误": "ERROR",
    "严重": "CRITICAL",
}
_NAMES = ("TRACE", "DEBUG", "INFO", "SUCCESS", "WARNING", "ERROR", "CRITICAL")


def _level(written: object) -> str:
    name = str(written).strip().upper()
    name = _LEVELS.get(name, name)
    if name not in _NAMES and not name.isdecimal():
        raise ValueError(f"只能写 {'、'.join(_NAMES)}，小写、或“详细”“普通”“警告”“错误”也行")
    return name


QQ_DRIVER = "~fastapi+~httpx+~websockets"


class LaunchSettings(BaseSettings):
    """名字以 `refund_` 开头的三项归这里管；其余属于 NoneBot、适配器或别的插件，这里只看主人填了没有。"""

    refund_adapter: Literal["auto", "console", "onebot"] = "auto"
    refund_log_format: Literal["text", "json"] = "text"
    """日志的写法：text 给人看，json 一行一个对象，给收日志的程序看。"""
    refund_log_file: str = ""
    """日志另存一份到这个文件；空为不存。"""
    log_level: Annotated[str, BeforeValidator(_level)] = "INFO"
    """NoneBot 只认大写的英文；小写和中文的说法这里换好。"""
    driver: str | None = None
    host: str | None = None
    port: str | None = None
    onebot_access_token: str | None = None
    onebot_ws_urls: str | None = None
    onebot_api_roots: str | None = None
    localstore_use_cwd: str | None = None
    console_bot_name: str | None = None
    console_strict_tome: str | None = None

    def __init__(self, env_files: tuple[Path, ...]) -> None:
        """从环境变量和这几个文件里读，后面的文件盖过前面的。"""
        super().__init__(_env_file=env_files)

    def wants_console(self) -> bool:
        """开终端界面还是接 QQ。"""
        if self.refund_adapter != "auto":
            return self.refund_adapter == "console"
        filled = any(
            value
            for name, value in self.model_dump().items()
            if name in ("driver", "host", "port") or name.startswith("onebot_")
        )
        return not filled and sys.stdin.isatty() and sys.stdout.isatty()

    def defaults(self) -> dict[str, Any]:
        """主人没有填、而我们的默认与 NoneBot 不同的设置。"""
        console = self.wants_console()
        ours: dict[str, Any] = {
            "driver": "~none" if console else QQ_DRIVER,
            "localstore_use_cwd": True,
        }
        level = {"log_level": int(self.log_level) if self.log_level.isdecimal() else self.log_level}
        if console:
            # 与 QQ 群一样：群里不 @ 就不算叫机器人
            ours |= {"console_bot_name": "退款助手", "console_strict_tome": True}
        return {name: value for name, value in ours.items() if getattr(self, name) is None} | level

"""读取插件设置。写错时报出哪个文件、哪一项、怎么改。"""

import os
from pathlib import Path

from nonebot import get_driver, get_plugin_config
from pydantic import ValidationError

from ..config import Config
from ..settings_report import explain


def read_configuration() -> Config:
    """读取插件设置。

    Raises:
        ValueError: 某一项写错；消息是给主人看的中文，说明文件、设置名和改法。
    """
    try:
        return get_plugin_config(Config)
    except ValidationError as error:
        env_files = [Path(".env"), Path(f".env.{get_driver().env}")]
        raise ValueError(explain(error, env_files, os.environ)) from None

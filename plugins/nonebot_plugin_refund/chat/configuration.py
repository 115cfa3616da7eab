"""读取插件设置。写错时报出哪个文件、哪一项、怎么改。"""

import logging
import os
from pathlib import Path

from nonebot import get_driver, get_plugin_config
from pydantic import ValidationError

from ..config import Config
from ..env_file import OURS, problems_in
from ..log_lines import about
from ..settings_report import explain

logger = logging.getLogger(__name__)


def read_configuration() -> Config:
    """读取插件设置；写错了名字的（``REFUND_`` 开头，没有这一项）记一条警告。

    Raises:
        ValueError: 某一项写错；消息是给主人看的中文，说明文件、设置名和改法。
    """
    env_files = [Path(".env"), Path(f".env.{get_driver().env}")]
    # 本项目的 bot.py 早先看过，写错了就不启动；别人自己的项目没有看
    for problem in (one for file in env_files for one in problems_in(file) if OURS in one.what):
        logger.warning(str(problem), extra=about("setting_unknown"))
    try:
        return get_plugin_config(Config)
    except ValidationError as error:
        raise ValueError(explain(error, env_files, os.environ)) from None

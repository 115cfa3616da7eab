"""口令不进日志：访问口令、签名口令、数据库地址里的密码，在哪条日志里出现都遮住；写成 %40 这样的也算。"""

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import nonebot
from nonebot.config import BaseSettings

MASK = "■■■"
_SHORTEST = 4
"""再短的不遮：几乎每行日志里都会碰巧有它，而这么短的口令本来就守不住什么。"""


class Secrets(BaseSettings):
    """主人可能写了口令的设置；OneBot 的两项适配器认两种名字。"""

    onebot_access_token: str | None = None
    onebot_v11_access_token: str | None = None
    onebot_secret: str | None = None
    onebot_v11_secret: str | None = None
    refund_database_url: str | None = None

    def __init__(self, env_files: tuple[Path, ...]) -> None:
        """从环境变量和这几个文件里读，后面的文件盖过前面的。"""
        super().__init__(_env_file=env_files)

    def values(self) -> list[str]:
        """不许写进日志的字，长的在前。数据库地址里只有密码算，其余的查毛病时要看。"""
        written = [
            token
            for token in (
                self.onebot_access_token,
                self.onebot_v11_access_token,
                self.onebot_secret,
                self.onebot_v11_secret,
            )
            if token
        ]
        password = _password_in(self.refund_database_url or "")
        # 地址里的密码可能写成 %40 这样，连接时报错的是解开以后的样子
        found = {*written, password, unquote(password)}
        return sorted((value for value in found if len(value) >= _SHORTEST), key=len, reverse=True)


def keep_out_of_the_log(env_files: tuple[Path, ...]) -> None:
    """在 NoneBot 启动之前叫：LOG_LEVEL=DEBUG 时它会把全部设置写进日志。"""
    hidden = [_however_encoded(secret) for secret in Secrets(env_files).values()]
    original = nonebot._log_patcher

    def patch(record: Any) -> None:
        original(record)
        for secret in hidden:
            record["message"] = secret.sub(MASK, record["message"])

    if hidden:
        # 日志只能有一个这样的函数，NoneBot 启动时按这个名字来取
        nonebot._log_patcher = patch


def _however_encoded(secret: str) -> re.Pattern[str]:
    """这串字，其中哪几个字写成 %40 这样都算。"""
    letters = (
        f"(?:{re.escape(letter)}|{''.join(f'%(?i:{byte:02x})' for byte in letter.encode())})" for letter in secret
    )
    return re.compile("".join(letters))


def _password_in(url: str) -> str:
    """地址里的密码；没有、读不懂为空。"""
    try:
        return urlsplit(url).password or ""
    except ValueError:
        return ""

"""日志里不留用户的话：NoneBot 收到每条消息都会连原文、账号一起记一行，日志文件因此存着每个人的案情。

默认只记“哪种事件、谁、多少字”，账号换成本次运行里才认得的代号；主人要排查别的插件时可以改成留原文，
但像证件、手机、卡号、验证码的数字总是遮住。别的日志行里的隐私数字也遮。
"""

import hmac
import re
import secrets
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from nonebot.log import logger

from ..domain.understanding.private import mask

if TYPE_CHECKING:
    from loguru import Record

_EVENT = re.compile(
    r"(?P<head>[^|\n]{1,200} \| \[(?P<name>(?:message|notice|request)[\w.]{0,80})\]: )(?P<rest>.*)", re.DOTALL
)
"""NoneBot 记一个事件的样子：``OneBot V11 10001 | [message.private.friend]: ……``。"""
_MESSAGE = re.compile(r"Message (?P<id>-?\w+) from (?P<user>\w+)(?:@\[群:(?P<group>\w+)\])? ?(?P<text>.*)", re.DOTALL)
"""OneBot 适配器写一条消息的样子。"""
_RAW = re.compile(r"(?P<head>Failed to parse event\. Raw: |run with incoming args: | skipped due to ).*", re.DOTALL)
"""适配器读不懂一个事件、NoneBot 跑响应器、跳过一个处理函数时，会把事件整个写出来。"""
_KEY = secrets.token_bytes(16)
"""代号的盐：重启就换，旧日志里的代号从此对不上人。"""


def guard_log(*, keep_text: bool) -> None:
    """从现在起看住日志；接在已有的日志改写函数之后。再调用一次就按新的说法。

    Args:
        keep_text: 留不留消息的原文。留的也遮住隐私数字。
    """
    # 日志只能有一个这样的函数，主人或 NoneBot 放的那个要接着用；loguru 没有公开的办法取它
    before = getattr(getattr(logger, "_core", None), "patcher", None)
    if isinstance(before, partial) and before.func is _patch:
        before = before.keywords["before"]
    logger.configure(patcher=partial(_patch, before=before, keep_text=keep_text))


def guarded(message: str, *, keep_text: bool = False) -> str:
    """一行日志该写成什么样。"""
    event = _EVENT.match(message)
    if event is not None and not keep_text:
        return event["head"] + _described(event["name"], event["rest"])
    return mask(message if keep_text else _RAW.sub(r"\g<head>（内容不记）", message))


def pseudonym(account: str) -> str:
    """一个账号在这次运行的日志里的代号，如 ``#3f9a2c``。"""
    return "#" + hmac.new(_KEY, account.encode(), "sha256").hexdigest()[:6]


def _described(name: str, rest: str) -> str:
    """事件是谁的、多长；别的一概不说。好友申请、通知里有账号和留言，整个不记。"""
    if not name.startswith("message"):
        return "（内容不记）"
    said = _MESSAGE.match(rest)
    if said is None:
        return f"（{len(rest)} 字，内容不记）"
    where = f" 在群 {pseudonym(said['group'])}" if said["group"] else ""
    # 原文写成带引号的样子
    return f"{pseudonym(said['user'])}{where} 说了 {max(0, len(said['text']) - 2)} 字"


def _patch(record: "Record", *, before: Callable[["Record"], Any] | None, keep_text: bool) -> None:
    if before is not None:
        before(record)
    record["message"] = guarded(record["message"], keep_text=keep_text)

"""日志里不留用户的话：NoneBot 收到每条消息都会连原文、账号一起记一行，日志文件因此存着每个人的案情。

默认只记“哪种事件、谁、多少字”，账号换成本次运行里才认得的代号；主人要排查别的插件时可以改成留原文，
但像证件、手机、卡号、验证码的数字总是遮住。别的日志行里的隐私数字也遮。
"""

import re
import secrets
from collections.abc import Callable
from functools import partial
from hashlib import blake2s
from typing import TYPE_CHECKING, Any

from nonebot.log import logger

from ..domain.understanding.private import mask

if TYPE_CHECKING:
    from loguru import Record

_EVENTS = ("message", "notice", "request")
"""NoneBot 记一个事件的样子：``OneBot V11 10001 | [message.private.friend]: ……``；括号里以这几个词开头的才有人的话。"""
_LONGEST_HEAD = 200
_SAYS_NOTHING = (
    "Checking for matchers",
    "Rule conditions not met for Matcher(",
    "Event will be handled by Matcher(",
    "Running PreProcessors",
    "Running PostProcessors",
)
"""NoneBot 处理每个事件时自己写的几行，里面只有响应器的名字和行号：不用看。"""
_RAW_MARKS = ("Failed to parse event. Raw: ", "run with incoming args: ", " skipped due to ")
_RAW = re.compile(rf"(?P<head>{'|'.join(map(re.escape, _RAW_MARKS))}).*", re.DOTALL)
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
    # 群里每条消息都有四五行日志从这里走，所以先用最便宜的办法认
    if message.startswith(_SAYS_NOTHING):
        return message
    if not keep_text and " | [" in message:
        head, _, event = message.partition(" | [")
        name, found, rest = event.partition("]: ")
        if found and name.startswith(_EVENTS) and "\n" not in head and len(head) <= _LONGEST_HEAD:
            return f"{head} | [{name}]: {_described(name, rest)}"
    if not keep_text and any(mark in message for mark in _RAW_MARKS):
        message = _RAW.sub(r"\g<head>（内容不记）", message)
    return mask(message)


def pseudonym(account: str) -> str:
    """一个账号在这次运行的日志里的代号，如 ``#3f9a2c``。"""
    return "#" + blake2s(account.encode(), key=_KEY, digest_size=3).hexdigest()


def _described(name: str, rest: str) -> str:
    """事件是谁的、多长；别的一概不说。好友申请、通知里有账号和留言，整个不记。"""
    if not name.startswith("message"):
        return "（内容不记）"
    # OneBot 适配器写成：Message 消息号 from 账号@[群:群号] '……'
    words = rest.split(" ", 4)
    if len(words) < 4 or words[0] != "Message" or words[2] != "from":
        return f"（{len(rest)} 字，内容不记）"
    user, _, group = words[3].partition("@[群:")
    where = f" 在群 {pseudonym(group.rstrip(']'))}" if group else ""
    length = len(words[4]) - len("''") if len(words) > 4 else 0
    return f"{pseudonym(user)}{where} 说了 {max(0, length)} 字"


def _patch(record: "Record", *, before: Callable[["Record"], Any] | None, keep_text: bool) -> None:
    if before is not None:
        before(record)
    record["message"] = guarded(record["message"], keep_text=keep_text)

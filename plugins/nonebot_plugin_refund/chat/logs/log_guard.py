"""日志里不留用户的话：NoneBot 收到每条消息都会连原文、账号一起记一行，日志文件因此存着每个人的案情。

默认只记“哪种事件、谁、多少字”，账号换成本次运行里才认得的代号；一行能不能留看是谁写的（:mod:`.log_origins`），
认不出的一概不留。主人要排查别的插件时可以改成留原文，但像证件、手机、卡号、验证码的数字，地址里的口令，总是遮住。
"""

import logging
import re
import secrets
from collections.abc import Callable
from functools import lru_cache, partial
from hashlib import blake2s
from typing import TYPE_CHECKING, Any

from nonebot.log import logger

from ...domain.understanding.private_data.private import mask
from .log_addresses import without_queries, without_secrets
from .log_exceptions import withheld
from .log_origins import Trust, is_known_line, trust

if TYPE_CHECKING:
    from loguru import Record

_EVENT = re.compile(
    r"(?P<bot>[A-Za-z0-9 ._:-]{1,80}) \| \[(?P<name>(?P<kind>message|notice|request|meta_event)[a-z_.]{0,60})\]: "
    r"(?P<rest>.*)",
    re.DOTALL,
)
"""NoneBot 记一个事件的样子：``OneBot V11 10001 | [message.private.friend]: ……``。"""
_NAMES = frozenset(
    (
        "message", "private", "group", "friend", "normal", "other", "group_self", "anonymous",
        "notice", "group_upload", "group_admin", "group_decrease", "group_increase", "group_ban", "group_recall",
        "friend_add", "friend_recall", "notify", "poke", "bot_offline", "set", "unset", "leave", "kick", "kick_me",
        "approve", "invite", "ban", "lift_ban", "request", "add", "meta_event", "lifecycle", "heartbeat", "connect",
    )
)  # fmt: skip
"""事件名里照写的词：名字是对方给的，可以是任何字。"""
_LOGS_EVENTS = "nonebot.message"
_PLAIN_MESSAGE = re.compile(
    r"([A-Za-z0-9 ._:-]{1,80}) \| \[(message[a-z_.]{0,60})\]: "
    r"Message \S{1,40} from ([^\s@]{1,40})(?:@\[群:([0-9]{1,20})\])? '"
)
"""OneBot 适配器记一条消息的样子，到话的第一个引号为止；群里每条消息都有一行，所以一次认完。"""
_STANDING = 256
"""记住这么多种“认得的行”：NoneBot 每条消息都写同样的几行。"""
_standing: set[str] = set()
"""见过的、认得的、原样留着的行，都是 NoneBot 自己写的，里面没有人的话。"""
_KEYED = blake2s(key=secrets.token_bytes(16), digest_size=3)
"""加了盐的散列，每次复制一份来用；盐重启就换，旧日志里的代号从此对不上人。"""


def guard_log(*, keep_text: bool) -> None:
    """从现在起看住日志；接在已有的日志改写函数之后。再调用一次就按新的说法。

    Args:
        keep_text: 留不留消息的原文。留的也遮住隐私数字和口令。
    """
    # 日志只能有一个这样的函数，主人或 NoneBot 放的那个要接着用；loguru 没有公开的办法取它
    before = getattr(getattr(logger, "_core", None), "patcher", None)
    if isinstance(before, partial) and before.func is _patch:
        before = before.args[0]
    logger.configure(patcher=partial(_patch, before, getattr(before, "__module__", None) == "nonebot", keep_text))
    _guard_lost_errors(keep_text=keep_text)


def guarded(message: str, origin: str | None, *, line: int = 0, keep_text: bool = False) -> str:
    """一行日志该写成什么样。

    Args:
        origin: 写它的模块的全名。
        line: 写它的是那个模块的第几行。
        keep_text: 留不留消息的原文。
    """
    if keep_text or trust(origin) is not Trust.HANDLES_MESSAGES:
        return mask(without_secrets(message))
    if message in _standing:
        return message
    if origin == _LOGS_EVENTS and " | [" in message:
        if (plain := _PLAIN_MESSAGE.match(message)) is not None:
            return _told(message, plain)
        if (event := _EVENT.fullmatch(message)) is not None:
            return f"{event['bot']} | [{_safe_name(event['name'])}]: {_described(event)}"
    if is_known_line(message):
        safe = without_queries(message)
        if safe == message and origin == _LOGS_EVENTS and len(_standing) < _STANDING:
            _standing.add(message)
        return safe
    return f"（{origin} 第 {line} 行写的，内容不记）"


@lru_cache(maxsize=4096)
def pseudonym(account: str) -> str:
    """一个账号在这次运行的日志里的代号，如 ``#3f9a2c``。"""
    hashed = _KEYED.copy()
    hashed.update(account.encode())
    return f"#{hashed.hexdigest()}"


@lru_cache(maxsize=64)
def _safe_name(name: str) -> str:
    return ".".join(part if part in _NAMES else "?" for part in name.split("."))


def _told(message: str, seen: re.Match[str]) -> str:
    """一条消息的行：谁、在哪个群、几个字。"""
    bot, name, user, group = seen.groups()
    where = "" if group is None else f" 在群 {pseudonym(group)}"
    length = max(0, len(message) - seen.end() - 1)
    return f"{bot} | [{_safe_name(name)}]: {pseudonym(user)}{where} 说了 {length} 字"


def _described(event: re.Match[str]) -> str:
    """事件是谁的、多长；别的一概不说。好友申请、通知里有账号和留言，整个不记。"""
    if event["kind"] != "message":
        return "（内容不记）"
    # OneBot 适配器写成：Message 消息号 from 账号@[群:群号] '……'
    words = event["rest"].split(" ", 4)
    if len(words) < 4 or words[0] != "Message" or words[2] != "from":
        return f"（{len(event['rest'])} 字，内容不记）"
    user, _, group = words[3].partition("@[群:")
    where = f" 在群 {pseudonym(group.rstrip(']'))}" if group else ""
    length = len(words[4]) - len("''") if len(words) > 4 else 0
    return f"{pseudonym(user)}{where} 说了 {max(0, length)} 字"


def _patch(before: Callable[["Record"], Any] | None, is_nonebots_own: bool, keep_text: bool, record: "Record") -> None:
    # NoneBot 放的那个会把模块名换成插件名，要先记下
    origin = record["name"]
    if is_nonebots_own and origin == _LOGS_EVENTS:
        # 它为每一行翻一遍全部插件，收消息的这个模块翻出来的总是这个名字；群里每条消息有四行
        record["name"] = "nonebot"
    elif before is not None:
        before(record)
    record["message"] = guarded(record["message"], origin, line=record["line"], keep_text=keep_text)
    raised = record["exception"]
    if raised is not None and raised.value is not None and not keep_text and trust(origin) is not Trust.OTHERS:
        value = withheld(raised.value)
        record["exception"] = raised._replace(type=type(value), value=value, traceback=None)


class _LostErrors(logging.Filter):
    """没有人接住的异常由 asyncio 直接写到标准错误，不经 NoneBot 的日志器：连任务的样子一起，话不写。"""

    keep_text = False

    def filter(self, record: logging.LogRecord) -> bool:
        """总是放行，放行之前改写。"""
        if self.keep_text:
            record.msg, record.args = mask(without_secrets(record.getMessage())), ()
            return True
        raised = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        record.msg, record.args = "asyncio 报了一个错（内容不记）", ()
        record.exc_info = None
        if raised is not None:
            value = withheld(raised)
            record.exc_info = (type(value), value, None)
        return True


_lost_errors = _LostErrors()


def _guard_lost_errors(*, keep_text: bool) -> None:
    _lost_errors.keep_text = keep_text
    logging.getLogger("asyncio").addFilter(_lost_errors)

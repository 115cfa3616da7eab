"""一行日志是谁写的，因此能不能留：按写它的模块认，不按它说什么认。

收发消息的那几层（NoneBot 的内核与适配器、网络库、数据库驱动）写的行，只留认得出、里面没有人的话的那几种，
其余一概只记是哪个模块的第几行：它们换了说法、多出一种，漏掉的是一行日志，不是一个人的话。
"""

import re
from enum import Enum, auto
from functools import lru_cache


class Trust(Enum):
    """一个模块写的行怎么看。"""

    NO_MESSAGES = auto()
    """照写，但异常的话不写：它不碰消息，或者是我们自己的，写的时候就没有放进去。"""
    HANDLES_MESSAGES = auto()
    """只留认得的几种，异常的话不写。"""
    OTHERS = auto()
    """别的插件、主人自己的程序：照写。"""


_HANDLING = frozenset(
    (
        "nonebot", "nonechat", "textual", "asyncio", "anyio", "websockets", "httpx", "httpcore", "aiohttp", "urllib3",
        "h11", "h2", "hpack", "sqlalchemy", "aiosqlite", "asyncpg",
    )
)  # fmt: skip
_QUIET = frozenset(("uvicorn", "starlette", "fastapi", "alembic", "launch", __name__.partition(".")[0]))
_QUIET_IN_NONEBOT = re.compile(r"nonebot(?:\.(?:plugin|drivers|internal\.driver|config|rule)(?:\..+)?)?")
"""NoneBot 里管启动、加载插件、起服务的模块：它们拿不到消息。"""

_MATCHER = r"(?:Matcher|GatedMatcher)\([\w .,='<>-]{0,300}\)"
_HANDLER = r"Dependent\(call=[\w.<>]{1,100}\)"
_BOT = r"[0-9]{1,20}"
_URL = r"[a-z]{2,5}://[!-~]{1,300}?"
_KNOWN = re.compile(
    "|".join(
        (
            r"Checking for matchers (?:in priority -?[0-9]+\.\.\.|completed)",
            rf"(?:Rule|Permission) (?:conditions not met|check failed) for {_MATCHER}\.?",
            rf"Event will be handled by {_MATCHER}",
            r"Running (?:Pre|Post)Processors\.\.\.",
            rf"Running {_MATCHER}(?: failed\.)?",
            rf"{_MATCHER} running complete",
            rf"Running handler {_HANDLER}",
            rf"Handler {_HANDLER} skipped",
            r"Running Call(?:ing|ed)API hooks\.\.\.",
            r"Error when running [A-Za-z]{1,40}(?: hook)?[.:]?(?: Event ignored!| Running cancelled!)?",
            r"Error while parsing command for event",
            r"Stop event propagation",
            r"Console (?:un)?mounted\.",
            r"(?:OneBot V1[12]|Console) \| (?:"
            rf"Bot {_BOT} connected|"
            rf"WebSocket for Bot {_BOT} closed by peer|"
            rf"There's already a bot {_BOT}, ignored|"
            r"Missing (?:X-Self-ID|Signature|Authorization) Header|"
            r"(?:Signature|Authorization) Header is invalid|"
            r"Event Parser Error|WebSocket Closed|"
            r"Calling API [a-z_]{1,60}|"
            rf"WebSocket Connection to {_URL} established|"
            rf"Error while (?:setup websocket to |process data from websocket){_URL}\. Trying to reconnect\.\.\.|"
            rf"Error while process data from websocket for bot {_BOT}\."
            r")",
            rf'HTTP Request: [A-Z]+ {_URL} "HTTP/[0-9.]+ [0-9]{{3}}[ A-Za-z]*"',
            r"connection (?:open|closed)",
        )
    )
)
"""上面那几层写的、认得出里面没有人的话的行；整行都要对得上。"""


@lru_cache(maxsize=1024)
def trust(origin: str | None) -> Trust:
    """这个模块写的行怎么看。

    Args:
        origin: 模块的全名，如 ``nonebot.message``；不知道为空。
    """
    if origin is None:
        return Trust.OTHERS
    root = origin.partition(".")[0]
    if root in _HANDLING:
        return Trust.NO_MESSAGES if _QUIET_IN_NONEBOT.fullmatch(origin) else Trust.HANDLES_MESSAGES
    return Trust.NO_MESSAGES if root in _QUIET else Trust.OTHERS


def is_known_line(message: str) -> bool:
    """收发消息的那几层写的一行，是不是认得的、里面没有人的话的一种。"""
    return _KNOWN.fullmatch(message) is not None

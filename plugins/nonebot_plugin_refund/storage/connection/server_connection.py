"""到 PostgreSQL 服务器的连接：服务器没有回应时也能断开，不让后面的都等着。

网络断了而两头都没收到通知（拔了线、防火墙丢包）时，连接看上去还在，语句却没有结果。所以每条语句都有时限，到点就当连接断了，
换一条重来；空闲的连接由系统隔一会儿探一次。
"""

import socket
from typing import Any

from sqlalchemy import ExceptionContext, event
from sqlalchemy.engine import Engine

CONNECT_TIMEOUT = 10.0
"""连上服务器最多等几秒。"""
COMMAND_TIMEOUT = 20.0
"""一句 SQL 最多等几秒；最慢的一句（整本手册的留底、一大批清理）也只要零点几秒。"""
IDLE_TRANSACTION_TIMEOUT_MS = 30_000
"""事务开着却这么久没有动静，就由服务器断开，毫秒。

进程可能停在事务中间（机器休眠、被挂起）：不断开，它锁着的提醒谁也接不走。
"""
_KEEPALIVE = (("TCP_KEEPIDLE", 15), ("TCP_KEEPINTVL", 5), ("TCP_KEEPCNT", 3))
"""空闲多少秒开始探、隔几秒探一次、几次没有回音算断。"""
_UNACKNOWLEDGED_MS = 20_000
"""发出去的字节这么久没有被对方收下，就算断，毫秒。"""


def options() -> dict[str, Any]:
    """建引擎用的选项。"""
    settings = {
        "idle_in_transaction_session_timeout": str(IDLE_TRANSACTION_TIMEOUT_MS),
        # 服务器那头也探：机器人的机器没了，它占着的锁要放得开
        "tcp_keepalives_idle": "15",
        "tcp_keepalives_interval": "5",
        "tcp_keepalives_count": "3",
    }
    limits = {"timeout": CONNECT_TIMEOUT, "command_timeout": COMMAND_TIMEOUT, "server_settings": settings}
    # 服务器重启、网络断过之后，池里的旧连接先试一下再用
    return {"pool_pre_ping": True, "connect_args": limits}


def watch_over(engine: Engine) -> None:
    """接在引擎上：新连接开着保活，超时当作断开。"""
    event.listen(engine, "connect", _keep_alive)
    event.listen(engine, "handle_error", _silent_is_gone)


def _keep_alive(connection: Any, _record: Any) -> None:
    # asyncpg 没有给出自己的套接字的公开办法；将来换了样子，就只剩每一句的时限管着
    transport = getattr(connection.driver_connection, "_transport", None)
    opened = None if transport is None else transport.get_extra_info("socket")
    if opened is None or opened.family == getattr(socket, "AF_UNIX", None):
        return
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (*_KEEPALIVE, ("TCP_USER_TIMEOUT", _UNACKNOWLEDGED_MS)):
        if hasattr(socket, name):  # 各系统有的不一样
            opened.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def _silent_is_gone(context: ExceptionContext) -> None:
    """等不到回音的连接不能再用：上一句的回音可能随后才来，和下一句的混在一起。池里别的多半也僵着，一起换掉。"""
    if isinstance(context.original_exception, TimeoutError):
        context.is_disconnect = True

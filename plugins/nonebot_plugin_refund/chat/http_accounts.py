"""经 HTTP 连的账号：地址写在设置里，从启动起就在，不必等它先上报一件事。

不登记到适配器里：登记了，同一个账号再用 WebSocket 来连就会被当成重复的拒掉。
"""

from nonebot import get_adapter, get_bots
from nonebot.adapters.onebot.v11 import Adapter, ApiNotAvailable, NetworkError
from nonebot.adapters.onebot.v11 import Bot as OneBot
from nonebot.drivers import HTTPClientMixin

_NEVER_LEFT = frozenset(
    {
        "ConnectError",  # httpx：连不上
        "ConnectTimeout",
        "PoolTimeout",
        "ProxyError",
        "UnsupportedProtocol",
        "ImportError",  # 要走 SOCKS 代理，却没有装它要的库
        "InvalidURL",
        "ClientConnectorError",  # aiohttp
        "ConnectionRefusedError",
        "gaierror",
    }
)
"""还没发出去就出的错。"""


def http_bots() -> list[OneBot]:
    """设置里写了 HTTP 地址、现在没有别的连线的账号。"""
    try:
        adapter = get_adapter(Adapter)
    except ValueError:  # 没有装 OneBot 适配器
        return []
    if not isinstance(adapter.driver, HTTPClientMixin):
        return []
    connected = get_bots()
    return [OneBot(adapter, self_id) for self_id in adapter.onebot_config.onebot_api_roots if self_id not in connected]


def never_left(error: BaseException) -> bool:
    """这一次调用肯定一个字也没有发出去：对方的端口连不上，或根本没有地方可发。"""
    if isinstance(error, ApiNotAvailable):
        return True
    cause: BaseException | None = error if isinstance(error, NetworkError) else None
    while cause is not None:
        if type(cause).__name__ in _NEVER_LEFT:
            return True
        cause = cause.__cause__
    return False


def root_cause(error: BaseException) -> str:
    """这一次调用没成，最里面是哪种错，如 ``ProxyError``；只有种类，没有它说的话。"""
    cause = error
    while cause.__cause__ is not None:
        cause = cause.__cause__
    return type(cause).__name__

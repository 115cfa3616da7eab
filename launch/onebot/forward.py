"""正向 WebSocket：拨出去，断了隔几秒再拨；连不上的原因说一句中文，不是一屏调用栈。"""

import json
from typing import Any

from nonebot.exception import WebSocketClosed

WRONG_TOKEN = "口令不对：.env 里的 ONEBOT_ACCESS_TOKEN 要与桥那边这条连接的 token 一样"
_REFUSED_TOKEN = frozenset((401, 403))
_TOKEN_CODE = 1403
"""NapCat、LLBot 先接通，再用这个码说口令不对，然后断开。"""


class BridgeRefused(Exception):
    """那边接通之后说不收；消息是给主人看的原因。"""


def raise_if_refused(frame: Any) -> None:
    """收到的一帧如果是在说口令不对，就不必再听。

    Raises:
        BridgeRefused: 是。
    """
    if isinstance(frame, dict) and frame.get("retcode") == _TOKEN_CODE and not frame.get("echo"):
        raise BridgeRefused(WRONG_TOKEN)


def why_not_connected(error: BaseException) -> str:
    """连不上、断开的原因，给主人看的一句；认不出的说是哪种错。"""
    if isinstance(error, BridgeRefused):
        return str(error)
    if isinstance(error, WebSocketClosed):
        return "连接断了"
    status = getattr(getattr(error, "response", None), "status_code", None)
    name = type(error).__name__
    if "Proxy" in name:
        return f"经过的代理不通（{name}）：不该走代理的，把这个地址的主机写进环境变量 NO_PROXY"
    if status in _REFUSED_TOKEN:
        return f"{WRONG_TOKEN}（那边答 {status}）"
    if status is not None:
        return f"那边答 {status}，多半是地址的后半截不对，或端口是别的程序的"
    if isinstance(error, ConnectionRefusedError):
        return "那边没有开，或端口不对"
    if isinstance(error, TimeoutError):
        return "没有回音"
    if isinstance(error, OSError):
        return f"网络不通（{error.strerror or name}）"
    return f"出错（{name}）"


def parsed(data: str | bytes) -> Any:
    """一帧的内容；不是 JSON 的为空。"""
    try:
        return json.loads(data)
    except ValueError:
        return None

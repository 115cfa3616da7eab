"""启动网页：只听本机，地址里带着用一次的钥匙；按 Ctrl+C 停。"""

from collections.abc import Callable, Collection

from nicegui import app, ui

from ..state import State
from .gate import Gate, Keyring
from .page import page_of

HOST = "127.0.0.1"


def serve(state: State, port: int, key: str, announce: Callable[[str], None]) -> None:
    """开网页，直到按 Ctrl+C。

    Args:
        state: 工作台。
        port: 端口。
        key: 用一次的钥匙。
        announce: 听上了以后，用来说出地址。
    """
    app.on_startup(lambda: announce(f"http://{HOST}:{port}/?key={key}"))
    put_up(state, key, {f"{HOST}:{port}", f"localhost:{port}"})
    ui.run(
        page_of(state),
        host=HOST,
        port=port,
        title="退款助手 · 工作台",
        favicon="🧰",
        language="zh-CN",
        reload=False,
        show=False,
        show_welcome_message=False,
    )


def put_up(state: State, key: str, hosts: Collection[str]) -> None:
    """装上门，收场时把排练用的库扔掉。"""
    app.add_middleware(Gate, keyring=Keyring(key), hosts=frozenset(hosts))
    app.on_shutdown(state.talk.close)

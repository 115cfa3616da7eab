"""用 NiceGUI 自己的办法把工作台开起来，不开浏览器、不占端口。"""

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from nicegui import core, ui
from nicegui.testing.general import nicegui_reset_globals, prepare_simulation

from nonebot_plugin_refund.workshop.state import State
from nonebot_plugin_refund.workshop.web.page import page_of
from nonebot_plugin_refund.workshop.web.serving import put_up

KEY = "a-key-for-the-tests"


@asynccontextmanager
async def opened_site(state: State) -> AsyncIterator[httpx.AsyncClient]:
    """开起来的网页，和一个还没有拿钥匙的浏览器。"""
    gc.freeze()  # NiceGUI 开一次收两回垃圾；整场积下的几百万个对象不必每回都查
    with nicegui_reset_globals(), pytest.MonkeyPatch.context() as patched:
        patched.setitem(os.environ, "NICEGUI_USER_SIMULATION", "true")
        prepare_simulation()
        put_up(state, KEY, {"test"})
        navigate, notify, download = ui.navigate, ui.notify, ui.download
        ui.run(page_of(state), reload=False)
        try:
            async with core.app.router.lifespan_context(core.app), another_browser() as client:
                yield client
        finally:
            await state.talk.close()
            ui.navigate, ui.notify, ui.download = navigate, notify, download


def another_browser() -> httpx.AsyncClient:
    """没有 cookie 的浏览器。"""
    return httpx.AsyncClient(transport=httpx.ASGITransport(core.app), base_url="http://test")

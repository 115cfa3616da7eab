"""工作台的测试。网页那几个没装附加依赖就跳过；装了，就当一个看网页的人。"""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nonebot_plugin_refund.cli.rehearsing.rehearsal import rehearse
from nonebot_plugin_refund.cli.rulebooks.workbench import described, replayed
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.workshop.editing.own_folder import OwnFolder
from nonebot_plugin_refund.workshop.state import State
from nonebot_plugin_refund.workshop.tools import Tools

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from nicegui.testing import User

NOW = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """操作者的手册文件夹，还没有建。"""
    return tmp_path / "own" / "rulebook"


@pytest.fixture
def state(folder: Path) -> State:
    """工作台，还没有开网页。"""
    return State.opened(OwnFolder(folder), Tools(rehearse, described, replayed), NOW)


@pytest.fixture
async def site(state: State) -> "AsyncIterator[httpx.AsyncClient]":
    """开起来的网页，和一个还没有拿钥匙的浏览器。"""
    from tests.workshop.workshop_site import opened_site

    async with opened_site(state) as client:
        yield client


@pytest.fixture
async def user(site: "httpx.AsyncClient", caplog: pytest.LogCaptureFixture) -> "AsyncIterator[User]":
    """拿着钥匙打开了网页的人；途中不许有报错。"""
    from nicegui.testing import User

    from tests.workshop.workshop_site import KEY

    visitor = User(site)
    await visitor.open(f"/?key={KEY}")
    yield visitor
    assert [record.message for record in caplog.get_records("call") if record.levelname == "ERROR"] == []

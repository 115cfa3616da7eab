"""工作台的测试。网页那几个没装附加依赖就跳过；装了，就当一个看网页的人。"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nonebot_plugin_refund.cli.rehearsing.rehearsal import rehearse
from nonebot_plugin_refund.cli.rulebooks.workbench import described, replayed
from nonebot_plugin_refund.domain.days.calendar import SHANGHAI
from nonebot_plugin_refund.workshop.editing import bench
from nonebot_plugin_refund.workshop.editing.checking import Checked, checked
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


@cache
def _nothing_changed(today: date) -> Checked:
    return checked({}, today)


def _checked(texts: Mapping[str, bytes], today: date) -> Checked:
    """还什么都没改时，查的都是同一本随包手册：每开一次工作台都要查，查一遍就够。"""
    return checked(texts, today) if texts else _nothing_changed(today)


@pytest.fixture
def state(folder: Path, monkeypatch: pytest.MonkeyPatch) -> State:
    """工作台，还没有开网页。"""
    monkeypatch.setattr(bench, "checked", _checked)
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

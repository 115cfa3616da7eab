"""真的浏览器看工作台：要 Chromium 和依赖组 browser；没有就跳过。"""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.workshop_process import WorkshopProcess

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)


@pytest.fixture(scope="session")
async def browser() -> "AsyncIterator[Browser]":
    """没有窗口的 Chromium，几个测试共用。"""
    library = pytest.importorskip("playwright.async_api", reason="没装依赖组 browser")
    if not CHROMIUM:
        pytest.skip("没有 Chromium")
    async with library.async_playwright() as driver:
        # 容器里以 root 运行，沙箱起不来
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """操作者的手册文件夹，还没有建。"""
    return tmp_path / "own"


@pytest.fixture
async def workshop(folder: Path, browser: "Browser") -> AsyncIterator[WorkshopProcess]:
    """开起来的工作台。"""
    del browser  # 没有浏览器的先跳过，不必开
    process = WorkshopProcess(folder)
    await process.start()
    yield process
    await process.stop()


@pytest.fixture
async def page(browser: "Browser", workshop: WorkshopProcess) -> "AsyncIterator[Page]":
    """打开了工作台的一页，桌面的宽度；途中不许有脚本报错。"""
    context = await browser.new_context(viewport={"width": 1200, "height": 900})
    page = await context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(workshop.address)
    yield page
    await context.close()
    assert errors == []

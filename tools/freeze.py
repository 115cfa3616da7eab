"""``freeze``：发布一版时留一份，以后的每一版都照它试升级：各场景那一版的规则全文，和一个里面有案件的数据库。

写进 ``tests/data/released/<版本>``，``tests/test_released.py`` 看着。发布过的不再改，所以已经留过的那一版不重写。
"""

import asyncio
import gzip
import json
import sqlite3
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

import typer

from nonebot_plugin_refund.cli.rehearsing.rehearsal import rehearsal_on
from nonebot_plugin_refund.cli.rehearsing.replaying import play_on
from nonebot_plugin_refund.dialogue.rulebooks.editions import Editions
from nonebot_plugin_refund.domain.understanding.scenarios import Classifier
from nonebot_plugin_refund.rulebook.loader import load_rulebook
from nonebot_plugin_refund.storage.upgrade import open_database

ROOT = Path(__file__).resolve().parents[1]
RELEASED = ROOT / "tests" / "data" / "released"
EDITIONS, DATABASE = "editions.json.gz", "database.sql.gz"


def freeze() -> None:
    """照 pyproject.toml 写的版本号留一份。"""
    version = released_as()
    folder = RELEASED / version
    if folder.exists():
        typer.echo(f"{version} 已经留过（{folder}）：发布过的不重写。还没发布、要重留的，先删掉那个文件夹", err=True)
        raise typer.Exit(1)
    scripts = sorted((ROOT / "docs" / "conversations").glob("*.txt"))
    asyncio.run(write(folder, [script.read_text(encoding="utf-8") for script in scripts]))
    for file in sorted(folder.iterdir()):
        typer.echo(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1024} KB")


def released_as() -> str:
    """要发布的版本号。"""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


async def write(folder: Path, scripts: Iterable[str]) -> None:
    """留一份在 ``folder``：现在的手册，和 ``scripts`` 里的几段对话各由一个人说过之后的数据库。"""
    book = load_rulebook()
    bodies = {scenario.id: book.edition(scenario.id).body for scenario in book.scenarios}
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "refund.sqlite3"
        database = await open_database(file)
        rehearsal = rehearsal_on(database, Editions(book), Classifier(book.signals(), book.scenarios))
        for number, script in enumerate(scripts, start=1):
            rehearsal.user_id = str(number)
            await play_on(rehearsal, script)
        await database.close()
        statements = await asyncio.to_thread(_dumped, file)
    await asyncio.to_thread(_keep, folder, {EDITIONS: json.dumps(bodies, ensure_ascii=False), DATABASE: statements})


def unpacked(file: Path) -> str:
    """留的一份里的字。"""
    return gzip.decompress(file.read_bytes()).decode()


def _dumped(file: Path) -> str:
    connection = sqlite3.connect(file)
    try:
        return "\n".join(connection.iterdump())
    finally:
        connection.close()


def _keep(folder: Path, told: Mapping[str, str]) -> None:
    folder.mkdir(parents=True)
    for name, text in told.items():
        (folder / name).write_bytes(gzip.compress(text.encode(), mtime=0))

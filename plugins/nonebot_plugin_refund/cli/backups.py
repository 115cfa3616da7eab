"""备份与恢复：``backup``、``restore``。"""

import asyncio
import os
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import URL

from ..delivery.queue.restored import Readied, make_ready
from ..domain.days.calendar import SHANGHAI
from ..storage.backup import backup_register
from ..storage.backup.backup_manifest import Manifest, manifest_in
from ..storage.backup.backups import Subject, dated_name, make_backup, prune
from ..storage.backup.restoring import Place, Source, inspect_source, require_unused, seal_copy, staged, switch
from ..storage.connection.database import parse_target
from ..storage.errors import StorageError
from .installation import DatabaseOption, DataOption, Installation, installation_or_exit
from .output import NowOption, emit, fail, moment, say
from .ownership import hand_over, nearest

_NOT_IN_IT = "备份里没有 .env（口令在里面），请另外收好；里面有别人的案情，请放在别人看不到的地方"


_AGREED = frozenset({"是", "yes", "y", "YES", "Y"})


def register(app: typer.Typer) -> None:
    """把这两个命令挂到 ``refund`` 上。"""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="以 .zip 结尾的是文件；别的是文件夹，自动按日期起名。")],
    keep: Annotated[int | None, typer.Option("--keep", min=1, help="PATH 是文件夹时，只留最新的几份。")] = None,
    data: DataOption = None,
    database: DatabaseOption = None,
    now: NowOption = None,
) -> None:
    """备份数据库和自己的手册，机器人不用停。

    一个文件里有新机器上要用的一切，除了 .env。做完印出一行 JSON；没做成退出码 1，原来的备份不动。
    """
    installation = installation_or_exit(data, database)
    file = _sqlite_file_or_exit(installation, path)
    at = moment(now)
    is_folder = path.suffix.lower() != ".zip" or path.is_dir()
    if keep is not None and not is_folder:
        fail("--keep 要和文件夹一起用：它只清理按日期起名的备份")
    target = path / dated_name(at) if is_folder else path
    _refuse_to_overwrite(path)
    os.umask(0o077)
    try:
        manifest = make_backup(Subject(file, installation.rulebook, _program()), target, at)
        removed = prune(path, keep) if keep is not None else []
    except StorageError as error:
        fail(str(error), 1)
    _note(installation, target, at)
    hand_over(installation.data, [target.parent, target, installation.data / backup_register.FILE_NAME])
    emit(_made(target, manifest) | {"pruned": [str(one) for one in removed]})
    say(f"备份好了：{target}（{target.stat().st_size / 1024:.0f} KB）")
    say(_NOT_IN_IT)


def restore(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="refund backup 做的文件，或手工拷出来的数据库、数据文件夹。")
    ],
    data: DataOption = None,
    database: DatabaseOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="不问，直接换：给脚本用。")] = False,
    now: NowOption = None,
) -> None:
    """恢复备份：先停下机器人。现在的数据改名留着，不会删；换之前说清楚换的是哪一处，问过才换。

    备份之后可能已经送过的提醒会再送一次并注明「可能重复」。没做成退出码 1，现在的数据不动。
    """
    installation = installation_or_exit(data, database)
    file = _sqlite_file_or_exit(installation, path)
    at = moment(now).astimezone(UTC)
    place = Place(file, installation.rulebook)
    os.umask(0o077)
    try:
        require_unused(file)
        source = inspect_source(path)
        _agree_or_exit(installation, place, source, agreed=yes)
        belongs_like = nearest(installation.data)
        readied, kept = _restore(source, place, installation.data, at)
        hand_over(belongs_like, [installation.data, *installation.data.rglob("*"), file, *kept])
    except (StorageError, OSError) as error:
        fail(str(error), 1)
    emit(
        {
            "database": str(file),
            "made_at": source.made_at.isoformat(),
            "kept": [str(one) for one in kept],
            "possible_duplicates": readied.doubted,
            "erased_again": readied.erased,
        }
    )
    say(f"恢复好了：{file}，数据是 {source.made_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} 的；现在可以启动机器人")
    for one in kept:
        say(f"原来的改名留着：{one}（里面有别人的案情，用不着了请自己删）")
    if readied.doubted:
        say(f"有 {readied.doubted} 条提醒可能在备份之后送过：会再送一次，并注明「可能重复」")


def _agree_or_exit(installation: Installation, place: Place, source: Source, *, agreed: bool) -> None:
    """说清楚要换的是哪一处的数据；已经有数据的要答应了才换，猜出来的地方不换。"""
    if installation.is_elsewhere:
        fail(
            f"这个目录里没有退款助手，找到的 {place.database} 可能是另一处安装的，不换它。\n"
            f"在启动机器人的目录里运行；真要恢复到那里，写明 --data {installation.data}",
            1,
        )
    made = f"{source.made_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    say(f"要恢复到：{place.database}，换成 {made} 的数据")
    if agreed or not (place.database.exists() or place.rulebook.exists()):
        return
    say("那里已经有数据，会改名留着。要换就输入「是」再按回车（脚本里加 --yes）：")
    if sys.stdin.readline().strip() not in _AGREED:
        fail("没有答应，什么也没有换", 1)


def _restore(source: Source, place: Place, data_folder: Path, now: datetime) -> tuple[Readied, list[Path]]:
    with staged(source, place) as ready:
        readied = asyncio.run(make_ready(ready.database, data_folder, source.made_at, now, place.database))
        seal_copy(ready.database, str(source.path))
        return readied, switch(ready, place, now)


def _sqlite_file_or_exit(installation: Installation, path: Path) -> Path:
    file = installation.database_file
    if file is None:
        fail(
            "数据库在 PostgreSQL 服务器上，这个命令只管 SQLite 文件。请用 PostgreSQL 自己的工具（会问口令）：\n"
            f"  备份：pg_dump --format=custom --file={path} {_without_password(installation.database)}\n"
            f"  恢复：pg_restore --clean --if-exists --dbname={_without_password(installation.database)} {path}\n"
            f"自己的手册在 {installation.rulebook}，要另外拷一份。恢复后，备份之后送过的提醒会再送一次，而且没有注明"
        )
    return file


def _without_password(address: str) -> str:
    url = parse_target(address)
    plain = URL.create("postgresql", username=url.username, host=url.host, port=url.port, database=url.database)
    return f"'{plain.render_as_string()}'"


def _refuse_to_overwrite(target: Path) -> None:
    """打错路径时不能把数据库或别的文件换掉。"""
    if not target.exists() or target.is_dir():
        return
    try:
        manifest_in(target)
    except StorageError:
        fail(f"{target} 已经在了，又不是退款助手的备份，不盖掉它：请换一个名字")


def _note(installation: Installation, target: Path, at: datetime) -> None:
    try:
        backup_register.note(installation.data, target, at)
    except OSError as error:
        say(f"备份好了，但没能记在 {installation.data} 里（{error.strerror}）：refund doctor 会不知道有这份")


def _made(target: Path, manifest: Manifest) -> dict[str, object]:
    return {
        "path": str(target),
        "made_at": manifest.made_at.isoformat(),
        "revision": manifest.revision,
        "program": manifest.program,
        "counts": manifest.counts,
        "size": target.stat().st_size,
    }


def _program() -> str:
    try:
        return version("nonebot-plugin-refund")
    except PackageNotFoundError:
        return "没有安装，直接用源码"

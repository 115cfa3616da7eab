"""体检：``doctor`` 把容易出毛病的地方看一遍，每项一行，附上怎么治。"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from ..env_file import Problem, problems_in
from ..storage.connection.database import parse_target
from ..storage.errors import StorageError
from .checks.result import CheckedInstallation, Health, Result, fail
from .checks.rules import check_rules
from .checks.settings import check_settings
from .checks.storage import check_storage
from .checks.surroundings import check_clock, check_connection, check_fonts
from .installation import DatabaseOption, DataOption, SettingsUnreadable, find_installation
from .output import NowOption, emit, emit_text, moment, say

_CHECKS = (check_settings, check_storage, check_clock, check_connection, check_fonts, check_rules)


def register(app: typer.Typer) -> None:
    """把这个命令挂到 ``refund`` 上。"""
    app.command("doctor")(doctor)


def doctor(
    data: DataOption = None,
    database: DatabaseOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="一项一行 JSON。")] = False,
    now: NowOption = None,
) -> None:
    """体检：设置、口令、数据库、磁盘、备份、钟、连接、字体、手册。只看，不改。

    每项一行：ok 好的，warn 该看一看，fail 要治，后面写着怎么治。有 fail 退出码 1，否则 0。
    """
    counts = dict.fromkeys(Health, 0)
    for result in _results(data, database, now):
        counts[result.health] += 1
        emit(result.as_json()) if as_json else emit_text(result.line())
    say("，".join(f"{health} {count} 项" for health, count in counts.items()))
    raise typer.Exit(1 if counts[Health.FAIL] else 0)


def _problems(file: Path) -> list[Problem]:
    # 样板和存成 .txt 的不是设置文件；后者由 .env 自己说
    return [] if file.suffix in {".example", ".txt"} else problems_in(file)


def _results(data: Path | None, database: str | None, now: str | None) -> Iterator[Result]:
    at = moment(now)
    broken = [problem for file in (Path(".env"), *sorted(Path().glob(".env.*"))) for problem in _problems(file)]
    if broken:
        for problem in broken:
            yield fail("settings", f"{problem.what}（{problem.where}）", problem.cure)
        return
    try:
        installation = find_installation(data, database)
        parse_target(installation.database)
    except (SettingsUnreadable, StorageError) as error:
        yield fail("settings", error.what, error.cure)
        return
    checked = CheckedInstallation(installation, at)
    for check in _CHECKS:
        yield from check(checked)

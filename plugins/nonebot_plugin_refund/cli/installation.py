"""这台机器上的机器人：设置写在哪里，数据文件夹和数据库在哪里。

读法与机器人启动时一样（``.env``、``.env.{ENVIRONMENT}``、环境变量），但不启动 NoneBot，也不建任何文件夹。
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, cast

import typer
from pydantic import BaseModel, Field, ValidationError

from ..env_file import problems_in
from ..storage.connection.database import Database, parse_target
from ..storage.errors import StorageError
from .output import fail

PLUGIN = "nonebot_plugin_refund"
DATABASE_NAME = "refund.sqlite3"
RULEBOOK_NAME = "rulebook"

DataOption = Annotated[
    Path | None,
    typer.Option("--data", metavar="文件夹", help="机器人的数据文件夹；不写就照当前目录的 .env 找。"),
]
DatabaseOption = Annotated[
    str | None, typer.Option("--database", metavar="地址", help="数据库的路径或地址；不写就照 .env 找。")
]


_NAMING = frozenset({"localstore_use_cwd", "localstore_data_dir", "localstore_plugin_data_dir"})
"""写了其中一项，就是指明了数据在哪里。"""


class SettingsUnreadable(Exception):
    """设置文件读不懂；两句都是中文，说明哪一项、怎么改。"""

    def __init__(self, what: str, cure: str) -> None:
        self.what = what
        self.cure = cure
        super().__init__(f"{what}；改法：{cure}")


@dataclass(frozen=True)
class Installation:
    """一处安装。"""

    folder: Path
    """启动机器人的目录，``.env`` 在这里。"""
    env_files: tuple[Path, ...]
    """依次读的设置文件，后面的盖过前面的；不一定都在。"""
    settings: Mapping[str, Any]
    """全部设置，名字小写；没写的用 NoneBot 的默认值。"""
    data: Path
    """数据文件夹；不一定在。"""
    database: str
    """数据库的路径或地址。"""
    is_elsewhere: bool = False
    """数据不在这个目录里，也没有谁指明在哪里：是照“数据库在哪边”猜的，可能是另一处安装的。"""
    is_guess: bool = False
    """没有谁指明在哪里，哪边也还没有数据库：机器人在这里没有启动过，数据会放在哪边是猜的。"""

    @property
    def database_file(self) -> Path | None:
        """SQLite 文件；用 PostgreSQL 的为空。

        Raises:
            StorageError: 地址看不懂。
        """
        url = parse_target(self.database)
        return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None

    @property
    def rulebook(self) -> Path:
        """操作者自己的手册文件夹；不一定在。"""
        return self.data / RULEBOOK_NAME

    def connect(self) -> Database:
        """连上数据库，不检查也不升级。用完要 ``close``。"""
        return Database(self.database)


class _Places(BaseModel):
    """localstore 的设置里与数据文件夹有关的。"""

    localstore_use_cwd: bool | None = None
    localstore_data_dir: Path | None = None
    localstore_plugin_data_dir: dict[str, Path] = Field(default_factory=dict)
    refund_database_url: str = ""


def find_installation(
    data: Path | None = None, database: str | None = None, folder: Path | None = None
) -> Installation:
    """找到这处安装。

    Args:
        data: 指定数据文件夹；给了上一层的 ``data/`` 也认。
        database: 指定数据库，盖过设置。
        folder: 启动机器人的目录，默认是当前目录。

    Raises:
        SettingsUnreadable: 设置读不懂。
    """
    folder = (folder or Path.cwd()).absolute()
    env_files, settings = read_settings(folder)
    try:
        places = _Places.model_validate({name: settings[name] for name in _Places.model_fields if name in settings})
    except ValidationError as error:
        names = "、".join(sorted({str(problem["loc"][0]).upper() for problem in error.errors()}))
        raise SettingsUnreadable(f"设置 {names} 写得不对", "照 .env.example 里的样子改") from error
    where = _inside(data.absolute()) if data is not None else _data_folder(places, folder)
    is_named = data is not None or database or places.refund_database_url or places.model_fields_set & _NAMING
    return Installation(
        folder=folder,
        env_files=env_files,
        settings=settings,
        data=where,
        database=database or places.refund_database_url or str(where / DATABASE_NAME),
        is_elsewhere=not is_named and not where.is_relative_to(folder),
        is_guess=not is_named and not (where / DATABASE_NAME).exists(),
    )


def installation_or_exit(data: Path | None, database: str | None) -> Installation:
    """同 :func:`find_installation`；找不到就说清楚并以退出码 2 结束。"""
    try:
        found = find_installation(data, database)
        parse_target(found.database)
    except (SettingsUnreadable, StorageError) as error:
        fail(str(error))
    return found


def read_settings(folder: Path) -> tuple[tuple[Path, ...], dict[str, Any]]:
    """照 NoneBot 的读法读设置，返回（设置文件，全部设置）。

    Raises:
        SettingsUnreadable: 有一项读不懂。
    """
    from nonebot.config import Config as NoneBotConfig  # 只借它读设置的办法，不启动 NoneBot
    from nonebot.config import Env, SettingsError

    _refuse_problems(folder / ".env")
    read_env = cast("Any", Env)  # 类型里没有写它父类的这个参数
    try:
        environment = read_env(_env_file=(folder / ".env",)).environment
        env_files = (folder / ".env", folder / f".env.{environment}")
        _refuse_problems(env_files[1])
        return env_files, NoneBotConfig(_env_file=env_files).model_dump()
    except SettingsError as error:
        name = str(error).partition('"')[2].rstrip('"').upper()  # 原文是：error parsing env var "名字"
        raise SettingsUnreadable(f"设置 {name} 读不懂", '写成 JSON，例如 ["/"] 或 ["10000"]') from error
    except ValidationError as error:
        names = "、".join(sorted({str(problem["loc"][0]).upper() for problem in error.errors()}))
        raise SettingsUnreadable(f"设置 {names} 写得不对", "照 .env.example 里的样子改") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsUnreadable("设置文件读不出来", "检查权限，并存成 UTF-8") from error


def _refuse_problems(file: Path) -> None:
    found = problems_in(file)
    if found:
        first, rest = found[0], len(found) - 1
        more = f"；还有 {rest} 处，用 refund doctor 看全部" if rest else ""
        raise SettingsUnreadable(f"{first.what}（{first.where}）", f"{first.cure}{more}")


def _data_folder(places: _Places, folder: Path) -> Path:
    """与 localstore 同样的次序：单独给插件指定的、整个数据目录、当前目录的 data、系统的用户数据目录。"""
    if PLUGIN in places.localstore_plugin_data_dir:
        return folder / places.localstore_plugin_data_dir[PLUGIN]
    if places.localstore_data_dir is not None:
        return folder / places.localstore_data_dir / PLUGIN
    here, users_own = folder / "data" / PLUGIN, _users_own()
    if places.localstore_use_cwd is not None:
        return here if places.localstore_use_cwd else users_own
    # 没写时，本项目的 bot.py 放在当前目录，别人自己的 NoneBot 项目放在用户数据目录：看数据库在哪边
    found_elsewhere = (users_own / DATABASE_NAME).exists() and not (here / DATABASE_NAME).exists()
    return users_own if found_elsewhere else here


def _users_own() -> Path:
    from nonestorage import user_data_dir  # localstore 用它定位置，这里要一样

    return user_data_dir("nonebot2").resolve() / PLUGIN


def _inside(folder: Path) -> Path:
    """给的是 ``data/`` 而不是里面插件自己的文件夹时，进到里面。"""
    inner = folder / PLUGIN
    return inner if inner.is_dir() and not (folder / DATABASE_NAME).exists() else folder

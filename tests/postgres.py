"""给测试用的 PostgreSQL：用给定的，或自己起一个用完就扔的；都没有就说清楚跳过了什么、怎么装。

自己起的只在一个私有文件夹里的 Unix 套接字上听，不占端口，别的用户连不上；关掉了落盘，只求快。
"""

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from nonebot_plugin_refund.storage.connection.database import parse_target
from nonebot_plugin_refund.storage.tables import metadata

URL_VARIABLE = "REFUND_TEST_POSTGRES_URL"
"""指向一个现成的服务器，账号要能建库，例如 ``postgresql://me@localhost/postgres``。"""

HOW_TO_GET = (
    f"没有找到 PostgreSQL：装一个（Debian：apt-get install postgresql），或把 {URL_VARIABLE} 设成一个能建库的地址"
)
"""跳过的原因。"""

_PROGRAMS = ("initdb", "postgres")
_UNTIL_ABANDONED = '"$@" & server=$!; read _; kill -QUIT $server; wait $server'
"""标准输入一关就立即停（里面的东西反正要扔）：测试的进程被强杀了，服务器也不会留下来。"""
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=200")


class PostgresMissing(RuntimeError):
    """这台机器上没有 PostgreSQL；消息说明怎么得到。"""


@contextmanager
def postgres_server() -> Iterator[str]:
    """一个能建库的服务器的地址；离开时停掉自己起的那个。

    Raises:
        PostgresMissing: 没有给地址，本机也没装。
    """
    given = os.environ.get(URL_VARIABLE)
    if given:
        yield given
        return
    programs = find_programs()
    if programs is None:
        raise PostgresMissing(HOW_TO_GET)
    # 路径要短：Unix 套接字的路径不能超过一百来个字节
    with tempfile.TemporaryDirectory(prefix="refund-pg-") as folder:
        yield from _run_server(programs, Path(folder))


@contextmanager
def postgres_database(server: str) -> Iterator[str]:
    """在服务器上建一个空库，给出它的地址；离开时删掉。"""
    name = f"refund_test_{uuid.uuid4().hex[:12]}"
    _administer(server, f'CREATE DATABASE "{name}"')
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        _administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


async def empty(url: str) -> None:
    """清空我们的全部表，比每个测试建一个库快得多；几百个测试都要，所以一次往返做完。"""
    import asyncpg  # 没装附加依赖的也要能导入这个文件

    tables = "; ".join(f'DELETE FROM "{table.name}"' for table in reversed(metadata.sorted_tables))
    connection = await asyncpg.connect(url)
    # 几条写在一次里，就是一个事务。上一个测试若还攥着锁，宁可报错也不要永远等下去
    await connection.execute(f"SET LOCAL lock_timeout = '10s'; {tables}")
    await connection.close()


def find_programs() -> Path | None:
    """``initdb`` 与 ``postgres`` 所在的文件夹，几个版本里取最新的；没有为空。"""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: _version(path.parent.name))
    on_path = shutil.which("initdb")
    candidates = [*([Path(on_path).resolve().parent] if on_path else []), *reversed(debian)]
    return next((folder for folder in candidates if all((folder / name).exists() for name in _PROGRAMS)), None)


def _version(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.split(".") if part.isdigit())


def _run_server(programs: Path, folder: Path) -> Iterator[str]:
    identity = _unprivileged()
    if identity:
        os.chown(folder, identity["user"], identity["group"])
    data = folder / "data"
    made = subprocess.run(
        [
            programs / "initdb",
            "--pgdata",
            data,
            "--username=refund",
            "--auth=trust",
            "--no-sync",
            "--no-locale",
            "-E",
            "UTF8",
        ],
        capture_output=True,
        text=True,
        cwd=folder,
        **identity,
    )
    if made.returncode:
        raise RuntimeError(f"initdb 失败：{made.stderr}")
    settings = [part for setting in _FAST for part in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            ["sh", "-c", _UNTIL_ABANDONED, "sh", programs / "postgres", "-D", data, "-k", folder, *settings],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            cwd=folder,
            **identity,
        )
    url = f"postgresql://refund@/postgres?host={folder}"
    try:
        _wait_until_ready(server, url, folder / "log")
        yield url
    finally:
        server.communicate(timeout=30)


def _unprivileged() -> dict[str, Any]:
    """PostgreSQL 不肯以 root 运行：是 root 就换成别的用户。"""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _wait_until_ready(server: subprocess.Popen[Any], url: str, log: Path, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            _administer(url, "SELECT 1")
        except (OSError, DBAPIError):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL 没有起来：{log.read_text(errors='replace')[-2000:]}") from None
            time.sleep(0.05)
        else:
            return


def _administer(url: str, statement: str) -> None:
    async def execute() -> None:
        engine = create_async_engine(parse_target(url), isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await connection.execute(text(statement))
        await engine.dispose()

    asyncio.run(execute())

"""全部测试共用的准备：一次初始化 NoneBot，按插件的方式加载退款助手。

插件必须先由 NoneBot 加载，之后才能被普通导入，所以这个文件一导入就加载。
加载失败（某一层正在改）时不拦住其余测试：用到 `refund_plugin` 夹具的测试会失败并说明。
"""

import asyncio
import gc
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import nonebot
import pytest
from hypothesis import settings
from nonebot.log import logger
from nonebot.plugin import Plugin
from nonebug import NONEBOT_INIT_KWARGS, NONEBOT_START_LIFESPAN

from tests import compiled_statements
from tests.backends import POSTGRES, SQLITE

PLUGIN = "nonebot_plugin_refund"
SUPERUSER = "10000"

# 测试起几百个进程（真的机器人、命令行、并行的工人），编译好的字节码要留给下一个用
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

settings.register_profile("suite", derandomize=True, deadline=None)
settings.register_profile("random", derandomize=False, deadline=None, max_examples=1000, print_blob=True)
# 平时每次试的都是同一批例子，机器慢也不算错；随机地多试另有一条命令，见 CONTRIBUTING.md
settings.load_profile("suite")

_data = tempfile.TemporaryDirectory(prefix="refund-tests-")

_MEMORY = Path("/dev/shm")
_ROOM = 1 << 30
if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:
    # 临时文件放在内存里：每个 SQLite 测试都有几十次提交，一次一次等盘落稳要占去整场的一大截。
    # 试的是进程被杀，不是断电，落没落到盘上不影响结论
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))

LONGEST_FIRST = (
    "tests/e2e/",
    "tests/campaigns/",
    "tests/chat/bot/test_bad_input.py",
    "tests/dialogue/test_topics_beside_a_case.py",
    "tests/chat/bot/test_fuzz.py",
    "tests/delivery/",
)
"""先跑的：一个文件就要十几秒的，排在最后会让一个进程独自拖着尾巴。"""


THOROUGH = (
    "tests/campaigns/test_campaign_",
    "tests/test_benchmarks.py",
    "tests/security/test_reading_time.py",
    "tests/security/test_linear_patterns.py::test_every_pattern_is_linear",
    "tests/security/test_oversized.py::TestSegments",
    "tests/chat/bot/test_fuzz.py",
    "tests/chat/bot/test_bad_input.py",
    "tests/chat/correcting/test_undo_property.py::test_whatever_was_said_can_be_taken_back_to_the_last[postgres]",
    "tests/delivery/faults/test_delivery_crashes.py",
    "tests/delivery/faults/test_delivery_outages.py",
    "tests/e2e/test_several_processes.py",
    "tests/e2e/test_stopping.py",
    "tests/e2e/test_terminal.py",
    "tests/domain/days/test_deadlines_range.py",
    "tests/domain/hearing/test_hearing_properties.py::test_everything_in_one_message",
    "tests/domain/understanding/test_every_day_and_amount.py",
    "tests/domain/understanding/test_robustness.py",
    "tests/domain/understanding/writing/test_text.py::test_every_character_settles_at_once",
    "tests/domain/understanding/meaning/test_readers.py::test_the_weights_are_small",
    "tests/render/test_cards.py::test_every_text_of_the_rulebook_is_drawn_whole",
    "tests/rulebook/test_packaged_paths.py::test_spoken_interviews",
    "tests/rulebook/test_reasoning_brute_force.py",
)
"""跑得久的：逐个穷举、短战役、量快慢的。平时不跑，另有一条命令（``-m thorough``），CI 两条都跑。"""


_SHORT, _TEXTS = 2000, 150
"""YAML 多长才记着解析过的，最多记几份。"""

INIT = {
    "_env_file": (os.devnull,),  # 不读开发者自己的 .env
    "driver": "~none",
    "superusers": {SUPERUSER},
    "command_start": {"/"},
    "localstore_data_dir": Path(_data.name),
    "console_headless_mode": True,
}


def _load_plugin() -> None:
    """初始化 NoneBot、注册两个适配器、加载插件。

    本文件一导入就做：下面各文件夹的 conftest 会把插件当普通的包导入，那之后 NoneBot 就不肯再加载它了。
    """
    # 并行的主进程也走到这里；它的日志会落在测试结果后面，所以起头那句不要
    logger.disable("nonebot")
    nonebot.init(**INIT, log_level="WARNING")
    logger.enable("nonebot")
    from nonebot.adapters import console
    from nonebot.adapters.onebot import v11

    driver = nonebot.get_driver()
    driver.register_adapter(v11.Adapter)
    driver.register_adapter(console.Adapter)
    nonebot.load_plugin(PLUGIN)


_load_plugin()
compiled_statements.share()


def pytest_configure(config: pytest.Config) -> None:
    """告诉 nonebug：用同样的设置，不替我们走起停。"""
    config.stash[NONEBOT_INIT_KWARGS] = INIT
    config.stash[NONEBOT_START_LIFESPAN] = False


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """文件长的先跑，文件里的先后不变；跑得久的记上 ``thorough``。"""
    for item in items:
        if item.nodeid.startswith(THOROUGH):
            item.add_marker(pytest.mark.thorough)

    def place(item: pytest.Item) -> int:
        places = (number for number, start in enumerate(LONGEST_FIRST) if item.nodeid.startswith(start))
        return next(places, len(LONGEST_FIRST))

    items.sort(key=place)


def pytest_collection_finish() -> None:
    """收集完以后，读进来的模块、手册不再逐个检查是不是垃圾：几十万个对象，查一遍三分之一秒，一场要查几百遍。"""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_unconfigure() -> None:
    """删掉测试用的数据目录。"""
    _data.cleanup()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """没有 PostgreSQL 时说清楚跳过了多少、怎么补上。"""
    from tests.postgres import HOW_TO_GET

    skipped = [report for report in terminalreporter.getreports("skipped") if HOW_TO_GET in str(report.longrepr)]
    if skipped:
        folders = Counter(str(Path(report.nodeid.partition("::")[0]).parent) for report in skipped)
        where = "，".join(f"{folder} {count} 个" for folder, count in sorted(folders.items()))
        terminalreporter.write_sep("=", f"跳过了 {len(skipped)} 个 PostgreSQL 测试", yellow=True)
        terminalreporter.write_line(f"{where}。{HOW_TO_GET}")


@pytest.fixture
def refund_plugin() -> Plugin:
    """已加载的插件。"""
    plugin = nonebot.get_plugin(PLUGIN)
    assert plugin is not None, "插件没有加载成功，原因见 NoneBot 的日志"
    return plugin


@pytest.fixture(scope="session", autouse=True)
def bodies_once() -> Iterator[None]:
    """版本存进库里的样子，同一个版本只算一次：一台机器上一个版本只用一次，这里有一千多台。"""
    from nonebot_plugin_refund.rulebook.derived.once import once_for_each
    from nonebot_plugin_refund.rulebook.edition import Edition

    with pytest.MonkeyPatch.context() as patched:
        body = Edition.body.fget
        assert body is not None
        patched.setattr(Edition, "body", property(once_for_each(64)(body)))
        yield


@pytest.fixture(scope="session", autouse=True)
def parsed_once() -> Iterator[None]:
    """同样的一份 YAML 文字只解析一次：随包手册的副本上埋一处错的测试有一百来个，其余几十个文件都没变。"""
    from nonebot_plugin_refund.rulebook.yaml_reading import yaml_building

    built, parsed = yaml_building.built, {}

    def once(text: str, file: str) -> tuple[Any, dict[Any, int]]:
        if len(text) < _SHORT:
            return built(text, file)
        if text not in parsed:
            if len(parsed) >= _TEXTS:
                parsed.clear()
            parsed[text] = built(text, file)
        return parsed[text]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(yaml_building, "built", once)
        yield


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """升好级的空库；每个测试拷一份，不必各升一遍。"""
    file = tmp_path_factory.mktemp("template") / "refund.db"
    _upgrade(file)
    return file


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """能建库的 PostgreSQL 的地址；没有就跳过。"""
    from tests import postgres

    try:
        with postgres.postgres_server() as url:
            yield url
    except postgres.PostgresMissing as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def postgres_database(postgres_server: str) -> Iterator[str]:
    """升好级的 PostgreSQL 库，整场测试共用，每个测试之前清空。"""
    from tests.postgres import postgres_database

    with postgres_database(postgres_server) as url:
        _upgrade(url)
        yield url


@pytest.fixture(params=[SQLITE, POSTGRES])
def backend(request: pytest.FixtureRequest) -> str:
    """对着哪一种数据库；用到它的测试两种各跑一遍。"""
    if request.param == POSTGRES:
        request.getfixturevalue("postgres_database")
    return request.param


@pytest.fixture
async def target(
    backend: str, request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path
) -> AsyncIterator[str | Path]:
    """一个升好级的空库：SQLite 文件的路径，或 PostgreSQL 的地址。"""
    if backend == SQLITE:
        file = tmp_path / "refund.db"
        await asyncio.to_thread(shutil.copy, sqlite_template, file)
        yield file
        return
    from tests.postgres import empty

    url = request.getfixturevalue("postgres_database")
    await empty(url)
    yield url


@pytest.fixture
def next_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """程序换成下一版：它的结构多一步（给案件加一列），已有的库从此都是旧版的。返回那一步的结构号。"""
    from nonebot_plugin_refund.storage import upgrade
    from tests.next_revision import ADD_A_COLUMN, migrations_with

    monkeypatch.setattr(upgrade, "_MIGRATIONS", migrations_with(ADD_A_COLUMN, tmp_path / "next"))
    return upgrade.known_revisions()[-1]


def _upgrade(target: str | Path) -> None:
    from nonebot_plugin_refund.storage.upgrade import open_database

    async def open_and_close() -> None:
        await (await open_database(target)).close()

    asyncio.run(open_and_close())

"""全部测试共用的准备：一次初始化 NoneBot，按插件的方式加载退款助手。

插件必须先由 NoneBot 加载，之后才能被普通导入，所以在收集测试之前就加载好。
加载失败（某一层正在改）时不拦住其余测试：用到 `refund_plugin` 夹具的测试会失败并说明。
"""

import os
import tempfile
from pathlib import Path

import nonebot
import pytest
from nonebot.plugin import Plugin
from nonebug import NONEBOT_INIT_KWARGS, NONEBOT_START_LIFESPAN

PLUGIN = "nonebot_plugin_refund"
SUPERUSER = "10000"

_data = tempfile.TemporaryDirectory(prefix="refund-tests-")


def pytest_configure(config: pytest.Config) -> None:
    """收集之前初始化 NoneBot、注册两个适配器、加载插件。"""
    init = {
        "_env_file": (os.devnull,),  # 不读开发者自己的 .env
        "driver": "~none",
        "superusers": {SUPERUSER},
        "command_start": {"/"},
        "localstore_data_dir": Path(_data.name),
        "console_headless_mode": True,
    }
    config.stash[NONEBOT_INIT_KWARGS] = init
    config.stash[NONEBOT_START_LIFESPAN] = False
    if _only_hands_out_work(config):
        return
    nonebot.init(**init)
    from nonebot.adapters import console
    from nonebot.adapters.onebot import v11

    driver = nonebot.get_driver()
    driver.register_adapter(v11.Adapter)
    driver.register_adapter(console.Adapter)
    nonebot.load_plugin(PLUGIN)


def pytest_unconfigure() -> None:
    """删掉测试用的数据目录。"""
    _data.cleanup()


def _only_hands_out_work(config: pytest.Config) -> bool:
    """并行时的主进程只分派测试，不跑测试。"""
    return bool(config.getoption("numprocesses", None)) and not hasattr(config, "workerinput")


@pytest.fixture
def refund_plugin() -> Plugin:
    """已加载的插件。"""
    plugin = nonebot.get_plugin(PLUGIN)
    assert plugin is not None, "插件没有加载成功，原因见 NoneBot 的日志"
    return plugin

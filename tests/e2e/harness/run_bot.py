"""在测试里启动真正的 bot.py，只换掉一样东西：插件读时间的地方。

用法：`python run_bot.py 偏移文件`。文件里是一个数：现在的时刻要往后拨多少秒。每次读时间都重新读文件，
所以测试可以随时把时间拨快；正式代码里没有任何测试开关。
"""

import importlib.util
import runpy
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]


def replace_clock(offset_file: Path) -> None:
    """换掉 `SystemClock.now` 和对照用的那只。插件本身必须留给 NoneBot 来加载，所以只单独载入 clock 这一个模块。"""
    package = importlib.util.find_spec("nonebot_plugin_refund")
    assert package is not None
    assert package.origin is not None
    name = "nonebot_plugin_refund.clock"
    spec = importlib.util.spec_from_file_location(name, Path(package.origin).with_name("clock.py"))
    assert spec is not None
    assert spec.loader is not None
    clock = importlib.util.module_from_spec(spec)
    sys.modules[name] = clock
    spec.loader.exec_module(clock)

    def offset() -> float:
        return float(offset_file.read_text(encoding="utf-8"))

    def now(_: object) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=offset())

    clock.SystemClock.now = now
    # 时间拨快了，不是钟被拨错了：拨不动的那只也一起走
    unadjusted = clock.unadjusted_seconds
    setattr(clock, "unadjusted_seconds", lambda: unadjusted() + offset())  # noqa: B010 -- 类型检查不许给模块的函数赋值


def shorten_delivery(durations: Mapping[str, timedelta]) -> None:
    """插件加载之后、启动之前，换掉送达设置里的几个时长；名字是 `DeliverySettings` 的字段。其余仍由 ``.env`` 给。"""
    import nonebot

    load = nonebot.load_from_toml

    def load_then_shorten(*arguments: Any, **options: Any) -> Any:
        loaded = load(*arguments, **options)
        assembly: Any = sys.modules["nonebot_plugin_refund.dialogue.assembly"]
        settings_of = assembly._delivery_settings
        assembly._delivery_settings = lambda configuration: replace(settings_of(configuration), **durations)
        return loaded

    nonebot.load_from_toml = load_then_shorten


def run_bot() -> None:
    """换好钟，从 bot.py 的第一行走起；命令行的第一个参数是偏移文件。"""
    replace_clock(Path(sys.argv.pop(1)))
    sys.path.insert(0, str(ROOT))  # `python bot.py` 时它所在的文件夹就在里面
    runpy.run_path(str(ROOT / "bot.py"), run_name="__main__")


if __name__ == "__main__":
    run_bot()

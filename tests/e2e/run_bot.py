"""在测试里启动真正的 bot.py，只换掉一样东西：插件读时间的地方。

用法：`python run_bot.py 偏移文件`。文件里是一个数：现在的时刻要往后拨多少秒。每次读时间都重新读文件，
所以测试可以随时把时间拨快；正式代码里没有任何测试开关。
"""

import importlib.util
import runpy
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def replace_clock(offset_file: Path) -> None:
    """换掉 `SystemClock.now`。插件本身必须留给 NoneBot 来加载，所以只单独载入 clock 这一个模块。"""
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

    def now(_: object) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(offset_file.read_text(encoding="utf-8")))

    clock.SystemClock.now = now


if __name__ == "__main__":
    replace_clock(Path(sys.argv.pop(1)))
    sys.path.insert(0, str(ROOT))  # `python bot.py` 时它所在的文件夹就在里面
    runpy.run_path(str(ROOT / "bot.py"), run_name="__main__")

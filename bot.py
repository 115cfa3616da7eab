"""启动 NoneBot：按设置选适配器，按 pyproject.toml 加载插件，别的什么也不做。

什么都不设置、在终端里运行：打开终端界面，里面有一个群和一个私聊。
填了 `.env`，或不在终端里运行：接 QQ（OneBot V11）。设置见 `.env.example`。
"""

import gc
import os
import re
import socket
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import nonebot
from launch import logs, proxies, secrets
from launch.onebot import onebot_adapter
from launch.settings import LaunchSettings
from launch.stopping import CONNECTIONS_GRACE, GracefulStop, leave_quietly_on_signals
from nonebot.config import Env, SettingsError
from nonebot.log import logger
from pydantic import ValidationError

HERE = Path(__file__).resolve().parent
PLUGIN = "nonebot_plugin_refund"
_MEDIA = re.compile(r"\[(image|record|video|file|mface):[^\]]*\]")
"""NoneBot 写日志时，一段图片、语音、视频、文件的样子。"""
NOTHING_TOUCHED = "没有启动，也没有改动任何文件"


def main() -> None:
    """启动并一直运行。设置有误、端口被占或插件没能加载时以非零码退出。"""
    leave_quietly_on_signals()
    # 数据库、日志、替人放的文件里有案情：手工启动时也只给自己读，与服务文件里的 UMask 一样
    os.umask(0o077)
    # 启动时建起来的几十万个对象都要一直用着，建的时候一遍遍查里面有没有垃圾，白占近一秒；
    # 全装好以后由插件查一遍、冻住，再打开（dialogue/assembly.py 的 settle_memory）
    gc.disable()
    refuse_bad_env_file(Path(".env"))
    environment = Env().environment
    env_files = (Path(".env"), Path(f".env.{environment}"))
    refuse_bad_env_file(env_files[1])
    try:
        settings = LaunchSettings(env_files)
        logs.set_up(settings)
        secrets.keep_out_of_the_log(env_files)
        nonebot.init(**settings.defaults())
        keep_media_out_of_the_log()
        register_console() if settings.wants_console() else register_onebot()
    except ValidationError as error:
        from nonebot_plugin_refund.settings_report import explain

        sys.exit(explain(error, env_files, os.environ))
    except SettingsError as error:
        name = str(error).partition('"')[2].rstrip('"').upper()  # 原文是：error parsing env var "名字"
        sys.exit(f'设置有误，{NOTHING_TOUCHED}：\n  · {name} 读不懂；改法：写成 JSON，例如 ["/"] 或 ["10000"]')

    nonebot.load_from_toml(str(HERE / "pyproject.toml"))
    if nonebot.get_plugin(PLUGIN) is None:
        sys.exit(f"退款助手没能加载，{NOTHING_TOUCHED}。原因见上面最后一条错误。")

    started = False

    async def remember_start() -> None:
        nonlocal started
        started = True
        if not settings.wants_console():
            from nonebot_plugin_refund.chat.incoming.matchers import runtime

            GracefulStop(runtime.winding_down.wind_down).install()

    nonebot.get_driver().on_startup(remember_start)
    try:
        nonebot.run(timeout_graceful_shutdown=CONNECTIONS_GRACE)
    finally:
        # 解释器退出时会把几十万个对象反复查几遍垃圾，刚起来就停的要为此多等一秒；反正都要还给系统
        gc.freeze()
    if not started:
        sys.exit("启动没有成功，已退出。原因见上面最后一条错误。")


def refuse_bad_env_file(file: Path) -> None:
    """设置文件写坏了（编码、引号、名字、JSON）时逐处说清楚再退出；NoneBot 自己只会印英文的调用栈。"""
    if not file.exists() and not file.with_name(f"{file.name}.txt").exists():
        return  # 没有这个文件，也没有被记事本存成 .txt：不必为了看它先导入一遍插件
    present = set(sys.modules)
    from nonebot_plugin_refund.env_file import problems_in, told

    if problems := problems_in(file):
        sys.exit(told(problems))
    # 借它看一眼而已：插件要由 NoneBot 自己从头加载，先前导入过的它不认
    for name in [name for name in sys.modules if name not in present and name.partition(".")[0] == PLUGIN]:
        del sys.modules[name]


def register_console() -> None:
    """注册终端适配器。"""
    from launch.terminal import TerminalAdapter

    nonebot.get_driver().register_adapter(TerminalAdapter)


def keep_media_out_of_the_log() -> None:
    """NoneBot 收到消息会连图片的地址一起写进日志，那地址谁拿到都能看图：只留下“有一张图”。"""

    def patch(record: Any) -> None:
        # 日志只能有一个这样的函数，NoneBot 启动时放的那个要接着用：它把模块名换成插件名
        nonebot._log_patcher(record)
        record["message"] = _MEDIA.sub(r"[\1]", record["message"])

    logger.configure(patcher=patch)


def register_onebot() -> None:
    """注册 OneBot V11 适配器；对外监听却没有口令时大声警告，端口被占时退出。"""
    from nonebot.adapters.onebot.v11 import Adapter
    from nonebot.drivers import ASGIMixin

    driver = nonebot.get_driver()
    driver.register_adapter(onebot_adapter.LimitedAdapter)
    adapter = nonebot.get_adapter(Adapter)
    settings = adapter.onebot_config
    addresses = [*map(str, settings.onebot_ws_urls), *map(str, settings.onebot_api_roots.values())]
    for line in proxies.spare_this_machine(addresses, os.environ):
        logger.warning(line)
    if not isinstance(driver, ASGIMixin):
        return
    host, port = str(driver.config.host), driver.config.port
    onebot_adapter.sign_http_with_the_token(adapter)
    onebot_adapter.filter_http_reports(adapter)
    if not ip_address(host).is_loopback and not adapter.onebot_config.onebot_access_token:
        warn_of_missing_token(host, port)
    require_free_port(host, port)


def warn_of_missing_token(host: str, port: int) -> None:
    """任何连得上这个端口的人都能冒充 QQ：说清楚，也说怎么关上。"""
    logger.warning(
        f"\n{'!' * 72}\n"
        f"!!  正在监听 {host}:{port}，对外可见，却没有设置访问口令。\n"
        "!!  任何连得上这个端口的人都能冒充 QQ，看到并操作所有人的案件。\n"
        "!!  二选一：\n"
        "!!    1. 在 .env 里写一行  ONEBOT_ACCESS_TOKEN=一串别人猜不到的字母和数字\n"
        "!!       并在 OneBot 实现（NapCat 等）的连接设置里填同样的 token；\n"
        "!!    2. 只在本机用：在 .env 里写  HOST=127.0.0.1\n"
        f"{'!' * 72}"
    )


def require_free_port(host: str, port: int) -> None:
    """端口被占时说清楚再退出，而不是留下一行英文错误。"""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sys.exit(
                f"监听不了 {host}:{port}（{error.strerror}），{NOTHING_TOUCHED}。\n"
                "改法：关掉占用这个端口的程序，或在 .env 里把 PORT、HOST 改成能用的。"
            )


if __name__ == "__main__":
    main()

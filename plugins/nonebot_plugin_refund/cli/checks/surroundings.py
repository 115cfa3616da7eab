"""周围：钟、网络连接、字体。"""

import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ...alive_path import ALIVE_PATH
from ...domain.days.calendar import SHANGHAI
from ...rulebook.findings import RulebookError
from ...rulebook.loader import load_rulebook
from .result import CheckedInstallation, Result, fail, ok, warn
from .storage import newest_moment

_TIMEOUT = 1.0
"""试连本机的端口最多等这么多秒。"""
_LOOP_TIMEOUT = 3.0
"""问机器人还转不转，最多等这么多秒。"""
_LONGEST_ANSWER = 1000
_LAGGING = 2.0
_SKEW = timedelta(minutes=10)
_SCHEMES = {"onebot_ws_urls": ("ws", "wss"), "onebot_api_roots": ("http", "https")}
_PLAIN_PORTS = {"ws": 80, "http": 80, "wss": 443, "https": 443}


def check_clock(checked: CheckedInstallation) -> Iterator[Result]:
    """时区数据，和系统的钟像不像话。主机在哪个时区都行。"""
    try:
        offset = datetime(2026, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai")).utcoffset()
    except ZoneInfoNotFoundError:
        offset = None
    if offset != timedelta(hours=8):
        yield fail("timezone", "没有时区数据，算不了北京时间", "pip install tzdata")
        return
    newest = newest_moment(checked)
    last_checked = _last_checked()
    shown = f"{checked.now.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    cure = "对好系统的钟（Linux：timedatectl set-ntp true），日期错了提醒都会错"
    if newest is not None and checked.now < newest - _SKEW:
        when = f"{newest.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
        yield fail("clock", f"现在是 {shown}（北京时间），库里却有 {when} 的记录：钟慢了", cure)
    elif last_checked is not None and checked.now < last_checked:
        yield fail(
            "clock", f"现在是 {shown}（北京时间），比这一版手册核对的日子 {last_checked:%Y-%m-%d} 还早：钟慢了", cure
        )
    else:
        yield ok("clock", f"现在是 {shown}（北京时间）")


def check_connection(checked: CheckedInstallation) -> Iterator[Result]:
    """监听的端口、要去连的地址。只试连本机，别处的只看写法。"""
    settings = checked.installation.settings
    host, port = str(settings.get("host", "127.0.0.1")), int(settings.get("port", 8080))
    address = ip_address(host)
    local = host if address.is_loopback else ("::1" if address.version == 6 else "127.0.0.1")
    if _answers(local, port):
        yield _ask_the_loop(local, port, f"{host}:{port}")
    else:
        yield warn("connection", f"{host}:{port} 没有程序在听", "机器人没开着就启动它；终端界面不监听，不用管")
    yield from _check_addresses("onebot_ws_urls", settings.get("onebot_ws_urls"))
    roots = settings.get("onebot_api_roots")
    yield from _check_addresses("onebot_api_roots", list(roots.values()) if isinstance(roots, dict) else roots)


def check_fonts(checked: CheckedInstallation) -> Iterator[Result]:
    """随包的字体在不在，画不画得出字。"""
    del checked
    cure = "重新安装退款助手；画不出图时都改发文字，不影响使用"
    try:
        from ...render.glyphs import covered
        from ...render.maps.picture import png
        from ...render.typesetting import Typesetter, TypesettingError
    except ImportError as error:
        yield fail("fonts", f"排版的库装得不全（{error.name}）", cure)
        return
    try:
        typesetter = Typesetter()
        families = typesetter.families()
        drawn = png(_ONE_GLYPH, typesetter)
        missing = "Noto Sans SC" not in families or ord("退") not in covered()
    except (OSError, TypesettingError) as error:
        yield warn("fonts", f"画不出字（{error}）", cure)
        return
    if missing or not drawn.startswith(b"\x89PNG"):
        yield warn("fonts", "随包的中文字体不在", cure)
    else:
        yield ok("fonts", "随包的字体在，画得出字")


_ONE_GLYPH = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">'
    '<text x="2" y="16" font-family="Noto Sans SC" font-size="14">退</text></svg>'
)


def _check_addresses(name: str, written: object) -> Iterator[Result]:
    if not written:
        return
    if not isinstance(written, list | set | tuple):
        yield fail("connection", f"{name.upper()} 写得不对", "写成 JSON，样子见 .env.example")
        return
    for address in sorted(map(str, written)):
        yield _check_address(name, address)


def _check_address(name: str, address: str) -> Result:
    try:
        parts = urlsplit(address)
        scheme, host, port = parts.scheme, parts.hostname, parts.port or _PLAIN_PORTS.get(parts.scheme, 0)
    except ValueError:
        scheme, host, port = "", None, 0
    if scheme not in _SCHEMES[name] or not host:
        wanted = f"{_SCHEMES[name][0]}://主机:端口"
        return fail("connection", f"{name.upper()} 里的地址 {_shown(address)} 写得不对", f"写成 {wanted} 的样子")
    shown = f"{scheme}://{host}:{port}"
    if not _is_local(host):
        return ok("connection", f"{shown} 写法没问题；不在本机，没有试连")
    if _answers(host, port):
        return ok("connection", f"{shown} 连得上")
    return warn("connection", f"{shown} 连不上", "启动 OneBot 实现（NapCat 等），看它的端口与这里是否一样")


def _shown(address: str) -> str:
    """地址里可能带着口令。"""
    return address.split("?")[0].split("@")[-1]


def _is_local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=_TIMEOUT):
            return True
    except OSError:
        return False


def _ask_the_loop(host: str, port: int, shown: str) -> Result:
    """问在听的程序还转不转：是不是我们，事件循环卡没卡。"""
    connection = HTTPConnection(host, port, timeout=_LOOP_TIMEOUT)
    try:
        connection.request("GET", ALIVE_PATH)
        said = json.loads(connection.getresponse().read(_LONGEST_ANSWER))
        lag = float(said["lag_seconds"]) if said["refund"] == "alive" else None
    except TimeoutError:
        return fail("connection", f"{shown} 有程序在听，{_LOOP_TIMEOUT:g} 秒没有回答", "多半卡住了：看日志，重启机器人")
    except (OSError, HTTPException, ValueError, KeyError, TypeError):
        lag = None
    finally:
        connection.close()
    if lag is None:
        return warn("connection", f"{shown} 有程序在听，不是退款助手", "关掉它，或在 .env 里把 PORT 换成别的")
    if lag > _LAGGING:
        return warn("loop", f"{shown} 在答，但一分钟里卡过 {lag:.1f} 秒", "看那时的日志和机器忙不忙；总这样就报给我们")
    return ok("connection", f"{shown} 有程序在听，事件循环一分钟里最多耽误 {lag:.1f} 秒")


def _last_checked() -> datetime | None:
    """随包手册里最近一次核对依据的日子：这一版不会比它早发布。"""
    try:
        book = load_rulebook()
    except RulebookError:
        return None
    sources = [*book.shared_sources, *(source for scenario in book.scenarios for source in scenario.sources)]
    checked = [source.last_checked_on for source in sources]
    newest = max(checked, default=None)
    return None if newest is None else datetime(newest.year, newest.month, newest.day, tzinfo=SHANGHAI).astimezone(UTC)

"""环境里设了代理（HTTP_PROXY、HTTPS_PROXY、ALL_PROXY）时，本机的地址不走代理。

桥多半就在本机，代理却到不了本机的端口：不管的话正向 WebSocket、HTTP 都连不上，而且看不出为什么。
"""

from collections.abc import Iterable, MutableMapping
from importlib.util import find_spec
from ipaddress import ip_address
from urllib.parse import urlsplit

_NAMES = ("http_proxy", "https_proxy", "all_proxy", "ws_proxy", "wss_proxy", "socks_proxy")
_ALWAYS = ("localhost", "127.0.0.1", "::1")


def spare_this_machine(addresses: Iterable[str], environment: MutableMapping[str, str]) -> list[str]:
    """让本机的地址不走代理；改的是 ``environment``，别的地址照旧。

    Args:
        addresses: 要连的各个 OneBot 地址。
        environment: 环境变量。

    Returns:
        该在日志里说的话，一条一行；没设代理、没有话说为空。
    """
    proxies = {name for name in environment if name.lower() in _NAMES and environment[name]}
    hosts = [host for host in (_host(address) for address in addresses) if host]
    if not proxies or not hosts:
        return []
    spared = list(dict.fromkeys((*_already(environment), *_ALWAYS, *filter(is_this_machine, hosts))))
    environment["NO_PROXY"] = environment["no_proxy"] = ",".join(spared)
    said = [_dropped(name) for name in sorted(proxies) if _unusable(environment[name])]
    for name in [name for name in proxies if _unusable(environment[name])]:
        del environment[name]
        proxies.discard(name)
    far = sorted({host for host in hosts if not is_this_machine(host) and host not in spared and "*" not in spared})
    if far and proxies:
        said.append(
            f"连 {'、'.join(far)} 会经过环境变量 {'、'.join(sorted(proxies))} 里的代理；"
            "连不上而又不该走代理的，把它写进环境变量 NO_PROXY"
        )
    return said


def is_this_machine(host: str) -> bool:
    """这个主机名是不是本机。"""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _already(environment: MutableMapping[str, str]) -> list[str]:
    """主人写过的不走代理的地址；两种写法都看。"""
    written = f"{environment.get('no_proxy', '')},{environment.get('NO_PROXY', '')}"
    return [host.strip() for host in written.split(",") if host.strip()]


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _unusable(proxy: str) -> bool:
    """SOCKS 代理要另装 socksio；没装时哪怕不走它，HTTP 客户端也会一开始就报错。"""
    return proxy.lower().startswith("socks") and find_spec("socksio") is None


def _dropped(name: str) -> str:
    return f"环境变量 {name} 是 SOCKS 代理，没有装 socksio 用不了，这次当作没有设"

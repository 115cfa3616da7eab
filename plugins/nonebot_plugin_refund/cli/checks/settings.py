"""设置：写得对不对，别人看不看得到口令，端口对不对外开，主人是谁。"""

import os
from collections.abc import Iterator
from ipaddress import ip_address

from pydantic import ValidationError

from ...config import Config
from ...settings_report import problems_of
from .result import CheckedInstallation, Result, fail, ok, warn

_OURS = ("refund_", "onebot_", "localstore_")
_LAUNCH_ONLY = ("refund_adapter", "refund_log_format", "refund_log_file")
"""由 ``bot.py`` 自己读，写在环境变量里也认。"""


def check_settings(checked: CheckedInstallation) -> Iterator[Result]:
    """全部设置。"""
    yield from _check_values(checked)
    yield from _check_env_files(checked)
    yield from _check_environment(checked)
    yield _check_token(checked)
    yield _check_superusers(checked)


def _check_values(checked: CheckedInstallation) -> Iterator[Result]:
    try:
        Config.model_validate(dict(checked.installation.settings))
    except ValidationError as error:
        for problem in problems_of(error, checked.installation.env_files, os.environ):
            yield fail("settings", f"{problem.what}（{problem.where}）", problem.cure)
        return
    yield ok("settings", "各项设置都写得对")


def _check_env_files(checked: CheckedInstallation) -> Iterator[Result]:
    present = [file for file in checked.installation.env_files if file.is_file()]
    if not present:
        yield ok("env-file", f"{checked.installation.folder} 里没有 .env，都用默认设置")
    for file in present:
        # 归 root、同组的服务账户读得到（640）是对的：机器人要读它，只是不许其余的账户读
        if os.name != "nt" and file.stat().st_mode & 0o007:
            yield warn("env-file", f"{file} 别的账户也读得到，口令在里面", f"chmod o= {file}")
        else:
            yield ok("env-file", f"{file} 别的账户读不到")


def _check_environment(checked: CheckedInstallation) -> Iterator[Result]:
    """NoneBot 只看 .env 里写了名字的环境变量。"""
    known = set(checked.installation.settings)
    ignored = sorted(
        name
        for name in os.environ
        if name.lower().startswith(_OURS) and name.lower() not in known and name.lower() not in _LAUNCH_ONLY
    )
    if ignored:
        yield warn(
            "environment",
            f"环境变量 {'、'.join(ignored)} 不会生效：NoneBot 只认 .env 里写了名字的",
            f"在 .env 里加一行 {ignored[0]}=（值可以空着），再用环境变量盖过它",
        )


def _check_token(checked: CheckedInstallation) -> Result:
    settings = checked.installation.settings
    host = str(settings.get("host", ""))
    if ip_address(host).is_loopback:
        return ok("token", f"只在本机监听（HOST={host}）")
    if not settings.get("onebot_access_token"):
        return fail(
            "token",
            f"HOST={host} 对外可见，却没有访问口令：谁连得上这个端口都能冒充 QQ",
            "在 .env 里写 ONEBOT_ACCESS_TOKEN=一串别人猜不到的字母和数字，OneBot 实现里填同样的；或写 HOST=127.0.0.1",
        )
    return ok("token", f"对外监听（HOST={host}），有访问口令")


def _check_superusers(checked: CheckedInstallation) -> Result:
    superusers = checked.installation.settings.get("superusers") or ()
    if not superusers:
        return warn("superusers", "没有主人：没人能用 /退款 管理", '在 .env 里写 SUPERUSERS=["你的 QQ 号"]')
    return ok("superusers", f"有 {len(superusers)} 位主人")

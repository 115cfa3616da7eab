"""给 Prometheus 来取指标的地址：要访问口令；没设口令的，只有本机监听时才给。"""

import hmac
from collections.abc import Callable
from ipaddress import ip_address

from nonebot import get_driver
from nonebot.drivers import URL, ASGIMixin, HTTPServerSetup, Request, Response

METRICS_PATH = "/metrics"


def serve_metrics(page: Callable[[], bytes], content_type: str) -> bool:
    """装上；没有 HTTP 服务的（终端界面）不装。返回装没装。

    Args:
        page: 写出全部指标。
        content_type: 它是哪种格式。
    """
    driver = get_driver()
    if not isinstance(driver, ASGIMixin):
        return False
    configuration = driver.config
    token = next(
        (
            str(written)
            for name in ("onebot_access_token", "onebot_v11_access_token")
            if (written := getattr(configuration, name, None))
        ),
        "",
    )
    is_local = ip_address(str(configuration.host)).is_loopback

    async def answer(request: Request) -> Response:
        if not may_look(str(request.headers.get("Authorization", "")), token, is_local=is_local):
            return Response(401, headers={"WWW-Authenticate": "Bearer"}, content="Unauthorized")
        return Response(200, headers={"Content-Type": content_type}, content=page())

    driver.setup_http_server(HTTPServerSetup(URL(METRICS_PATH), "GET", "退款助手", answer))
    return True


def may_look(authorization: str, token: str, *, is_local: bool) -> bool:
    """口令对不对；没设口令的，看是不是只在本机监听。"""
    if not token:
        return is_local
    scheme, _, given = authorization.partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())

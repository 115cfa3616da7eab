"""给外面查“还转不转”的地址：由事件循环回应，循环卡住就没有回应。里面没有账号，也没有案情。"""

import json

from nonebot import get_driver
from nonebot.drivers import URL, ASGIMixin, HTTPServerSetup, Request, Response

from ...alive_path import ALIVE_PATH
from .loop_lag import LoopLag


def answer_at(lag: LoopLag) -> bool:
    """装上；没有 HTTP 服务的（终端界面）不装。返回装没装。"""
    driver = get_driver()
    if not isinstance(driver, ASGIMixin):
        return False

    async def answer(request: Request) -> Response:
        del request
        content = json.dumps({"refund": "alive", "lag_seconds": round(lag.worst, 3)})
        return Response(200, headers={"Content-Type": "application/json"}, content=content)

    driver.setup_http_server(HTTPServerSetup(URL(ALIVE_PATH), "GET", "退款助手", answer))
    return True

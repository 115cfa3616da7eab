"""进机器人的两扇门：反向 WebSocket 与 HTTP 上报，口令管到哪一扇。"""

from nonebot.adapters.onebot.v11 import Adapter


def close_http_with_the_token(adapter: Adapter) -> None:
    """访问口令只管 WebSocket；HTTP 上报另看签名，没设签名口令就谁都能冒充 QQ。

    所以设了访问口令、没设签名口令时，两样用同一个：NapCat 与 LLBot 的签名本来就用连接设置里的 token 算。
    """
    settings = adapter.onebot_config
    if settings.onebot_access_token and not settings.onebot_secret:
        settings.onebot_secret = settings.onebot_access_token

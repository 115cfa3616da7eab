"""进机器人的门：反向 WebSocket 与 HTTP 上报，口令管到哪一扇；一个人刷屏时，多出来的在门外就放下。"""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from nonebot.adapters.onebot.v11 import Adapter, Event
from nonebot.log import logger

if TYPE_CHECKING:
    from nonebot_plugin_refund.dialogue.limits.allowance import Buckets

BURST = 60
"""一个人（私聊和群里合算）一口气说这么多句都照收：是插件自己那道限速的两倍，所以他总是先听到“说得太快了”。"""
PER_SECOND = 5.0
"""之后每秒补几句。没有人打字有这么快。"""
_REMEMBERED = 10_000
_TOLD_EVERY = timedelta(minutes=1)


class ShelteredAdapter(Adapter):
    """刷屏的人多出来的话，不解析就放下。

    一条消息从解析到走完一遍响应器要一两毫秒，大家的话又都排在同一条连接里：一千条不先放下，后面的人就要等几秒。
    放下一条只要几微秒。
    """

    _crowd: "Buckets | None" = None
    _told_at: datetime | None = None

    @classmethod
    def json_to_event(cls, json_data: Any) -> Event | None:
        """收下的照常变成事件；放下的没有事件。"""
        return None if cls.is_too_much(json_data, datetime.now(UTC)) else super().json_to_event(json_data)

    @classmethod
    def is_too_much(cls, json_data: Any, now: datetime) -> bool:
        """这是不是刷屏的人多出来的一句；不是的从他的额度里扣一句。"""
        if not isinstance(json_data, dict) or json_data.get("post_type") != "message":
            return False
        if cls._crowd is None:
            # 插件要留给 NoneBot 来加载，这时它早已加载好了
            from nonebot_plugin_refund.dialogue.limits.allowance import Allowance, Buckets

            cls._crowd = Buckets(Allowance(BURST, PER_SECOND), _REMEMBERED)
        # 记的是散列，不是账号：他删了数据，这里也没有他
        who = str(hash((str(json_data.get("self_id")), str(json_data.get("user_id")))))
        if cls._crowd.take((who,), now):
            return False
        if cls._told_at is None or not timedelta() <= now - cls._told_at < _TOLD_EVERY:
            cls._told_at = now
            logger.warning("有人一下子说得太多，多出来的没有听（一分钟里只记一次）")
        return True


def close_http_with_the_token(adapter: Adapter) -> None:
    """访问口令只管 WebSocket；HTTP 上报另看签名，没设签名口令就谁都能冒充 QQ。

    所以设了访问口令、没设签名口令时，两样用同一个：NapCat 与 LLBot 的签名本来就用连接设置里的 token 算。
    """
    settings = adapter.onebot_config
    if settings.onebot_access_token and not settings.onebot_secret:
        settings.onebot_secret = settings.onebot_access_token

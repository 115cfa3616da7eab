"""桥连进来的两条路，反向 WebSocket 与 HTTP 上报：各自怎样查口令；一个人刷屏时，多出来的不解析就丢掉。"""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from nonebot.adapters.onebot.v11 import (
    Adapter,
    Bot,
    Event,
    GroupMessageEvent,
    LifecycleMetaEvent,
    PrivateMessageEvent,
)
from nonebot.drivers import URL, HTTPServerSetup, Request, WebSocket, WebSocketServerSetup
from nonebot.drivers import ASGIMixin as Server
from nonebot.log import logger

from ..repeat_filter import RepeatFilter
from .forward import BridgeRefused, parsed, raise_if_refused, why_not_connected
from .http_reports import HttpReportFilter
from .missing_fields import whole

if TYPE_CHECKING:
    from nonebot_plugin_refund.dialogue.limits.allowance import Buckets

BURST = 60
"""一个人（私聊和群里合算）一口气说这么多句都照收：是插件自己那道限速的两倍，所以他总是先听到“说得太快了”。"""
PER_SECOND = 5.0
"""之后每秒补几句。没有人打字有这么快。"""
_REMEMBERED = 10_000
_TOLD_EVERY = timedelta(minutes=1)
_ROOT = "/onebot/v11"
_WHOLE = (GroupMessageEvent, PrivateMessageEvent)
_AGAIN_AFTER = 3.0
"""正向 WebSocket 断了之后几秒再拨。"""


class LimitedAdapter(Adapter):
    """刷屏的人多出来的话，不解析就放下；同一个账号换一种连法，旧的让开。

    一条消息从解析到走完一遍响应器要一两毫秒，大家的话又都排在同一条连接里：一千条不先放下，后面的人就要等几秒。
    放下一条只要几微秒。
    """

    _crowd: "Buckets | None" = None
    _told_at: datetime | None = None

    @classmethod
    def json_to_event(cls, json_data: Any) -> Event | None:
        """收下的照常变成事件；放下的没有事件。缺了用不着的字段的消息补齐再认。"""
        if cls.is_too_much(json_data, datetime.now(UTC)):
            return None
        event = super().json_to_event(json_data)
        if isinstance(event, _WHOLE) or not isinstance(json_data, dict) or json_data.get("post_type") != "message":
            return event
        return super().json_to_event(whole(json_data))

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

    def _setup(self) -> None:
        """地址最后少一条斜杠的也接。"""
        super()._setup()
        if isinstance(self.driver, Server):
            self.setup_http_server(HTTPServerSetup(URL(_ROOT), "POST", "OneBot V11 HTTP", self._handle_http))
            self.setup_websocket_server(WebSocketServerSetup(URL(_ROOT), "OneBot V11 WS", self._handle_ws))

    async def _handle_ws(self, websocket: WebSocket) -> None:
        """只上报过 HTTP 的账号不占着位子：口令对的就让给 WebSocket。"""
        self_id = websocket.request.headers.get("x-self-id")
        if self_id and self._check_access_token(websocket.request) is None:
            self._make_room(self_id)
        await super()._handle_ws(websocket)

    def _make_room(self, self_id: str) -> None:
        bot = self.bots.get(self_id)
        if isinstance(bot, Bot) and self_id not in self.connections:
            self.bot_disconnect(bot)

    async def _forward_ws(self, url: URL) -> None:
        """拨一个地址，断了再拨；原因没变就不再说。"""
        told = RepeatFilter()
        while True:
            try:
                await self._talk_over(url, told)
            except Exception as error:  # 什么错都不能让它不再拨
                why = why_not_connected(error)
                if told.may_say(why):
                    address = urlsplit(str(url))
                    place = f"{address.hostname}:{address.port}" if address.port else str(address.hostname)
                    logger.warning(f"正向 WebSocket {place}：{why}。每 {_AGAIN_AFTER:g} 秒再试")
            await asyncio.sleep(_AGAIN_AFTER)

    async def _talk_over(self, url: URL, told: RepeatFilter) -> None:
        token = self.onebot_config.onebot_access_token
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with self.websocket(Request("GET", url, headers=headers, timeout=30.0)) as websocket:
            bot: Bot | None = None
            try:
                while True:
                    data = parsed(await websocket.receive())
                    raise_if_refused(data)
                    event = self.json_to_event(data)
                    if event is None:
                        continue
                    if bot is None and isinstance(event, LifecycleMetaEvent) and event.sub_type == "connect":
                        bot = self._welcome(str(event.self_id), websocket)
                        told.forget()
                    if bot is not None:
                        self._hand_over(bot, event)
            finally:
                if bot is not None:
                    self.connections.pop(bot.self_id, None)
                    self.bot_disconnect(bot)

    def _welcome(self, self_id: str, websocket: WebSocket) -> Bot:
        self._make_room(self_id)
        if self_id in self.bots:
            raise BridgeRefused("这个账号已经由另一条连接接着，留一条就行")
        bot = Bot(self, self_id)
        self.bot_connect(bot)
        self.connections[self_id] = websocket
        logger.info(f"Bot {self_id} connected")
        return bot

    def _hand_over(self, bot: Bot, event: Event) -> None:
        task = asyncio.create_task(bot.handle_event(event))
        task.add_done_callback(self.tasks.discard)
        self.tasks.add(task)


def filter_http_reports(adapter: Adapter) -> None:
    """HTTP 上报先由 :mod:`.http_reports` 看一遍。没有套得上中间层的服务端，就没有 HTTP 上报。"""
    server = adapter.driver.server_app if isinstance(adapter.driver, Server) else None
    add = getattr(server, "add_middleware", None)
    if add is not None:
        add(HttpReportFilter, wants_signature=lambda: bool(adapter.onebot_config.onebot_secret))


def sign_http_with_the_token(adapter: Adapter) -> None:
    """访问口令只管 WebSocket；HTTP 上报另看签名，没设签名口令就谁都能冒充 QQ。

    所以设了访问口令、没设签名口令时，两样用同一个：NapCat 与 LLBot 的签名本来就用连接设置里的 token 算。
    """
    settings = adapter.onebot_config
    if settings.onebot_access_token and not settings.onebot_secret:
        settings.onebot_secret = settings.onebot_access_token

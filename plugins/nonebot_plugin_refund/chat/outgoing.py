"""把想好的话说出去：私聊回私聊，群里回群里；欠着的提醒放在私聊回复的最上面。"""

import base64
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nonebot import get_bots, logger
from nonebot.adapters import Bot
from nonebot.adapters.onebot.v11 import ActionFailed, ApiNotAvailable, NetworkError
from nonebot.adapters.onebot.v11 import Bot as OneBot

from ..delivery.messenger import Account, NotConnected, OutcomeUnknown, Receipt, Rejected
from ..storage.records import Person
from .conversation.turn import Attachment, Reply
from .incoming import Incoming

if TYPE_CHECKING:
    from .runtime import Runtime

_LONGEST = 1500
"""一条消息最多多少字；再长的分几条。更长的容易触发风控。"""


class Sayer:
    """说话的人。说不出去只记种类和码，不记内容；用户再问就会再答。"""

    def __init__(self, runtime: "Runtime") -> None:
        self._runtime = runtime

    def bot_of(self, incoming: Incoming) -> Bot | None:
        """收到这条消息的那个账号；已经断开为空。"""
        return next((bot for bot in get_bots().values() if bot.self_id == incoming.self_id), None)

    async def say(self, bot: Bot, incoming: Incoming, said: Sequence[Reply]) -> None:
        """依次说出去；中间一条失败就停下，免得没头没尾。"""
        try:
            for number, reply in enumerate(said):
                await self._say_one(bot, incoming, reply.text, first=number == 0)
                if reply.attachment is not None:
                    await self._attach(bot, incoming, reply.attachment)
        except (Rejected, OutcomeUnknown, NotConnected) as error:
            logger.warning(f"回复没有（或不知道有没有）发出：{type(error).__name__} {getattr(error, 'code', '')}")

    async def _say_one(self, bot: Bot, incoming: Incoming, text: str, *, first: bool) -> None:
        account = Account(incoming.platform, incoming.self_id)
        opened = self._runtime.opened
        if incoming.is_temporary:
            await self._runtime.messenger.send_to_stranger(account, incoming.user_id, incoming.temporary_group_id, text)
        elif incoming.group_id is not None:
            await self._runtime.messenger.send_to_group(account, incoming.group_id, text)
        elif first and opened is not None:
            await opened.next_message.deliver_with_reply(
                account,
                Person(incoming.platform, incoming.user_id),
                lambda owed: self._private(account, incoming, f"{owed}\n\n{text}" if owed else text),
            )
        else:
            await self._private(account, incoming, text)

    async def _private(self, account: Account, incoming: Incoming, text: str) -> Receipt:
        return await self._runtime.messenger.send_private(account, incoming.user_id, text)

    async def _attach(self, bot: Bot, incoming: Incoming, attachment: Attachment) -> None:
        """发文件；实现不支持就改发文字，分几条。"""
        if isinstance(bot, OneBot):
            encoded = base64.b64encode(attachment.text.encode()).decode()
            try:
                await bot.call_api(
                    "upload_private_file",
                    user_id=int(incoming.user_id),
                    file=f"base64://{encoded}",
                    name=attachment.name,
                )
                return
            except (ActionFailed, NetworkError, ApiNotAvailable) as error:
                logger.info(f"发不了文件，改发文字：{type(error).__name__}")
        for start in range(0, len(attachment.text), _LONGEST):
            await self._say_one(bot, incoming, attachment.text[start : start + _LONGEST], first=False)

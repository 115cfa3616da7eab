"""终端界面刚打开：没有群友教人怎么开始，所以先说一句；私聊里有没答完的，就把那一问再摆出来。"""

from datetime import datetime
from typing import TYPE_CHECKING

from nonebot.adapters import Bot

from ..delivery.messenger import Account
from ..dialogue.base import wording
from ..dialogue.base.incoming import CONSOLE, Incoming, Kind
from ..dialogue.base.turn import replies
from ..storage.case import interviews
from ..storage.records import Person

if TYPE_CHECKING:
    from .runtime import Runtime
    from .sending.outgoing import ReplySender


async def open_terminal(bot: Bot, account: Account, runtime: "Runtime", sayer: "ReplySender") -> None:
    """在群和私聊里各说一句开场的话；``bot`` 是终端适配器的。"""
    channel = await bot.call_api("current_channel")
    await runtime.messenger.send_to_group(account, channel.id, wording.console_hello(runtime.command))
    if runtime.opened is None:
        return
    user = await bot.call_api("current_user")
    resuming = _resuming(account, user.id, runtime.clock.now())
    async with runtime.opened.database.session() as session:
        left_open = await interviews.active(session, Person(CONSOLE, user.id))
    if left_open is None:
        await sayer.say(resuming, replies(wording.CONSOLE_PRIVATE_HELLO))
    else:
        await sayer.say(resuming, await runtime.opened.reception.receive(resuming))


def _resuming(account: Account, user_id: str, now: datetime) -> Incoming:
    """等于他在私聊里说了一句「继续」。"""
    return Incoming(
        kind=Kind.PRIVATE,
        platform=CONSOLE,
        self_id=account.self_id,
        user_id=user_id,
        group_id=None,
        message_id=f"opening-{now.timestamp()}",
        text=wording.RESUME_WORD,
        arguments=None,
        is_group_admin=None,
        is_superuser=True,
        is_temporary=False,
        temporary_group_id=None,
        reply_to=None,
        segments=(),
    )

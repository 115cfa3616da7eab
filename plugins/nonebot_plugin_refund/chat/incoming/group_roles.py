"""发话人是不是群的管理员：平台在消息里没说时去查。"""

from nonebot import get_bots
from nonebot.adapters.onebot.v11 import ActionFailed, ApiNotAvailable, Bot, NetworkError

from ...dialogue.base.incoming import Incoming

_LOOKUP_SECONDS = 5.0
"""最多等多久：查不到就当作不是，请他再试。"""


async def is_group_admin(incoming: Incoming) -> bool:
    """平台在消息里没说是不是管理员时去查；查不到当作不是。"""
    if incoming.is_superuser or incoming.is_group_admin is not None:
        return incoming.is_superuser or bool(incoming.is_group_admin)
    # 收到这条消息的那个账号；已经断开就没有
    bot = next((bot for bot in get_bots().values() if bot.self_id == incoming.self_id), None)
    if not isinstance(bot, Bot) or incoming.group_id is None:
        return False
    try:
        member = await bot.call_api(
            "get_group_member_info",
            group_id=int(incoming.group_id),
            user_id=int(incoming.user_id),
            _timeout=_LOOKUP_SECONDS,
        )
    except (ActionFailed, NetworkError, ApiNotAvailable):
        return False
    return isinstance(member, dict) and member.get("role") in ("owner", "admin")

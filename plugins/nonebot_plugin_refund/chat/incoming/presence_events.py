"""从事件里看 QQ 在不在线：心跳的 ``online``、掉线通知；有人说话就说明在线。"""

from nonebot.adapters import Bot, Event
from nonebot.adapters.onebot.v11 import LifecycleMetaEvent, MessageEvent, MetaEvent, NoticeEvent

from ...delivery.messenger import Account
from ...delivery.presence import Presence


def says_online(event: Event) -> bool | None:
    """这个事件说 QQ 在线（真）、掉了线（假），还是什么也没说（空）。"""
    if isinstance(event, MessageEvent):
        return True
    if isinstance(event, NoticeEvent):
        return False if event.notice_type == "bot_offline" else None
    if isinstance(event, LifecycleMetaEvent):
        return True if event.sub_type == "connect" else None
    if isinstance(event, MetaEvent) and event.meta_event_type == "heartbeat":
        return _in_heartbeat(getattr(event, "status", None))
    return None


def note_presence(presence: Presence, bot: Bot, event: Event) -> None:
    """照事件记下这个账号在不在线。"""
    online = says_online(event)
    if online is None:
        return
    account = Account(bot.adapter.get_name(), bot.self_id)
    if online:
        presence.is_back(account)
    else:
        presence.reported_away(account)


def _in_heartbeat(status: object) -> bool | None:
    """状态有的实现不给、或写成空：那就什么也没说。"""
    online = status.get("online") if isinstance(status, dict) else getattr(status, "online", None)
    return online if isinstance(online, bool) else None

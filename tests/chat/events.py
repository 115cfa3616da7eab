"""造平台事件的小工厂：OneBot V11 的群消息与私聊、终端的消息。全部编号都是编的。"""

from datetime import datetime
from itertools import count
from typing import Any

from nonebot.adapters.console import MessageEvent as ConsoleMessageEvent
from nonebot.adapters.onebot.v11 import GroupMessageEvent, Message, MessageSegment, PrivateMessageEvent

SELF_ID = 10001
GROUP_ID = 20001
USER_ID = 30001

_numbers = count(1)


def group_message(message: str | Message | MessageSegment, **changes: Any) -> GroupMessageEvent:
    """群消息。文字里的 CQ 码按文字处理；`changes` 直接改上报的字段。"""
    return GroupMessageEvent.model_validate(_report("group", "normal", message, {"group_id": GROUP_ID, **changes}))


def private_message(message: str | Message | MessageSegment, **changes: Any) -> PrivateMessageEvent:
    """好友私聊；`sub_type="group"` 为临时会话。"""
    return PrivateMessageEvent.model_validate(_report("private", "friend", message, {"to_me": True, **changes}))


def console_message(text: str, *, private: bool, **changes: Any) -> ConsoleMessageEvent:
    """终端里的一句话。"""
    from nonebot.adapters.console import Message as ConsoleMessage
    from nonechat.model import Channel, User

    channel = Channel("private:user", "私聊") if private else Channel("general", "通用")
    fields: dict[str, Any] = {
        "time": datetime(2026, 11, 23, 10, 0),  # noqa: DTZ001 终端适配器的时间就不带时区
        "self_id": "robot",
        "post_type": "message",
        "user": User("user"),
        "channel": channel,
        "message_id": f"m{next(_numbers)}",
        "message": ConsoleMessage(text),
        "to_me": private,
    }
    return ConsoleMessageEvent(**(fields | changes)).convert()


def _report(message_type: str, sub_type: str, message: str | Message | MessageSegment, changes: Any) -> dict[str, Any]:
    segments = Message([MessageSegment.text(message)]) if isinstance(message, str) else Message(message)
    number = next(_numbers)
    report: dict[str, Any] = {
        "time": 1_795_400_000 + number,
        "self_id": SELF_ID,
        "post_type": "message",
        "message_type": message_type,
        "sub_type": sub_type,
        "user_id": USER_ID,
        "message_id": -number,
        "message": segments,
        "raw_message": str(segments),
        "font": 0,
        "sender": {"user_id": USER_ID, "nickname": "群友"},
    }
    return report | changes

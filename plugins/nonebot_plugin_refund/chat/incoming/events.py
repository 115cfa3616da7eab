"""读平台的消息事件：先便宜地看一眼（`glance`），决定要管了再整条读出来（`receive`）。

只取文字段：文字里写着的 CQ 码就是文字，不会变成 @ 或图片。昵称、名片一概不留。
"""

from collections.abc import Callable, Sequence
from typing import Any

from nonebot.adapters import Bot, Event
from nonebot.adapters.onebot.v11 import GroupMessageEvent, MessageEvent, MetaEvent, NoticeEvent, PrivateMessageEvent

from ...dialogue.base.incoming import CONSOLE, ONEBOT, SOMEBODY, Glance, Incoming, Kind

NOT_SAID = (MetaEvent, NoticeEvent)
"""不是谁说的话，是实现自己报的：心跳、上下线、通知。"""
_LOOKS: dict[type[Event], Callable[[Any], Glance] | None] = {}
"""见过的每一类事件怎么看；不是消息的为空。"""


def glance(event: Event) -> Glance | None:
    """看一眼事件；不是支持的平台的消息时返回 None。"""
    look = _look_at(event)
    return None if look is None else look(event)


def idle_text(event: Event) -> str | None:
    """群里别人说的、没叫我们、没引用、只有一段文字的话；别的都为空，要细看（:func:`glance`）。

    群里的话几乎都是这一种，所以单有一条最短的路。
    """
    if type(event) is not GroupMessageEvent or event.to_me or event.reply is not None:
        return None
    message = event.message
    if len(message) != 1:
        return None
    for segment in message:
        if segment.type == "text":
            return segment.data.get("text", "").strip()
    return None


def is_message(event: Event) -> bool:
    """是不是支持的平台的消息。"""
    return _look_at(event) is not None


def _look_at(event: Event) -> Callable[[Any], Glance] | None:
    """这一类事件怎么看；不是消息的为空。

    一类只认一回：事件类是 pydantic 的，问一次 ``isinstance`` 要走一段 Python，群里每条消息问几次就是十微秒。
    """
    try:
        return _LOOKS[type(event)]
    except KeyError:
        return _LOOKS.setdefault(type(event), _recognised(event))


def _recognised(event: Event) -> Callable[[Any], Glance] | None:
    if isinstance(event, GroupMessageEvent):
        return _glance_group
    # 群里的话有一处写坏了，适配器就只认得出是一条消息：不能当成私聊，去私聊里找每个说话的人
    if isinstance(event, PrivateMessageEvent):
        return _glance_private
    return _glance_console if _is_console_message(event) else None


def receive(bot: Bot, event: Event, kind: Kind, text: str, arguments: str | None) -> Incoming:
    """把已经决定要管的事件变成 `Incoming`。

    Raises:
        TypeError: 事件不是 `glance` 认得的消息。
    """
    if isinstance(event, MessageEvent):
        return _receive_onebot(bot, event, kind, text, arguments)
    if _is_console_message(event):
        return _receive_console(bot, event, kind, text, arguments)
    raise TypeError(f"不认识的事件：{type(event).__name__}")


def _joined_text(message: Sequence[Any]) -> str:
    """消息里的全部文字，去掉两头空白。"""
    return "".join([segment.data.get("text", "") for segment in message if segment.type == "text"]).strip()


def _glance_group(event: GroupMessageEvent) -> Glance:
    message = event.message
    # 群里的话大多只有一段、没有引用，不必逐段看
    simple = len(message) == 1 and event.reply is None
    addressees = () if simple else _addressees(event)
    return Glance(
        str(event.group_id),
        str(event.user_id),
        _joined_text(message),
        # NoneBot 只认开头和结尾的 @，夹在中间的要自己找
        event.to_me or (bool(addressees) and str(event.self_id) in addressees),
        addressees,
        event.user_id == event.self_id or event.anonymous is not None or event.sub_type == "anonymous",
    )


def _glance_private(event: MessageEvent) -> Glance:
    return Glance(
        None, str(event.user_id), _joined_text(event.message), event.to_me, (), event.user_id == event.self_id
    )


def _addressees(event: MessageEvent) -> tuple[str, ...]:
    """@ 了谁、引用了谁的话。NoneBot 查得到原消息时已把引用摘到 `event.reply`，查不到时还留在消息里。"""
    accounts: list[str] = []
    if event.reply is not None:
        author = event.reply.sender.user_id
        accounts.append(SOMEBODY if author is None else str(author))
    for segment in event.message:
        if segment.type == "at":
            accounts.append(str(segment.data.get("qq")))
        elif segment.type == "reply":
            accounts.append(SOMEBODY)
    return tuple(accounts)


def _receive_onebot(bot: Bot, event: MessageEvent, kind: Kind, text: str, arguments: str | None) -> Incoming:
    is_group = isinstance(event, GroupMessageEvent)
    # 认不出的私聊（有的实现还有 other、group_self）也当临时会话：说不准是不是好友，就不说案情
    is_temporary = not is_group and event.sub_type != "friend"
    role = event.sender.role if is_group else None
    user_id = str(event.user_id)
    return Incoming(
        kind=kind,
        platform=ONEBOT,
        self_id=str(event.self_id),
        user_id=user_id,
        group_id=str(event.group_id) if is_group else None,
        message_id=str(event.message_id),
        text=text,
        arguments=arguments,
        is_group_admin=None if not role else role in ("owner", "admin"),
        is_superuser=not bot.config.superusers.isdisjoint((user_id, f"onebot:{user_id}")),
        is_temporary=is_temporary,
        temporary_group_id=_temporary_group(event) if is_temporary else None,
        reply_to=_quoted_message(event),
        segments=tuple(segment.type for segment in event.message if segment.type not in ("text", "reply")),
        sent_at=float(event.time),
    )


def _temporary_group(event: MessageEvent) -> str | None:
    """临时会话借用的群：有的实现放在最外层，有的放在 sender 里，有的不给。"""
    group_id = getattr(event, "group_id", None) or getattr(event.sender, "group_id", None)
    return str(group_id) if group_id and str(group_id).isdecimal() else None


def _quoted_message(event: MessageEvent) -> str | None:
    """所引用的消息号。NoneBot 查得到原消息时已把引用摘到 `event.reply`，查不到时还留在消息里。"""
    if event.reply is not None:
        return str(event.reply.message_id)
    for segment in event.message:
        if segment.type == "reply":
            return str(segment.data.get("id"))
    return None


def _is_console_message(event: Event) -> bool:
    """是不是终端适配器的消息。按模块名认，因为正式环境里不一定装了终端适配器。"""
    return type(event).__module__ == "nonebot.adapters.console.event" and event.get_type() == "message"


def _glance_console(event: Any) -> Glance:
    is_private = _is_console_private(event)
    return Glance(
        group_id=None if is_private else event.channel.id,
        user_id=event.user.id,
        text=_joined_text(event.message),
        mentions_us=event.to_me,
        addressees=(),
        ignored=event.user.id == event.self_id,
    )


def _receive_console(bot: Bot, event: Any, kind: Kind, text: str, arguments: str | None) -> Incoming:
    is_private = _is_console_private(event)
    return Incoming(
        kind=kind,
        platform=CONSOLE,
        self_id=bot.self_id,
        user_id=event.user.id,
        group_id=None if is_private else event.channel.id,
        message_id=event.message_id,
        text=text,
        arguments=arguments,
        is_group_admin=None if is_private else True,
        is_superuser=True,
        is_temporary=False,
        temporary_group_id=None,
        reply_to=None,
        segments=tuple(segment.type for segment in event.message if segment.type != "text"),
        sent_at=event.time.timestamp(),
    )


def _is_console_private(event: Any) -> bool:
    return event.channel.id == "_direct" or event.channel.id.startswith("private:")

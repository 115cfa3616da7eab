"""一条归我们管的消息 `Incoming`。它不用 NoneBot：对话只看它，不看平台事件；`events` 负责把事件变成它。"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

_AHEAD = timedelta(minutes=1)
"""两边的钟可以差这么多。"""
_BELIEVED = timedelta(days=3)
"""比这还早的时刻多半是实现填错了。"""
STILL_TALKING = timedelta(minutes=5)
"""群里的话过了这么久才到，大家早说别的了，不接。"""

ONEBOT = "OneBot V11"
CONSOLE = "Console"


class Kind(StrEnum):
    """这条消息凭什么归我们管。"""

    COMMAND = "command"
    """以命令词开头。"""
    MENTION = "mention"
    """群里 @ 了机器人、叫了名字或回复了机器人。"""
    KEYWORD = "keyword"
    """群里没有叫我们，但聊到了退款。"""
    PRIVATE = "private"
    """私聊里的话。"""


@dataclass(frozen=True, slots=True, repr=False)
class Incoming:
    """一条归我们管的消息。

    编号一律是文字；OneBot 的消息号可以是负数。
    """

    kind: Kind
    platform: str
    """适配器的名字，`ONEBOT` 或 `CONSOLE`。"""
    self_id: str
    """收到这条消息的机器人账号。"""
    user_id: str
    group_id: str | None
    """所在的群；私聊（包括经群发起的临时会话）为 None。"""
    message_id: str
    text: str
    """全部文字段相连，去掉两头空白。可能为空。"""
    arguments: str | None
    """命令词后面的话（去掉两头空白）；不是命令时为 None。"""
    is_group_admin: bool | None
    """发话的人是不是群主或管理员。平台没说时为 None，需要时另查；私聊为 None。"""
    is_superuser: bool
    """是不是 `SUPERUSERS` 里的人。终端里的人就是主人，总是 True。"""
    is_temporary: bool
    """是不是经群发起的临时会话：回答里不能带任何个人内容。"""
    temporary_group_id: str | None
    """临时会话借用的群；有的实现不告诉，为 None。"""
    reply_to: str | None
    """所引用消息的编号；没有引用为 None。"""
    segments: tuple[str, ...]
    """除文字以外的消息段种类，按出现顺序，例如 `("image",)`。"""
    sent_at: float = 0.0
    """平台说的发送时刻，Unix 秒；平台不说的为 0。"""

    def __repr__(self) -> str:
        """NoneBot 会把它写进 TRACE 日志：不带账号，不带话。"""
        return f"<{self.kind} {len(self.text)} 字>"

    def fingerprint(self, secret: bytes) -> str:
        """同一条消息送来两次时相同；拌了这一处安装的密钥 ``secret``，知道消息号的人也对不出来。

        消息号是 32 位的散列，隔天会撞；连同人和时刻一起认，才不会把别的消息当成重复。
        """
        whole = "\0".join((self.platform, self.self_id, self.user_id, self.message_id, str(self.sent_at)))
        return hmac.new(secret, whole.encode(), hashlib.sha256).hexdigest()[:32]

    def said_at(self, now: datetime) -> datetime:
        """什么时候说的。平台没说、说的在将来、早得不像话的，都不信，当作刚刚。"""
        if self.sent_at <= 0:
            return now
        try:
            said = datetime.fromtimestamp(self.sent_at, UTC)
        except (OverflowError, ValueError, OSError):
            return now
        if not -_AHEAD <= now - said <= _BELIEVED:
            return now
        return min(said, now)

    def is_old(self, now: datetime) -> bool:
        """说了好一会儿才送到我们这里，比如桥断了半天。"""
        return now - self.said_at(now) > STILL_TALKING

    @property
    def is_private(self) -> bool:
        """是不是私聊（包括临时会话）。"""
        return self.group_id is None

    @property
    def has_picture(self) -> bool:
        """有没有图片。图片从不下载。"""
        return "image" in self.segments


SOMEBODY = ""
"""引用了一句话，却查不到是谁说的。"""
EVERYBODY = "all"
"""@全体成员。"""


class Glance(NamedTuple):
    """为决定「归不归我们管」而看的一眼：每条消息都要做，所以是做起来最快的元组。"""

    group_id: str | None
    user_id: str
    text: str
    mentions_us: bool
    addressees: tuple[str, ...]
    """群里这句话是冲着谁说的：@ 到的账号，所引用那句话的主人；可能是 `SOMEBODY`、`EVERYBODY`。私聊为空。"""
    ignored: bool
    """自己的话、匿名者的话：不理。"""


@dataclass(frozen=True, slots=True)
class Remark:
    """群里没叫我们的一句话：谁冲着谁说的。"""

    platform: str
    group_id: str
    user_id: str
    others: tuple[str, ...]
    """冲着哪些别人说的：不含自己，也不含我们的账号。"""
    text: str
    """说了什么：只用来看沾不沾退款，不留。"""

"""经 NoneBot 发消息：把各家实现的回应归成收下、拒绝、不明、没连上四种结局。"""

import base64
import logging
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from nonebot import get_bots
from nonebot.adapters import Bot
from nonebot.adapters.onebot.v11 import ActionFailed, ApiNotAvailable, NetworkError
from nonebot.adapters.onebot.v11 import Bot as OneBot
from nonebot_plugin_alconna import Target, UniMessage

from ...clock import Clock
from ...delivery.faults.classify_failure import Failure, FailureKind, classify_failure
from ...delivery.messenger import Account, Muted, NotConnected, OutcomeUnknown, Receipt, Rejected, RejectionKind
from ...delivery.presence import Presence
from ...domain.understanding.writing.invisible import visible
from ...log_lines import about
from ..http_accounts import http_bots, never_left, root_cause
from .muted_groups import MutedGroups

logger = logging.getLogger(__name__)

_FRIENDS_KEPT = timedelta(minutes=1)
_HISTORY_COUNT = 30
"""查历史时往回看几条；提醒之间隔得开，三十条足够盖住一次发送。"""


class NoneBotMessenger:
    """:class:`~...delivery.messenger.Messenger` 的实现。"""

    def __init__(self, clock: Clock, timeout_seconds: float, presence: Presence | None = None) -> None:
        """
        Args:
            clock: 好友名单缓存多久按它算。
            timeout_seconds: 一次调用最多等多久。
            presence: 哪些账号的 QQ 掉了线；默认新建一份。
        """
        self.presence = presence or Presence()
        self.muted = MutedGroups(clock)
        self._clock = clock
        self._timeout = timeout_seconds
        self._friends: dict[Account, tuple[datetime, frozenset[str]]] = {}

    def connected_accounts(self) -> set[Account]:
        """现在在线的账号：连着的，加上设置里写了 HTTP 地址的；QQ 掉了线的不算。"""
        accounts = {Account(bot.adapter.get_name(), bot.self_id) for bot in (*get_bots().values(), *http_bots())}
        return {account for account in accounts if not self.presence.is_away(account)}

    def forget_friends(self, account: Account) -> None:
        """好友名单可能变了，下次重新取。"""
        self._friends.pop(account, None)

    async def is_friend(self, account: Account, user_id: str) -> bool | None:
        """对方是不是好友；终端里没有好友一说。"""
        bot = _connected(account)
        if bot is None:
            return None
        if not isinstance(bot, OneBot):
            return True
        friends = await self._friends_of(account, bot)
        # 名单问不到（实现没有这个接口）或是空的，都说明不了他不是好友：案件只在好友私聊里立得起来，
        # 真删了好友的，发送时会被拒绝，再走别的路
        return None if friends is None else not friends or user_id in friends

    async def _friends_of(self, account: Account, bot: OneBot) -> frozenset[str] | None:
        """好友名单，缓存一小会儿；实现答不上来为空集，没等到回音为 ``None``。"""
        now = self._clock.now()
        kept = self._friends.get(account)
        if kept is not None and timedelta() <= now - kept[0] <= _FRIENDS_KEPT:
            return kept[1]
        try:
            listed = await bot.call_api("get_friend_list", _timeout=self._timeout)
        except ActionFailed as error:
            # 没有这个接口与“QQ 掉线、超时，一时答不上来”是两回事
            return frozenset() if self._could_answer(account, error) else None
        except (NetworkError, ApiNotAvailable) as error:
            if never_left(error):
                self._cannot_reach(account, error)
            return None
        rows = listed if isinstance(listed, list) else []
        friends = frozenset(str(row["user_id"]) for row in rows if isinstance(row, dict) and "user_id" in row)
        self._friends[account] = (now, friends)
        return friends

    async def send_private(self, account: Account, user_id: str, text: str) -> Receipt:
        """发给好友。不带群号：有的实现查不到人时会把带群号的私聊发进群里。"""
        return await self._send(account, Target(user_id, private=True), UniMessage.text(visible(text)))

    async def send_to_stranger(self, account: Account, user_id: str, group_id: str | None, text: str) -> Receipt:
        """在临时会话里回话：可能落进群里，所以只许说不带任何个人内容的话。"""
        return await self._send(
            account, Target(user_id, parent_id=group_id or "", private=True), UniMessage.text(visible(text))
        )

    async def send_to_group(self, account: Account, group_id: str, text: str) -> Receipt:
        """发到群里。"""
        return await self._send(account, Target(group_id), UniMessage.text(visible(text)))

    async def send_picture_private(self, account: Account, user_id: str, picture: bytes) -> Receipt:
        """把一张 PNG 发给好友；以 base64 随消息走，实现与机器人不必在同一台机器。"""
        return await self._send(account, Target(user_id, private=True), UniMessage.image(raw=picture))

    async def send_picture_to_group(self, account: Account, group_id: str, picture: bytes) -> Receipt:
        """把一张 PNG 发到群里。"""
        return await self._send(account, Target(group_id), UniMessage.image(raw=picture))

    async def upload_private(self, account: Account, user_id: str, name: str, content: bytes) -> None:
        """把一个文件发给好友：``upload_private_file``，NapCat、LLBot、Lagrange 都认 base64。

        Raises:
            Rejected: 实现没有这个接口（1404、404），或不收；终端不是这么收文件的，也是这样。
            OutcomeUnknown: 没等到回音。
            NotConnected: 账号没有连上。
        """
        bot = _online(account)
        if not isinstance(bot, OneBot):
            raise Rejected(RejectionKind.PERMANENT, "", f"{account.platform} 没有传文件的接口")
        encoded = base64.b64encode(content).decode()
        with self._endings(account):
            await bot.call_api(
                "upload_private_file",
                user_id=int(user_id),
                file=f"base64://{encoded}",
                name=name,
                _timeout=self._timeout,
            )

    async def mention_in_group(self, account: Account, group_id: str, user_id: str, text: str) -> Receipt:
        """在群里 @ 一个人。"""
        return await self._send(account, Target(group_id), UniMessage.at(user_id).text(f" {visible(text)}"))

    async def sent_recently(self, account: Account, user_id: str, text: str, since: datetime) -> bool | None:
        """查好友聊天记录；实现不提供或没查成为 ``None``。"""
        bot = _connected(account)
        if not isinstance(bot, OneBot):
            return None
        try:
            answer = await bot.call_api(
                "get_friend_msg_history", user_id=int(user_id), count=_HISTORY_COUNT, _timeout=self._timeout
            )
        except ActionFailed as error:
            self._could_answer(account, error)
            return None
        except (NetworkError, ApiNotAvailable) as error:
            if never_left(error):
                self._cannot_reach(account, error)
            return None
        messages = answer.get("messages") if isinstance(answer, dict) else None
        if not isinstance(messages, list):
            return None
        return any(_is_ours(item, account, text, since) for item in messages)

    async def _send(self, account: Account, target: Target, message: UniMessage[Any]) -> Receipt:
        bot = _online(account)
        # 每次调用单独限时只有 OneBot 支持；终端是本机画面，立刻就有结果
        limits: dict[str, Any] = {"_timeout": self._timeout} if isinstance(bot, OneBot) else {}
        if not target.private and self.muted.covers(account, target.id):
            raise Muted(RejectionKind.TRANSIENT, "muted", "禁言还没有解除，没有发")
        try:
            # 群里的风控只管群，私聊照样通：群里没有回音说明不了掉线
            with self._endings(account, target.id if target.private else None):
                sent = await message.send(target, bot, **limits)
        except Muted:
            self.muted.refused(account, target.id, None)
            self.muted.refused(account, target.id, await self._muted_until(bot, account, target.id))
            raise
        return Receipt(_message_id(sent.msg_ids[0] if sent.msg_ids else None))

    async def _muted_until(self, bot: Bot, account: Account, group_id: str) -> float | None:
        """在这个群里禁言到什么时候，Unix 秒；查不到为空。"""
        try:
            member = await bot.call_api(
                "get_group_member_info",
                group_id=int(group_id),
                user_id=int(account.self_id),
                no_cache=True,
                _timeout=self._timeout,
            )
        except (ActionFailed, NetworkError, ApiNotAvailable, ValueError):
            return None
        ends_at = member.get("shut_up_timestamp") if isinstance(member, dict) else None
        return float(ends_at) if isinstance(ends_at, int | float) and ends_at > 0 else None

    @contextmanager
    def _endings(self, account: Account, user_id: str | None = None) -> Generator[None]:
        """把适配器的各种差错换成约定的结局，顺便记下 QQ 在不在线。

        Args:
            account: 哪个账号。
            user_id: 私聊的对方；没有回音时记在他名下。
        """
        if not self.presence.admits(account):
            raise NotConnected("QQ 掉了线")
        try:
            yield
        except ActionFailed as error:
            raise self._answered(account, user_id, error) from error
        except ApiNotAvailable as error:
            self.presence.lost(account)
            raise NotConnected(str(error)) from error
        except (TimeoutError, NetworkError) as error:
            if never_left(error):
                self._cannot_reach(account, error)
                raise NotConnected(str(getattr(error, "msg", "") or error)) from error
            self._unanswered(account, user_id)
            wording = str(getattr(error, "msg", "") or error or "没有等到回音")
            raise OutcomeUnknown(wording, root_cause(error)) from error
        except BaseException:
            self.presence.unclear(account)
            raise
        self.presence.is_back(account)

    def _cannot_reach(self, account: Account, error: BaseException) -> None:
        """一个字也没发出去。隔得久了才再试一次，所以每次都说得。"""
        self.presence.lost(account)
        if isinstance(error, NetworkError):
            logger.warning(
                "连不上 QQ 那边（%s）：桥没有开、地址不对，或被代理挡住了",
                root_cause(error),
                extra=about("bridge_unreachable", account=account.self_id),
            )

    def _answered(
        self, account: Account, user_id: str | None, error: ActionFailed
    ) -> Rejected | OutcomeUnknown | NotConnected:
        failure = _failure(error)
        judged = failure.as_error()
        if isinstance(judged, NotConnected):
            self.presence.lost(account)
        elif failure.timed_out:
            self._unanswered(account, user_id)
        elif isinstance(judged, Rejected) and judged.kind is not RejectionKind.PERMANENT:
            # 好友、禁言、频率是 QQ 那头说的：它在
            self.presence.is_back(account)
        else:
            self.presence.unclear(account)
        return judged

    def _unanswered(self, account: Account, user_id: str | None) -> None:
        if user_id is None:
            self.presence.unclear(account)
        else:
            self.presence.silent(account, user_id)

    def _could_answer(self, account: Account, error: ActionFailed) -> bool:
        """查询失败是实现答得了却不肯、没有这个接口；QQ 掉线、超时的为假。"""
        failure = _failure(error)
        if failure.kind is FailureKind.OFFLINE:
            self.presence.lost(account)
        return failure.kind is not FailureKind.OFFLINE and not failure.timed_out


def _online(account: Account) -> Bot:
    """发得了话的那个账号。

    Raises:
        NotConnected: 没连上。
    """
    bot = _connected(account)
    if bot is None:
        raise NotConnected(f"{account.platform} 的账号没有连上")
    return bot


def _connected(account: Account) -> Bot | None:
    """连着的那个账号；没连上为空。"""
    bots = (bot for bot in (*get_bots().values(), *http_bots()) if bot.self_id == account.self_id)
    return next((bot for bot in bots if bot.adapter.get_name() == account.platform), None)


def _failure(error: ActionFailed) -> Failure:
    """原因在各家的文字里：wording、message、msg 都可能有。"""
    texts = [str(error.info[key]) for key in ("wording", "message", "msg") if error.info.get(key)]
    return classify_failure(error.info.get("retcode"), " ".join(dict.fromkeys(texts)))


def _message_id(answer: Any) -> str | None:
    """OneBot 答的是字典，终端答的是对象；有的实现不给消息号。"""
    found = answer.get("message_id") if isinstance(answer, dict) else getattr(answer, "message_id", None)
    return None if found is None else str(found)


def _is_ours(item: Any, account: Account, text: str, since: datetime) -> bool:
    """一条聊天记录是不是我们在 ``since`` 之后发的、含有 ``text`` 的那条。"""
    if not isinstance(item, dict):
        return False
    sender = item.get("sender") or {}
    by_us = str(item.get("user_id") or sender.get("user_id")) == account.self_id
    # 各家的时钟与我们差一两秒，放宽一分钟
    recent = float(item.get("time") or 0) >= (since - timedelta(minutes=1)).timestamp()
    return by_us and recent and visible(text) in visible(_plain_text(item))


def _plain_text(item: dict[str, Any]) -> str:
    message = item.get("message")
    if isinstance(message, list):
        segments = [segment for segment in message if isinstance(segment, dict) and segment.get("type") == "text"]
        return "".join(str(segment.get("data", {}).get("text", "")) for segment in segments)
    return str(message or item.get("raw_message") or "")

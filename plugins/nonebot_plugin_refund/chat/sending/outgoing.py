"""把想好的话说出去：私聊回私聊，群里回群里；图和文件发不出去就发同样内容的文字。

每条话恰好说一次：图收下了就不再发文字，明确被拒才改发文字；只有说不清收没收到时，文字可能与图重复。
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from ...clock import Clock
from ...delivery.messenger import Account, Muted, NotConnected, OutcomeUnknown, Receipt, Rejected, RejectionKind
from ...dialogue.base import wording
from ...dialogue.base.incoming import ONEBOT, Incoming
from ...dialogue.base.turn import Attachment, Picture, Reply
from ...dialogue.owed.owed_answers import OwedAnswers
from ...log_lines import about
from ...render.cards import Card
from ...storage.records import Person
from .picture_pause import PicturePause

if TYPE_CHECKING:
    from ..runtime import Runtime

logger = logging.getLogger(__name__)

_LONGEST = 1500
"""一条消息最多多少字；再长的分几条。更长的容易触发风控。"""

_NEW_FRIEND_WAITS = (3.0, 10.0)
"""刚成的好友说不到，各等几秒再说。"""

Paint = Callable[[Card], bytes]
"""把一张卡片画成 PNG；要几毫秒，在线程里调用。"""


class _Screen:
    """正在说给一个人的一句：说到了、没说到，都记下。"""

    def __init__(self, owed_answers: OwedAnswers, incoming: Incoming, clock: Clock) -> None:
        self._owed_answers = owed_answers
        self._clock = clock
        self._person = Person(incoming.platform, incoming.user_id)
        self._self_id = incoming.self_id
        self._number = owed_answers.last_shown.sending(self._person, incoming.text)

    def reached(self) -> None:
        self._owed_answers.last_shown.shown(self._person, self._number, self._clock.now())

    async def missed(self, unsaid: Sequence[Reply], error: Exception) -> None:
        await self._owed_answers.failed(self._person, self._self_id, self._number, unsaid, error)


class ReplySender:
    """把回复发出去。发不出去只记种类和码，不记内容；用户再问就会再答。"""

    def __init__(
        self,
        runtime: "Runtime",
        paint: Paint | None = None,
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """
        Args:
            runtime: 插件的这一次运行。
            paint: 画图的办法；不给就只说文字。
            sleep: 等一会儿的办法；测试里换成不等的。
        """
        self._sleep = sleep
        self._runtime = runtime
        self._paint = paint
        self._pause = PicturePause(runtime.clock)

    async def say(self, incoming: Incoming, said: Sequence[Reply]) -> None:
        """依次说出去；中间一条失败就停下，免得没头没尾。办了的事的回答没说到，就留着下次补。"""
        screen = self._screen(incoming, said)
        unsaid = list(said)
        try:
            for number, reply in enumerate(said):
                await self._say_patiently(incoming, reply, first=number == 0)
                unsaid.remove(reply)
                if reply.attachment is not None:
                    await self._attach(incoming, reply.attachment)
            if screen is not None:
                screen.reached()
        except (Rejected, OutcomeUnknown, NotConnected) as error:
            if screen is not None:
                await screen.missed(unsaid, error)
            logger.warning(
                "回复没有（或不知道有没有）发出：%s %s",
                type(error).__name__,
                getattr(error, "code", ""),
                extra=about("reply_not_sent"),
            )

    def _screen(self, incoming: Incoming, said: Sequence[Reply]) -> "_Screen | None":
        """要不要记着这一句说没说到：只记好友私聊里非说到不可的。"""
        opened = self._runtime.opened
        counts = incoming.is_private and not incoming.is_temporary and any(reply.is_owed for reply in said)
        return _Screen(opened.owed_answers, incoming, self._runtime.clock) if opened is not None and counts else None

    async def _say_patiently(self, incoming: Incoming, reply: Reply, *, first: bool) -> None:
        """刚成的好友，头几句话 QQ 可能还当他是陌生人退回来：等一等再说。"""
        for seconds in _NEW_FRIEND_WAITS:
            try:
                await self._say_one(incoming, reply, first=first)
                return
            except Rejected as error:
                if error.kind is not RejectionKind.UNREACHABLE or not self._is_new_friend(incoming):
                    raise
            await self._sleep(seconds)
        await self._say_one(incoming, reply, first=first)

    def _is_new_friend(self, incoming: Incoming) -> bool:
        if not incoming.is_private or incoming.is_temporary:
            return False
        return self._runtime.new_friends.is_new(_account(incoming), incoming.user_id)

    async def _say_one(self, incoming: Incoming, reply: Reply, *, first: bool) -> None:
        opened = self._runtime.opened
        if not first or reply.is_alone or opened is None or not incoming.is_private or incoming.is_temporary:
            await self._shown(incoming, reply)
            return
        unsaid: list[Reply] = []
        await opened.next_message.deliver_with_reply(
            _account(incoming),
            Person(incoming.platform, incoming.user_id),
            lambda owed: self._with_owed(incoming, reply, owed, unsaid),
        )
        for each in unsaid:
            await self._shown(incoming, each)

    async def _with_owed(self, incoming: Incoming, reply: Reply, owed: str | None, unsaid: list[Reply]) -> Receipt:
        """欠着的提醒与这条话合成一条文字：图发不出去时提醒照发。

        合起来太长就先单独说提醒，这条话放进 ``unsaid``，随后再说。
        """
        unsaid.clear()
        if not owed:
            return await self._shown(incoming, reply)
        together = f"{owed}\n\n{reply.text}"
        if len(together) <= _LONGEST:
            return await self._text(incoming, together)
        unsaid.append(reply)
        return await self._text(incoming, owed)

    async def _shown(self, incoming: Incoming, reply: Reply) -> Receipt:
        """有图先试图，不成再发文字。"""
        picture = None if reply.picture is None else await self._painted(incoming, reply.picture)
        if picture is None:
            return await self._text(incoming, reply.text)
        account = _account(incoming)
        try:
            if incoming.group_id is not None:
                return await self._runtime.messenger.send_picture_to_group(account, incoming.group_id, picture)
            return await self._runtime.messenger.send_picture_private(account, incoming.user_id, picture)
        except (Rejected, OutcomeUnknown) as error:
            if isinstance(error, Muted) or (isinstance(error, Rejected) and error.kind is RejectionKind.UNREACHABLE):
                # 人就到不了，换成文字也到不了；对着禁言、移出的群多发一条还会招来风控
                raise
            self._pause.begin(account, _target(incoming))
            logger.info(
                "图片没有（或不知道有没有）发出，改发文字：%s %s",
                type(error).__name__,
                error.code,
                extra=about("picture_not_sent"),
            )
        return await self._text(incoming, reply.text)

    async def _painted(self, incoming: Incoming, picture: Picture) -> bytes | None:
        """画好的图；这里发不了图、刚被拒过、画不成都为空。"""
        # 临时会话可能落进群里，只说一句加好友；终端里只有字
        sendable = incoming.platform == ONEBOT and not incoming.is_temporary
        if self._paint is None or not sendable or self._pause.covers(_account(incoming), _target(incoming)):
            return None
        try:
            return await asyncio.to_thread(self._paint, picture.card)
        except Exception as error:  # 画图出的任何差错都不该让人没话听；只记种类，不记内容
            logger.warning("图画不出来，改发文字：%s", type(error).__name__, extra=about("picture_not_drawn"))
            return None

    async def _text(self, incoming: Incoming, text: str) -> Receipt:
        account = _account(incoming)
        messenger = self._runtime.messenger
        if incoming.is_temporary:
            return await messenger.send_to_stranger(account, incoming.user_id, incoming.temporary_group_id, text)
        if incoming.group_id is not None:
            return await messenger.send_to_group(account, incoming.group_id, text)
        return await messenger.send_private(account, incoming.user_id, text)

    async def _attach(self, incoming: Incoming, attachment: Attachment) -> None:
        """发文件；发不了就改发里面的文字，分几条。文件只在与本人的私聊里有。"""
        try:
            content = await asyncio.to_thread(attachment.made)
            await self._handed_over(incoming, attachment.name, content)
            return
        except NotConnected:
            raise
        except (Rejected, OutcomeUnknown) as error:
            logger.info(
                "文件没有（或不知道有没有）发出，改发文字：%s %s",
                type(error).__name__,
                error.code,
                extra=about("file_not_sent"),
            )
        except Exception as error:  # 文件做不出来也要有话可看；只记种类，不记内容
            logger.warning("文件做不出来，改发文字：%s", type(error).__name__, extra=about("file_not_made"))
        for piece in _pieces(attachment.text):
            await self._text(incoming, piece)

    async def _handed_over(self, incoming: Incoming, name: str, content: bytes) -> None:
        """QQ 上传过去；终端收不了文件，放在盘上告诉他在哪里。"""
        files = self._runtime.files
        if incoming.platform == ONEBOT or files is None:
            await self._runtime.messenger.upload_private(_account(incoming), incoming.user_id, name, content)
            return
        path = await asyncio.to_thread(files.put, Person(incoming.platform, incoming.user_id), name, content)
        await self._text(incoming, wording.FILE_LIES_HERE.format(path=path))


def _pieces(text: str) -> list[str]:
    """分成一条条发得出去的：尽量在换行处断开，一行太长才从中间断。"""
    pieces: list[str] = []
    while len(text) > _LONGEST:
        cut = text.rfind("\n", 1, _LONGEST + 1)
        pieces.append(text[: cut if cut > 0 else _LONGEST])
        text = text[cut + 1 :] if cut > 0 else text[_LONGEST:]
    return [*pieces, text]


def _target(incoming: Incoming) -> tuple[str | None, str]:
    """群里不分是谁，私聊按人。"""
    return (incoming.group_id, "") if incoming.group_id is not None else (None, incoming.user_id)


def _account(incoming: Incoming) -> Account:
    return Account(incoming.platform, incoming.self_id)

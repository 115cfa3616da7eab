"""收下一条消息：在一个事务里办完（:mod:`.committing`），提交之后才有话说；群里人人可看的回答不碰数据库。

同一个人的话一句一句办，说得太快的不听（:mod:`.limits.flood`）；办砸了什么都不改，说一句实话。
"""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace

from ..log_lines import about
from ..storage.person import people
from ..storage.records import Person
from . import private_talk
from .base import wording
from .base.failure import describe
from .base.incoming import Incoming, Kind
from .base.turn import Reply, Services, Turn, replies
from .committing import Committing, NotSureError
from .group import group_settings, group_talk
from .limits.flood import FloodGuard, Ruling
from .limits.outage import Outage, is_outage
from .limits.oversize import shortened
from .owed.owed_answers import OwedAnswers
from .owner import administration
from .person import picture_settings

logger = logging.getLogger(__name__)


class Reception:
    """所有归我们管的消息都从这里收下。"""

    def __init__(self, services: Services, owed_answers: OwedAnswers) -> None:
        self._services = services
        self._owed_answers = owed_answers
        self._committing = Committing(services, owed_answers, _respond)
        self._outage = Outage()
        self._flood = FloodGuard(services.limits, services.clock)
        self._queues: dict[tuple[str, str], tuple[asyncio.Lock, int]] = {}

    async def receive(self, incoming: Incoming) -> list[Reply]:
        """办一条消息，返回要说的话；说得太快的不办。内部出错时记下是哪种错，不记用户的话。"""
        if self._came_too_late(incoming):
            return []
        # 现在就看：排队的工夫里，下一问可能就发到了
        seen = self._owed_answers.last_shown.shown_to(Person(incoming.platform, incoming.user_id))
        ruling = self._flood.ruling(incoming, self._waiting(incoming))
        if ruling is not Ruling.HEARD:
            return replies(wording.too_fast(private=incoming.is_private)) if ruling is Ruling.REFUSED else []
        return await self._received(shortened(incoming), seen)

    def _came_too_late(self, incoming: Incoming) -> bool:
        """群里早先的话，桥断了半天才送来：大家早说别的了，不接。私聊里晚到的照样办。"""
        now = self._services.clock.now()
        if incoming.is_private or not incoming.is_old(now):
            return False
        minutes = int((now - incoming.said_at(now)).total_seconds() // 60)
        logger.info(
            "群里的一句话晚到了 %d 分钟，不接；总是这样，就是这台机器的钟快了", minutes, extra=about("late_in_group")
        )
        return True

    def ignores(self, incoming: Incoming) -> bool:
        """这句话办不办都不会出声：说得太快，也已经说过他了。什么也不改，收消息时就可以放过。"""
        return self._flood.ignores(incoming, self._waiting(incoming))

    async def _received(self, incoming: Incoming, seen: int) -> list[Reply]:
        codes: list[str] = []
        async with self._one_at_a_time(incoming):
            try:
                if incoming.kind is Kind.KEYWORD:
                    said = group_talk.overhear(self._services, incoming, self._services.clock.now())
                    return picture_settings.as_the_group_wants(self._services, incoming, said)
                if not incoming.is_private and not group_settings.concerns(incoming):
                    # 没有什么要提交的，就不去排队写盘；送来两次的，收消息时已经拦下
                    said = group_talk.respond(self._services, incoming)
                    return picture_settings.as_the_group_wants(self._services, incoming, said)
                if administration.only_looks(incoming):
                    return await administration.look(self._services, incoming)
                return await self._committing.handle(await self._with_role(incoming), codes, seen)
            except Exception as error:  # 最外层：任何差错都要给用户一句实话，并留下种类供查
                named = "、".join(codes)
                fields = about("message_failed", case=named or None)
                logger.error("处理消息失败：%s，案件 %s", describe(error), named or "无", extra=fields)
                return self._failed(incoming, codes, error)

    async def _with_role(self, incoming: Incoming) -> Incoming:
        """要看、要改群设置而平台没说是不是管理员：先查好再进事务，查的时候不能占着写锁。"""
        known = incoming.is_superuser or incoming.is_group_admin is not None
        if known or not group_settings.concerns(incoming):
            return incoming
        return replace(incoming, is_group_admin=await self._services.is_group_admin(incoming))

    def _failed(self, incoming: Incoming, codes: list[str], error: Exception) -> list[Reply]:
        """没办成时的实话。案件号只在好友私聊里说；没叫我们的群消息不出声。"""
        if incoming.kind is Kind.KEYWORD:
            return []
        personal = incoming.is_private and not incoming.is_temporary
        if isinstance(error, NotSureError):
            return [Reply(wording.FAILED_UNSURE, is_alone=True)] if personal else []
        if is_outage(error):
            speaker = Person(incoming.platform, incoming.user_id)
            tells = incoming.is_private and self._outage.may_tell(speaker, self._services.clock.now())
            return [Reply(wording.DATABASE_DOWN, is_alone=True)] if tells else []
        return replies(wording.FAILED_CASE.format(code=codes[-1]) if codes and personal else wording.FAILED)

    def _waiting(self, incoming: Incoming) -> int:
        """这个人有几句在等，不算正在办的那句。"""
        _, unfinished = self._queues.get((incoming.platform, incoming.user_id), (None, 0))
        return max(0, unfinished - 1)

    @asynccontextmanager
    async def _one_at_a_time(self, incoming: Incoming) -> AsyncGenerator[None]:
        """每人一把锁，没人等时就收走，免得越积越多。"""
        key = (incoming.platform, incoming.user_id)
        lock, waiting = self._queues.get(key, (asyncio.Lock(), 0))
        self._queues[key] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._queues[key]
            if waiting == 1:
                del self._queues[key]
            else:
                self._queues[key] = (lock, waiting - 1)


async def _respond(turn: Turn) -> list[Reply]:
    if not turn.incoming.is_private:
        return await group_talk.set_up(turn)
    settings = turn.known.settings = await people.touch(turn.session, turn.person, turn.now)
    return picture_settings.as_the_person_wants(turn.services, settings.pictures, await private_talk.respond(turn))
